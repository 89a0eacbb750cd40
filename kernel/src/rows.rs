//! Splits text into rows and cells, 64 bytes at a time: the fast twin of `records`, by the same rules.
//!
//! A row is the places where its cells start; what a cell holds is looked at only by who needs it.

use std::borrow::Cow;

use wide::u8x16;

use crate::LANE_BYTES;
use crate::bits::{WORD_BITS, places};
use crate::cells::{BYTE_ORDER_MARK, plain};

/// No row may be longer than this. Real ones have some hundred bytes; a longer one is an open quote.
pub const MAX_ROW_BYTES: usize = 1 << 20;

/// So many rows are split before their cells are read column by column: few enough to stay in the
/// processor's cache, enough for a column's dictionary to be warm.
const BATCH_ROWS: usize = 64;

/// A bit of a word for each byte.
const CHUNK_BYTES: usize = WORD_BITS;

/// The rows of a text that begin before a limit, batch by batch.
#[derive(Debug)]
pub struct Rows<'text> {
    text: &'text [u8],
    delimiter: u8,
    /// Rows that begin here or later are not taken.
    limit: usize,
    /// Up to here the text was looked at.
    scanned: usize,
    in_quotes: bool,
    /// A quote before this place belongs to the one before it.
    resume: usize,
    /// Where cells start: those of the batch, then those of the row that is not complete yet. Behind the
    /// last cell of a row stands where the next row starts.
    starts: Starts,
    /// Index of the first cell of the row that is not complete yet.
    open_row: usize,
    /// Line of that row.
    line: u64,
    /// Line ends within its quotes so far.
    n_lines_inside: u64,
    batch: Vec<Span>,
    /// A row was seen that is not taken.
    is_done: bool,
    /// A row was longer than rows may be, or a quote closed a cell that it does not belong to.
    is_odd: bool,
}

/// Where cells start. Room for a whole chunk of them is always there, so that they are put in without copies.
#[derive(Debug)]
struct Starts {
    rooms: Vec<u32>,
    n: usize,
}

impl Default for Starts {
    /// The first cell starts with the text.
    fn default() -> Self {
        Self {
            rooms: vec![0; 64 * CHUNK_BYTES],
            n: 1,
        }
    }
}

impl Starts {
    fn known(&self) -> &[u32] {
        &self.rooms[..self.n]
    }

    /// Adds a start for each bit of a chunk, counted from this place.
    #[inline]
    fn push_places(&mut self, bits: u64, from: u32) {
        if self.n + CHUNK_BYTES > self.rooms.len() {
            self.rooms.resize(self.rooms.len() * 2, 0);
        }
        let room = self.rooms[self.n..].first_chunk_mut();
        self.n += places(bits, from, room.expect("there is room for a chunk"));
    }

    fn push(&mut self, start: u32) {
        self.push_places(1, start);
    }

    fn forget_first(&mut self, n: usize) {
        self.rooms.copy_within(n..self.n, 0);
        self.n -= n;
    }
}

/// A row of the batch.
#[derive(Debug, Clone, Copy)]
struct Span {
    /// Index of where its first cell starts.
    first: u32,
    n_cells: u32,
    /// Line on which it begins.
    line: u64,
}

/// A row of the batch, with its text.
#[derive(Debug, Clone, Copy)]
pub struct Row<'rows> {
    text: &'rows [u8],
    /// Where its cells start, and where the next row does.
    starts: &'rows [u32],
    /// Index of its first cell in the batch.
    pub first: u32,
    /// Line on which it begins.
    pub line: u64,
}

impl<'text> Rows<'text> {
    /// The rows of a text that begins with a row, on this line.
    pub fn new(text: &'text [u8], delimiter: u8, first_line: u64) -> Self {
        Self {
            text,
            delimiter,
            limit: usize::MAX,
            scanned: 0,
            in_quotes: false,
            resume: 0,
            starts: Starts::default(),
            open_row: 0,
            line: first_line,
            n_lines_inside: 0,
            batch: Vec::new(),
            is_done: false,
            is_odd: false,
        }
    }

