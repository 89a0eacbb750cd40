//! The sums of groups of rows, added up so that no order of adding changes a digit.

use crate::groups::{Entries, Entry};
use crate::numbers::{Numbers, Parts, Whole};

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
    /// What was added by the file, group by group.
    pub all: Vec<Sum>,
    /// Of the file in hand: small, so that those of thousands of groups are at hand.
    recent: Vec<Recent>,
    /// The whole numbers of the block in hand.
    gathered: [Vec<i32>; 3],
}

/// Rows are fewer than 32 bits count, and the sum of as many whole numbers of 32 bits fits 64.
#[derive(Debug, Default, Clone, Copy)]
struct Recent {
    wholes: [i64; 3],
    by_kind: [u32; 3],
    n_not_said: [u32; 3],
}

impl Sums {
    /// Of so many groups.
    pub fn new(n_groups: usize) -> Self {
        Self {
            all: vec![Sum::default(); n_groups],
            recent: vec![Recent::default(); n_groups],
            gathered: Default::default(),
        }
    }

    /// Adds rows of a file to their groups: the kind of each, one of three, and three values. When all of them are
    /// added, `settle` has to follow.
    #[inline(never)]
    pub fn add(&mut self, entries: &Entries, kinds: &[u8], values: [&Numbers; 3]) {
        let entries = entries.all();
        let Self {
            all,
            recent,
            gathered,
        } = self;
        for (idx, values) in values.into_iter().enumerate() {
            let gathered = &mut gathered[idx];
            gathered.clear();
            match values.parts() {
                Parts::Short(_, wholes) => gather(entries, wholes, gathered),
                Parts::Middle(_, wholes) => gather(entries, wholes, gathered),
                Parts::Exact(values) => {
                    gathered.resize(entries.len(), 0);
                    add_exact(entries, values, idx, all, recent);
                }
            }
        }
        let [first, second, third] = gathered;
        let wholes = first.iter().zip(second).zip(third);
        for (entry, ((first, second), third)) in entries.iter().zip(wholes) {
            let recent = &mut recent[entry.group as usize];
            recent.by_kind[usize::from(kinds[entry.row as usize])] += 1;
            for (idx, whole) in [first, second, third].into_iter().enumerate() {
                let is_said = *whole != i32::NOTHING;
                recent.wholes[idx] += if is_said { i64::from(*whole) } else { 0 };
                recent.n_not_said[idx] += u32::from(!is_said);
            }
        }
    }

    /// Takes in what was added of a file with these columns of values.
    #[inline(never)]
    pub fn settle(&mut self, values: [&Numbers; 3]) {
        let units = values.map(|values| match values.parts() {
            Parts::Short(decimals, _) | Parts::Middle(decimals, _) => {
                10_i128.pow(UNIT_DECIMALS - u32::from(decimals))
            }
            Parts::Exact(_) => 0,
        });
        for (sum, recent) in self.all.iter_mut().zip(&mut self.recent) {
            let recent = std::mem::take(recent);
            for (idx, units) in units.iter().enumerate() {
                let more = i128::from(recent.wholes[idx]).saturating_mul(*units);
                sum.units[idx] = sum.units[idx].saturating_add(more);
                sum.by_kind[idx] += u64::from(recent.by_kind[idx]);
                sum.n_not_said[idx] += u64::from(recent.n_not_said[idx]);
            }
        }
    }
}

/// Puts the whole numbers of the rows of these entries one behind the other.
fn gather<W: Whole + Into<i32>>(entries: &[Entry], wholes: &[W], gathered: &mut Vec<i32>) {
    gathered.extend(entries.iter().map(|entry| {
        let whole = wholes[entry.row as usize];
        if whole == W::NOTHING {
            i32::NOTHING
        } else {
            whole.into()
        }
    }));
}

/// Adds numbers as they are, as values of this index.
fn add_exact(
    entries: &[Entry],
    values: &[f64],
    idx: usize,
    all: &mut [Sum],
    recent: &mut [Recent],
) {
    for entry in entries {
        let (value, group) = (values[entry.row as usize], entry.group as usize);
        if value.is_nan() {
            recent[group].n_not_said[idx] += 1;
        } else {
            // As many rows as memory holds stay far below what 128 bits hold.
            let sum = &mut all[group].units[idx];
            *sum = sum.wrapping_add(units(value));
        }
    }
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
}
