//! Which cells of a batch are those of the row above, once more: streams of one call have much in common.
//!
//! Rows are compared as they stand, sixteen bytes at a time: where the same cells follow each other a cell costs
//! nearly nothing. What cannot be compared so is said to differ, which is never wrong.

use wide::{u8x16, u32x4};

use crate::LANE_BYTES;
use crate::rows::Rows;

/// So many rows, or columns, have a bit each in a word.
pub const BITS: usize = 64;

/// What differs from the row above, for one batch.
#[derive(Debug, Default)]
pub struct Above {
    n_columns: usize,
    /// For each 64 rows, for each column, a bit for each row.
    differing: Vec<u64>,
}

impl Above {
    /// Compares the rows with these first cells. Of each column a bit says whether it is wanted.
    #[inline(never)]
    pub fn compare(&mut self, rows: &Rows<'_>, firsts: &[u32], n_columns: usize, wanted: &[u64]) {
        self.n_columns = n_columns;
        self.differing.clear();
        for firsts in firsts.chunks(BITS) {
            for (block, wanted) in wanted.iter().enumerate() {
                let from = block * BITS;
                let n_block = (n_columns - from).min(BITS);
                let mut same = [0; BITS];
                for (idx, pair) in firsts.windows(2).enumerate() {
                    let starts = |first: u32| rows.starts(first as usize + from, n_block);
                    let [above, row] = [starts(pair[0]), starts(pair[1])];
                    same[idx + 1] = same_cells(rows.text(), above, row, *wanted);
                }
                transpose(&mut same);
                let differing = same.iter().take(n_block).map(|same| !same);
                self.differing.extend(differing);
            }
        }
    }

    /// The rows of the 64 at this place whose cells in the column differ from the one above, a bit each. The
    /// first one does.
    #[inline]
    pub fn differing(&self, place: usize, column: usize) -> u64 {
        self.differing[place * self.n_columns + column]
    }

