//! Checks and tests everything, step by step, and stops at the first step that fails.

use crate::chromium::Chromium;
use crate::dist;
use crate::failure::Failure;
use crate::program::{run as run_program, run_watched};
use crate::tally::Tally;
use crate::tools::Tools;
use crate::{node, supply, toolchain};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Runs all steps. The last line printed is the count of the tests.
pub(crate) fn run() -> ExitCode {
    let start = Instant::now();
    let mut tally = Tally::default();
    let outcome = steps(&mut tally);
    let seconds = start.elapsed().as_secs();
    let code = match outcome {
        Ok(()) => {
            println!("\nEverything passed, in {seconds} seconds.");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            println!("\nFAILED after {seconds} seconds. {failure}");
            // A step that is not a test has failed too.
            tally.n_failed = tally.n_failed.max(1);
            ExitCode::FAILURE
        }
    };
    println!("{tally}");
    code
}

fn steps(tally: &mut Tally) -> Result<(), Failure> {
    let (tools, chromium) = step("set-up", || {
        toolchain::ready_lints()?;
        node::check()?;
        node::ready_packages()?;
        Ok((Tools::ready()?, Chromium::ready()?))
    })?;
    step("formatting", || {
        run_program(&mut cargo("fmt --all --check"))
    })?;
    step("lints, native", || {
        run_program(&mut cargo(
            "clippy --locked --workspace --all-targets -- -D warnings",
        ))
    })?;
    step("lints, WebAssembly", || {
        run_program(&mut cargo(&format!(
            "clippy --locked --package callscope --target {} --lib --bins --test web -- -D warnings",
            toolchain::WASM
        )))
    })?;
    step("origin of packages", supply::check)?;
    step("native tests", || {
        let mut command = cargo("test --locked --workspace --no-fail-fast");
        run_watched(&mut command, |line| tally.read_rust(line))
    })?;
    step("browser tests", || {
        let mut command = tools.cargo();
        command.args([
            "test",
            "--locked",
            "--package",
            "callscope",
            "--test",
            "web",
        ]);
        command.args(["--target", toolchain::WASM]);
        run_watched(chromium.tell(&mut command), |line| tally.read_rust(line))
    })?;
    step("release build", || dist::optimized(&tools))?;
    step("end-to-end tests", || {
        let mut command = Command::new("node");
        command.args(["node_modules/@playwright/test/cli.js", "test"]);
        command.args(["--config", "tests/e2e/playwright.config.mjs"]);
        // Colored, its summary could not be read.
        command.env_remove("FORCE_COLOR");
        run_watched(chromium.tell(&mut command), |line| {
            tally.read_playwright(line);
        })
    })
}

fn step<Outcome>(
    headline: &str,
    work: impl FnOnce() -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    println!("\n── {headline} ──");
    let start = Instant::now();
    let outcome = work()
        .map_err(|failure| Failure(format!("The step `{headline}` did not succeed. {failure}")))?;
    println!(
        "   {headline}: done in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    Ok(outcome)
}

fn cargo(arguments: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments.split_whitespace());
    command
}
