//! Cuts text into blocks that begin and end at record borders, quotes respected. Knows no cells.
//!
//! A quote opens a quoted cell only at the start of a cell, as RFC 4180 has it; anywhere else it is
//! a character like any other. `records` reads by the same rule, so that cutting never changes a reading.
//!
//! A quote that is never closed breaks its own line only, and so does one that is closed by the quote of another row.

use memchr::{memchr, memchr_iter, memrchr};

use crate::protocol::ProblemCode;

pub(crate) use callscope_kernel::rows::MAX_ROW_BYTES as MAX_RECORD_BYTES;
use callscope_kernel::rows::closes_another;

/// Consecutive whole records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Their text, line ends included.
    pub text: Vec<u8>,
    /// Line of the first one, from 1.
    pub first_line: u64,
    /// Set if the block stands for a single line that cannot be a record.
    pub broken: Option<ProblemCode>,
}

/// Cuts one file. Feed it the text in order.
#[derive(Debug)]
pub(crate) struct Cutter {
    delimiter: u8,
    pending: Vec<u8>,
    /// What stands before this place was given, or goes unread.
    from: usize,
    /// Up to here `pending` has been looked at.
    scanned: usize,
    /// Start of the record that `scanned` is in.
    record_start: usize,
    in_quotes: bool,
    /// Where the last quoted cell begins.
    opened: usize,
    /// The rest of a line that is too long goes unread.
    skips_line: bool,
    next_line: u64,
}

/// Why scanning stopped.
enum Stop {
    NeedsMore,
    RecordTooLong,
    StrayQuote,
}

