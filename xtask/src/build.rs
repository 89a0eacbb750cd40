//! Builds the release page into dist/.

use crate::document::Document;
use crate::failure::Failure;
use crate::program::run;
use crate::tools::Tools;
use crate::{flags, toolchain, wasm_opt};
use std::fs;
use std::path::{Path, PathBuf};
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

/// Compiles the programs and puts the page together; it is not yet locked.
pub(crate) fn page(tools: &Tools, programs: Programs) -> Result<Document, Failure> {
    println!("Building the page: some minutes the first time, seconds when little has changed …");
    let flags = flags::encoded()?;
    // All programs of a profile at once: trunk would compile one after the other.
    for (profile, programs) in [("page", &["page", "unpack"][..]), ("worker", &["worker"])] {
        let mut build = Command::new("cargo");
        build.args(["build", "--locked", "--profile", profile]);
        build.args(["--target", toolchain::WASM]);
        for program in programs {
            build.args(["--bin", program]);
        }
        run(build.env(flags::VARIABLE, &flags))?;
    }
    // Everything is on this machine by now; offline, trunk cannot download tools of its own choice.
    run(tools
        .trunk()
        .args(["build", "--release", "--offline", "--quiet"])
        .env(flags::VARIABLE, &flags))?;
    if let Programs::Optimized = programs {
        println!("Optimizing the programs (less than a minute) …");
        let is_program = |file: &&PathBuf| file.extension().is_some_and(|end| end == "wasm");
        files()?
            .iter()
            .filter(is_program)
            .try_for_each(|program| wasm_opt::optimize(program))?;
    }
    Document::take(Path::new(FOLDER))
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
