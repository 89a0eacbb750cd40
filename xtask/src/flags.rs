//! What the compiler is told, so that the same sources give the same bytes in whatever folder they lie.

use crate::failure::Failure;
use crate::program::answer;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The variable through which cargo takes flags, in place of those in its configuration.
pub(crate) const VARIABLE: &str = "CARGO_ENCODED_RUSTFLAGS";

const CONFIGURATION: &str = ".cargo/config.toml";

/// The flags of the project's configuration, and those that take the names of this machine's folders out of programs.
pub(crate) fn encoded() -> Result<String, Failure> {
    let configuration = fs::read_to_string(CONFIGURATION)
        .map_err(Failure::about(format!("{CONFIGURATION} cannot be read")))?;
    let mut flags = configured(&configuration)
        .ok_or_else(|| Failure(format!("{CONFIGURATION} has no line `rustflags = [ … ]`.")))?;
    for (folder, name) in folders()? {
        flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
    }
    // Paths may hold every other sign.
    Ok(flags.join("\u{1f}"))
}

/// A list of plain texts is written in the same way in TOML and in JSON.
fn configured(configuration: &str) -> Option<Vec<String>> {
    let list = configuration
        .lines()
        .find_map(|line| line.strip_prefix("rustflags = "))?;
    serde_json::from_str(list).ok()
}

/// Folders whose names programs would hold: of the project, of other crates, of the standard library.
fn folders() -> Result<[(PathBuf, String); 3], Failure> {
    let rustc = |arguments: &[&str]| {
        answer(Command::new("rustc").args(arguments))
            .ok_or_else(|| Failure("`rustc` cannot be run. Install Rust with rustup.".to_owned()))
    };
    let project = env::current_dir().map_err(Failure::about("This folder is gone"))?;
    let cargo = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .ok_or_else(|| Failure("There is no folder of cargo.".to_owned()))?;
    let library = PathBuf::from(rustc(&["--print", "sysroot"])?).join("lib/rustlib/src/rust");
    let version = rustc(&["--version", "--verbose"])?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "))
        .unwrap_or("unknown");
    Ok([
        (project, "callscope".to_owned()),
        (cargo, "cargo".to_owned()),
        // What it is called where the sources of the library are not installed.
        (library, format!("/rustc/{commit}")),
    ])
}

#[cfg(test)]
mod tests {
    use super::configured;

    #[test]
    fn the_flags_of_the_configuration_are_kept() {
        let configuration =
            "[target.a]\nrunner = \"b\"\nrustflags = [\"-C\", \"target-feature=+simd128\"]\n";
        let flags = configured(configuration).expect("there is such a line");
        assert_eq!(flags, ["-C", "target-feature=+simd128"]);
    }
}
