//! Measures the engine on this machine, and the optimised page in Chromium, on the same generated files.

use crate::chromium::Chromium;
use crate::failure::Failure;
use crate::program::run as run_program;
use crate::tools::Tools;
use crate::{dist, node};
use std::process::Command;

/// Where the generated files go, some 500 MB.
const FILES: &str = "target/bench";

/// Runs both measurements.
pub(crate) fn run() -> Result<(), Failure> {
    node::check()?;
    let tools = Tools::ready()?;
    let chromium = Chromium::ready()?;
    run_program(&mut engine(&[]))?;
    run_program(&mut engine(&["write", FILES]))?;
    dist::optimized(&tools)?;
    run_program(chromium.tell(Command::new("node").args(["tests/e2e/bench.mjs", FILES])))
}

fn engine(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--locked", "--package", "callscope"]);
    cargo.args(["--bench", "engine", "--"]).args(arguments);
    cargo
}
