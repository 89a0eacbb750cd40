//! Brings the parts of the Rust toolchain that a fresh rustup does not have.

use crate::failure::Failure;
use crate::program::{answer, run};
use std::path::Path;
use std::process::Command;

/// The target of both programs of the page.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that Rust can compile to WebAssembly.
pub(crate) fn ready_wasm() -> Result<(), Failure> {
    let sysroot = answer(Command::new("rustc").args(["--print", "sysroot"]))
        .ok_or_else(|| Failure("`rustc` cannot be run. Install Rust with rustup.".to_owned()))?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    println!("Adding the target {WASM} to Rust (some seconds) …");
    run(Command::new("rustup").args(["target", "add", WASM]))
}

/// Makes sure that formatting and lints can be checked.
pub(crate) fn ready_lints() -> Result<(), Failure> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if answer(Command::new("cargo").args([subcommand, "--version"])).is_none() {
            println!("Adding {component} to Rust (some seconds) …");
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}
