//! However many readers share a file, and in whatever order they are done, its reading is the same.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::{Range, RangeRead, RangeReader, Rest};
use crate::engine::formats::{Content, Intake, Loaded};
use crate::engine::model::{
    column::{Column, TextColumn},
    end::ENDS,
    table::Table,
};
use crate::protocol::ReadSettings;

/// Draws numbers from a list, again and again.
struct Draw<'list> {
    list: &'list [usize],
    at: usize,
}

impl Draw<'_> {
    fn below(&mut self, n: usize) -> usize {
        self.at += 1;
        self.list[self.at % self.list.len()] % n
    }
}

fn in_order(text: &[u8]) -> Loaded {
    let mut intake = Intake::new(ReadSettings::default());
    intake.feed(text);
    intake.finish().expect("it is an export")
}

/// What a reader makes of ranges in a row, fed in pieces of any length, after it has crossed.
fn read_run(
    reader: &mut RangeReader,
    run: Vec<Range>,
    text: &[u8],
    draw: &mut Draw<'_>,
) -> Vec<(Range, RangeRead)> {
    let (mut at, mut to) = (run[0].from, run[run.len() - 1].to);
    let mut ranges = run.clone().into_iter();
    let mut found = Vec::new();
    reader.begin(run);
    while !reader.is_done() {
        while at < to {
            // Some thousandths of the rest at a time.
            let rest = (to - at) as usize;
            let n_bytes = (1 + rest * draw.below(1_000) / 1_000).min(rest);
            reader.feed(n_bytes, |room| {
                room.copy_from_slice(&text[at as usize..][..n_bytes]);
            });
            at += n_bytes as u64;
            reader.hand_out(&mut |read| {
                let mut bytes = vec![1, 2, 3];
                let complaints = read.to_wire(&mut bytes);
                let range = ranges.next().expect("each range is given once");
                found.push((range, RangeRead::from_wire(&bytes, complaints)));
            });
        }
        to = (to + to / 4 + 40).min(text.len() as u64);
    }
    assert_eq!(ranges.next(), None);
    found
}

fn in_ranges(
    text: &[u8],
    n_head_bytes: usize,
    range_bytes: u64,
    n_readers: usize,
    list: &[usize],
) -> Loaded {
    let mut draw = Draw { list, at: 0 };
    let size_bytes = text.len() as u64;
    let mut intake = Intake::new(ReadSettings::default());
    let head = &text[..n_head_bytes];
    intake.feed(head);
    assert!(intake.begin_ranges(size_bytes, range_bytes));
    // As the session tells readers.
    let settings = ReadSettings {
        kind: intake.kind(),
        delimiter: intake.delimiter(),
        ..ReadSettings::default()
    };
    let new = || RangeReader::new(settings.clone(), head).expect("it is a table");
    let mut readers: Vec<(u32, RangeReader)> =
        (0..n_readers as u32).map(|id| (id, new())).collect();
    let mut n_ever = n_readers as u32;
    // What is under way: a reader gives its ranges in the order in which it got them.
    let mut under_way: Vec<VecDeque<(Range, RangeRead)>> =
        (0..n_readers).map(|_| VecDeque::new()).collect();
    loop {
        loop {
            let run = intake.next_run(n_readers as u32);
            if run.is_empty() {
                break;
            }
            let idx = draw.below(n_readers);
            under_way[idx].extend(read_run(&mut readers[idx].1, run, text, &mut draw));
        }
        let busy: Vec<usize> = (0..n_readers)
            .filter(|idx| !under_way[*idx].is_empty())
            .collect();
        let Some(idx) = busy.get(draw.below(busy.len().max(1))).copied() else {
            break;
        };
        if n_ever < n_readers as u32 + 3 && draw.below(7) == 0 {
            // The reader dies with all that it has under way; another one takes its place.
            for (range, _) in under_way[idx].drain(..) {
                intake.give_again(range);
            }
            readers[idx] = (n_ever, new());
            n_ever += 1;
            continue;
        }
        let Some((_, read)) = under_way[idx].pop_front() else {
            continue;
        };
        let (rest, _) = intake.take_range(readers[idx].0, read);
        match rest {
            Rest::Ranges => {}
            Rest::Nothing => break,
            Rest::InOrder(from) => {
                intake.feed(&text[from as usize..]);
                break;
            }
        }
    }
    intake.finish().expect("it is an export")
}

/// Where something else is said of an end, a run starts.
fn assert_runs_hold(table: &Table) {
    for (end, told) in ENDS.into_iter().zip(&table.runs) {
        let Some(told) = told else { continue };
        let fields = end.telling_fields();
        let columns: Vec<_> = fields.filter_map(|field| table.text(field)).collect();
        let runs: Vec<u32> = (0..told.n() as u32).collect();
        let runs = told.spread(&runs);
        for row in 1..table.n_rows {
            let is_said_again = |column: &&TextColumn| {
                let codes = &column.codes;
                codes.get(row) == codes.get(row - 1)
            };
            assert!(columns.iter().all(is_said_again) || runs[row] != runs[row - 1]);
        }
    }
}

