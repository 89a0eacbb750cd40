//! Runs other programs, and says clearly which one failed.

use crate::failure::Failure;
use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

/// Runs a program whose output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(cannot_start(command))?;
    succeeded(command, status)
}

/// Runs a program and passes its output on, line by line, after a look at each line.
pub(crate) fn run_watched(
    command: &mut Command,
    mut look: impl FnMut(&str),
) -> Result<(), Failure> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(cannot_start(command))?;
    let output = child.stdout.take().expect("standard output is piped");
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        println!("{line}");
        look(line);
    }
    let status = child.wait().map_err(cannot_start(command))?;
    succeeded(command, status)
}

/// The standard output of a program, trimmed, if the program is there and succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Where a program is on the PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let file_name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file_name))
        .find(|path| path.is_file())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<(), Failure> {
    if status.success() {
        return Ok(());
    }
    Err(Failure(format!("`{}` failed ({status}).", words(command))))
}

fn cannot_start(command: &Command) -> impl FnOnce(std::io::Error) -> Failure {
    Failure::about(format!("`{}` cannot be run", words(command)))
}

fn words(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
