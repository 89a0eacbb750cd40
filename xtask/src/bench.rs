//! Measures the engine on this machine, and the published page in Chromium.

use crate::chromium::Chromium;
use crate::failure::Failure;
use crate::program::run as run_program;
use crate::tools::Tools;
use crate::{dist, node};
use std::process::Command;

/// Runs both measurements.
pub(crate) fn run() -> Result<(), Failure> {
    node::check()?;
    let tools = Tools::ready()?;
    let chromium = Chromium::ready()?;
    let engine = [
        "bench",
        "--locked",
        "--package",
        "callscope",
        "--bench",
        "*",
    ];
    run_program(Command::new("cargo").args(engine))?;
    dist::optimized(&tools)?;
    run_program(chromium.tell(Command::new("node").arg("tests/e2e/bench.mjs")))
}
