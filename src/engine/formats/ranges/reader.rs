//! Reads ranges of one file: what a reader worker does.

use callscope_kernel::{fingerprint, rows::Rows};

use super::{Range, RangeRead};
use crate::engine::formats::{
    cutter::MAX_RECORD_BYTES,
    intake::Intake,
    table_block::{BlockReader, Plan},
};
use crate::protocol::ReadSettings;

/// Reads ranges of one file, in any order.
pub struct RangeReader {
    plan: Plan,
    blocks: BlockReader,
}

impl RangeReader {
    /// A reader of a file that begins like this; `None` if such a file cannot be read in ranges.
    pub fn new(settings: ReadSettings, head: &[u8]) -> Option<Self> {
        let mut intake = Intake::new(settings);
        intake.feed(head);
        let plan = intake.into_plan()?;
        Some(Self {
            blocks: BlockReader::new(&plan.columns),
            plan,
        })
    }

    /// Takes back what it made of a range, once that has been told, for the memory.
    pub fn give_back(&mut self, read: RangeRead) {
        self.blocks.give_back(read.block);
    }

    /// Reads a range. `bytes` are those of the file from the first that the range needs, at least to the
    /// last; `None` if that was not far enough.
    pub fn read(&mut self, range: &Range, bytes: &[u8]) -> Option<RangeRead> {
        let is_end = range.from + bytes.len() as u64 >= range.size_bytes;
        let place = |at: u64| (at - range.from) as usize;
        let start = match range.start {
            Some(start) => Some(place(start)),
            None => memchr::memchr(b'\n', bytes).map(|at| at + 1),
        };
        let first = usize::from(range.start.is_none());
        let piece = fingerprint::of_piece(&bytes[first..place(range.until)]);
        let read = |start: usize, end: usize, n_lines, is_odd, block| RangeRead {
            idx: range.idx,
            start: range.from + start as u64,
            end: range.from + end as u64,
            n_lines,
            piece,
            is_odd,
            block,
        };
        let Some(start) = start.filter(|start| *start <= bytes.len()) else {
            // Without any line end there is no row to begin with.
            let block = self.blocks.take(&self.plan.columns);
            return (is_end || bytes.len() > MAX_RECORD_BYTES)
                .then(|| read(bytes.len(), bytes.len(), 0, true, block));
        };
        let text = &bytes[start..];
        let limit = place(range.until).saturating_sub(start);
        let mut rows = Rows::new(text, self.plan.delimiter, 1).before(limit);
        self.blocks.read_rows(&self.plan, &mut rows, is_end);
        let is_odd = rows.is_odd(is_end);
        if rows.end() < limit && !is_end && !is_odd {
            self.blocks.forget(&self.plan.columns);
            return None;
        }
        let block = self.blocks.take(&self.plan.columns);
        let (end, n_lines) = (start + rows.end(), rows.end_line() - 1);
        Some(read(start, end, n_lines, is_odd, block))
    }
}
