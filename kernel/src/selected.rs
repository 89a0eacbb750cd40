//! Which rows count, a bit each.

use std::ops::Range;

use wide::u8x16;

use crate::LANE_BYTES;
use crate::bits::{WORD_BITS as BITS, places};
use crate::blocks::{self, BLOCK_ROWS};
use crate::codes::Codes;
use crate::times::{self, NO_TIME};

/// What marks a code whose rows are kept.
pub const MARK: u8 = u8::MAX;

/// Rows of one export, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    words: Vec<u64>,
}

impl Rows {
    /// All of so many rows.
    pub fn all(n_rows: usize) -> Self {
        let mut rows = Self::none(n_rows);
        rows.words.fill(u64::MAX);
        if let (Some(last), n_left @ 1..) = (rows.words.last_mut(), n_rows % BITS) {
            *last = (1 << n_left) - 1;
        }
        rows
    }

    /// None of so many rows.
    pub fn none(n_rows: usize) -> Self {
        Self {
            words: vec![0; n_rows.div_ceil(BITS)],
        }
    }

    /// Takes a row in.
    pub fn insert(&mut self, row: usize) {
        self.words[row / BITS] |= 1 << (row % BITS);
    }

    /// Whether a row is among them.
    #[inline]
    pub fn contains(&self, row: usize) -> bool {
        self.words[row / BITS] >> (row % BITS) & 1 == 1
    }

    /// Leaves out the rows of which the claim does not hold.
    pub fn retain(&mut self, claim: impl Fn(usize) -> bool) {
        blocks::each(self.words.len() * BITS, &mut |rows| {
            let words = rows.start / BITS..rows.end / BITS;
            for (idx, word) in words.clone().zip(&mut self.words[words]) {
                let mut left = *word;
                while left != 0 {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    *word &= !(u64::from(!claim(idx * BITS + bit)) << bit);
                }
            }
        });
    }

    /// Leaves out the rows whose code is not marked. What is marked is `MARK`, and all else is zero.
    pub fn keep_codes(&mut self, codes: &Codes, marked: &[u8]) {
        let mut block = [0; BLOCK_ROWS];
        blocks::each(codes.n_rows(), &mut |rows| {
            codes.tell(rows.clone(), marked, &mut block);
            // Behind the last row there is nothing to be kept, whatever stands in the block.
            keep_marked(&mut self.words[rows.start / BITS..], &block);
        });
    }

    /// Leaves out the rows whose time is not one of these. Gives those of them whose time is not known.
    #[must_use]
    pub fn keep_times(&mut self, times: &[i64], kept: &Range<i64>) -> Self {
        let mut timeless = Self::none(times.len());
        blocks::each(times.len(), &mut |rows| {
            let first = rows.start / BITS;
            let (words, timeless) = (&mut self.words[first..], &mut timeless.words[first..]);
            times::keep(words, &times[rows], kept, timeless);
        });
        timeless
    }

