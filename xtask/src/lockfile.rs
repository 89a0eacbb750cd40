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

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| **line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.76"

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
}
