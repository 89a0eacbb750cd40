//! The sums of groups of rows, added up so that no order of adding changes a digit.

use crate::groups::{Entries, Entry};
use crate::kinds::{KIND_BITS, counts, one};
use crate::numbers::{Numbers, Parts};

/// How many units make one.
pub const UNITS_PER_ONE: f64 = 1e12;

/// The same, as a power of ten.
const UNIT_DECIMALS: u32 = 12;

/// A value in whole units of 10^-12, so that no order of adding changes a digit; decimals as exports have them are
/// exact below 4,096, and beyond to a unit or so.
pub fn units(value: f64) -> i128 {
    // As many of these as memory holds fit 128 bits together.
    const MOST: f64 = (1_i128 << 95) as f64;
    (value * UNITS_PER_ONE).round().clamp(-MOST, MOST) as i128
}

/// The sums of a group.
#[derive(Debug, Default, Clone)]
pub struct Sum {
    /// Of each of three values.
    pub units: [i128; 3],
    /// Rows of each kind.
    pub by_kind: [u64; 3],
    /// Rows without the value.
    pub n_not_said: [u64; 3],
}

/// The sums of groups in the making.
#[derive(Debug, Default)]
pub struct Sums {
    /// What was added and taken in, group by group.
    pub all: Vec<Sum>,
    /// What was added since.
    recent: Vec<Recent>,
    /// So many entries.
    n_recent: usize,
    /// The values of the block in hand, as they are added.
    gathered: [Vec<u32>; 3],
}

/// The sums of so few entries that they are small: those of thousands of groups are at hand, and none of them lies
/// across two lines of the cache.
#[derive(Debug, Default, Clone, Copy)]
#[repr(align(32))]
struct Recent {
    /// How many of each kind, in so many bits each.
    kinds: u64,
    /// Of each value how many, and in the lower bits their sum.
    values: [u64; 3],
}

/// So many bits has the sum of values of 16 bits.
const SHORT_BITS: u32 = 40;

/// How a column of values is added up.
#[derive(Clone, Copy)]
struct Adding {
    /// Values are added with this on top, so that none is below zero, and that of no value is.
    bias: i64,
    /// The sum has so many bits, their number has the others.
    n_bits: u32,
    /// Units of a whole number; none where values do not go through the sum.
    units: i64,
}

impl Adding {
    fn of(values: &Numbers) -> Self {
        let units = |decimals: u8| 10_i64.pow(UNIT_DECIMALS - u32::from(decimals));
        match values.parts() {
            Parts::Short(decimals, _) => Self {
                bias: 1 << 15,
                n_bits: SHORT_BITS,
                units: units(decimals),
            },
            Parts::Middle(decimals, _) => Self {
                bias: 1 << 31,
                n_bits: 48,
                units: units(decimals),
            },
            Parts::Exact(_) => Self {
                bias: 0,
                n_bits: SHORT_BITS,
                units: 0,
            },
        }
    }

    /// So many entries fit at least: as many as there are kinds, and as many as the number of values has bits.
    fn n_entries(self) -> usize {
        (1 << KIND_BITS.min(u64::BITS - self.n_bits)) - 1
    }
}

impl Sums {
    /// Of so many groups.
    pub fn new(n_groups: usize) -> Self {
        Self {
            all: vec![Sum::default(); n_groups],
            recent: vec![Recent::default(); n_groups],
            ..Self::default()
        }
    }

