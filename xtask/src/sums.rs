//! The sums of all published files, as `sha256sum --check` reads them.

use crate::digest;
use crate::failure::Failure;
use std::fs;
use std::path::Path;

const NAME: &str = "SHA256SUMS";

/// Writes it; what was there before is not counted.
pub(crate) fn write(folder: &Path) -> Result<(), Failure> {
    let mut sums = String::new();
    for file in files_below(folder)?.into_iter().filter(|file| file != NAME) {
        let bytes = fs::read(folder.join(&file))
            .map_err(Failure::about(format!("{file} cannot be read")))?;
        sums.push_str(&format!("{}  {file}\n", digest::hexadecimal(&bytes)));
    }
    fs::write(folder.join(NAME), sums).map_err(Failure::about(format!("{NAME} cannot be written")))
}

/// All files of a folder and of those within it, by address.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(below) = folders.pop() {
        let entries = fs::read_dir(folder.join(&below)).map_err(Failure::about(format!(
            "{} cannot be read",
            folder.display()
        )))?;
        for entry in entries.flatten() {
            let address = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(format!("{address}/"));
            } else {
                files.push(address);
            }
        }
    }
    files.sort();
    Ok(files)
}
