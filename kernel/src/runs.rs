//! Runs: rows one below the other of which some columns tell the same. What follows from these columns is worked out
//! once for each run.

use std::ops::{BitOr, BitOrAssign, BitXor};

use wide::{u8x16, u16x8, u32x4};

use crate::blocks::{self, BLOCK_ROWS};
use crate::codes::{Codes, Part};

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
            let mut changes = Changes::default();
            // The first row of a block has one above it, unless there is none.
            let above = rows.start.saturating_sub(1);
            let at = 1 - (rows.start - above);
            changes.narrow[0] = u8::from(rows.start == 0);
            for codes in columns {
                match codes.part(above..rows.end) {
                    Part::Narrow(codes) => changes.narrow(codes, at),
                    Part::Middle(codes) => changes.middle(codes, at),
                    Part::Wide(codes) => changes.wide(codes, at),
                }
            }
            changes.push(rows.len(), rows.start as u32, &mut starts);
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

/// What differs between each row of a block and the row above; nothing does where it is zero. Codes of one width are
/// compared with each other, many rows at a time.
struct Changes {
    narrow: [u8; BLOCK_ROWS],
    middle: [u16; BLOCK_ROWS],
    wide: [u32; BLOCK_ROWS],
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            narrow: [0; BLOCK_ROWS],
            middle: [0; BLOCK_ROWS],
            wide: [0; BLOCK_ROWS],
        }
    }
}

impl Changes {
    #[inline(never)]
    fn narrow(&mut self, codes: &[u8], at: usize) {
        change::<_, u8x16, 16>(codes, &mut self.narrow[at..]);
    }

    #[inline(never)]
    fn middle(&mut self, codes: &[u16], at: usize) {
        change::<_, u16x8, 8>(codes, &mut self.middle[at..]);
    }

    #[inline(never)]
    fn wide(&mut self, codes: &[u32], at: usize) {
        change::<_, u32x4, 4>(codes, &mut self.wide[at..]);
    }

    /// Appends the rows that differ, of so many from this one on. Which ones do cannot be foreseen, so that nothing is
    /// jumped over.
    #[inline(never)]
    fn push(&self, n_rows: usize, first: u32, starts: &mut Vec<u32>) {
        let mut found = [0; BLOCK_ROWS];
        let mut n = 0;
        let changes = self.narrow.iter().zip(&self.middle).zip(&self.wide);
        for (row, ((narrow, middle), wide)) in (first..).zip(changes.take(n_rows)) {
            found[n % BLOCK_ROWS] = row;
            n += usize::from(u32::from(*narrow) | u32::from(*middle) | wide != 0);
        }
        starts.extend_from_slice(&found[..n]);
    }
}

/// Takes note of what differs between codes and those above them; the first one has only those below it.
#[inline]
fn change<Code, Lanes, const N: usize>(codes: &[Code], changes: &mut [Code])
where
    Code: Copy + BitOrAssign + BitXor<Output = Code>,
    Lanes: From<[Code; N]> + Into<[Code; N]> + BitOr<Output = Lanes> + BitXor<Output = Lanes>,
{
    let below = codes.get(1..).unwrap_or_default();
    let (many, few) = changes[..below.len()].as_chunks_mut();
    let (many_above, few_above) = codes[..below.len()].as_chunks();
    let (many_below, few_below) = below.as_chunks();
    for ((change, above), below) in many.iter_mut().zip(many_above).zip(many_below) {
        let [known, above, below] = [*change, *above, *below].map(Lanes::from);
        *change = (known | above ^ below).into();
    }
    for ((change, above), below) in few.iter_mut().zip(few_above).zip(few_below) {
        *change |= *above ^ *below;
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
