//! The figures of a group of streams, added up so that no order of adding changes a digit.

use super::person::People;
use crate::engine::model::groups::Counts;
use crate::engine::quality::poor_rate;
use crate::protocol::Figures;

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

/// A stream, or the streams behind a row, and their values that are averaged.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// How they were judged.
    pub counts: Counts,
    /// Average round trip.
    pub round_trip_ms: Option<f64>,
    /// Average jitter.
    pub jitter_ms: Option<f64>,
    /// Average packet loss.
    pub packet_loss_ratio: Option<f64>,
}

/// A mean in the making: a sum of whole units of 10^-12, so that no order of adding changes a digit and
/// decimals as exports have them are exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    units: i128,
    n: u64,
}

const UNITS_PER_ONE: f64 = 1e12;

impl Mean {
    /// Adds the mean value of so many streams.
    fn add(&mut self, value: Option<f64>, n: u64) {
        if let Some(value) = value {
            let units = (value * UNITS_PER_ONE).round() as i128;
            self.units = self
                .units
                .saturating_add(units.saturating_mul(i128::from(n)));
            self.n += n;
        }
    }

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

impl Tally {
    /// Adds a stream, or the streams behind a row.
    pub fn add(&mut self, stream: &Measured) {
        self.counts.add(stream.counts);
        let n = stream.counts.all();
        self.round_trip_ms.add(stream.round_trip_ms, n);
        self.jitter_ms.add(stream.jitter_ms, n);
        self.packet_loss_ratio.add(stream.packet_loss_ratio, n);
    }

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

    proptest! {
        #[test]
        fn no_order_of_adding_changes_a_mean(values in prop::collection::vec(0.0..1e6f64, 1..50), cut in 0usize..50) {
            let mean = |values: &[f64]| {
                let mut mean = Mean::default();
                for value in values {
                    mean.add(Some(*value), 1);
                }
                mean
            };
            let forward = mean(&values);
            let (left, right) = values.split_at(cut.min(values.len()));
            let mut joined = mean(right);
            joined.merge(mean(left));
            prop_assert_eq!(forward, joined);
            let expected = values.iter().sum::<f64>() / values.len() as f64;
            let found = forward.value().expect("there are values");
            prop_assert!((found - expected).abs() <= expected.abs() * 1e-9 + 1e-9);
        }
    }
}
