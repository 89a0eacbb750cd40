//! Node.js and the packages that test and optimize the page. The page itself uses none of them.

use crate::failure::Failure;
use crate::program::{answer, run};
use std::fs;
use std::process::Command;

const OLDEST_MAJOR: u32 = 20;

/// A copy of the lock file that the installed packages came from.
const INSTALLED_LOCK: &str = "node_modules/.callscope-lock.json";

/// Fails unless a Node.js that is new enough is there.
pub(crate) fn check() -> Result<(), Failure> {
    let found = answer(Command::new("node").arg("--version"));
    if found
        .as_deref()
        .and_then(major)
        .is_some_and(|major| major >= OLDEST_MAJOR)
    {
        return Ok(());
    }
    Err(Failure(format!(
        "Node.js {OLDEST_MAJOR} or newer is needed here, with npm; found {}. \
         `cargo xtask serve` works without it.",
        found.as_deref().unwrap_or("none")
    )))
}

/// Installs the packages of package-lock.json, unless they are there.
pub(crate) fn ready_packages() -> Result<(), Failure> {
    let lock = fs::read("package-lock.json")
        .map_err(Failure::about("package-lock.json cannot be read"))?;
    if fs::read(INSTALLED_LOCK).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the packages for Node.js into node_modules/ (less than a minute) …");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(Command::new(npm).args(["ci", "--ignore-scripts", "--loglevel=error"]))?;
    fs::write(INSTALLED_LOCK, lock).map_err(Failure::about(format!(
        "{INSTALLED_LOCK} cannot be written"
    )))
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
