//! Rules of the house, as tests.

use std::fs;
use std::path::{Path, PathBuf};

/// More lines of code than this are more than one noun or verb.
const MAX_CODE_LINES: usize = 500;

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                files.push((
                    path.strip_prefix(root).expect("below the root").to_owned(),
                    text,
                ));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} has no files");
    files
}

/// Fails with file and line where one of the words stands.
#[track_caller]
fn forbid(folder: &str, words: &[&str]) {
    for (path, text) in rust_files(folder) {
        for (line, code) in (1..).zip(text.lines()) {
            let is_comment = code.trim_start().starts_with("//");
            for word in words {
                assert!(
                    is_comment || !code.contains(word),
                    "{}:{line}: `{word}` may not stand in {folder}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_page_never_names_the_engine() {
    forbid(
        "src/page",
        &[
            "engine::",
            "::engine",
            "{engine",
            " engine as",
            "crate::worker",
        ],
    );
}

#[test]
fn the_engine_names_no_browser_no_clock_and_no_input() {
    forbid(
        "src/engine",
        &[
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "yew",
            "gloo",
            "cfg(target",
            "std::fs",
            "std::time",
            "std::thread",
            "println!",
            "crate::page",
            "crate::worker",
        ],
    );
}

#[test]
fn the_kernel_names_no_browser_no_clock_and_no_input() {
    forbid(
        "kernel/src",
        &[
            "web_sys",
            "js_sys",
            "std::fs",
            "std::time",
            "std::thread",
            "Serialize",
        ],
    );
}

#[test]
fn the_opening_of_packages_names_neither_the_engine_nor_the_page() {
    forbid(
        "src/unpack",
        &[
            "crate::engine",
            "crate::page",
            "crate::worker",
            "std::fs",
            "std::path",
        ],
    );
}

#[test]
fn only_the_protocol_can_be_serialized() {
    // Reading JSON makes nothing serializable.
    forbid(
        "src/engine",
        &[
            "Serialize",
            "Deserialize",
            "serde::",
            "serde_bytes",
            "serde_json::to",
        ],
    );
    forbid("src/page", &["derive(Serialize", "impl Serialize"]);
    forbid("src/worker", &["derive(Serialize", "impl Serialize"]);
}

#[test]
fn text_of_files_never_becomes_markup_or_a_link() {
    forbid(
        "src/page",
        &[
            "inner_html",
            "from_html_unchecked",
            "insert_adjacent_html",
            "outer_html",
        ],
    );
}

#[test]
fn every_file_says_at_its_door_what_it_is_about() {
    for folder in ["src", "kernel/src", "tests", "benches", "xtask/src"] {
        for (path, text) in rust_files(folder) {
            let first = text.lines().next().unwrap_or_default();
            assert!(
                first.starts_with("//! "),
                "{} has no door line",
                path.display()
            );
        }
    }
}

#[test]
fn files_are_short() {
    for folder in ["src", "kernel/src", "tests", "benches", "xtask/src"] {
        for (path, text) in rust_files(folder) {
            let code = text
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            let is_code =
                |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
            let n_lines = code.lines().filter(is_code).count();
            assert!(
                n_lines <= MAX_CODE_LINES,
                "{} has {n_lines} lines of code",
                path.display()
            );
        }
    }
}

/// One exported function in the library would pull the page into the worker's program.
#[test]
fn exports_to_javascript_live_in_the_programs() {
    for folder in [
        "src/engine",
        "src/protocol",
        "src/unpack",
        "src/worker",
        "src/page",
    ] {
        forbid(folder, &["#[wasm_bindgen"]);
    }
}

/// Links lead to views, whose addresses are code names.
#[test]
fn no_link_is_made_of_data() {
    let mut n_links = 0;
    for (path, text) in rust_files("src/page") {
        for (line, code) in (1..).zip(text.lines()) {
            for link in code.split("href=").skip(1) {
                n_links += 1;
                let is_of_view =
                    link.starts_with("\"#") || link.starts_with('{') && link.contains(".hash()");
                assert!(is_of_view, "{}:{line}: a link to no view", path.display());
            }
        }
    }
    assert!(n_links > 0, "the page has links");
}
