//! Splits a block of whole records into rows and cells. Knows quotes, not what a cell means.
//!
//! Tolerant as spreadsheets are: text after a closing quote belongs to the cell, a quote within an
//! unquoted cell is a character, a line end is LF or CRLF.

use std::borrow::Cow;

use callscope_kernel::cells::plain;
use memchr::{memchr, memchr2};

/// Rows of a block, one after the other.
#[derive(Debug)]
pub(crate) struct Records<'block> {
    text: &'block [u8],
    delimiter: u8,
    at: usize,
    next_line: u64,
}

/// The cells of the row that was read last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    cells: Vec<Cell>,
    /// Line on which the row begins.
    pub line: u64,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    start: usize,
    end: usize,
}

impl<'block> Records<'block> {
    /// The rows of `text`, the first of which begins on `first_line`.
    pub(crate) fn new(text: &'block [u8], delimiter: u8, first_line: u64) -> Self {
        Self {
            text,
            delimiter,
            at: 0,
            next_line: first_line,
        }
    }

    /// Reads the next row into `row`; false at the end of the block.
    pub(crate) fn read(&mut self, row: &mut Row) -> bool {
        row.cells.clear();
        row.line = self.next_line;
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            let cell = self.cell();
            row.cells.push(cell);
            if self.text.get(cell.end) == Some(&self.delimiter) {
                self.at = cell.end + 1;
                continue;
            }
            // At a line feed, or at the end of the block.
            self.at = cell.end + 1;
            self.next_line += 1;
            let last = row.cells.len() - 1;
            let cell = &mut row.cells[last];
            if cell.end > cell.start && self.text[cell.end - 1] == b'\r' {
                cell.end -= 1;
            }
            return true;
        }
    }

    /// The text behind the rows read so far, and its first line.
    pub(crate) fn rest(&self) -> (&'block [u8], u64) {
        (&self.text[self.at.min(self.text.len())..], self.next_line)
    }

    fn cell(&mut self) -> Cell {
        let start = self.at;
        let mut at = start;
        if self.text.get(start) == Some(&b'"') {
            at += 1;
            while let Some(quote) = memchr(b'"', &self.text[at..]).map(|found| at + found) {
                let inside = &self.text[at..quote];
                self.next_line += memchr::memchr_iter(b'\n', inside).count() as u64;
                at = quote + 1;
                if self.text.get(at) == Some(&b'"') {
                    at += 1;
                } else {
                    break;
                }
            }
        }
        let end = memchr2(self.delimiter, b'\n', &self.text[at..])
            .map_or(self.text.len(), |found| at + found);
        Cell { start, end }
    }
}

impl Row {
    /// How many cells the row has.
    pub(crate) fn n_cells(&self) -> usize {
        self.cells.len()
    }

    /// The text of a cell, without its quotes and without blanks around it; empty beyond the last cell.
    pub(crate) fn cell<'text>(&self, text: &'text [u8], idx: usize) -> Cow<'text, [u8]> {
        let Some(cell) = self.cells.get(idx) else {
            return Cow::Borrowed(b"");
        };
        plain(&text[cell.start..cell.end])
    }

    /// The row as the file has it, without its line end.
    pub(crate) fn raw<'text>(&self, text: &'text [u8]) -> &'text [u8] {
        match (self.cells.first(), self.cells.last()) {
            (Some(first), Some(last)) => &text[first.start..last.end],
            _ => b"",
        }
    }

    /// Whether no cell has any text.
    pub(crate) fn is_blank(&self, text: &[u8]) -> bool {
        (0..self.cells.len()).all(|idx| self.cell(text, idx).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text.as_bytes(), b',', 1);
        let mut row = Row::default();
        let mut all = Vec::new();
        while records.read(&mut row) {
            let cells = (0..row.n_cells())
                .map(|idx| String::from_utf8_lossy(&row.cell(text.as_bytes(), idx)).into_owned())
                .collect();
            all.push((row.line, cells));
        }
        all
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        assert_eq!(
            rows("a,\"NY,NY\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",b\nc"),
            [
                row(1, &["a", "NY,NY", "say \"hi\""]),
                row(2, &["two\nlines", "b"]),
                row(4, &["c"]),
            ]
        );
    }

    #[test]
    fn a_quote_within_an_unquoted_cell_is_a_character() {
        assert_eq!(rows("5\" screen,b\n"), [row(1, &["5\" screen", "b"])]);
    }

    #[test]
    fn text_after_a_closing_quote_belongs_to_the_cell() {
        assert_eq!(rows("\"a\"b,c\n"), [row(1, &["ab", "c"])]);
    }

    #[test]
    fn empty_cells_and_lines_stay() {
        assert_eq!(
            rows("a,,\n\n\"\",b"),
            [row(1, &["a", "", ""]), row(2, &[""]), row(3, &["", "b"]),]
        );
    }

    proptest! {
        #[test]
        fn a_table_written_by_the_rules_reads_back(
            table in prop::collection::vec(
                prop::collection::vec("([a-z,\"\n]{0,6}[a-z])?", 1..5), 1..6),
            crlf: bool,
        ) {
            let mut text = String::new();
            for cells in &table {
                let cells: Vec<_> = cells
                    .iter()
                    .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                    .collect();
                text += &cells.join(",");
                text += if crlf { "\r\n" } else { "\n" };
            }
            let read: Vec<_> = rows(&text).into_iter().map(|(_, cells)| cells).collect();
            let table: Vec<Vec<_>> = table
                .iter()
                .map(|cells| cells.iter().map(|cell| cell.trim().to_owned()).collect())
                .collect();
            prop_assert_eq!(read, table);
        }
    }
}