    /// Adds rows of a file to their groups: the kind of each, one of three, and three values; every row of the file has
    /// all four. When all rows are added, `settle` has to follow.
    #[inline(never)]
    pub fn add(&mut self, entries: &Entries, kinds: &[u8], values: [&Numbers; 3]) {
        let entries = entries.all();
        let adding = values.map(Adding::of);
        let fitting = adding.map(Adding::n_entries);
        if self.n_recent + entries.len() > fitting.into_iter().fold(usize::MAX, usize::min) {
            self.settle(values);
        }
        self.n_recent += entries.len();
        let parts = values.map(Numbers::parts);
        if let [
            Parts::Short(_, first),
            Parts::Short(_, second),
            Parts::Short(_, third),
        ] = parts
        {
            add_short(entries, kinds, [first, second, third], &mut self.recent);
            return;
        }
        for (idx, values) in parts.into_iter().enumerate() {
            let gathered = &mut self.gathered[idx];
            gathered.clear();
            match values {
                Parts::Short(_, wholes) => {
                    gathered.extend(
                        entries
                            .iter()
                            .map(|entry| lifted(wholes[entry.row as usize])),
                    );
                }
                Parts::Middle(_, wholes) => gathered.extend(entries.iter().map(|entry| {
                    wholes[entry.row as usize]
                        .wrapping_sub(i32::MIN)
                        .cast_unsigned()
                })),
                Parts::Exact(values) => add_exact(entries, values, idx, &mut self.all, gathered),
            }
        }
        add_gathered(
            entries,
            kinds,
            &self.gathered,
            adding.map(|adding| adding.n_bits),
            &mut self.recent,
        );
    }

    /// Takes in what was added of a file with these columns of values.
    #[inline(never)]
    pub fn settle(&mut self, values: [&Numbers; 3]) {
        let adding = values.map(Adding::of);
        self.n_recent = 0;
        for (sum, recent) in self.all.iter_mut().zip(&mut self.recent) {
            let recent = std::mem::take(recent);
            if recent.kinds == 0 {
                continue;
            }
            let n_of_kinds = counts(recent.kinds);
            let n_entries: u64 = n_of_kinds.iter().sum();
            for (idx, adding) in adding.iter().enumerate() {
                let (n, biased) = (
                    recent.values[idx] >> adding.n_bits,
                    recent.values[idx] & ((1 << adding.n_bits) - 1),
                );
                // The number of values and the sum of them fit one number: neither comes near to its end.
                let whole = biased.cast_signed() - n.cast_signed() * adding.bias;
                // To look whether this is too much, which it cannot be, would take longer than all the rest.
                let more = i128::from(whole) * i128::from(adding.units);
                sum.units[idx] = sum.units[idx].saturating_add(more);
                sum.by_kind[idx] += n_of_kinds[idx];
                sum.n_not_said[idx] += n_entries - n;
            }
        }
    }
}

/// A value of 16 bits with its bias; no value is the lowest one, and comes out as zero.
#[inline]
fn lifted(whole: i16) -> u32 {
    (i32::from(whole) - i32::from(i16::MIN)).cast_unsigned()
}

/// Adds to each group its kinds and values, as long as all of these are short.
#[inline(never)]
fn add_short(entries: &[Entry], kinds: &[u8], values: [&[i16]; 3], recent: &mut [Recent]) {
    // One look whether there is such a row is enough for all.
    let values = values.map(|values| &values[..kinds.len()]);
    for entry in entries {
        let row = entry.row as usize;
        let recent = &mut recent[entry.group as usize];
        recent.kinds += one(kinds[row]);
        for (idx, values) in values.into_iter().enumerate() {
            let value = lifted(values[row]);
            recent.values[idx] += u64::from(value) + (u64::from(value != 0) << SHORT_BITS);
        }
    }
}

/// Adds to each group its kinds and values: one look into memory for all of them.
#[inline(never)]
fn add_gathered(
    entries: &[Entry],
    kinds: &[u8],
    [first, second, third]: &[Vec<u32>; 3],
    n_bits: [u32; 3],
    recent: &mut [Recent],
) {
    let values = first.iter().zip(second).zip(third);
    for (entry, ((first, second), third)) in entries.iter().zip(values) {
        let recent = &mut recent[entry.group as usize];
        recent.kinds += one(kinds[entry.row as usize]);
        for (idx, value) in [first, second, third].into_iter().enumerate() {
            recent.values[idx] += u64::from(*value) + (u64::from(*value != 0) << n_bits[idx]);
        }
    }
}

