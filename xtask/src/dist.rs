//! Builds dist/ as it is published, and says how large its files are.

use crate::build::{self, Programs};
use crate::failure::Failure;
use crate::node;
use crate::program;
use crate::tools::Tools;
use std::fs;
use std::process::Command;

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
            build::page(&tools, Programs::Compiled)?;
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
    build::page(tools, Programs::Optimized)?;
    program::run(
        Command::new("node")
            .args(["--eval", SIZES])
            .args(build::files()?),
    )
}
