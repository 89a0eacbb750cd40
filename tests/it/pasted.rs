//! Files that were put one behind the other: the headings of the second one are no record.

use callscope::protocol::Role;

use crate::files::{complaints, session_of};
use crate::intake::{BUILDING, STREAM_HEADINGS, answer, rows, stream};

/// Of two exports in one file, with a stream each, the headings in the middle are rejected and nothing else.
#[track_caller]
fn expect_headings_again(bytes: Vec<u8>) {
    let building = BUILDING.lines().nth(1).expect("a line").as_bytes().to_vec();
    let files = [("b.tsv".to_owned(), building), ("s.csv".to_owned(), bytes)];
    let mut session = session_of(&files, Role::Administrator, usize::MAX);
    let counts = rows(&mut session, 1);
    assert_eq!((counts.read, counts.used, counts.rejected), (3, 2, 1));
    let said = complaints(&session.cards()[1]);
    assert!(said.contains("Error HeadingsAgain line 3\n"), "{said}");
    assert_eq!(answer(&mut session), "Lab | 2 | 0 | 10\n");
}

fn two_exports(mark: &str) -> String {
    let export = |call| format!("{mark}{STREAM_HEADINGS}{}", stream(call, call, 10));
    export(1) + &export(2)
}

#[test]
fn headings_within_a_file_are_no_stream() {
    expect_headings_again(two_exports("").into_bytes());
}

#[test]
fn a_byte_order_mark_before_them_changes_nothing() {
    expect_headings_again(two_exports("\u{FEFF}").into_bytes());
    let quoted = two_exports("\u{FEFF}").replace("Conference Id", "\"Conference Id\"");
    expect_headings_again(quoted.into_bytes());
    let utf16 = two_exports("\u{FEFF}");
    expect_headings_again(utf16.encode_utf16().flat_map(u16::to_le_bytes).collect());
}

#[test]
fn letters_of_windows_1252_in_them_change_nothing() {
    let with_a_column = |line: &str| match line.strip_prefix('c') {
        Some(cells) => format!("x,c{cells}\n"),
        None => format!("\u{C9}valuation,{line}\n"),
    };
    let text: String = two_exports("").lines().map(with_a_column).collect();
    expect_headings_again(text.chars().map(|letter| letter as u8).collect());
}
