//! Reads the cells of a batch of rows one below the other: texts, numbers, times.
//!
//! Functions are kept whole: within those of another crate they would be compiled for size.

use crate::cells::{number, service_time, short_number};
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

/// Where texts lie while they are looked up; kept for its memory.
#[derive(Debug, Default)]
pub struct Desk {
    /// For each row the place of its text among those of its length.
    places: Vec<u32>,
    /// Short texts that differ from the one above, behind the empty one.
    keys: Vec<ShortKey>,
    /// Long ones: hash, and first cell of the row.
    long: Vec<(u32, u32)>,
    short_codes: Vec<u32>,
    long_codes: Vec<u32>,
}

/// The place is one among long texts.
const IS_LONG: u32 = 1 << 31;

impl Desk {
    fn clear(&mut self, n_rows: usize) {
        self.places.resize(n_rows, 0);
        self.keys.resize(n_rows + 2, ShortKey::default());
        self.long.clear();
        self.short_codes.clear();
        self.short_codes.push(0);
        self.long_codes.clear();
    }
}

impl<'rows> BatchColumn<'rows> {
    /// A cell as it stands in the file, and its first bytes with what stands behind it, if there is enough.
    #[expect(
        clippy::inline_always,
        reason = "a call for each cell took a tenth of the reading"
    )]
    #[inline(always)]
    fn cell(&self, first: u32) -> (&'rows [u8], Option<&'rows [u8; SHORT_BYTES]>) {
        let (raw, from) = self.rows.raw_cell(first, self.idx);
        let cell = if self.is_last {
            without_return(raw)
        } else {
            raw
        };
        (cell, from.first_chunk())
    }

    /// Appends the code of each text.
    ///
    /// Neighbors are often streams of one call, and have much in common: first it is found out which texts
    /// differ from the one above, then those are looked up, then the codes are spread. A look-up often waits
    /// for memory; in a loop of their own many of them wait at the same time.
    #[inline(never)]
    pub fn push_texts(&self, interner: &mut Interner, codes: &mut Vec<u32>, desk: &mut Desk) {
        desk.clear(self.firsts.len());
        let Desk {
            places,
            keys,
            long,
            short_codes,
            long_codes,
        } = desk;
        let (mut last_short, mut last_long) = (ShortKey::default(), &b""[..]);
        let mut n_short = 0;
        for (first, place) in self.firsts.iter().zip(&mut *places) {
            let (text, start) = self.cell(*first);
            if text.len() > SHORT_BYTES {
                if !is_same(text, last_long) {
                    last_long = text;
                    long.push((hash(text), *first));
                }
                *place = IS_LONG | (long.len() as u32 - 1);
                continue;
            }
            let key = match start {
                Some(start) => ShortKey::of_start(start, text.len()),
                None => ShortKey::of(text),
            };
            // Put down in any case: whether it is new cannot be foretold.
            keys[n_short + 1] = key;
            n_short += usize::from(key != last_short);
            last_short = key;
            *place = n_short as u32;
        }
        for (hash, first) in long {
            long_codes.push(interner.long_code(*hash, self.cell(*first).0));
        }
        for key in &keys[1..=n_short] {
            short_codes.push(interner.short_code(*key));
        }
        codes.extend(places.iter().map(|place| match place & IS_LONG {
            0 => short_codes[*place as usize],
            _ => long_codes[(place ^ IS_LONG) as usize],
        }));
    }

    /// Appends each number, and not a number for an empty cell. Of cells that are something else the indices
    /// among the rows are given. Gives how many numbers there were.
    #[inline(never)]
    pub fn push_numbers(&self, values: &mut Vec<f64>, others: &mut Vec<u32>) -> u64 {
        let mut n_numbers = 0;
        values.extend(self.firsts.iter().enumerate().map(|(row, first)| {
            let (cell, start) = self.cell(*first);
            if cell.is_empty() {
                return f64::NAN;
            }
            let value = match start {
                Some(start) if cell.len() <= 8 => {
                    let key = ShortKey::of_start(start, cell.len());
                    short_number(key.first_word(), cell.len()).or_else(|| number(cell))
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
                let ms = if cell.is_empty() {
                    Some(no_time)
                } else {
                    service_time(cell)
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
