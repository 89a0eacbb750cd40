//! Makes the page one that can be installed: its manifest and icons, and what keeps its files in the browser.

use crate::digest;
use crate::failure::Failure;
use crate::headers::KEEPER;
use crate::sums::files_below;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

const SOURCES: &str = "www";

/// What lies ready to be published as it is.
const COPIED: &[&str] = &[
    "manifest.webmanifest",
    "icon.svg",
    "icon-192.png",
    "icon-512.png",
];

/// How the files are called that the page opens without a network with, and none else: not what the host may
/// change, not what is for people, other pages and servers.
const KEPT: &[&str] = &[
    "index.html",
    "page-",
    "style-",
    "worker",
    "unpack",
    "manifest.webmanifest",
    "icon",
];

/// Puts all of it into the folder of the page, whose parts have their last names.
pub(crate) fn write(folder: &Path) -> Result<(), Failure> {
    for name in COPIED {
        fs::copy(Path::new(SOURCES).join(name), folder.join(name))
            .map_err(Failure::about(format!("{name} cannot be copied")))?;
    }
    let mut files = Map::new();
    for name in files_below(folder)? {
        if KEPT.iter().any(|beginning| name.starts_with(beginning)) {
            let bytes = fs::read(folder.join(&name))
                .map_err(Failure::about(format!("{name} cannot be read")))?;
            files.insert(name, digest::integrity(&bytes).into());
        }
    }
    let code = fs::read_to_string(Path::new(SOURCES).join(KEEPER))
        .map_err(Failure::about(format!("{KEEPER} cannot be read")))?;
    fs::write(folder.join(KEEPER), told(&code, files))
        .map_err(Failure::about(format!("{KEEPER} cannot be written")))
}

/// The code, behind what it is to keep. Another list is another version.
fn told(code: &str, files: Map<String, Value>) -> String {
    let files = Value::Object(files).to_string();
    let version = &digest::hexadecimal(files.as_bytes())[..16];
    format!(
        "const VERSION = \"{version}\";\nconst FILES = new Map(Object.entries({files}));\n\n{code}"
    )
}

#[cfg(test)]
mod tests {
    use super::told;
    use serde_json::Map;

    #[test]
    fn another_file_is_another_version() {
        let with = |integrity: &str| {
            told(
                "",
                Map::from_iter([("worker.js".to_owned(), integrity.into())]),
            )
        };
        assert!(with("sha384-a").contains("{\"worker.js\":\"sha384-a\"}"));
        let version = |text: &str| text.lines().next().map(str::to_owned);
        assert_eq!(version(&with("sha384-a")), version(&with("sha384-a")));
        assert_ne!(version(&with("sha384-a")), version(&with("sha384-b")));
    }
}