    /// How many there are.
    pub fn n(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Puts up to so many rows from this place on in place of what `rows` holds, in order; gives where to go on, if
    /// there may be more.
    #[inline(never)]
    pub fn next_block(&self, from: usize, n_rows: usize, rows: &mut Vec<u32>) -> Option<usize> {
        rows.resize(n_rows, 0);
        let mut n = 0;
        for (idx, word) in self.words.iter().enumerate().skip(from) {
            let Some(room) = rows[n..].first_chunk_mut() else {
                rows.truncate(n);
                return Some(idx);
            };
            n += places(*word, (idx * BITS) as u32, room);
        }
        rows.truncate(n);
        None
    }

    /// The first and the last time of the rows, as far as these are known.
    pub fn first_and_last(&self, times: &[i64]) -> Option<(i64, i64)> {
        let mut found = (i64::MAX, i64::MIN);
        self.for_each_block(&mut |rows| found = first_and_last(rows, times, found));
        (found.0 <= found.1).then_some(found)
    }

    /// Calls `each` with every row in order.
    pub fn for_each(&self, mut each: impl FnMut(usize)) {
        self.for_each_block(&mut |rows| {
            for row in rows {
                each(*row as usize);
            }
        });
    }

    /// Calls `each` with every row in order, a block at a time.
    #[inline(never)]
    pub fn for_each_block(&self, each: &mut dyn FnMut(&[u32])) {
        let mut rows = Vec::with_capacity(BLOCK_ROWS);
        let mut from = Some(0);
        while let Some(place) = from {
            from = self.next_block(place, BLOCK_ROWS, &mut rows);
            each(&rows);
        }
    }
}

/// Leaves out the rows of a block that have no mark.
#[inline(never)]
fn keep_marked(words: &mut [u64], marks: &[u8; BLOCK_ROWS]) {
    let (of_words, _) = marks.as_chunks::<BITS>();
    for (word, marks) in words.iter_mut().zip(of_words) {
        let (lanes, _) = marks.as_chunks::<LANE_BYTES>();
        let bits = lanes.iter().rev().fold(0, |bits, lane| {
            bits << LANE_BYTES | u64::from(u8x16::new(*lane).to_bitmask())
        });
        *word &= bits;
    }
}

#[inline(never)]
fn first_and_last(rows: &[u32], times: &[i64], (mut first, mut last): (i64, i64)) -> (i64, i64) {
    for row in rows {
        let time = times[*row as usize];
        if time != NO_TIME {
            first = first.min(time);
            last = last.max(time);
        }
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_are_a_set_of_numbers(marks in prop::collection::vec(any::<bool>(), 0..200), third in 0usize..3) {
            let n_rows = marks.len();
            let mut rows = Rows::none(n_rows);
            let mut kept = Rows::all(n_rows);
            let mut expected = Vec::new();
            for (row, mark) in marks.iter().enumerate() {
                if *mark {
                    rows.insert(row);
                    expected.push(row);
                }
                prop_assert_eq!(rows.contains(row), *mark);
            }
            kept.retain(|row| marks[row]);
            prop_assert_eq!(&rows, &kept);
            prop_assert_eq!(rows.n(), expected.len());
            let mut seen = Vec::new();
            rows.for_each(|row| seen.push(row));
            prop_assert_eq!(&seen, &expected);
            let (mut block, mut blocks, mut from) = (Vec::new(), Vec::new(), Some(0));
            while let Some(place) = from {
                from = rows.next_block(place, 100, &mut block);
                prop_assert!(block.len() <= 100);
                blocks.extend(block.iter().map(|row| *row as usize));
            }
            prop_assert_eq!(&blocks, &expected);
            kept.retain(|row| row % 3 == third);
            expected.retain(|row| row % 3 == third);
            prop_assert_eq!(kept.n(), expected.len());
            let mut codes = Codes::default();
            codes.extend((0..n_rows).map(|row| row as u32 % 3), 3);
            let marked = [0, 1, 2].map(|code| if code == third { MARK } else { 0 });
            rows.keep_codes(&codes, &marked);
            prop_assert_eq!(&rows, &kept);
            let time = |row: u32| match row * 7 % 5 {
                2 => NO_TIME,
                time => i64::from(time),
            };
            let times: Vec<i64> = (0..n_rows as u32).map(time).collect();
            let said = expected.iter().map(|row| times[*row]).filter(|time| *time != NO_TIME);
            let first_and_last = said.clone().min().zip(said.max());
            prop_assert_eq!(rows.first_and_last(&times), first_and_last);
            let mut timeless = kept.clone();
            timeless.retain(|row| times[row] == NO_TIME);
            kept.retain(|row| (1..4).contains(&times[row]));
            prop_assert_eq!(rows.keep_times(&times, &(1..4)), timeless);
            prop_assert_eq!(&rows, &kept);
        }
    }
}
