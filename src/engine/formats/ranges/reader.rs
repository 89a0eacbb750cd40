//! Reads ranges of one file: what a reader worker does.

use callscope_kernel::{fingerprint::Piece, rows::Rows};

use super::{Range, RangeRead};
use crate::engine::formats::{
    cutter::MAX_RECORD_BYTES,
    intake::Intake,
    table_block::{BlockReader, Plan},
};
use crate::protocol::ReadSettings;

/// So much is read at a time: it stays in the processor's nearer memory from the first look to the last.
const PIECE_BYTES: usize = 128 << 10;

/// Reads ranges of one file, in any order, each piece by piece.
pub struct RangeReader {
    plan: Plan,
    blocks: BlockReader,
    hand: Option<Hand>,
    /// Bytes that are not read yet, and behind them room for more.
    text: Vec<u8>,
    n_text_bytes: usize,
}

/// The range in hand.
struct Hand {
    range: Range,
    /// Where in the file the next byte comes from.
    fed_to: u64,
    piece: Piece,
    /// Where its first row begins, once that is known.
    start: Option<u64>,
    /// Where the first row begins that is not read, and on which line from the first one.
    end: u64,
    line: u64,
    /// Only reading the file from its start can tell more.
    is_odd: bool,
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
            hand: None,
            text: Vec::new(),
            n_text_bytes: 0,
        })
    }

    /// Begins with a range.
    pub fn begin(&mut self, range: Range) {
        self.n_text_bytes = 0;
        self.hand = Some(Hand {
            range,
            fed_to: range.from,
            piece: Piece::default(),
            start: range.start,
            end: range.start.unwrap_or(range.from),
            line: 1,
            is_odd: false,
        });
    }

    /// Takes the next so many bytes of the file, from the first that the range needs on: `fill` puts them down.
    pub fn feed(&mut self, n_bytes: usize, fill: impl FnOnce(&mut [u8])) {
        let Some(hand) = &mut self.hand else { return };
        let n_before = self.n_text_bytes;
        self.n_text_bytes += n_bytes;
        if self.text.len() < self.n_text_bytes {
            self.text.resize(self.n_text_bytes, 0);
        }
        let bytes = &mut self.text[n_before..self.n_text_bytes];
        fill(bytes);
        hand.take_note(bytes);
        if self.n_text_bytes >= PIECE_BYTES {
            self.read(false);
        }
    }

    /// Gives what it made of the range; `None` if what was fed was not far enough: then more is to be fed.
    pub fn finish(&mut self) -> Option<RangeRead> {
        let hand = self.hand.as_ref()?;
        let is_end = hand.fed_to >= hand.range.size_bytes;
        self.read(is_end);
        let hand = self.hand.as_mut()?;
        if hand.start.is_none() {
            // Without any line end there is no row to begin with.
            hand.is_odd = is_end || hand.fed_to - hand.range.from > MAX_RECORD_BYTES as u64;
            hand.start = hand.is_odd.then_some(hand.fed_to);
            hand.end = hand.fed_to;
        }
        if !is_end && !hand.is_odd && (hand.start.is_none() || hand.end < hand.range.until) {
            return None;
        }
        let hand = self.hand.take()?;
        Some(RangeRead {
            idx: hand.range.idx,
            start: hand.start?,
            end: hand.end,
            n_lines: hand.line - 1,
            piece: hand.piece.finish(),
            is_odd: hand.is_odd,
            block: self.blocks.take(&self.plan.columns),
        })
    }

    /// Takes back what it made of a range, once that has been told, for the memory.
    pub fn give_back(&mut self, read: RangeRead) {
        self.blocks.give_back(read.block);
    }

    /// Reads the whole rows there are, and forgets their text.
    fn read(&mut self, is_end: bool) {
        let Some(hand) = &mut self.hand else { return };
        let all = &self.text[..self.n_text_bytes];
        let text_from = hand.fed_to - all.len() as u64;
        let place = |at: u64| at.saturating_sub(text_from) as usize;
        if hand.start.is_none() {
            let Some(line_end) = memchr::memchr(b'\n', all) else {
                return;
            };
            hand.end = text_from + line_end as u64 + 1;
            hand.start = Some(hand.end);
        }
        let is_done = hand.end >= hand.range.until;
        if is_done || hand.is_odd || place(hand.end) > all.len() {
            return;
        }
        let text = &all[place(hand.end)..];
        let limit = place(hand.range.until).saturating_sub(place(hand.end));
        let mut rows = Rows::new(text, self.plan.delimiter, hand.line).before(limit);
        self.blocks.read_rows(&self.plan, &mut rows, is_end);
        hand.is_odd = rows.is_odd(is_end);
        hand.end += rows.end() as u64;
        hand.line = rows.end_line();
        let n_read = place(hand.end);
        self.text.copy_within(n_read..self.n_text_bytes, 0);
        self.n_text_bytes -= n_read;
    }
}

impl Hand {
    /// Counts the bytes, and mixes those of the range itself into its fingerprint.
    fn take_note(&mut self, bytes: &[u8]) {
        // The byte before the range belongs to another piece.
        let first = self.range.from + u64::from(self.range.start.is_none());
        let place = |at: u64| (at.saturating_sub(self.fed_to) as usize).min(bytes.len());
        self.piece
            .add(&bytes[place(first)..place(self.range.until)]);
        self.fed_to += bytes.len() as u64;
    }
}
