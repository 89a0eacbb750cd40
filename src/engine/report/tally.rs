//! The figures of a group of streams, added up so that no order of adding changes a digit.

use super::person::People;
use crate::engine::model::groups::Counts;
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

/// A stream, or the streams behind a row, and their values that are averaged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured<'session> {
    /// How the stream was judged.
    pub(crate) verdict: Verdict,
    /// How many streams of each verdict the row stands for, if for many.
    pub(crate) many: Option<&'session Counts>,
    /// The values of `AVERAGED`.
    pub(crate) units: [Units; 3],
}

impl Measured<'_> {
    /// How many streams they are.
    pub(crate) fn n(&self) -> u64 {
        self.many.map_or(1, |counts| counts.all())
    }
}

/// A value in whole units of 10^-12, so that no order of adding changes a digit and decimals as exports have
/// them are exact. No measure comes near nine million, where the units end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Units(i64);

const UNITS_PER_ONE: f64 = 1e12;

impl Units {
    /// The export does not say.
    const NOT_SAID: Self = Self(i64::MIN);

    /// The units of a value; not a number where the export does not say.
    #[inline]
    pub(crate) fn new(value: f64) -> Self {
        if value.is_nan() {
            return Self::NOT_SAID;
        }
        let units = value * UNITS_PER_ONE;
        // Rounded by hand, since without its own instruction a processor calls a function for it.
        Self(((units + 0.5f64.copysign(units)) as i64).max(-i64::MAX))
    }

    #[inline]
    fn said(self) -> Option<i64> {
        (self != Self::NOT_SAID).then_some(self.0)
    }
}

/// A mean: the sum of the units of so many streams.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    units: i128,
    n: u64,
}

impl Mean {
    fn merge(&mut self, other: Self) {
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

/// A tally in the making: as little as possible to touch for each stream.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    units: [i128; 3],
    by_verdict: [u64; 3],
    /// Streams without the value.
    n_not_said: [u64; 3],
}

impl Sums {
    /// Adds a stream, or the streams behind a row.
    #[inline]
    pub(crate) fn add(&mut self, measured: &Measured<'_>) {
        if let Some(counts) = measured.many {
            self.add_many(*counts, measured.units);
            return;
        }
        self.by_verdict[measured.verdict as usize] += 1;
        for (idx, units) in measured.units.into_iter().enumerate() {
            match units.said() {
                // As many rows as memory holds stay far below what 128 bits hold.
                Some(units) => self.units[idx] = self.units[idx].wrapping_add(i128::from(units)),
                None => self.n_not_said[idx] += 1,
            }
        }
    }

    fn add_many(&mut self, counts: Counts, units: [Units; 3]) {
        let [good, poor, unclassified] = VERDICTS.map(|verdict| verdict as usize);
        self.by_verdict[good] += counts.good;
        self.by_verdict[poor] += counts.poor;
        self.by_verdict[unclassified] += counts.unclassified;
        let n = counts.all();
        for (idx, units) in units.into_iter().enumerate() {
            match units.said() {
                Some(units) => {
                    let units = i128::from(units).saturating_mul(i128::from(n));
                    self.units[idx] = self.units[idx].saturating_add(units);
                }
                None => self.n_not_said[idx] += n,
            }
        }
    }

    /// How many streams were added.
    pub(crate) fn n_streams(&self) -> u64 {
        self.by_verdict.iter().sum()
    }

    /// The tally of a group of these people.
    pub(crate) fn tally(&self, people: Vec<u32>) -> Tally {
        let of = |verdict: Verdict| self.by_verdict[verdict as usize];
        let n_streams = self.n_streams();
        let mean = |idx: usize| Mean {
            units: self.units[idx],
            n: n_streams - self.n_not_said[idx],
        };
        Tally {
            counts: Counts {
                good: of(Verdict::Good),
                poor: of(Verdict::Poor),
                unclassified: of(Verdict::Unclassified),
            },
            round_trip_ms: mean(0),
            jitter_ms: mean(1),
            packet_loss_ratio: mean(2),
            people,
        }
    }
}

const VERDICTS: [Verdict; 3] = [Verdict::Good, Verdict::Poor, Verdict::Unclassified];

impl Tally {
    /// Adds another group. Its people may be the same ones.
    pub fn merge(&mut self, other: &Self) {
        self.counts.add(other.counts);
        self.round_trip_ms.merge(other.round_trip_ms);
        self.jitter_ms.merge(other.jitter_ms);
        self.packet_loss_ratio.merge(other.packet_loss_ratio);
        self.people.extend_from_slice(&other.people);
        self.people.sort_unstable();
        self.people.dedup();
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

    use super::*;

    fn sums(values: &[Option<f64>]) -> Tally {
        let mut sums = Sums::default();
        for value in values {
            sums.add(&Measured {
                verdict: Verdict::Good,
                many: None,
                units: [Units::new(value.unwrap_or(f64::NAN)); 3],
            });
        }
        sums.tally(Vec::new())
    }

    proptest! {
        #[test]
        fn no_order_of_adding_changes_a_mean(
            values in prop::collection::vec(prop::option::weighted(0.9, 0.0..1e6f64), 1..50),
            cut in 0usize..50,
        ) {
            let forward = sums(&values);
            let (left, right) = values.split_at(cut.min(values.len()));
            let mut joined = sums(right);
            joined.merge(&sums(left));
            prop_assert_eq!(&forward, &joined);
            prop_assert_eq!(forward.n_streams(), values.len() as u64);
            let said: Vec<f64> = values.into_iter().flatten().collect();
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
            let one = vec![Some(value); n as usize];
            let mut many = Sums::default();
            many.add(&Measured {
                verdict: Verdict::Unclassified,
                many: Some(&Counts { good: n, ..Counts::default() }),
                units: [Units::new(value); 3],
            });
            prop_assert_eq!(many.tally(Vec::new()), sums(&one));
        }
    }

    #[test]
    fn decimals_are_exact_and_nothing_overflows() {
        let mean = |values: &[f64]| {
            let values: Vec<_> = values.iter().copied().map(Some).collect();
            sums(&values).jitter_ms.value()
        };
        assert_eq!(mean(&[0.1, 0.2, 0.3]), Some(0.2));
        assert_eq!(mean(&[-1.5, 1.25]), Some(-0.125));
        assert_eq!(mean(&[f64::MAX]).map(f64::round), Some(9_223_372.0));
        assert_eq!(mean(&[f64::MIN]).map(f64::round), Some(-9_223_372.0));
    }
}
