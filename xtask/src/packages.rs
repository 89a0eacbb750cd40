//! The packages that the programs of the page are made of, as cargo tells them.

use crate::failure::Failure;
use crate::program::answer;
use crate::{lockfile, toolchain};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// What others have written and the programs hold.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its licenses, as an expression of SPDX.
    pub(crate) license: String,
    /// The SHA-256 of what was downloaded, where the lock file has it.
    pub(crate) checksum: Option<String>,
    /// The folder of its sources.
    pub(crate) folder: PathBuf,
}

/// The packages in the programs, by name: neither what only builds them nor what is written here.
pub(crate) fn of_programs() -> Result<Vec<Package>, Failure> {
    let tree = cargo(&[
        "tree",
        "--locked",
        "--package=callscope",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
        "--format={p}",
        "--target",
        toolchain::WASM,
    ])?;
    let metadata = cargo(&[
        "metadata",
        "--locked",
        "--format-version=1",
        "--filter-platform",
        toolchain::WASM,
    ])?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(Failure::about("What cargo says of packages cannot be read"))?;
    let known = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    in_tree(&tree)
        .into_iter()
        .map(|(name, version)| {
            let package = known
                .iter()
                .find(|package| package["name"] == name && package["version"] == version)
                .ok_or_else(|| Failure(format!("cargo says nothing of {name} {version}.")))?;
            let manifest = PathBuf::from(text(&package["manifest_path"]));
            Ok(Package {
                // An older way to write it.
                license: text(&package["license"])
                    .replace(" / ", "/")
                    .replace('/', " OR "),
                checksum: lockfile::checksum_of(name, version)?,
                folder: manifest.parent().map(PathBuf::from).unwrap_or_default(),
                name: name.to_owned(),
                version: version.to_owned(),
            })
        })
        .collect()
}

/// Names and versions in what `cargo tree` prints: `name v1.2.3`, and the place of what is written here.
fn in_tree(tree: &str) -> BTreeSet<(&str, &str)> {
    tree.lines().filter_map(of_others).collect()
}

fn of_others(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(" v")?;
    let (version, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_ours = rest.starts_with("(/") || rest.contains(":\\");
    (!is_ours).then_some((name, version))
}

fn cargo(arguments: &[&str]) -> Result<String, Failure> {
    answer(Command::new("cargo").args(arguments))
        .ok_or_else(|| Failure(format!("`cargo {}` failed.", arguments.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::in_tree;

    #[test]
    fn each_package_of_others_is_listed_once() {
        let tree = "callscope v0.1.0 (/home/a/callscope)\nmemchr v2.8.3\nyew v0.23.0 (*)\n\
            yew v0.23.0\ncallscope-kernel v0.1.0 (C:\\callscope\\kernel)\n";
        let packages: Vec<_> = in_tree(tree).into_iter().collect();
        assert_eq!(packages, [("memchr", "2.8.3"), ("yew", "0.23.0")]);
    }
}
