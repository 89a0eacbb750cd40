//! Reads the cells of a batch of rows one below the other: texts, numbers, times.
//!
//! Functions are kept whole: within those of another crate they would be compiled for size.

use crate::cells::{number, service_time, short_number};
use crate::interner::{Interner, SHORT_BYTES, ShortKey, is_same};
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

impl<'rows> BatchColumn<'rows> {
    /// A cell as it stands in the file, and its first bytes with what stands behind it, if there is enough.
    #[inline]
    fn cell(&self, first: u32) -> (&'rows [u8], Option<&'rows [u8; SHORT_BYTES]>) {
        let (raw, from) = self.rows.raw_cell(first, self.idx);
        let cell = if self.is_last {
            without_return(raw)
        } else {
            raw
        };
        (cell, from.first_chunk())
    }

    /// Appends the code of each text. Neighbors are often streams of one call, and have much in common.
    #[inline(never)]
    pub fn push_texts(&self, interner: &mut Interner, codes: &mut Vec<u32>) {
        let (mut short, mut short_code) = (ShortKey::default(), 0);
        let (mut long, mut long_code) = (&b""[..], 0);
        codes.extend(self.firsts.iter().map(|first| {
            let (text, start) = self.cell(*first);
            if text.is_empty() {
                return 0;
            }
            if text.len() > SHORT_BYTES {
                if !is_same(text, long) {
                    (long, long_code) = (text, interner.code(text));
                }
                return long_code;
            }
            let key = match start {
                Some(start) => ShortKey::of_start(start, text.len()),
                None => ShortKey::of(text),
            };
            if key != short {
                (short, short_code) = (key, interner.short_code(key));
            }
            short_code
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
