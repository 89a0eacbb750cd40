//! Reads ranges of one file: what a reader worker does.

use std::collections::VecDeque;

use callscope_kernel::{fingerprint::Piece, rows::Rows};

use super::{Range, RangeRead};
use crate::engine::formats::{
    cutter::MAX_RECORD_BYTES,
    intake::Intake,
    table_block::{BlockReader, Plan},
};
use crate::protocol::ReadSettings;

/// No range begins here.
const NOWHERE: u64 = u64::MAX;

/// So much is read at a time: it stays in the processor's nearer memory from the first look to the last.
const PIECE_BYTES: usize = 128 << 10;

/// Reads ranges of one file, piece by piece.
pub struct RangeReader {
    plan: Plan,
    blocks: BlockReader,
    hand: Option<Hand>,
    /// Bytes that are not read yet, and behind them room for more.
    text: Vec<u8>,
    n_text_bytes: usize,
}

/// The ranges in hand, of which the first is being read.
struct Hand {
    run: VecDeque<(Range, Piece)>,
    /// Where in the file the next byte comes from.
    fed_to: u64,
    /// Where the first row of the range begins, once that is known.
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

    /// Begins with ranges in a row.
    pub fn begin(&mut self, run: Vec<Range>) {
        self.n_text_bytes = 0;
        self.hand = run.first().copied().map(|first| Hand {
            fed_to: first.from,
            start: first.start,
            end: first.start.unwrap_or(first.from),
            line: 1,
            is_odd: false,
            run: run
                .into_iter()
                .map(|range| (range, Piece::default()))
                .collect(),
        });
    }

    /// Whether it has handed out all of its ranges.
    pub fn is_done(&self) -> bool {
        self.hand.is_none()
    }

    /// Takes the next so many bytes of the file, from the first that its ranges need on: `fill` puts them down.
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

    /// Calls `each` with what it made of each range that is read by now. If it is not done when everything that its
    /// ranges need was fed, a row is very long: then more is to be fed.
    pub fn hand_out(&mut self, each: &mut dyn FnMut(&mut RangeRead)) {
        while let Some(mut read) = self.next_read() {
            each(&mut read);
            // For the memory of its columns.
            self.blocks.give_back(read.block);
        }
    }

    /// What it made of the range in hand, if that is read to its end; then it goes on with the one behind it.
    fn next_read(&mut self) -> Option<RangeRead> {
        let hand = self.hand.as_ref()?;
        let range = hand.run.front()?.0;
        let is_end = hand.fed_to >= range.size_bytes;
        let is_fed = hand.fed_to >= range.to;
        if is_fed && !hand.is_odd {
            self.read(is_end);
        }
        let hand = self.hand.as_mut()?;
        if hand.start.is_none() && is_fed {
            // Without any line end there is no row to begin with.
            hand.is_odd = is_end || hand.fed_to - range.from > MAX_RECORD_BYTES as u64;
            hand.start = hand.is_odd.then_some(hand.fed_to);
            hand.end = hand.fed_to;
        }
        // A row that goes on beyond the border may be known to, before its bytes are there to be mixed in.
        let is_whole = hand.start.is_some() && hand.end.min(hand.fed_to) >= range.until;
        let is_read = is_whole || hand.is_odd || is_fed && is_end;
        if !is_read {
            return None;
        }
        let (range, piece) = hand.run.pop_front()?;
        let read = RangeRead {
            idx: range.idx,
            start: hand.start?,
            end: hand.end,
            n_lines: hand.line - 1,
            piece: piece.finish(),
            is_odd: hand.is_odd,
            block: self.blocks.take(&self.plan.columns),
        };
        hand.line = 1;
        // Behind what is odd nobody knows where rows begin.
        hand.start = Some(if hand.is_odd { NOWHERE } else { hand.end });
        if hand.run.is_empty() {
            self.hand = None;
        }
        Some(read)
    }

    /// Reads the whole rows there are, and forgets their text.
    fn read(&mut self, is_end: bool) {
        let Some(hand) = &mut self.hand else { return };
        let Some((range, _)) = hand.run.front() else {
            return;
        };
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
        let is_done = hand.end >= range.until;
        if is_done || hand.is_odd || place(hand.end) > all.len() {
            return;
        }
        let text = &all[place(hand.end)..];
        let limit = place(range.until).saturating_sub(place(hand.end));
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
    /// Counts the bytes, and mixes those of each range into its fingerprint.
    fn take_note(&mut self, bytes: &[u8]) {
        let fed_to = self.fed_to;
        let place = |at: u64| (at.saturating_sub(fed_to) as usize).min(bytes.len());
        for (range, piece) in &mut self.run {
            // The byte before the range belongs to another piece.
            let first = range.from + u64::from(range.start.is_none());
            piece.add(&bytes[place(first)..place(range.until)]);
        }
        self.fed_to += bytes.len() as u64;
    }
}
