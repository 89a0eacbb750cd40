//! Reads the cells of a batch of rows one below the other: texts, numbers, times.
//!
//! Functions are kept whole: within those of another crate they would be compiled for size.

use crate::above::{Above, BITS};
use crate::cells::{number, service_time, short_number};
use crate::codes::Codes;
use crate::interner::{Interner, SHORT_BYTES, ShortKey, hash, is_same};
use crate::rows::{Rows, without_return};

/// A column of a batch.
#[derive(Debug, Clone, Copy)]
pub struct BatchColumn<'rows> {
    /// The rows of the batch.
    pub rows: &'rows Rows<'rows>,
    /// The first cell of each row that is used.
    pub firsts: &'rows [u32],
    /// The place of the column.
    pub idx: usize,
    /// It is the last one: its cells may end with half a Windows line end.
    pub is_last: bool,
}

/// Texts that wait for being looked up; kept for its memory.
#[derive(Debug, Default)]
pub struct Desk {
    /// Short texts: place among those that differ, hash, and key.
    short: Vec<(u32, u32, ShortKey)>,
    /// Long ones: place, hash, and first cell of the row.
    long: Vec<(u32, u32, u32)>,
}

impl<'rows> BatchColumn<'rows> {
    /// A cell as it stands in the file, and the text from there on.
    #[expect(
        clippy::inline_always,
        reason = "a call for each cell took a tenth of the reading"
    )]
    #[inline(always)]
    fn cell(&self, first: u32) -> (&'rows [u8], &'rows [u8]) {
        let (raw, from) = self.rows.raw_cell(first, self.idx);
        let cell = if self.is_last {
            without_return(raw)
        } else {
            raw
        };
        (cell, from)
    }

    /// Appends the code of each text.
    ///
    /// Those that differ from the one above are looked up, then the codes are spread. A look-up often waits
    /// for memory; in a loop of their own many of them wait at the same time.
    #[inline(never)]
    pub fn push_texts(
        &self,
        above: &Above,
        interner: &mut Interner,
        codes: &mut Codes,
        desk: &mut Desk,
    ) {
        for (place, firsts) in self.firsts.chunks(BITS).enumerate() {
            let behind = u64::MAX.checked_shl(firsts.len() as u32).unwrap_or(0);
            let differing = above.differing(place, self.idx) & !behind;
            let mut found = [0; BITS];
            if interner.is_at_hand() {
                self.look_up_at_once(firsts, differing, interner, &mut found);
            } else {
                self.look_up(firsts, differing, interner, desk, &mut found);
            }
            codes.spread(firsts.len(), differing, &found, interner.n_codes());
        }
    }

    /// Looks up the texts that differ one by one, where there are so few that nothing has to be waited for.
    fn look_up_at_once(
        &self,
        firsts: &[u32],
        differing: u64,
        interner: &mut Interner,
        found: &mut [u32; BITS],
    ) {
        let mut left = differing;
        for found in &mut found[..differing.count_ones() as usize] {
            let (text, from) = self.cell(firsts[left.trailing_zeros() as usize]);
            left &= left - 1;
            *found = match from.first_chunk() {
                Some(start) if text.len() <= SHORT_BYTES => {
                    let key = ShortKey::of_start(start, text.len());
                    interner.short_code(key, key.hash())
                }
                _ => interner.code(text),
            };
        }
    }

    /// Looks up the texts that differ, in the order of their rows.
    fn look_up(
        &self,
        firsts: &[u32],
        differing: u64,
        interner: &mut Interner,
        desk: &mut Desk,
        found: &mut [u32; BITS],
    ) {
        let Desk { short, long } = desk;
        short.clear();
        long.clear();
        let mut left = differing;
        for place in 0..differing.count_ones() {
            let first = firsts[left.trailing_zeros() as usize];
            left &= left - 1;
            let (text, from) = self.cell(first);
            if text.len() > SHORT_BYTES {
                long.push((place, hash(text), first));
            } else {
                let key = match from.first_chunk() {
                    Some(start) => ShortKey::of_start(start, text.len()),
                    None => ShortKey::of(text),
                };
                short.push((place, key.hash(), key));
            }
        }
        for (place, hash, _) in &*long {
            found[*place as usize % BITS] = interner.first_long(*hash);
        }
        for (place, hash, _) in &*short {
            found[*place as usize % BITS] = interner.first_short(*hash);
        }
        for (place, hash, first) in &*long {
            found[*place as usize % BITS] = interner.long_code(*hash, self.cell(*first).0);
        }
        for (place, hash, key) in &*short {
            found[*place as usize % BITS] = interner.short_code(*key, *hash);
        }
    }

    /// Appends each number, and not a number for an empty cell. Of cells that are something else the indices
    /// among the rows are given. Gives how many numbers there were.
    #[inline(never)]
    pub fn push_numbers(&self, values: &mut Vec<f64>, others: &mut Vec<u32>) -> u64 {
        let mut n_numbers = 0;
        values.extend(self.firsts.iter().enumerate().map(|(row, first)| {
            let (mut cell, mut from) = self.cell(*first);
            if let Some(inside) = within_quotes(cell) {
                (cell, from) = (inside, &from[1..]);
            }
            if cell.is_empty() {
                return f64::NAN;
            }
            let value = match from.first_chunk() {
                Some(word) if cell.len() <= 8 => {
                    let word = u64::from_le_bytes(*word) & WORD_MASKS[cell.len()];
                    short_number(word, cell.len()).or_else(|| number(cell))
                }
                _ => number(cell),
            };
            if value.is_some() {
                n_numbers += 1;
            } else {
                others.push(row as u32);
            }
            value.unwrap_or(f64::NAN)
        }));
        n_numbers
    }

    /// Appends each time as services write it, in milliseconds since 1970, and `no_time` for an empty cell. Of
    /// cells that are something else the indices among the rows are given.
    #[inline(never)]
    pub fn push_times(&self, values: &mut Vec<i64>, no_time: i64, others: &mut Vec<u32>) {
        let (mut last, mut last_ms) = (&b""[..], no_time);
        values.extend(self.firsts.iter().enumerate().map(|(row, first)| {
            let (cell, _) = self.cell(*first);
            if !is_same(cell, last) {
                let bare = within_quotes(cell).unwrap_or(cell);
                let ms = if bare.is_empty() {
                    Some(no_time)
                } else {
                    service_time(bare)
                };
                let Some(ms) = ms else {
                    others.push(row as u32);
                    return no_time;
                };
                (last, last_ms) = (cell, ms);
            }
            last_ms
        }));
    }

    /// Appends a blank for each row, and gives the indices of all of them.
    pub fn push_others<T: Clone>(&self, values: &mut Vec<T>, blank: T, others: &mut Vec<u32>) {
        values.resize(values.len() + self.firsts.len(), blank);
        others.extend(0..self.firsts.len() as u32);
    }

    /// The cell of the row with this index, as it stands in the file.
    pub fn raw(&self, row: u32) -> &'rows [u8] {
        self.cell(self.firsts[row as usize]).0
    }
}

/// What stands within the quotes of a cell; another quote among it makes it no number and no time.
#[inline]
fn within_quotes(cell: &[u8]) -> Option<&[u8]> {
    match cell {
        [b'"', inside @ .., b'"'] => Some(inside),
        _ => None,
    }
}

/// For each number of bytes those bits of a word that belong to them.
static WORD_MASKS: [u64; 9] = {
    let mut masks = [u64::MAX; 9];
    let mut n_bytes = 0;
    while n_bytes < 8 {
        masks[n_bytes] = (1 << (n_bytes * 8)) - 1;
        n_bytes += 1;
    }
    masks
};
