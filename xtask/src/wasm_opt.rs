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

/// Nothing lies in the first kilobyte but the very end of the stack, which grows down to it and then into a trap; the
/// linker puts all else behind it. So what is added to an address may be told with the access itself.
const NOTHING_LIES_LOW: &str = "--low-memory-unused";

/// Optimizes a program in its place.
pub(crate) fn optimize(program: &Path) -> Result<(), Failure> {
    run(Command::new("node")
        .arg(WASM_OPT)
        .args(FEATURES)
        .args([STAYS_BY_ITSELF, NOTHING_LIES_LOW])
        // For speed first, then for size: what jumps where is found out anew, twice, as the second time finds more, and
        // functions that differ in a constant become one.
        .arg("-O3")
        .args(["--flatten", "--rereloop", "-Os"])
        .args(["--flatten", "--rereloop", "-Os"])
        .args(["--merge-similar-functions", "-Os", "-Os"])
        .arg(program)
        .arg("--output")
        .arg(program))
}
