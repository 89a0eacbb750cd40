//! Measures the optimized page beside other tools, in Chromium and natively, on the same generated files.

use crate::chromium::Chromium;
use crate::failure::Failure;
use crate::program::run as run_program;
use crate::tools::Tools;
use crate::{dist, node};
use std::process::Command;

/// Where the generated files and the other tools go.
const FILES: &str = "target/bench";

/// Sizes of the export, in rows: 500 MB in all.
const ROWS: &[&str] = &["10000", "100000", "1000000"];

/// Another 1.4 GB, and more than some tools can hold.
const MANY_ROWS: &str = "3000000";

/// How much is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Three sizes, three times each.
    Usual,
    /// The largest size too, once.
    Whole,
}

impl Extent {
    /// Reads what stands behind `bench`.
    pub(crate) fn parse(options: &[String]) -> Result<Self, Failure> {
        match options {
            [] => Ok(Self::Usual),
            [word] if word == "whole" => Ok(Self::Whole),
            _ => Err(Failure("`bench` takes nothing, or `whole`.".to_owned())),
        }
    }
}

/// Makes the files and the page, and runs the comparison.
pub(crate) fn run(extent: Extent) -> Result<(), Failure> {
    node::check()?;
    let tools = Tools::ready()?;
    let chromium = Chromium::ready()?;
    let once = [MANY_ROWS].into_iter().filter(|_| extent == Extent::Whole);
    println!("Writing the files to {FILES} …");
    run_program(
        Command::new("cargo")
            .args(["bench", "--locked", "--package", "callscope"])
            .args(["--bench", "engine", "--", "write", FILES])
            .args(ROWS.iter().copied().chain(once.clone())),
    )?;
    dist::optimized(&tools)?;
    let mut comparison = Command::new("node");
    comparison.args(["benches/compare/run.mjs", "--files", FILES]);
    comparison.args(["--rows", &ROWS.join(",")]);
    once.for_each(|rows| {
        comparison.args(["--once", rows]);
    });
    run_program(chromium.tell(&mut comparison))
}