/// Adds numbers as they are, as values of this index, and puts a sign in their places where there is one.
fn add_exact(entries: &[Entry], values: &[f64], idx: usize, all: &mut [Sum], signs: &mut Vec<u32>) {
    signs.extend(entries.iter().map(|entry| {
        let value = values[entry.row as usize];
        if !value.is_nan() {
            // As many rows as memory holds stay far below what 128 bits hold.
            let sum = &mut all[entry.group as usize].units[idx];
            *sum = sum.wrapping_add(units(value));
        }
        u32::from(!value.is_nan())
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wholes_add_up_as_what_they_stand_for() {
        let values = [0.1, 0.25, f64::NAN, 122.4];
        let numbers = Numbers::packed(&values);
        let exact = Numbers::of_exact(values.to_vec());
        let whole = Numbers::packed(&[32_767.0, -5.0, 2e9, f64::NAN]);
        let entries = [(1, 0), (1, 1), (0, 2), (1, 2), (1, 3), (0, 0)];
        let entries = entries.map(|(group, row)| Entry { group, row });
        let entries: Entries = entries.into_iter().collect();
        let mut sums = Sums::new(2);
        let columns = [&numbers, &exact, &whole];
        for _ in 0..2 {
            sums.add(&entries, &[0, 1, 2, 2], columns);
            sums.settle(columns);
        }
        let [first, second] = [&sums.all[0], &sums.all[1]];
        let one = 10_i128.pow(12);
        assert_eq!(
            first.units,
            [one / 5, one / 5, (2_000_000_000 + 32_767) * 2 * one]
        );
        assert_eq!(second.units[..2], [one * 2455 / 10; 2]);
        assert_eq!(second.units[2], (2_000_000_000 + 32_767 - 5) * 2 * one);
        assert_eq!((first.by_kind, second.by_kind), ([2, 0, 2], [2, 2, 4]));
        assert_eq!(
            (first.n_not_said, second.n_not_said),
            ([2, 2, 0], [2, 2, 2])
        );
    }

    /// Blocks of one group, more of them than the small sums have room for.
    fn check_many(columns: [&Numbers; 3], n_blocks: usize) {
        const N_ROWS: usize = 2048;
        let entries = (0..N_ROWS as u32).map(|row| Entry { group: 0, row });
        let entries: Entries = entries.collect();
        let kinds: Vec<u8> = (0..N_ROWS).map(|row| (row % 3) as u8).collect();
        let mut sums = Sums::new(1);
        for _ in 0..n_blocks {
            sums.add(&entries, &kinds, columns);
        }
        sums.settle(columns);
        let n_blocks = n_blocks as u64;
        let sum = &sums.all[0];
        assert_eq!(sum.by_kind, [683, 683, 682].map(|n| n * n_blocks));
        for (idx, column) in columns.into_iter().enumerate() {
            let said: Vec<f64> = column.iter().filter(|value| !value.is_nan()).collect();
            // Floating point cannot hold the units of large whole numbers.
            let exactly = |value: &f64| {
                if value.fract() == 0.0 {
                    *value as i128 * units(1.0)
                } else {
                    units(*value)
                }
            };
            let expected: i128 = said.iter().map(exactly).sum();
            assert_eq!(sum.units[idx], expected * i128::from(n_blocks));
            let n_not_said = (N_ROWS - said.len()) as u64;
            assert_eq!(sum.n_not_said[idx], n_not_said * n_blocks);
        }
    }

    #[test]
    fn more_rows_than_small_sums_have_room_for_are_added_all_the_same() {
        let column = |values: [f64; 4]| {
            Numbers::packed(&values.into_iter().cycle().take(2048).collect::<Vec<_>>())
        };
        let short = column([32_767.0, -32_767.0, f64::NAN, 32_767.0]);
        let middle = column([2_147_483_647.0, 2_147_483_647.0, f64::NAN, -2_147_483_646.0]);
        let exact = column([0.1, 1.0 / 3.0, f64::NAN, -4e9]);
        assert!(matches!(short.parts(), Parts::Short(..)));
        assert!(matches!(middle.parts(), Parts::Middle(..)));
        assert!(matches!(exact.parts(), Parts::Exact(..)));
        // Beyond 65,535 values of a middle column, and beyond 2,097,151 short ones of a kind.
        check_many([&short, &middle, &exact], 60);
        check_many([&short; 3], 3_100);
    }
}