/// Everything of a table, codes and dictionaries included, to the last bit.
fn contents(table: &Table) -> Vec<String> {
    assert_runs_hold(table);
    let columns = table.columns.iter().map(|(field, column)| match column {
        Column::Text(text) => {
            let codes: Vec<u32> = (0..table.n_rows).map(|row| text.codes.get(row)).collect();
            let texts: Vec<_> = text.dictionary.iter().collect();
            format!("{field:?} {codes:?} {texts:?}")
        }
        Column::Number(values) => {
            let bits: Vec<u64> = values.iter().map(f64::to_bits).collect();
            format!("{field:?} {bits:?}")
        }
        Column::Time(values) => format!("{field:?} {values:?}"),
    });
    columns.collect()
}

fn told(loaded: &Loaded) -> String {
    let result = &loaded.result;
    let content = match &result.content {
        Content::Streams(table) | Content::Records(table) => contents(table),
        other => vec![format!("{other:?}")],
    };
    format!(
        "{:?} {:?} {:?} {:?} {:?} {content:#?} {:#?}",
        loaded.assumptions,
        result.kind,
        result.rows,
        result.order,
        result.decimal_mark,
        result.diagnostics
    )
}

const HEADINGS: &str =
    "Conference Id,Start Time,Second UPN,Second IP Address,Avg Round Trip,Second Capture Dev\n";

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-c]{1,3}",
        2 => Just(String::new()),
        2 => "[0-9]{1,3}(\\.[0-9])?",
        1 => "1[0-2]?/[0-9]{1,2}/2026 10:[0-5][0-9]:00",
        1 => Just("2026-10-05T10:11:12".to_owned()),
        1 => "\"[a,\n]{0,5}(\"\"[a\n]){0,2}\"",
        1 => "-|\\(Blank\\)| b |50%|b\"",
    ]
}

fn row() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => prop::collection::vec(cell(), 6).prop_map(|cells| cells.join(",")),
        1 => prop::collection::vec(cell(), 1..8).prop_map(|cells| cells.join(",")),
        1 => Just(HEADINGS.trim_end().to_owned()),
        1 => Just(String::new()),
    ]
}

fn check(
    text: &str,
    range_bytes: u64,
    n_readers: usize,
    list: &[usize],
) -> Result<(), TestCaseError> {
    // The kind must be clear from the head.
    let row = "id1,2026-10-05T10:11:12,a@example.com,10.0.0.1,12.5,d\n";
    let n_head_rows = 64 * 1024 / row.len() + 2;
    let head = format!("{HEADINGS}{}", row.repeat(n_head_rows));
    let text = format!("{head}{text}");
    let expected = told(&in_order(text.as_bytes()));
    let found = in_ranges(
        text.as_bytes(),
        head.len() - 7,
        range_bytes,
        n_readers,
        list,
    );
    prop_assert_eq!(told(&found), expected);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn readers_ranges_and_arrival_do_not_change_a_reading(
        rows in prop::collection::vec(row(), 0..60),
        ends_with_line: bool,
        range_bytes in 50u64..2_000,
        n_readers in 1usize..5,
        list in prop::collection::vec(0usize..1_000, 1..50),
    ) {
        let mut text = rows.join("\n");
        if ends_with_line {
            text.push('\n');
        }
        check(&text, range_bytes, n_readers, &list)?;
    }

    #[test]
    fn a_quote_that_is_not_closed_is_read_in_order(
        before in prop::collection::vec(row(), 0..20),
        behind in prop::collection::vec(row(), 0..20),
        range_bytes in 50u64..1_000,
        list in prop::collection::vec(0usize..1_000, 1..50),
    ) {
        let text = format!("{}\na,\"b\n{}", before.join("\n"), behind.join("\n"));
        check(&text, range_bytes, 2, &list)?;
    }
}

#[test]
fn a_row_that_is_too_long_is_read_in_order() {
    let text = format!("a,b\n{}\nid2,,b,,1,\n", "x".repeat((1 << 20) + 5));
    for range_bytes in [50_000, 300_000, 4 << 20] {
        check(&text, range_bytes, 2, &[300, 100, 400, 100, 500]).expect("they are equal");
    }
}

#[test]
fn the_fingerprint_is_that_of_reading_in_order() {
    let row = "id1,2026-10-05T10:11:12,a@example.com,10.0.0.1,12.5,d\n";
    let text = format!("{HEADINGS}{}", row.repeat(10 * 1024 * 1024 / row.len()));
    let text = text.as_bytes();
    let found = in_ranges(text, 100_000, super::RANGE_BYTES, 2, &[1, 2, 3]);
    assert_eq!(found.fingerprint, in_order(text).fingerprint);
}

#[test]
fn a_border_within_the_last_row_does_not_change_the_fingerprint() {
    let row = "id1,2026-10-05T10:11:12,a@example.com,10.0.0.1,12.5,d\n";
    let border = super::RANGE_BYTES as usize;
    let n_rows = (border - HEADINGS.len()) / row.len();
    let before = format!("{HEADINGS}{}", row.repeat(n_rows));
    // The border lies within a quoted cell, and so does the line end behind it, which a reader takes for a row's.
    let text = format!(
        "{before}id2,,\"{}\n{}\",,1,d",
        "x".repeat(2_000),
        "x".repeat(300 << 10)
    );
    let text = text.as_bytes();
    assert!(before.len() < border && text.len() > border + (300 << 10));
    for list in [&[1, 2, 3][..], &[5], &[300, 100]] {
        let found = in_ranges(text, 100_000, super::RANGE_BYTES, 2, list);
        let expected = in_order(text);
        assert_eq!(told(&found), told(&expected));
        assert_eq!(found.fingerprint, expected.fingerprint);
    }
}
