//! Random bytes against each reader, for a minute each, on top of the fixtures.

use crate::failure::Failure;
use crate::program::run;
use crate::tools;
use std::fs;
use std::path::PathBuf;

const TARGETS: &str = "fuzz/fuzz_targets";

/// What the fuzzer starts from.
const FIXTURES: &str = "tests/fixtures";

const SECONDS_FOR_EACH: u32 = 60;

/// A reader that takes more has no bound: the inputs are a megabyte at most.
const MAX_MEMORY_MB: u32 = 2048;

const MAX_INPUT_BYTES: u32 = 1 << 20;

/// An input that takes longer is a finding.
const MAX_SECONDS: u32 = 20;

pub(crate) fn run_all() -> Result<(), Failure> {
    let targets = targets()?;
    for target in &targets {
        println!("\n{target}: {SECONDS_FOR_EACH} seconds");
        let corpus = PathBuf::from("fuzz/corpus").join(target);
        fs::create_dir_all(&corpus).map_err(Failure::about("Cannot keep what the fuzzer finds"))?;
        run(tools::cargo_fuzz()?
            .args(["run", "--sanitizer", "none", target])
            .arg(&corpus)
            .args([FIXTURES, "--"])
            .arg(format!("-max_total_time={SECONDS_FOR_EACH}"))
            .arg(format!("-rss_limit_mb={MAX_MEMORY_MB}"))
            .arg(format!("-max_len={MAX_INPUT_BYTES}"))
            .arg(format!("-timeout={MAX_SECONDS}"))
            .arg("-verbosity=0")
            .arg("-print_final_stats=1"))?;
    }
    println!("\n{} readers, no finding.", targets.len());
    Ok(())
}

fn targets() -> Result<Vec<String>, Failure> {
    let entries =
        fs::read_dir(TARGETS).map_err(Failure::about("Cannot list the readers to be fuzzed"))?;
    let mut targets: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    targets.sort();
    Ok(targets)
}
