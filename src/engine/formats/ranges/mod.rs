//! One big file, read in ranges of bytes by several readers, joined in the order of the file.
//!
//! A reader takes some ranges in a row: one long stream costs the browser less than many short ones.
//!
//! It cannot know where the first row of such a run begins: a line end may stand within quotes. It
//! takes the first line end for a border of rows, and says where each range began and ended. A range that did
//! not begin where the one before it ended is read again from there, so that no guess ever changes a reading.

mod reader;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::{BTreeMap, VecDeque};

pub use reader::RangeReader;
pub use wire::Source;

use callscope_kernel::fingerprint::PIECE_BYTES;

use super::{
    joining::Joining,
    reader_codes::ReaderCodes,
    table_block::{ColumnPlan, TableBlock},
};

/// Length of a range: a piece of the fingerprint.
pub const RANGE_BYTES: u64 = PIECE_BYTES as u64;

/// So many ranges in a row a reader takes at most.
const MAX_RUN: u32 = 4;

/// So many ranges are with all readers together, unless there are more readers.
const N_UNDER_WAY: u32 = 8;

/// So much is read behind a range, for the end of its last row.
const BEHIND_BYTES: u64 = 16 << 10;

/// A part of a file: the rows that begin in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Its place in the order of the file.
    pub idx: u32,
    /// Where its first row begins, if that is known.
    pub start: Option<u64>,
    /// From here on rows belong to the next range.
    pub until: u64,
    /// The first byte that is needed.
    pub from: u64,
    /// Behind the last byte that is needed, if no row is very long.
    pub to: u64,
    /// Length of the file.
    pub size_bytes: u64,
}

/// What a reader made of a range.
#[derive(Debug)]
pub struct RangeRead {
    idx: u32,
    /// Where its first row began.
    start: u64,
    /// Where the row behind its last one begins.
    end: u64,
    /// Lines from the first row to that one.
    n_lines: u64,
    /// The fingerprint of its bytes.
    piece: u64,
    /// It holds what only reading the file from its start can tell: a quote that is not closed, a row
    /// that is too long. Then the ranges behind it were not read.
    is_odd: bool,
    block: TableBlock,
}

/// Who reads: no two readers of a session have the same number.
pub type ReaderId = u32;

/// What is to be done with the rest of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// More ranges.
    Ranges,
    /// Nothing: all rows are joined.
    Nothing,
    /// It has to be read in order from this byte on.
    InOrder(u64),
}

/// The ranges of one file.
#[derive(Debug)]
pub(crate) struct Ranges {
    size_bytes: u64,
    range_bytes: u64,
    /// Ranges that were not given to a reader yet begin with this one.
    next: u32,
    /// Ranges that are to be read once more.
    again: VecDeque<Range>,
    /// Ranges that were read before their turn.
    waiting: BTreeMap<u32, (ReaderId, RangeRead)>,
    /// The range that is joined next, where it must begin, and on which line.
    turn: u32,
    start: u64,
    line: u64,
    codes: BTreeMap<ReaderId, ReaderCodes>,
}

impl Ranges {
    /// The ranges of a file of which everything before `start` was read; there a row begins, on `line`.
    pub(crate) fn new(size_bytes: u64, range_bytes: u64, start: u64, line: u64) -> Self {
        let first = (start / range_bytes) as u32;
        Self {
            size_bytes,
            range_bytes,
            next: first,
            again: VecDeque::new(),
            waiting: BTreeMap::new(),
            turn: first,
            start,
            line,
            codes: BTreeMap::new(),
        }
    }

    /// The next ranges for one of so many readers, in a row; none if all are given, or too many wait for their
    /// turn.
    pub(crate) fn next_run(&mut self, n_readers: u32) -> Vec<Range> {
        if let Some(range) = self.again.pop_front() {
            return vec![range];
        }
        let n_all = self.size_bytes.div_ceil(self.range_bytes) as u32;
        let n_left = n_all.saturating_sub(self.next);
        // Shorter ones at the end, so that all readers are done at the same time.
        let n_fair = n_left.div_ceil(2 * n_readers);
        let n_run = n_fair.min((N_UNDER_WAY / n_readers).clamp(1, MAX_RUN));
        // Each reader has a run in hand and the next one on its way.
        let n_ahead = 2 * N_UNDER_WAY.max(n_readers);
        if self.next + n_run > self.turn + n_ahead {
            return Vec::new();
        }
        let run = self.next..self.next + n_run;
        self.next = run.end;
        run.map(|idx| self.range(idx, (idx == self.turn).then_some(self.start)))
            .collect()
    }

    fn range(&self, idx: u32, start: Option<u64>) -> Range {
        let first = u64::from(idx) * self.range_bytes;
        let until = (first + self.range_bytes).min(self.size_bytes);
        Range {
            idx,
            start,
            until,
            // The byte before tells whether a row begins with the range.
            from: first - u64::from(start.is_none()),
            to: (until + BEHIND_BYTES).min(self.size_bytes),
            size_bytes: self.size_bytes,
        }
    }

    /// Reads a range once more: its reader is gone.
    pub(crate) fn give_again(&mut self, range: Range) {
        self.again.push_back(range);
    }

    /// Whether all ranges are given to readers, as far as is known.
    pub(crate) fn are_given(&self) -> bool {
        self.again.is_empty() && u64::from(self.next) * self.range_bytes >= self.size_bytes
    }

    /// How many bytes of the file are joined.
    pub(crate) fn done_bytes(&self) -> u64 {
        self.start.min(self.size_bytes)
    }

    /// The line of the first row that is not joined.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Takes what a reader made of a range, and joins all whose turn it is. Gives the fingerprints of those.
    pub(crate) fn take(
        &mut self,
        reader: ReaderId,
        read: RangeRead,
        plans: &[ColumnPlan],
        joining: &mut Joining,
    ) -> (Vec<u64>, Rest) {
        let codes = self.codes.entry(reader).or_insert_with(ReaderCodes::raw);
        codes.meet(&read.block);
        self.waiting.insert(read.idx, (reader, read));
        let mut pieces = Vec::new();
        while let Some((reader, mut read)) = self.waiting.remove(&self.turn) {
            let codes = self.codes.entry(reader).or_insert_with(ReaderCodes::raw);
            if read.start != self.start {
                let range = self.range(read.idx, Some(self.start));
                self.again.push_back(range);
                return (pieces, Rest::Ranges);
            }
            if read.is_odd {
                return (
                    pieces,
                    Rest::InOrder(u64::from(self.turn) * self.range_bytes),
                );
            }
            let n_bytes = (read.end - read.start).max(1);
            joining.expect_rows(read.block.rows.used * (self.size_bytes / n_bytes + 1));
            read.block.shift_lines(self.line - 1);
            joining.append(plans, read.block, codes);
            pieces.push(read.piece);
            self.start = read.end;
            self.line += read.n_lines;
            self.turn += 1;
        }
        let is_end = u64::from(self.turn) * self.range_bytes >= self.size_bytes;
        (pieces, if is_end { Rest::Nothing } else { Rest::Ranges })
    }
}