    /// Takes only rows that begin before this place.
    #[must_use]
    pub fn before(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Splits the next rows; false if there is no further whole row.
    #[inline(never)]
    pub fn next_batch(&mut self) -> bool {
        self.batch.clear();
        self.starts.forget_first(self.open_row);
        self.open_row = 0;
        while self.batch.len() < BATCH_ROWS && self.scanned < self.text.len() && !self.is_done {
            let rest = &self.text[self.scanned..];
            if let Some(chunk) = rest.first_chunk() {
                self.split(marks(chunk, self.delimiter));
            } else {
                let mut chunk = [0; CHUNK_BYTES];
                chunk[..rest.len()].copy_from_slice(rest);
                let behind = u64::MAX << rest.len();
                self.split(marks(&chunk, self.delimiter).without(behind));
            }
            self.scanned += CHUNK_BYTES;
        }
        !self.batch.is_empty()
    }

    /// Takes the last row of a file as it is, if no line end stands behind it. It is a batch of its own.
    pub fn last_batch(&mut self) -> bool {
        self.batch.clear();
        self.starts.forget_first(self.open_row);
        self.open_row = 0;
        let has_text = (self.starts.known()[0] as usize) < self.text.len();
        if has_text && !self.is_done {
            self.starts.push(self.text.len() as u32 + 1);
            self.end_row(self.starts.n - 1);
        }
        !self.batch.is_empty()
    }

    /// The rows of the batch.
    pub fn batch(&self) -> impl Iterator<Item = Row<'_>> {
        self.batch.iter().map(|span| {
            let first = span.first as usize;
            Row {
                text: self.text,
                starts: &self.starts.known()[first..=first + span.n_cells as usize],
                first: span.first,
                line: span.line,
            }
        })
    }

    /// Gives first cell and line of each row of the batch, if nothing needs a second look: each row has so many
    /// cells and no more bytes than this, and says something in its first cell, which does not begin with the
    /// same byte as the headings, or as a byte order mark. A quote before that byte makes no difference.
    #[inline(never)]
    pub fn take_usual(
        &self,
        n_cells: usize,
        most_bytes: usize,
        headings: u8,
        firsts: &mut Vec<u32>,
        lines: &mut Vec<u64>,
    ) -> bool {
        let starts = self.starts.known();
        let is_usual = |span: &Span| {
            let row = &starts[span.first as usize..=(span.first + span.n_cells) as usize];
            let start = row[0] as usize;
            let is_quoted = self.text[start] == b'"';
            let byte = self.text[(start + usize::from(is_quoted)).min(self.text.len() - 1)];
            row.len() == n_cells + 1
                && row[n_cells] as usize - start <= most_bytes
                && row[1] as usize - start > 1
                && !byte.is_ascii_whitespace()
                && byte != b'"'
                && byte != headings
                && byte != BYTE_ORDER_MARK[0]
        };
        if n_cells == 0 || !self.batch.iter().all(is_usual) {
            return false;
        }
        firsts.extend(self.batch.iter().map(|span| span.first));
        lines.extend(self.batch.iter().map(|span| span.line));
        true
    }

    /// The text of a cell as it stands in the file: of the row with this first cell, the cell at this place.
    /// Beside it stands the text from its first byte on, as far as it goes.
    #[inline]
    pub fn raw_cell(&self, first: u32, idx: usize) -> (&'text [u8], &'text [u8]) {
        let at = first as usize + idx;
        let starts = self.starts.known();
        let (start, next) = (starts[at] as usize, starts[at + 1] as usize);
        let from = &self.text[start..];
        (&from[..next - 1 - start], from)
    }

    /// Where so many cells start, of which this is the first, and where the one behind them does.
    pub(crate) fn starts(&self, first: usize, n_cells: usize) -> &[u32] {
        &self.starts.known()[first..=first + n_cells]
    }

