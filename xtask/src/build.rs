//! Builds the release page into dist/.

use crate::failure::Failure;
use crate::program::run;
use crate::tools::Tools;
use crate::{policy, toolchain, wasm_opt};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Where the built page is.
pub(crate) const FOLDER: &str = "dist";

/// The built page itself.
pub(crate) const PAGE: &str = "dist/index.html";

/// What is done to the programs after the compiler.
#[derive(Clone, Copy)]
pub(crate) enum Programs {
    /// Nothing.
    Compiled,
    /// wasm-opt goes over them.
    Optimized,
}

/// Builds the page and locks it with its policy.
pub(crate) fn page(tools: &Tools, programs: Programs) -> Result<(), Failure> {
    println!("Building the page: some minutes the first time, seconds when little has changed …");
    // All programs of a profile at once: trunk would compile one after the other.
    for (profile, programs) in [("page", &["page", "unpack"][..]), ("worker", &["worker"])] {
        let mut build = Command::new("cargo");
        build.args(["build", "--locked", "--profile", profile]);
        build.args(["--target", toolchain::WASM]);
        for program in programs {
            build.args(["--bin", program]);
        }
        run(&mut build)?;
    }
    // Everything is on this machine by now; offline, trunk cannot download tools of its own choice.
    run(tools
        .trunk()
        .args(["build", "--release", "--offline", "--quiet"]))?;
    if let Programs::Optimized = programs {
        println!("Optimizing the programs (less than a minute) …");
        let is_program = |file: &&PathBuf| file.extension().is_some_and(|end| end == "wasm");
        files()?
            .iter()
            .filter(is_program)
            .try_for_each(|program| wasm_opt::optimize(program))?;
    }

    let page =
        fs::read_to_string(PAGE).map_err(Failure::about(format!("{PAGE} cannot be read")))?;
    fs::write(PAGE, policy::lock(&without_ignored_digest(&page))?)
        .map_err(Failure::about(format!("{PAGE} cannot be written")))
}

/// The files of the built page that lie in its folder itself, by name.
pub(crate) fn files() -> Result<Vec<PathBuf>, Failure> {
    let folder =
        fs::read_dir(FOLDER).map_err(Failure::about(format!("{FOLDER} cannot be read")))?;
    let mut files: Vec<_> = folder
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    Ok(files)
}

/// Takes the digest off the link that loads the program ahead: Chromium ignores it with a warning,
/// and wasm-opt makes it wrong.
fn without_ignored_digest(page: &str) -> String {
    let without = |tag: &str| {
        let (before, rest) = tag.split_once(" integrity=\"")?;
        let (_, after) = rest.split_once('"')?;
        tag.contains(" as=\"fetch\"")
            .then(|| format!("{before}{after}"))
    };
    page.split_inclusive('>')
        .map(|tag| without(tag).unwrap_or_else(|| tag.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::without_ignored_digest;

    #[test]
    fn only_the_program_loses_its_digest() {
        let page = "<link rel=\"modulepreload\" href=\"a.js\" integrity=\"sha384-a\">\
            <link rel=\"preload\" href=\"a.wasm\" integrity=\"sha384-b\" as=\"fetch\"></head>";
        let expected = "<link rel=\"modulepreload\" href=\"a.js\" integrity=\"sha384-a\">\
            <link rel=\"preload\" href=\"a.wasm\" as=\"fetch\"></head>";
        assert_eq!(without_ignored_digest(page), expected);
    }
}
