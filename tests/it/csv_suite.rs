//! The cases of the public package `csv-spectrum`: each file of delimited text reads as the JSON beside it says.

use std::fs;
use std::path::{Path, PathBuf};

use callscope::engine::fields::fields;
use callscope::engine::formats::{Content, Intake};
use callscope::protocol::{ColumnChoice, Delimiter, FileKind, ReadSettings};
use serde_json::Value;

/// Fields of text, to give to the columns of a case.
const FIELDS: [&str; 8] = [
    "First UPN",
    "Second UPN",
    "First Sip Uri",
    "Second Sip Uri",
    "First User ObjectId",
    "Second User ObjectId",
    "First Feedback Text",
    "Second Feedback Text",
];

/// Its two files tell of different telephone numbers and coordinates, and neither is UTF-8.
const NO_PAIR: &str = "location_coordinates";

/// The folder of the package, which `cargo xtask test` installs.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/csv-spectrum")
}

#[test]
fn each_case_reads_as_its_json_says() {
    let folder = package().join("csvs");
    let Ok(entries) = fs::read_dir(&folder) else {
        panic!("csv-spectrum is not installed: `npm ci` or `cargo xtask test` does that");
    };
    let mut n_cases = 0;
    for entry in entries {
        let path = entry.expect("the case can be listed").path();
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if stem == NO_PAIR {
            continue;
        }
        let json = package().join("json").join(format!("{stem}.json"));
        let json = fs::read(json).expect("the expected reading is there");
        let expected = rows(serde_json::from_slice(&json).expect("the expected reading is JSON"));
        check(
            &stem,
            &fs::read(&path).expect("the case can be read"),
            &expected,
        );
        n_cases += 1;
    }
    assert!(n_cases >= 11, "cases are missing");
}

/// A case of one row is an object, the others are lists.
fn rows(json: Value) -> Vec<serde_json::Map<String, Value>> {
    match json {
        Value::Object(row) => vec![row],
        Value::Array(all) => all.into_iter().flat_map(rows).collect(),
        other => panic!("no rows: {other}"),
    }
}

fn check(case: &str, csv: &[u8], expected: &[serde_json::Map<String, Value>]) {
    let headings: Vec<&String> = expected[0].keys().collect();
    let field_of = |heading: &String| {
        let idx = headings.iter().position(|known| *known == heading);
        FIELDS[idx.expect("a heading of the case")]
    };
    let choice = |heading: &&String| ColumnChoice {
        heading: (*heading).clone(),
        field: Some(field_of(heading).to_owned()),
    };
    let mut intake = Intake::new(ReadSettings {
        kind: Some(FileKind::CqdStreams),
        delimiter: Some(Delimiter::Comma),
        columns: headings.iter().map(choice).collect(),
        ..ReadSettings::default()
    });
    intake.feed(csv);
    let loaded = intake
        .finish()
        .unwrap_or_else(|found| panic!("{case}: {found:?}"));
    let Content::Streams(table) = loaded.result.content else {
        panic!("{case}: no table");
    };
    assert_eq!(table.n_rows, expected.len(), "{case}");
    for (row, cells) in expected.iter().enumerate() {
        for (heading, cell) in cells {
            let column = table.text(fields().named(field_of(heading)));
            let found = column
                .and_then(|column| column.words(row))
                .unwrap_or_default();
            let cell = cell
                .as_str()
                .expect("cells are texts")
                .replace("\r\n", "\n");
            assert_eq!(
                found.replace("\r\n", "\n"),
                cell.trim(),
                "{case}, row {row}, {heading}"
            );
        }
    }
}
