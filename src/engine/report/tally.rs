//! The figures of a group of streams, added up so that no order of adding changes a digit.

use callscope_kernel::groups::Entries;
use callscope_kernel::sums::{self, UNITS_PER_ONE, units};

use super::person::People;
use crate::engine::model::{groups::Counts, numbers::Numbers};
use crate::engine::quality::{Metric, poor_rate};
use crate::protocol::{Figures, Verdict};

/// Counts, sums and people of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Streams by verdict.
    pub counts: Counts,
    /// Over the streams that carry the value.
    pub round_trip_ms: Mean,
    /// Over the streams that carry the value.
    pub jitter_ms: Mean,
    /// Over the streams that carry the value.
    pub packet_loss_ratio: Mean,
    /// The distinct people, in no order.
    pub people: Vec<u32>,
}

/// The measures that means are taken of, in this order: round trip, jitter, packet loss.
pub(crate) const AVERAGED: [Metric; 3] = [
    Metric::RoundTripMs,
    Metric::JitterMs,
    Metric::PacketLossRatio,
];

/// A mean: the sum of the units of so many streams.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    units: i128,
    n: u64,
}

impl Mean {
    fn add(&mut self, other: Self) {
        self.units = self.units.saturating_add(other.units);
        self.n += other.n;
    }

    /// The mean, if there was a value.
    pub fn value(self) -> Option<f64> {
        self.per(UNITS_PER_ONE)
    }

    /// The mean of ratios in percent, if there was a value.
    pub fn percent(self) -> Option<f64> {
        self.per(UNITS_PER_ONE / 100.0)
    }

    fn per(self, units: f64) -> Option<f64> {
        (self.n > 0).then(|| self.units as f64 / (self.n as f64 * units))
    }
}

/// Tallies in the making, group by group.
#[derive(Debug, Default)]
pub(super) struct Sums(sums::Sums);

/// All verdicts, by their numbers.
pub(super) const VERDICTS: [Verdict; 3] = [Verdict::Good, Verdict::Poor, Verdict::Unclassified];

impl Sums {
    /// Of so many groups.
    pub(super) fn new(n_groups: usize) -> Self {
        Self(sums::Sums::new(n_groups))
    }

    /// Adds single streams of an export: the numbers of their verdicts, and values. `settle` has to follow.
    pub(super) fn add(&mut self, entries: &Entries, verdicts: &[u8], values: [&Numbers; 3]) {
        self.0.add(entries, verdicts, values);
    }

    /// Takes in what was added of an export with these values.
    pub(super) fn settle(&mut self, values: [&Numbers; 3]) {
        self.0.settle(values);
    }

    /// Adds rows that stand for so many streams each, or whose values are not at hand in columns.
    pub(super) fn add_slowly(
        &mut self,
        entries: &Entries,
        counts: impl Fn(usize) -> Counts,
        values: impl Fn(usize) -> [f64; 3],
    ) {
        for entry in entries.all() {
            let row = entry.row as usize;
            let (sum, counts) = (&mut self.0.all[entry.group as usize], counts(row));
            let of_verdicts = [counts.good, counts.poor, counts.unclassified];
            for (verdict, n) in VERDICTS.into_iter().zip(of_verdicts) {
                sum.by_kind[verdict as usize] += n;
            }
            for (idx, value) in values(row).into_iter().enumerate() {
                if value.is_nan() {
                    sum.n_not_said[idx] += counts.all();
                } else {
                    let weighted = units(value).saturating_mul(i128::from(counts.all()));
                    sum.units[idx] = sum.units[idx].saturating_add(weighted);
                }
            }
        }
    }

    /// The streams of a group by verdict.
    fn counts(&self, group: usize) -> Counts {
        Counts::of(self.0.all[group].by_kind)
    }