    /// Appends the rows that differ from the one above in any of these columns, of so many rows from this one on. If
    /// there is a column, the first one of each 64 does.
    #[inline(never)]
    pub fn push_differing(
        &self,
        columns: &[usize],
        n_rows: usize,
        first: u32,
        differing: &mut Vec<u32>,
    ) {
        for (place, from) in (0..n_rows).step_by(BITS).enumerate() {
            let of_any = |all, column: &usize| all | self.differing(place, *column);
            let behind = u64::MAX.checked_shl((n_rows - from) as u32).unwrap_or(0);
            let mut left = columns.iter().fold(0, of_any) & !behind;
            while left != 0 {
                differing.push(first + from as u32 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

/// The cells, of up to 64 that are wanted, that are those of the row above. Both rows are told by where cells
/// start, and the one behind the last.
#[inline]
fn same_cells(text: &[u8], above: &[u32], row: &[u32], wanted: u64) -> u64 {
    let mut same = equally_long(above, row) & wanted;
    let mut left = same;
    while left != 0 {
        let first = left.trailing_zeros() as usize;
        let behind = first + (left >> first).trailing_ones() as usize;
        left &= u64::MAX.checked_shl(behind as u32).unwrap_or(0);
        let mut cell = first;
        let mut at = row[cell] as usize;
        let back = at.wrapping_sub(above[cell] as usize);
        // The delimiters between are the same in any case, and the last one does not matter.
        let end = row[behind] as usize - 1;
        while at < end {
            let (Some(one), Some(other)) = (lane(text, at), lane(text, at.wrapping_sub(back)))
            else {
                same &= !(u64::MAX << cell) | left;
                break;
            };
            let mut others = !one.simd_eq(other).to_bitmask() & 0xFFFF;
            if end - at < LANE_BYTES {
                others &= (1 << (end - at)) - 1;
            }
            if others == 0 {
                at += LANE_BYTES;
                continue;
            }
            let place = at + others.trailing_zeros() as usize;
            while row[cell + 1] as usize <= place {
                cell += 1;
            }
            same &= !(1 << cell);
            cell += 1;
            if cell == behind {
                break;
            }
            at = row[cell] as usize;
        }
    }
    same
}

#[inline]
fn lane(text: &[u8], at: usize) -> Option<u8x16> {
    text.get(at..)?.first_chunk().copied().map(u8x16::new)
}

/// The cells that are as long as those above: then their starts are as far from each other as their ends.
#[inline]
fn equally_long(above: &[u32], row: &[u32]) -> u64 {
    const LANES: usize = 4;
    let n_cells = row.len() - 1;
    let starts = row.as_chunks::<LANES>().0.iter();
    let behind = row[1..].as_chunks::<LANES>().0.iter();
    let starts_above = above.as_chunks::<LANES>().0.iter();
    let behind_above = above[1..].as_chunks::<LANES>().0.iter();
    let fours = starts.zip(behind).zip(starts_above.zip(behind_above));
    let mut equal = 0;
    for (idx, ((one, one_behind), (other, other_behind))) in fours.enumerate() {
        let [one, one_behind, other, other_behind] =
            [one, one_behind, other, other_behind].map(|starts| u32x4::new(*starts));
        let is_equal = (one - other).simd_eq(one_behind - other_behind);
        equal |= u64::from(is_equal.to_bitmask()) << (idx * LANES);
    }
    for cell in n_cells / LANES * LANES..n_cells {
        let is_equal = row[cell + 1] - row[cell] == above[cell + 1] - above[cell];
        equal |= u64::from(is_equal) << cell;
    }
    equal
}

/// Turns rows of bits into columns.
///
/// Halves are exchanged, then their halves: Warren, Hacker's Delight, 7-3.
fn transpose(words: &mut [u64; BITS]) {
    let mut half = BITS / 2;
    let mut mask = u64::MAX >> half;
    while half > 0 {
        for low in (0..BITS).filter(|idx| idx & half == 0) {
            let high = low | half;
            let exchanged = (words[low] >> half ^ words[high]) & mask;
            words[low] ^= exchanged << half;
            words[high] ^= exchanged;
        }
        half /= 2;
        mask ^= mask << half;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn columns_have_the_bits_of_rows(words in prop::collection::vec(any::<u64>(), BITS)) {
            let mut columns: [u64; BITS] = words.clone().try_into().expect("there are so many");
            transpose(&mut columns);
            for (row, word) in words.iter().enumerate() {
                for (column, bits) in columns.iter().enumerate() {
                    prop_assert_eq!(word >> column & 1, bits >> row & 1);
                }
            }
        }

        #[test]
        fn cells_that_differ_are_told(
            lines in prop::collection::vec("([ab]{0,2}|x{15}[ab]{0,9}|\"a,\"|\"\n[ab]\"),([ab]?,){3}(y{20}[ab]|c?),[ab]", 1..150),
            n_more_columns in 0usize..80,
            tail in 0usize..40,
        ) {
            let more = ",z".repeat(n_more_columns);
            let lines: Vec<_> = lines.iter().map(|line| format!("{line}{more}\n")).collect();
            let text = format!("{}{}", lines.concat(), "-".repeat(tail));
            let n_columns = 6 + n_more_columns;
            let mut rows = Rows::new(text.as_bytes(), b',', 1);
            let mut above = Above::default();
            let wanted = vec![u64::MAX; n_columns.div_ceil(BITS)];
            while rows.next_batch() {
                let firsts: Vec<u32> = rows.batch().map(|row| row.first).collect();
                above.compare(&rows, &firsts, n_columns, &wanted);
                for (at, first) in firsts.iter().enumerate() {
                    for column in 0..n_columns {
                        let differs = above.differing(at / BITS, column) >> (at % BITS) & 1 == 1;
                        let cell = |first: u32| rows.raw_cell(first, column).0;
                        if at % BITS == 0 {
                            prop_assert!(differs);
                        } else if cell(*first) != cell(firsts[at - 1]) {
                            prop_assert!(differs, "{at} {column}");
                        } else if (cell(*first).as_ptr() as usize) + 16 + cell(*first).len()
                            < text.as_ptr() as usize + text.len() - n_more_columns * 2 - 40
                        {
                            prop_assert!(!differs, "{at} {column}");
                        }
                    }
                }
            }
        }
    }
}