impl Cutter {
    /// A cutter at the start of a file.
    pub(crate) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            pending: Vec::new(),
            from: 0,
            scanned: 0,
            record_start: 0,
            in_quotes: false,
            opened: 0,
            skips_line: false,
            next_line: 1,
        }
    }

    /// Where the next text is to be appended before `cut`.
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.pending
    }

    /// A cutter in the middle of a file, where a record begins on this line.
    pub(crate) fn at_line(delimiter: u8, line: u64) -> Self {
        Self {
            next_line: line,
            ..Self::new(delimiter)
        }
    }

    /// How much of the text so far belongs to a record that is not complete, and its line; `None` in a line
    /// that goes unread.
    pub(crate) fn open_record(&self) -> Option<(usize, u64)> {
        (!self.skips_line).then_some((self.pending.len(), self.next_line))
    }

    /// Gives the blocks that the text so far completes, in order.
    pub(crate) fn cut(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while self.skip_line() {
            match self.scan(false) {
                Stop::NeedsMore => {
                    self.give_records(&mut blocks);
                    break;
                }
                Stop::RecordTooLong | Stop::StrayQuote => self.give_broken_line(&mut blocks),
            }
        }
        self.forget_given();
        blocks
    }

    /// Gives the blocks at the end of the file, whose last record needs no line end.
    pub(crate) fn finish(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while self.skip_line() {
            match self.scan(true) {
                Stop::RecordTooLong | Stop::StrayQuote => self.give_broken_line(&mut blocks),
                Stop::NeedsMore if self.in_quotes => self.give_broken_line(&mut blocks),
                Stop::NeedsMore => {
                    self.record_start = self.pending.len();
                    self.give_records(&mut blocks);
                    break;
                }
            }
        }
        self.forget_given();
        blocks
    }

    /// Moves on as far as the text goes, remembering the start of the last record.
    fn scan(&mut self, at_end: bool) -> Stop {
        let text = &self.pending;
        loop {
            let limit = (self.record_start + MAX_RECORD_BYTES).min(text.len());
            if self.scanned >= limit {
                return if limit < text.len() {
                    Stop::RecordTooLong
                } else {
                    Stop::NeedsMore
                };
            }
            let quote = memchr(b'"', &text[self.scanned..limit]).map(|at| self.scanned + at);
            if self.in_quotes {
                match quote {
                    None => self.scanned = limit,
                    // The next byte tells whether this quote closes or stands for itself.
                    Some(quote) if quote + 1 == text.len() && !at_end => {
                        self.scanned = quote;
                        return Stop::NeedsMore;
                    }
                    Some(quote) if text.get(quote + 1) == Some(&b'"') => self.scanned = quote + 2,
                    Some(quote) if closes_another(text, self.opened, quote, self.delimiter) => {
                        return Stop::StrayQuote;
                    }
                    Some(quote) => {
                        self.in_quotes = false;
                        self.scanned = quote + 1;
                    }
                }
            } else {
                let end = quote.unwrap_or(limit);
                if let Some(at) = memrchr(b'\n', &text[self.scanned..end]) {
                    self.record_start = self.scanned + at + 1;
                }
                self.scanned = end;
                if let Some(quote) = quote {
                    self.in_quotes =
                        quote == self.record_start || text[quote - 1] == self.delimiter;
                    self.opened = quote;
                    self.scanned = quote + 1;
                }
            }
        }
    }

    /// Gives all whole records that were scanned as one block.
    fn give_records(&mut self, blocks: &mut Vec<Block>) {
        let text = self.pending[self.from..self.record_start].to_vec();
        self.from = self.record_start;
        if !text.is_empty() {
            let first_line = self.next_line;
            self.next_line += memchr_iter(b'\n', &text).count() as u64;
            blocks.push(Block {
                text,
                first_line,
                broken: None,
            });
        }
    }

    /// Lets go of the text that was given: once for a slice, however many lines are broken in it.
    fn forget_given(&mut self) {
        self.pending.drain(..self.from);
        for place in [&mut self.scanned, &mut self.record_start, &mut self.opened] {
            *place = place.saturating_sub(self.from);
        }
        self.from = 0;
    }

    /// Gives the records before the one that cannot be read, then its lines up to the one with the quote as broken.
    fn give_broken_line(&mut self, blocks: &mut Vec<Block>) {
        self.give_records(blocks);
        let text = &self.pending[self.from..];
        let is_whole = text.len() <= MAX_RECORD_BYTES;
        let code = if is_whole || text[..MAX_RECORD_BYTES].contains(&b'\n') {
            ProblemCode::UnclosedQuote
        } else {
            ProblemCode::LineTooLong
        };
        blocks.push(Block {
            text: Vec::new(),
            first_line: self.next_line,
            broken: Some(code),
        });
        if std::mem::take(&mut self.in_quotes) {
            let before = &self.pending[self.from..self.opened];
            self.next_line += memchr_iter(b'\n', before).count() as u64;
            self.from = self.opened;
        }
        self.skips_line = true;
    }

    /// Drops the rest of a broken line; whether there is text behind it to go on with.
    fn skip_line(&mut self) -> bool {
        if !self.skips_line {
            return true;
        }
        let Some(at) = memchr(b'\n', &self.pending[self.from..]) else {
            self.from = self.pending.len();
            return false;
        };
        self.from += at + 1;
        self.scanned = self.from;
        self.record_start = self.from;
        self.next_line += 1;
        self.skips_line = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::formats::records::{Records, Row};

    fn cut_all(pieces: &[&[u8]]) -> Vec<Block> {
        let mut cutter = Cutter::new(b',');
        let mut blocks = Vec::new();
        for piece in pieces {
            cutter.buffer().extend_from_slice(piece);
            blocks.extend(cutter.cut());
        }
        blocks.extend(cutter.finish());
        blocks
    }

    /// Neighboring blocks put together, so that only real differences remain.
    fn joined(blocks: Vec<Block>) -> Vec<Block> {
        let mut all: Vec<Block> = Vec::new();
        for block in blocks {
            match all.last_mut() {
                Some(last) if last.broken.is_none() && block.broken.is_none() => {
                    last.text.extend_from_slice(&block.text);
                }
                _ => all.push(block),
            }
        }
        all
    }

    proptest! {
        #[test]
        fn where_a_file_is_cut_does_not_matter(
            text in "[a,\"\n\r]{0,60}",
            cuts in prop::collection::vec(0usize..60, 0..6),
        ) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<_> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(joined(cut_all(&pieces)), joined(cut_all(&[bytes])));
        }
    }

    /// The slow, obvious way: rows of the whole text, as the reader of records splits them.
    fn rows(text: &[u8], first_line: u64) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut records = Records::new(text, b',', first_line);
        let mut row = Row::default();
        let mut rows = Vec::new();
        while records.read(&mut row) {
            let cells = (0..row.n_cells()).map(|idx| row.cell(text, idx).into_owned());
            rows.push((row.line, cells.collect()));
        }
        rows
    }

    proptest! {
        #[test]
        fn blocks_hold_the_rows_of_the_whole(
            text in "([a\"]{0,3}|\"[a,\n]{0,3}\")([,\n]([a\"]{0,3}|\"[a,\n]{0,3}\")){0,20}",
            cut in 0usize..60,
        ) {
            let (left, right) = text.as_bytes().split_at(cut.min(text.len()));
            let blocks = cut_all(&[left, right]);
            prop_assume!(blocks.iter().all(|block| block.broken.is_none()));
            let of_blocks: Vec<_> = blocks
                .iter()
                .flat_map(|block| rows(&block.text, block.first_line))
                .collect();
            prop_assert_eq!(of_blocks, rows(text.as_bytes(), 1));
        }
    }

    #[test]
    fn a_quote_within_a_cell_opens_nothing() {
        let mut cutter = Cutter::new(b',');
        cutter.buffer().extend_from_slice(b"5\" screen,b\nc\n");
        assert_eq!(cutter.cut()[0].text, b"5\" screen,b\nc\n");
    }

    #[test]
    fn a_quoted_line_end_is_no_border() {
        let mut cutter = Cutter::new(b',');
        cutter.buffer().extend_from_slice(b"a,\"b\nc\"\nd");
        let blocks = cutter.cut();
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].text, b"a,\"b\nc\"\n");
        assert_eq!(cutter.finish()[0].first_line, 3);
    }

    #[test]
    fn an_open_quote_breaks_its_line_only() {
        let blocks = cut_all(&[b"a,b\nc,\"d\ne,f\n"]);
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[1].broken, Some(ProblemCode::UnclosedQuote));
        assert_eq!(blocks[1].first_line, 2);
        assert_eq!(blocks[2].text, b"e,f\n");
        assert_eq!(blocks[2].first_line, 3);
    }

    /// The first line of each block, and whether it is broken.
    fn lines(blocks: &[Block]) -> Vec<(u64, bool)> {
        let line = |block: &Block| (block.first_line, block.broken.is_some());
        blocks.iter().map(line).collect()
    }

    #[test]
    fn a_quote_that_another_row_closes_breaks_its_line_only() {
        let blocks = cut_all(&[b"a,\"b,c\nd,e\nf,\"g,h\ni,\"j\"\n\"k\nl\" ,m\n"]);
        assert_eq!(
            lines(&blocks),
            [(1, true), (2, false), (3, true), (4, false)]
        );
        assert_eq!(blocks[1].text, b"d,e\n");
        assert_eq!(blocks[3].text, b"i,\"j\"\n\"k\nl\" ,m\n");
    }

    #[test]
    fn a_quote_behind_a_cell_of_several_lines_breaks_all_of_them() {
        let blocks = cut_all(&[b"a,\"b\nc\",\"d\ne,\"f\"\ng\n"]);
        assert_eq!(lines(&blocks), [(1, true), (3, false)]);
    }

    #[test]
    fn a_quote_within_a_text_of_several_lines_closes_no_other() {
        let text = b"a,\"b\nsaid \"c\" twice\",d\n\"e\nf\"g\n";
        let blocks = cut_all(&[text]);
        assert_eq!((blocks.len(), &blocks[0].text[..]), (1, &text[..]));
    }

    /// A text column that is cut off upstream opens a quote in each row.
    #[test]
    fn a_broken_line_costs_no_copy_of_what_is_behind_it() {
        let n_lines = 100_000;
        let blocks = cut_all(&["a,\"b\n".repeat(n_lines).as_bytes()]);
        assert_eq!(blocks.len(), n_lines);
        assert!(blocks.iter().all(|block| block.broken.is_some()));
    }

    #[test]
    fn an_endless_line_is_reported_once_and_forgotten() {
        let mut cutter = Cutter::new(b',');
        let mut blocks = Vec::new();
        for _ in 0..5 {
            cutter
                .buffer()
                .extend_from_slice(&vec![b'x'; MAX_RECORD_BYTES / 2]);
            blocks.extend(cutter.cut());
            assert!(cutter.pending.len() <= MAX_RECORD_BYTES);
        }
        cutter.buffer().extend_from_slice(b"\na,b\n");
        blocks.extend(cutter.cut());
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].broken, Some(ProblemCode::LineTooLong));
        assert_eq!(
            (blocks[1].first_line, &blocks[1].text[..]),
            (2, &b"a,b\n"[..])
        );
    }
}
