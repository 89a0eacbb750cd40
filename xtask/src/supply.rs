//! Whether the packages of others are allowed here: their licenses, where they come from, what is known against them.

use crate::failure::Failure;
use crate::program::{answer, run};
use std::env;
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
    if !advisories().is_some_and(|folder| folder.is_dir()) {
        println!("Left out: the advisories are not on this machine (`cargo deny fetch`).");
        return Ok(());
    }
    deny(&["--locked", "check", "--disable-fetch", "advisories"])
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
