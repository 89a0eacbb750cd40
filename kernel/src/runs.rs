//! Runs: rows one below the other of which some columns tell the same. What follows from these columns is worked out
//! once for each run.

use std::ops::Range;

use crate::blocks::{self, BLOCK_ROWS};
use crate::codes::Codes;

/// The runs of some columns.
#[derive(Debug)]
pub struct Runs {
    /// The first row of each.
    starts: Vec<u32>,
    n_rows: usize,
}

impl Runs {
    /// The runs in which none of these columns changes. Each of them has so many rows.
    pub fn new(columns: &[&Codes], n_rows: usize) -> Self {
        let mut starts = Vec::new();
        blocks::each(n_rows, &mut |rows| {
            let mut changes = [0; BLOCK_ROWS];
            changes[0] = u32::from(rows.start == 0);
            for codes in columns {
                add_changes(codes, rows.clone(), &mut changes);
            }
            let changes = changes.iter().zip(rows.start as u32..);
            let changes = changes.take(rows.len()).filter(|(change, _)| **change != 0);
            starts.extend(changes.map(|(_, row)| row));
        });
        Self { starts, n_rows }
    }

    /// Runs of which the first rows are known, that of all rows among them, if there are any rows.
    pub fn of_starts(starts: Vec<u32>, n_rows: usize) -> Self {
        debug_assert_eq!(starts.first(), (n_rows > 0).then_some(&0));
        Self { starts, n_rows }
    }

    /// How much memory they take.
    pub fn n_bytes(&self) -> usize {
        self.starts.capacity() * size_of::<u32>()
    }

    /// How many there are.
    pub fn n(&self) -> usize {
        self.starts.len()
    }

    /// The codes of the runs in a column: those of their first rows.
    pub fn codes(&self, codes: &Codes) -> Codes {
        match codes {
            Codes::Narrow(codes) => Codes::Narrow(self.firsts(codes)),
            Codes::Middle(codes) => Codes::Middle(self.firsts(codes)),
            Codes::Wide(codes) => Codes::Wide(self.firsts(codes)),
        }
    }

    fn firsts<Code: Copy>(&self, codes: &[Code]) -> Vec<Code> {
        let mut firsts = Vec::with_capacity(self.n());
        blocks::each(self.n(), &mut |runs| {
            push_firsts(codes, &self.starts[runs], &mut firsts);
        });
        firsts
    }

    /// How many rows have each of so many codes, from the codes of the runs.
    pub fn counts(&self, of_runs: &Codes, n_codes: usize) -> Vec<u64> {
        let mut counts = vec![0; n_codes];
        of_runs.for_each_block(&mut |first, codes| {
            let starts = &self.starts[first..];
            count(codes, starts, self.n_rows as u32, &mut counts);
        });
        counts
    }

    /// A value for each row, from one for each run.
    pub fn spread(&self, values: &[u32]) -> Vec<u32> {
        let mut rows = vec![0; self.n_rows];
        blocks::each(self.n(), &mut |runs| {
            let end = self
                .starts
                .get(runs.end)
                .map_or(self.n_rows, |end| *end as usize);
            spread(&self.starts[runs.clone()], end, &values[runs], &mut rows);
        });
        rows
    }
}

#[inline(never)]
fn push_firsts<Code: Copy>(codes: &[Code], starts: &[u32], firsts: &mut Vec<Code>) {
    firsts.extend(starts.iter().map(|row| codes[*row as usize]));
}

/// Adds up the rows of the first of some runs, of which the last one ends behind all rows.
#[inline(never)]
fn count(codes: &[u32], starts: &[u32], n_rows: u32, counts: &mut [u64]) {
    let ends = starts.iter().skip(1).copied().chain([n_rows]);
    for ((code, start), end) in codes.iter().zip(starts).zip(ends) {
        counts[*code as usize] += u64::from(end - start);
    }
}

/// Fills in the values of some runs, of which the last one ends there.
#[inline(never)]
fn spread(starts: &[u32], end: usize, values: &[u32], rows: &mut [u32]) {
    let ends = starts.iter().skip(1).map(|end| *end as usize);
    for ((start, end), value) in starts.iter().zip(ends.chain([end])).zip(values) {
        let start = *start as usize;
        // How long a run is cannot be foreseen: what is too much is written over.
        match rows[start..].first_chunk_mut::<N_AT_ONCE>() {
            Some(room) if end - start <= N_AT_ONCE => *room = [*value; N_AT_ONCE],
            _ => rows[start..end].fill(*value),
        }
    }
}

/// So many rows of a run are filled in at once.
const N_AT_ONCE: usize = 4;

/// Takes note of what differs between codes of a block and those above them.
#[inline(never)]
fn add_changes(codes: &Codes, rows: Range<usize>, changes: &mut [u32; BLOCK_ROWS]) {
    let mut block = [0; BLOCK_ROWS];
    let block = &mut block[..rows.len()];
    let above = rows.start.checked_sub(1).map(|above| codes.get(above));
    codes.copy(rows, block);
    let mut above = above.unwrap_or(block[0]);
    for (change, code) in changes.iter_mut().zip(block) {
        *change |= *code ^ above;
        above = *code;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn length() -> impl Strategy<Value = usize> {
        prop_oneof![9 => 1_usize..6, 1 => 1_usize..90]
    }

    proptest! {
        #[test]
        fn each_row_has_what_its_run_has(
            lengths in prop::collection::vec((0_u32..3, 0_u32..1_000, 0_u32..70_000, length()), 0..3000),
        ) {
            let mut columns = [const { Vec::new() }; 3];
            for (one, two, three, n) in &lengths {
                for (column, code) in columns.iter_mut().zip([one, two, three]) {
                    column.extend(std::iter::repeat_n(*code, *n));
                }
            }
            let n_rows = columns[0].len();
            let all_codes = columns.iter().zip([3, 1_000, 70_000]);
            let codes: Vec<Codes> = all_codes.map(|(column, n_codes)| {
                let mut codes = Codes::default();
                codes.extend(column.iter().copied(), n_codes);
                codes
            }).collect();
            let runs = Runs::new(&codes.iter().collect::<Vec<_>>(), n_rows);
            let is_new = |row: &usize| *row == 0 || columns.iter().any(|column| column[*row] != column[row - 1]);
            prop_assert_eq!(runs.n(), (0..n_rows).filter(is_new).count());
            for (codes, column) in codes.iter().zip(&columns) {
                let of_runs = runs.codes(codes);
                let counts = runs.counts(&of_runs, 70_000);
                prop_assert_eq!(counts.iter().sum::<u64>(), n_rows as u64);
                for code in [0, 1, 2, column.last().copied().unwrap_or_default()] {
                    let n = column.iter().filter(|other| **other == code).count();
                    prop_assert_eq!(counts[code as usize], n as u64);
                }
                let of_runs: Vec<u32> = (0..runs.n()).map(|run| of_runs.get(run)).collect();
                prop_assert_eq!(&runs.spread(&of_runs), column);
            }
        }
    }

    #[test]
    fn without_columns_all_rows_are_one_run() {
        let runs = Runs::new(&[], 3 * BLOCK_ROWS + 1);
        assert_eq!(runs.spread(&[7]), [7; 3 * BLOCK_ROWS + 1]);
        let none = Runs::new(&[&Codes::default()], 0);
        assert_eq!((none.n(), none.spread(&[])), (0, Vec::new()));
    }
}
