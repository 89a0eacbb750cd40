//! Sets up, builds, serves, tests and measures callscope. `cargo xtask` alone lists the commands.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to the person who called it"
)]

mod failure;
mod program;

mod lockfile;
mod toolchain;
mod tools;

mod node;

mod chromium;

mod digest;
mod headers;

mod document;

mod build;
mod flags;
mod wasm_opt;

mod sums;

mod keeper;

mod packages;

mod bill;
mod licenses;

mod dist;

mod http;

mod server;

mod serve;

mod supply;

mod tally;

mod test;

mod bench;

mod fuzz;

use failure::Failure;
use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
callscope's own commands; each does its set-up itself.

  cargo xtask serve    build the page, serve it on this machine and open the browser
      --port N         use this port (otherwise 8080, or the next free one)
      --no-open        do not open the browser
      --no-build       serve what is in dist/ already
      --log-requests   print a line `METHOD PATH` for each request
  cargo xtask test     check and test everything; needs Node.js 20 or newer and Chromium
  cargo xtask dist     build dist/, optimized, ready for any web server, and dist/callscope.html, one file
  cargo xtask bench    measure the page beside other tools: some 15 minutes, and 1 GB in target/bench
      whole            also an export of 3,000,000 rows, once: some 5 minutes and 1.4 GB more
  cargo xtask fuzz     random bytes against each reader, a minute each
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<ExitCode, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::set_current_dir(&root)
        .map_err(Failure::about("Cannot enter the project's folder"))?;

    let (command, options) = match arguments {
        [] => ("help", [].as_slice()),
        [command, options @ ..] => (command.as_str(), options),
    };
    if !["serve", "bench"].contains(&command) && !options.is_empty() {
        return Err(Failure(format!("`{command}` takes no options.\n\n{HELP}")));
    }
    match command {
        "serve" => serve::run(&serve::Options::parse(options)?)?,
        "test" => return Ok(test::run()),
        "dist" => dist::run()?,
        "bench" => bench::run(bench::Extent::parse(options)?)?,
        "fuzz" => fuzz::run_all()?,
        "help" | "--help" | "-h" => print!("{HELP}"),
        unknown => return Err(Failure(format!("There is no `{unknown}`.\n\n{HELP}"))),
    }
    Ok(ExitCode::SUCCESS)
}