    pub(crate) fn text(&self) -> &'text [u8] {
        self.text
    }

    /// Where the first row begins that was not taken, or is not complete.
    pub fn end(&self) -> usize {
        (self.starts.known()[self.open_row] as usize).min(self.text.len())
    }

    /// The line of that row.
    pub fn end_line(&self) -> u64 {
        self.line
    }

    /// Whether there is something in the text that only the cutter can judge: a row that is too long, a quote that
    /// closes a cell of another row, or, at the end of a file, one that is not closed.
    pub fn is_odd(&self, is_end: bool) -> bool {
        let n_open_bytes = self.text.len().saturating_sub(self.end());
        self.is_odd
            || !self.is_done && n_open_bytes > MAX_ROW_BYTES
            || is_end && self.in_quotes && !self.is_done
    }

    fn split(&mut self, mut marks: Marks) {
        if self.in_quotes || marks.quotes != 0 {
            match self.outside_quotes(marks) {
                Some(outside) => marks = outside,
                None => return self.split_quoted(marks.borders | marks.quotes),
            }
        }
        let n_before = self.starts.n;
        self.starts
            .push_places(marks.borders, self.scanned as u32 + 1);
        let mut line_ends = marks.line_ends;
        while line_ends != 0 {
            let up_to = line_ends ^ (line_ends - 1);
            let n_up_to = (marks.borders & up_to).count_ones() as usize;
            self.end_row(n_before + n_up_to - 1);
            line_ends &= line_ends - 1;
        }
    }

    /// The marks of a chunk that do not stand within quotes, if there are none but plain quoted cells: each quote that
    /// opens one stands at its start, none stands for itself, and no line ends within.
    fn outside_quotes(&mut self, marks: Marks) -> Option<Marks> {
        let carried = if self.in_quotes { u64::MAX } else { 0 };
        // From each quote that opens up to the one that closes, without that one.
        let inside = [1, 2, 4, 8, 16, 32]
            .iter()
            .fold(marks.quotes, |bits, by| bits ^ bits << by)
            ^ carried;
        let outside = marks.without(inside);
        let starts_here = self.starts.known()[self.starts.n - 1] as usize == self.scanned;
        let starts = outside.borders << 1 | u64::from(starts_here);
        let closes_last = marks.quotes & !inside & 1 << (CHUNK_BYTES - 1) != 0;
        let is_plain = self.resume <= self.scanned
            && self.n_lines_inside == 0
            && marks.line_ends & inside == 0
            && marks.quotes & inside & !starts == 0
            && !(closes_last && self.text.get(self.scanned + CHUNK_BYTES) == Some(&b'"'));
        if !is_plain {
            return None;
        }
        self.in_quotes = inside >> (CHUNK_BYTES - 1) != 0;
        Some(outside)
    }

    fn split_quoted(&mut self, mut places: u64) {
        while places != 0 {
            let at = self.scanned + places.trailing_zeros() as usize;
            places &= places - 1;
            if at < self.resume {
                continue;
            }
            match (self.text[at], self.in_quotes) {
                (b'"', true) if self.text.get(at + 1) == Some(&b'"') => self.resume = at + 2,
                (b'"', true) => {
                    self.in_quotes = false;
                    let opened = self.starts.known()[self.starts.n - 1] as usize;
                    self.is_odd |= closes_another(self.text, opened, at, self.delimiter);
                }
                (b'"', false) => {
                    self.in_quotes = self.starts.known()[self.starts.n - 1] as usize == at;
                }
                (b'\n', true) => self.n_lines_inside += 1,
                (_, true) => {}
                (byte, false) => {
                    self.starts.push(at as u32 + 1);
                    if byte == b'\n' {
                        self.end_row(self.starts.n - 1);
                    }
                }
            }
        }
    }

    /// Ends the open row; `next` is the index of where the next one starts.
    fn end_row(&mut self, next: usize) {
        let starts = self.starts.known();
        let (start, end) = (starts[self.open_row] as usize, starts[next] as usize);
        if self.is_done || start >= self.limit {
            self.is_done = true;
            return;
        }
        self.is_odd |= end - start > MAX_ROW_BYTES;
        self.batch.push(Span {
            first: self.open_row as u32,
            n_cells: (next - self.open_row) as u32,
            line: self.line,
        });
        self.open_row = next;
        self.line += 1 + std::mem::take(&mut self.n_lines_inside);
    }
}