    /// The tally of a group of these people.
    pub(super) fn tally(&self, group: usize, people: Vec<u32>) -> Tally {
        let sum = &self.0.all[group];
        let counts = self.counts(group);
        let n_streams = counts.all();
        let mean = |idx: usize| Mean {
            units: sum.units[idx],
            n: n_streams - sum.n_not_said[idx],
        };
        Tally {
            counts,
            round_trip_ms: mean(0),
            jitter_ms: mean(1),
            packet_loss_ratio: mean(2),
            people,
        }
    }
}

impl Tally {
    /// Adds the figures of another group, people left out: they may be the same ones.
    pub fn add(&mut self, other: &Self) {
        self.counts.add(other.counts);
        self.round_trip_ms.add(other.round_trip_ms);
        self.jitter_ms.add(other.jitter_ms);
        self.packet_loss_ratio.add(other.packet_loss_ratio);
    }

    /// All streams of the group.
    pub fn n_streams(&self) -> u64 {
        self.counts.all()
    }

    /// The figures as they are shown.
    pub fn figures(&self, everybody: &People) -> Figures {
        Figures {
            n_streams: self.n_streams(),
            n_good: self.counts.good,
            n_poor: self.counts.poor,
            n_unclassified: self.counts.unclassified,
            poor: poor_rate(self.counts.poor, self.counts.good),
            n_people: everybody.is_known().then_some(self.people.len() as u64),
            mean_round_trip_ms: self.round_trip_ms.value(),
            mean_jitter_ms: self.jitter_ms.value(),
            mean_packet_loss_percent: self.packet_loss_ratio.percent(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use callscope_kernel::groups::Entry;

    use super::*;

    fn entries(n_rows: usize) -> Entries {
        let rows = 0..n_rows as u32;
        rows.map(|row| Entry { group: 0, row }).collect()
    }

    fn sums(values: &[f64]) -> Tally {
        let entries = entries(values.len());
        let mut sums = Sums::new(1);
        let numbers = Numbers::packed(values);
        sums.add(
            &entries,
            &vec![Verdict::Good as u8; values.len()],
            [&numbers; 3],
        );
        sums.settle([&numbers; 3]);
        sums.tally(0, Vec::new())
    }

    proptest! {
        #[test]
        fn no_order_of_adding_changes_a_mean(
            values in prop::collection::vec(prop_oneof![9 => 0.0..1e6f64, 1 => Just(f64::NAN)], 1..50),
            cut in 0usize..50,
        ) {
            let forward = sums(&values);
            let (left, right) = values.split_at(cut.min(values.len()));
            let mut joined = sums(right);
            joined.add(&sums(left));
            prop_assert_eq!(&forward, &joined);
            prop_assert_eq!(forward.n_streams(), values.len() as u64);
            let said: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
            let expected = said.iter().sum::<f64>() / said.len() as f64;
            match forward.jitter_ms.value() {
                Some(found) => {
                    prop_assert!((found - expected).abs() <= expected.abs() * 1e-9 + 1e-9);
                }
                None => prop_assert!(said.is_empty()),
            }
        }

        #[test]
        fn a_row_for_many_streams_is_as_good_as_so_many_streams(value in -1e3..1e6f64, n in 1u64..100) {
            let mut many = Sums::new(1);
            let counts = Counts { good: n, ..Counts::default() };
            many.add_slowly(&entries(1), |_| counts, |_| [value; 3]);
            prop_assert_eq!(many.tally(0, Vec::new()), sums(&vec![value; n as usize]));
        }
    }

    #[test]
    fn decimals_are_exact_and_nothing_overflows() {
        let mean = |values: &[f64]| sums(values).jitter_ms.value();
        assert_eq!(mean(&[0.1, 0.2, 0.3]), Some(0.2));
        assert_eq!(mean(&[-1.5, 1.25]), Some(-0.125));
        assert_eq!(
            mean(&[20_000_000.0]),
            mean(&[20_000_000.0, 2e7 + 1e-7, 2e7 - 1e-7])
        );
        let most = (1_i128 << 95) as f64 / UNITS_PER_ONE;
        assert_eq!(mean(&[f64::MAX; 3]), Some(most));
        assert_eq!(mean(&[f64::MIN; 3]), Some(-most));
    }
}
