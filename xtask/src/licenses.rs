//! The licenses of what the programs are made of: who has which, and each text once.

use crate::failure::Failure;
use crate::packages::Package;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const NAME: &str = "LICENSES.txt";

/// How files begin that hold a license, or what a license wants to be passed on.
const BEGINNINGS: &[&str] = &["license", "licence", "copying", "notice", "unlicense"];

const INTRO: &str = "\
The programs of callscope hold the work of others: the packages below, and the standard library of Rust (MIT OR \
Apache-2.0). Their licenses follow, each text once. Where a package is named without a text, its authors ship none.
";

const RULE: &str = "========================================================================";

/// Writes it.
pub(crate) fn write(folder: &Path, packages: &[Package]) -> Result<(), Failure> {
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages {
        for text in texts_in(&package.folder)? {
            holders
                .entry(text)
                .or_default()
                .push(format!("{} {}", package.name, package.version));
        }
    }
    fs::write(folder.join(NAME), page(packages, holders))
        .map_err(Failure::about(format!("{NAME} cannot be written")))
}

fn page(packages: &[Package], holders: BTreeMap<String, Vec<String>>) -> String {
    let mut page = format!("{INTRO}\n");
    for package in packages {
        page.push_str(&format!(
            "{} {}: {}\n",
            package.name, package.version, package.license
        ));
    }
    let mut by_holder: Vec<_> = holders
        .into_iter()
        .map(|(text, names)| (names, text))
        .collect();
    by_holder.sort();
    for (names, text) in by_holder {
        page.push_str(&format!(
            "\n{RULE}\n{}\n{RULE}\n\n{text}\n",
            names.join(", ")
        ));
    }
    page
}

fn texts_in(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = fs::read_dir(folder).map_err(Failure::about(format!(
        "{} cannot be read",
        folder.display()
    )))?;
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let is_license = |path: &&std::path::PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        path.is_file()
            && BEGINNINGS
                .iter()
                .any(|beginning| name.starts_with(beginning))
    };
    let text = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path)
            .map_err(Failure::about(format!("{} cannot be read", path.display())))?;
        // The same text comes with several kinds of line ends.
        let lines: Vec<_> = text.trim().lines().map(str::trim_end).collect();
        Ok(lines.join("\n"))
    };
    paths.iter().filter(is_license).map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::packages::Package;
    use std::collections::BTreeMap;

    #[test]
    fn each_text_stands_once_below_all_who_have_it() {
        let package = |name: &str| Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: "MIT".to_owned(),
            checksum: None,
            folder: "unread".into(),
        };
        let holders = BTreeMap::from([(
            "Permission is granted".to_owned(),
            vec!["a 1.0.0".to_owned(), "b 1.0.0".to_owned()],
        )]);
        let page = page(&[package("a"), package("b")], holders);
        assert!(page.contains("a 1.0.0: MIT\nb 1.0.0: MIT\n"));
        assert!(page.contains("a 1.0.0, b 1.0.0\n"));
        assert_eq!(page.matches("Permission is granted").count(), 1);
    }
}
