//! The sums of groups of rows, added up so that no order of adding changes a digit.

use crate::groups::Entries;
use crate::numbers::Numbers;

/// How many units make one.
pub const UNITS_PER_ONE: f64 = 1e12;

/// A value in whole units of 10^-12, so that no order of adding changes a digit and decimals as exports have
/// them are exact. No measure comes near nine million, where the units end.
#[inline]
pub fn units(value: f64) -> i128 {
    let units = value * UNITS_PER_ONE;
    // Rounded by hand, since without its own instruction a processor calls a function for it.
    i128::from((units + 0.5f64.copysign(units)) as i64)
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

/// Adds rows to the sums of their groups: the kind of each, one of three, and three values.
#[inline(never)]
pub fn add(sums: &mut [Sum], entries: &Entries, kinds: &[u8], values: [&Numbers; 3]) {
    for (group, row) in entries.iter() {
        sums[group].by_kind[usize::from(kinds[row])] += 1;
    }
    let mut found = Vec::new();
    for (idx, values) in values.into_iter().enumerate() {
        values.gather(&entries.rows, &mut found);
        for (group, value) in entries.groups.iter().zip(&found) {
            let sum = &mut sums[*group as usize];
            if value.is_nan() {
                sum.n_not_said[idx] += 1;
            } else {
                // As many rows as memory holds stay far below what 128 bits hold.
                sum.units[idx] = sum.units[idx].wrapping_add(units(*value));
            }
        }
    }
}
