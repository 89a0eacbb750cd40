//! The fast splitter of the kernel beside the slow one.

use proptest::prelude::*;

use callscope_kernel::rows::Rows;

use super::{
    cutter::{Block, Cutter},
    records::{self, Records},
};

type Found = Vec<(u64, Vec<Vec<u8>>, Vec<u8>)>;

fn by_rows(text: &[u8]) -> Found {
    let mut rows = Rows::new(text, b',', 1);
    let mut found = Found::new();
    let mut take = |rows: &Rows<'_>| {
        for row in rows.batch() {
            let cells = (0..row.n_cells()).map(|idx| row.cell(idx).into_owned());
            found.push((row.line, cells.collect(), row.raw().to_vec()));
        }
    };
    while rows.next_batch() {
        take(&rows);
    }
    if rows.last_batch() {
        take(&rows);
    }
    found
}

/// The slow, obvious way.
fn by_records(text: &[u8]) -> Found {
    let mut records = Records::new(text, b',', 1);
    let mut row = records::Row::default();
    let mut found = Found::new();
    while records.read(&mut row) {
        let cells = (0..row.n_cells()).map(|idx| row.cell(text, idx).into_owned());
        found.push((row.line, cells.collect(), row.raw(text).to_vec()));
    }
    found
}

fn blocks(text: &[u8]) -> Vec<Block> {
    let mut cutter = Cutter::new(b',');
    cutter.buffer().extend_from_slice(text);
    let mut blocks = cutter.cut();
    blocks.extend(cutter.finish());
    blocks
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn rows_are_those_of_the_slow_splitter(text in "[ab,,\"\"\n\r]{0,200}") {
        let blocks = blocks(text.as_bytes()).into_iter();
        for block in blocks.filter(|block| block.broken.is_none()) {
            prop_assert_eq!(by_rows(&block.text), by_records(&block.text));
        }
    }

    #[test]
    fn what_the_cutter_breaks_is_told(
        text in "[ab,,\"\"\n\r ]{0,40}|(\"?(a{0,90}|[a,\n]{0,9})\"?[,\n]){0,12}",
    ) {
        let mut rows = Rows::new(text.as_bytes(), b',', 1);
        while rows.next_batch() || rows.last_batch() {}
        let is_broken = blocks(text.as_bytes()).iter().any(|block| block.broken.is_some());
        prop_assert_eq!(rows.is_odd(true), is_broken);
    }

    #[test]
    fn rows_of_many_short_cells_are_those_of_the_slow_splitter(
        text in "[a,,,\n]{0,300}|,{60,200}\n[,\n]{0,100}",
    ) {
        prop_assert_eq!(by_rows(text.as_bytes()), by_records(text.as_bytes()));
    }

    #[test]
    fn quoted_cells_are_those_of_the_slow_splitter(
        text in "((\"([a,\n]|\"\"){0,40}\"|[ab]{0,30})[,\n]){0,30}[ab]{0,3}",
    ) {
        prop_assert_eq!(by_rows(text.as_bytes()), by_records(text.as_bytes()));
    }

    #[test]
    fn exports_with_quotes_around_each_cell_are_those_of_the_slow_splitter(
        text in "((\"[a,]{0,70}\"|\"([a,\n]|\"\"){0,9}\"|a?\"?b?)(,|\r?\n)){0,60}",
    ) {
        let blocks = blocks(text.as_bytes()).into_iter();
        for block in blocks.filter(|block| block.broken.is_none()) {
            prop_assert_eq!(by_rows(&block.text), by_records(&block.text));
        }
    }

    #[test]
    fn rows_before_a_limit_are_the_first_rows(text in "[a,\"\n]{0,200}", limit in 0usize..200) {
        let text = text.as_bytes();
        let mut rows = Rows::new(text, b',', 1).before(limit);
        let mut starts = Vec::new();
        while rows.next_batch() {
            starts.extend(rows.batch().map(|row| row.start()));
        }
        let mut all = Rows::new(text, b',', 1);
        let mut expected = Vec::new();
        while all.next_batch() {
            expected.extend(all.batch().map(|row| row.start()));
        }
        let (before, behind) = expected.split_at(expected.partition_point(|at| *at < limit));
        prop_assert_eq!(starts, before);
        prop_assert_eq!(rows.end(), behind.first().copied().unwrap_or(all.end()));
    }
}
