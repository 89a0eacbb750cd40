//! The measured values that rules look at, whatever column an export has them in.

use crate::engine::fields::{FieldId, fields};
use crate::engine::formats::cell::{self, Reading};
use crate::engine::model::{by_code::ByCode, column::Column, numbers::Numbers, streams::Streams};

/// A measured value of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the value of that name, with its unit"
)]
pub enum Metric {
    RoundTripMs,
    PacketLossRatio,
    JitterMs,
    DegradationMos,
    ConcealedRatio,
    Packets,
    AudioBitPerSecond,
    FrameLossPercent,
    FrameRate,
    PostFecLossRatio,
    FrameHeight,
    SpoiledTilesPercent,
    TileLatencyMs,
    OneWaySeconds,
}

/// For each metric, the fields that carry it: the average of the stream, else the dimension of the
/// same value, which may be a range.
const COLUMNS: [(Metric, &[&str]); 14] = [
    (Metric::RoundTripMs, &["Avg Round Trip", "Round Trip"]),
    (
        Metric::PacketLossRatio,
        &["Avg Packet Loss Rate", "Packet Loss Rate"],
    ),
    (Metric::JitterMs, &["Avg Jitter", "Jitter"]),
    (
        Metric::DegradationMos,
        &["Avg Audio Degradation", "Audio Degradation Avg"],
    ),
    (
        Metric::ConcealedRatio,
        &["Avg Ratio Concealed Samples", "Ratio Concealed Samples Avg"],
    ),
    (
        Metric::Packets,
        &["Avg Packet Utilization", "Packet Utilization"],
    ),
    (Metric::AudioBitPerSecond, &["Outbound Bit Rate Avg"]),
    (
        Metric::FrameLossPercent,
        &[
            "Avg Video Local Frame Loss Percentage",
            "Video Local Frame Loss Percentage Avg",
        ],
    ),
    (
        Metric::FrameRate,
        &["Avg Video Frame Rate", "Video Frame Rate Avg"],
    ),
    (
        Metric::PostFecLossRatio,
        &["Avg Video Post FECPLR", "Video Post FECPLR"],
    ),
    (
        Metric::FrameHeight,
        &[
            "Second Recv Resolution Height",
            "First Recv Resolution Height",
        ],
    ),
    (
        Metric::SpoiledTilesPercent,
        &[
            "Avg AppSharing Spoiled Tile Percent Total",
            "Spoiled Tile Percent Total",
        ],
    ),
    (
        Metric::TileLatencyMs,
        &[
            "Avg AppSharing RDP Tile Processing Latency",
            "AppSharing RDP Tile Processing Latency Average",
        ],
    ),
    (
        Metric::OneWaySeconds,
        &[
            "Avg AppSharing Relative OneWay",
            "AppSharing Relative OneWay Average",
        ],
    ),
];

/// The metrics by which the default preset judges audio, video and sharing.
const JUDGED: [Metric; 9] = [
    Metric::RoundTripMs,
    Metric::PacketLossRatio,
    Metric::JitterMs,
    Metric::FrameLossPercent,
    Metric::FrameRate,
    Metric::PostFecLossRatio,
    Metric::SpoiledTilesPercent,
    Metric::TileLatencyMs,
    Metric::OneWaySeconds,
];

/// Whether an export has any field by which the default preset judges; without one no stream has a verdict.
pub fn can_be_judged(streams: &Streams) -> bool {
    let has = |name: &&'static str| streams.columns.contains_key(&fields().named(name));
    JUDGED
        .iter()
        .any(|metric| COLUMNS[*metric as usize].1.iter().any(has))
}

/// Whether a field carries a metric. None of these is ever below 0.
pub fn is_measured(field: FieldId) -> bool {
    let mut names = COLUMNS.iter().flat_map(|(_, names)| *names);
    names.any(|name| fields().named(name) == field)
}

/// All metrics of an export.
pub struct Metrics<'streams> {
    columns: Vec<MetricColumns<'streams>>,
}

/// The columns of an export that carry a metric.
enum MetricColumns<'streams> {
    /// One of numbers, as nearly always.
    Numbers(&'streams Numbers),
    /// None or several, of which the first one that says something counts.
    Any(Vec<MetricColumn<'streams>>),
}

enum MetricColumn<'streams> {
    Numbers(&'streams Numbers),
    /// Ranges, or numbers in a column of ranges; read once for each distinct text.
    Readings(ByCode<'streams, Option<Reading>>),
}

impl<'streams> Metrics<'streams> {
    /// The metrics of these streams.
    pub fn new(streams: &'streams Streams) -> Self {
        let columns_of = |names: &[&'static str]| {
            let columns: Vec<_> = names
                .iter()
                .filter_map(|name| {
                    let field = fields().named(name);
                    let is_percent = fields().get(field).unit == "percent";
                    Some((is_percent, streams.columns.get(&field)?))
                })
                .filter_map(|(is_percent, column)| match column {
                    Column::Number(values) => Some(MetricColumn::Numbers(values)),
                    Column::Text(text) => {
                        let measured = |cell: &[u8]| {
                            cell::reading(cell, is_percent).filter(Reading::is_measured)
                        };
                        Some(MetricColumn::Readings(ByCode::new(text, measured)))
                    }
                    Column::Time(_) => None,
                })
                .collect();
            match columns.as_slice() {
                [MetricColumn::Numbers(values)] => MetricColumns::Numbers(values),
                _ => MetricColumns::Any(columns),
            }
        };
        Self {
            columns: COLUMNS.iter().map(|(_, names)| columns_of(names)).collect(),
        }
    }

    /// The value of a row, if the export says it.
    #[inline]
    pub fn at(&self, metric: Metric, row: usize) -> Option<Reading> {
        match &self.columns[metric as usize] {
            MetricColumns::Numbers(values) => exactly(values, row),
            MetricColumns::Any(columns) => first_of(columns, row),
        }
    }

    /// The value of a row, if the export says it exactly: a range is no value to take a mean of.
    #[inline]
    pub fn exactly(&self, metric: Metric, row: usize) -> Option<f64> {
        match self.at(metric, row)? {
            Reading::Exactly(value) => Some(value),
            Reading::Between(..) => None,
        }
    }

    /// The values of all rows, not a number where the export does not say, if one column has them all.
    pub fn plain(&self, metric: Metric) -> Option<&'streams Numbers> {
        match &self.columns[metric as usize] {
            MetricColumns::Numbers(values) => Some(values),
            MetricColumns::Any(_) => None,
        }
    }

    /// Whether the export has a column for it at all.
    pub fn has(&self, metric: Metric) -> bool {
        match &self.columns[metric as usize] {
            MetricColumns::Numbers(_) => true,
            MetricColumns::Any(columns) => !columns.is_empty(),
        }
    }
}

fn exactly(values: &Numbers, row: usize) -> Option<Reading> {
    let value = values.get(row);
    (!value.is_nan()).then_some(Reading::Exactly(value))
}

fn first_of(columns: &[MetricColumn<'_>], row: usize) -> Option<Reading> {
    columns.iter().find_map(|column| match column {
        MetricColumn::Numbers(values) => exactly(values, row),
        MetricColumn::Readings(readings) => readings.at(row),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_stands_at_its_own_place() {
        for (idx, (metric, names)) in COLUMNS.iter().enumerate() {
            assert_eq!(*metric as usize, idx);
            for name in *names {
                assert!(fields().id_of(name).is_some(), "{name} is no field");
            }
        }
    }
}
