//! Builds dist/ as it is published, and says how large its files are.

use crate::build::{self, Programs};
use crate::document::{Document, Keeping};
use crate::failure::Failure;
use crate::program::{self, answer};
use crate::tools::Tools;
use crate::{bill, headers, keeper, licenses, node, packages, sums};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What other pages load to embed this one, and how it is typed.
const EMBED_KIT: &[&str] = &[headers::EMBED_KIT, "callscope.d.ts"];

/// Prints the size of each file that it is given: as it is, and as servers compress it.
const SIZES: &str = r#"
const { readFileSync } = require("node:fs");
const { gzipSync, brotliCompressSync } = require("node:zlib");
const row = (name, ...cells) => console.log(name.padEnd(40), ...cells.map((cell) => String(cell).padStart(10)));
row("bytes", "raw", "gzip", "brotli");
for (const path of process.argv.slice(1)) {
  const bytes = readFileSync(path);
  row(path, bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length);
}
"#;

/// Builds dist/; without Node.js its programs stay larger.
pub(crate) fn run() -> Result<(), Failure> {
    let tools = Tools::ready()?;
    match node::check() {
        Ok(()) => optimized(&tools),
        Err(absent) => {
            println!("{absent} The programs are not optimized further.");
            publish(&build::page(&tools, Programs::Compiled)?)?;
            for file in build::files()? {
                let n_bytes = fs::metadata(&file).map_or(0, |metadata| metadata.len());
                println!("{:40} {n_bytes:10} bytes", file.display());
            }
            Ok(())
        }
    }
}

/// Builds dist/ with optimized programs and prints the sizes of its files.
pub(crate) fn optimized(tools: &Tools) -> Result<(), Failure> {
    node::ready_packages()?;
    publish(&build::page(tools, Programs::Optimized)?)?;
    program::run(
        Command::new("node")
            .args(["--eval", SIZES])
            .args(build::files()?),
    )
}

/// Makes of the page what is published: one file and a page for servers, with all that goes with it.
fn publish(document: &Document) -> Result<(), Failure> {
    let folder = Path::new(build::FOLDER);
    fs::write(folder.join(headers::ONE_FILE), document.one_file()?)
        .map_err(Failure::about("The page as one file cannot be written"))?;
    document.settle(Keeping::Installable)?;
    for name in EMBED_KIT {
        let source = Path::new("www").join(name);
        if source.is_file() {
            fs::copy(source, folder.join(name))
                .map_err(Failure::about(format!("{name} cannot be copied")))?;
        }
    }
    keeper::write(folder)?;
    let packages = packages::of_programs()?;
    let compiler = answer(Command::new("rustc").arg("--version")).unwrap_or_default();
    bill::write(folder, &packages, &compiler)?;
    licenses::write(folder, &packages)?;
    headers::write(folder, &sums::files_below(folder)?)?;
    sums::write(folder)
}
