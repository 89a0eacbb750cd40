//! Makes a compiled program smaller and faster with wasm-opt, which comes with the packages for Node.js.

use crate::failure::Failure;
use crate::program::run;
use std::path::Path;
use std::process::Command;

const WASM_OPT: &str = "node_modules/binaryen/bin/wasm-opt";

/// What the compiler already uses; a stripped program no longer says it itself.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// A longer function stays by itself even if it is called in one place only: the compiler has set the loops apart that
/// go over all rows, and what is gathered into one compresses less well.
const STAYS_BY_ITSELF: &str = "--one-caller-inline-max-function-size=40";

/// Optimizes a program in its place.
pub(crate) fn optimize(program: &Path) -> Result<(), Failure> {
    run(Command::new("node")
        .arg(WASM_OPT)
        .args(FEATURES)
        .arg(STAYS_BY_ITSELF)
        // For speed first, then for size: what jumps where is found out anew, and functions that differ in a constant
        // become one.
        .args(["-O3", "--flatten", "--rereloop", "-Os"])
        .args(["--merge-similar-functions", "-Os"])
        .arg(program)
        .arg("--output")
        .arg(program))
}
