//! Reads versions from Cargo.lock: what is built and what builds it must agree.

use crate::failure::Failure;
use std::fs;

/// The version of a package that Cargo.lock holds.
pub(crate) fn version_of(package: &str) -> Result<String, Failure> {
    let lock =
        fs::read_to_string("Cargo.lock").map_err(Failure::about("Cargo.lock cannot be read"))?;
    version_in(&lock, package)
        .ok_or_else(|| Failure(format!("Cargo.lock holds no package {package}.")))
}

/// The SHA-256 of a package, as it was downloaded.
pub(crate) fn checksum_of(package: &str, version: &str) -> Result<Option<String>, Failure> {
    let lock =
        fs::read_to_string("Cargo.lock").map_err(Failure::about("Cargo.lock cannot be read"))?;
    Ok(checksum_in(&lock, package, version))
}

fn checksum_in(lock: &str, package: &str, version: &str) -> Option<String> {
    let head = format!("name = \"{package}\"\nversion = \"{version}\"\n");
    let (_, rest) = lock.split_once(&head)?;
    let (entry, _) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let (_, checksum) = entry.split_once("checksum = \"")?;
    Some(checksum.split_once('"')?.0.to_owned())
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| **line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{checksum_in, version_in};
    use serde_json::Value;
    use std::fs;
    use std::path::Path;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.76"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "3af"

[[package]]
name = "wasm-bindgen"
version = "0.2.126"
dependencies = [
 "cfg-if",
]
"#;

    #[test]
    fn the_version_of_the_very_package_is_found() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.126"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(version_in(LOCK, "wasm"), None);
    }

    #[test]
    fn the_checksum_is_that_of_the_very_package() {
        let futures = checksum_in(LOCK, "wasm-bindgen-futures", "0.4.76");
        assert_eq!(futures.as_deref(), Some("3af"));
        assert_eq!(checksum_in(LOCK, "wasm-bindgen", "0.2.126"), None);
    }

    fn text(name: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        fs::read_to_string(path).expect("the lock file is there")
    }

    #[test]
    fn every_crate_comes_from_the_one_registry_and_has_a_checksum() {
        for name in ["Cargo.lock", "fuzz/Cargo.lock"] {
            for entry in text(name).split("[[package]]\n").skip(1) {
                let Some((_, source)) = entry.split_once("source = ") else {
                    let is_ours = ["callscope", "xtask"]
                        .iter()
                        .any(|ours| entry.starts_with(&format!("name = \"{ours}")));
                    assert!(is_ours, "{name}: whence comes\n{entry}");
                    continue;
                };
                let registry =
                    "\"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"";
                assert!(source.starts_with(registry), "{name}:\n{entry}");
            }
        }
    }

    #[test]
    fn every_package_for_node_has_a_digest_and_no_place_of_its_own() {
        let lock: Value = serde_json::from_str(&text("package-lock.json")).expect("it is JSON");
        let packages = lock["packages"].as_object().expect("it lists packages");
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            let integrity = package["integrity"].as_str().unwrap_or_default();
            assert!(integrity.starts_with("sha512-"), "{name} has no digest");
            assert!(
                package["resolved"].is_null(),
                "{name} has a place of its own"
            );
        }
    }
}
