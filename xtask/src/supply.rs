//! Whether the packages of others are allowed here: their licenses, where they come from, what is known against them.

use crate::failure::Failure;
use crate::program::{answer, run};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Checks as much as can be checked on this machine, and says what is left out. Installs nothing.
pub(crate) fn check() -> Result<(), Failure> {
    if answer(Command::new("cargo").args(["deny", "--version"])).is_none() {
        println!("Left out: cargo-deny is not installed (`cargo install --locked cargo-deny`).");
        return Ok(());
    }
    let deny = |arguments: &[&str]| run(Command::new("cargo").arg("deny").args(arguments));
    deny(&["--locked", "check", "licenses", "sources", "bans"])?;
    if !are_there_advisories() {
        println!("Left out: the advisories are not on this machine (`cargo deny fetch`).");
        return Ok(());
    }
    deny(&["--frozen", "check", "advisories"])
}

/// A fetch that failed leaves a folder, and no database in it.
fn are_there_advisories() -> bool {
    let Some(Ok(databases)) = advisories().map(fs::read_dir) else {
        return false;
    };
    databases
        .flatten()
        .any(|database| database.path().join(".git/HEAD").is_file())
}

/// Where cargo-deny keeps what is known against packages.
fn advisories() -> Option<PathBuf> {
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    Some(
        cargo
            .or_else(|| Some(env::home_dir()?.join(".cargo")))?
            .join("advisory-dbs"),
    )
}