impl<'rows> Row<'rows> {
    /// Where it begins in the text.
    pub fn start(&self) -> usize {
        self.starts[0] as usize
    }

    /// How many cells the row has.
    pub fn n_cells(&self) -> usize {
        self.starts.len() - 1
    }

    /// The text of a cell, without its quotes and without blanks around it; empty beyond the last cell.
    pub fn cell(&self, idx: usize) -> Cow<'rows, [u8]> {
        if idx >= self.n_cells() {
            return Cow::Borrowed(b"");
        }
        plain(self.raw_cell(idx))
    }

    /// The text of the first cell without the byte order mark that stands before it where files were put one behind
    /// the other.
    pub fn first_cell_without_mark(&self) -> Cow<'rows, [u8]> {
        let raw = self.raw_cell(0);
        plain(raw.strip_prefix(&BYTE_ORDER_MARK).unwrap_or(raw))
    }

    fn raw_cell(&self, idx: usize) -> &'rows [u8] {
        let raw = &self.text[self.starts[idx] as usize..self.starts[idx + 1] as usize - 1];
        if idx + 1 == self.n_cells() {
            without_return(raw)
        } else {
            raw
        }
    }

    /// The row as the file has it, without its line end.
    pub fn raw(&self) -> &'rows [u8] {
        let end = self.starts[self.n_cells()] as usize - 1;
        without_return(&self.text[self.starts[0] as usize..end])
    }

    /// Whether no cell has any text.
    pub fn is_blank(&self) -> bool {
        (0..self.n_cells()).all(|idx| self.cell(idx).is_empty())
    }
}

/// Whether the quote that closes a cell is one that was to open another: the cell goes over line ends, and the quote
/// stands where a cell begins and not where one ends.
pub fn closes_another(text: &[u8], opened: usize, closing: usize, delimiter: u8) -> bool {
    let begins = [delimiter, b'\n'].contains(&text[closing - 1]);
    let ends = [delimiter, b'\n', b'\r'];
    let goes_on = text
        .get(closing + 1)
        .is_some_and(|next| !ends.contains(next));
    begins && goes_on && text[opened..closing].contains(&b'\n')
}

/// The last cell of a row without the first half of a Windows line end.
pub fn without_return(cell: &[u8]) -> &[u8] {
    cell.strip_suffix(b"\r").unwrap_or(cell)
}

/// Which of 64 bytes are of a kind: a bit each, the first byte lowest.
#[derive(Debug, Clone, Copy)]
struct Marks {
    /// Delimiters and line ends.
    borders: u64,
    line_ends: u64,
    quotes: u64,
}

impl Marks {
    fn without(self, places: u64) -> Self {
        Self {
            borders: self.borders & !places,
            line_ends: self.line_ends & !places,
            quotes: self.quotes & !places,
        }
    }
}

fn marks(chunk: &[u8; CHUNK_BYTES], delimiter: u8) -> Marks {
    let [delimiter, line_end, quote] = [delimiter, b'\n', b'"'].map(u8x16::splat);
    let mut marks = Marks {
        borders: 0,
        line_ends: 0,
        quotes: 0,
    };
    let mut is_quote = u8x16::ZERO;
    let (lanes, _) = chunk.as_chunks::<LANE_BYTES>();
    let place = |of: u8x16, idx: usize| u64::from(of.to_bitmask()) << (idx * LANE_BYTES);
    for (idx, lane) in lanes.iter().enumerate() {
        let lane = u8x16::new(*lane);
        let line_ends = lane.simd_eq(line_end);
        let borders = line_ends | lane.simd_eq(delimiter);
        is_quote |= lane.simd_eq(quote);
        marks.borders |= place(borders, idx);
        marks.line_ends |= place(line_ends, idx);
    }
    if is_quote.to_bitmask() != 0 {
        // Few chunks have any.
        for (idx, lane) in lanes.iter().enumerate() {
            marks.quotes |= place(u8x16::new(*lane).simd_eq(quote), idx);
        }
    }
    marks
}
