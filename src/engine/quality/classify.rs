//! Judges one stream by a preset.
//!
//! Exports are often partial. Read so: a value that is missing neither passes a limit nor keeps one; a
//! stream is Poor if a value that is there passes its limit, Good if at least one is there and none
//! does, else Unclassified. Where a limit is passed by too few packets, nothing can be said.

use super::{
    media::{MediaColumn, MediaType},
    metrics::{Metric, Metrics},
    presets::{Bad, HIGH_FRAME_LOSS, LOW_SHARING_FRAME_RATE, Preset, Rule, Rules},
};
use crate::engine::fields::fields;
use crate::engine::formats::cell::Reading;
use crate::engine::model::{by_code::ByCode, streams::Streams};
use crate::protocol::{RuleCode, Verdict};

/// A verdict and the rules behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// What the stream is.
    pub verdict: Verdict,
    /// Limits that were passed; for Unclassified, the reason as well.
    pub rules: Vec<RuleCode>,
}

impl Judgment {
    fn unclassified(reason: RuleCode) -> Self {
        Self {
            verdict: Verdict::Unclassified,
            rules: vec![reason],
        }
    }
}

/// Judges the streams of one export.
pub struct Judge<'streams> {
    metrics: Metrics<'streams>,
    media: MediaColumn<'streams>,
    failed: Vec<Flag<'streams>>,
    is_satin: Option<Flag<'streams>>,
    /// From the second end to the first: outbound for the client.
    is_outbound: Option<Flag<'streams>>,
    is_h264s: Option<Flag<'streams>>,
}

/// A claim about the words of a field, in capitals.
type Flag<'streams> = ByCode<'streams, bool>;

fn flag<'streams>(
    streams: &'streams Streams,
    field: &'static str,
    claim: impl Fn(&str) -> bool,
) -> Option<Flag<'streams>> {
    let column = streams.text(fields().named(field))?;
    let claim = |text: &[u8]| claim(&String::from_utf8_lossy(text).to_ascii_uppercase());
    Some(ByCode::new(column, claim))
}

impl<'streams> Judge<'streams> {
    /// A judge of these streams.
    pub fn new(streams: &'streams Streams) -> Self {
        let failed = [
            "First Connectivity Ice",
            "Second Connectivity Ice",
            "Connectivity Ice Pair",
        ];
        Self {
            metrics: Metrics::new(streams),
            media: MediaColumn::new(streams),
            failed: failed
                .into_iter()
                .filter_map(|field| {
                    flag(streams, field, |word| {
                        word.split(':').any(|side| side.trim() == "FAILED")
                    })
                })
                .collect(),
            is_satin: flag(streams, "Payload Description", |word| {
                word.contains("SATIN")
            }),
            is_outbound: flag(streams, "Stream Direction", |word| {
                word.starts_with("SECOND")
            }),
            is_h264s: flag(streams, "Payload Description", |word| {
                word.contains("H264S")
            }),
        }
    }

    /// The measured values that it judges by.
    pub fn metrics(&self) -> &Metrics<'streams> {
        &self.metrics
    }

    /// The media types that it judges by.
    pub fn media(&self) -> &MediaColumn<'streams> {
        &self.media
    }

    /// Judges the stream of a row.
    pub fn judge(&self, preset: &Preset, row: usize) -> Judgment {
        if self.failed.iter().any(|failed| failed.at(row)) {
            return Judgment::unclassified(RuleCode::ConnectionFailed);
        }
        let (rules, min_packets) = match self.media.of(row) {
            MediaType::Audio => (&preset.audio, preset.audio_packets),
            MediaType::Video => (&preset.video, preset.video_packets),
            MediaType::Vbss => (&preset.vbss, None),
            MediaType::AppSharing => (&preset.app_sharing, None),
            MediaType::Other => return Judgment::unclassified(RuleCode::MediaNotJudged),
        };
        let judgment = self.by_rules(rules, row);
        if judgment.verdict == Verdict::Poor && !self.has_packets(min_packets, row) {
            let mut rules = judgment.rules;
            rules.push(RuleCode::TooFewPackets);
            return Judgment {
                verdict: Verdict::Unclassified,
                rules,
            };
        }
        judgment
    }

    fn has_packets(&self, min_packets: Option<f64>, row: usize) -> bool {
        let Some(min_packets) = min_packets else {
            return true;
        };
        if !self.metrics.has(Metric::Packets) {
            return true;
        }
        let packets = self.metrics.at(Metric::Packets, row);
        packets.and_then(|packets| Bad::Above(min_packets).is_met(packets)) == Some(true)
    }

    fn by_rules(&self, rules: &Rules, row: usize) -> Judgment {
        match rules {
            Rules::AnyOf(rules) => {
                let is_satin = self.is_satin.as_ref().is_some_and(|flag| flag.at(row));
                let rules = rules
                    .iter()
                    .filter(|rule| !(is_satin && rule.not_for_satin));
                self.any_of(rules, row)
            }
            Rules::FirstOf(rules) => self.first_of(rules, row),
            Rules::Sharing2024 => self.sharing_2024(row),
            Rules::FramesAndHeight => self.frames_and_height(row),
            Rules::None => Judgment::unclassified(RuleCode::MediaNotJudged),
        }
    }

    fn any_of<'rule>(&self, rules: impl Iterator<Item = &'rule Rule>, row: usize) -> Judgment {
        let mut passed = Vec::new();
        let mut is_said = false;
        for rule in rules {
            let Some(is_bad) = self.is_bad(rule, row) else {
                continue;
            };
            is_said = true;
            if is_bad {
                passed.push(rule.code);
            }
        }
        match (is_said, passed.is_empty()) {
            (false, _) => Judgment::unclassified(RuleCode::NoMetrics),
            (true, is_good) => Judgment {
                verdict: if is_good {
                    Verdict::Good
                } else {
                    Verdict::Poor
                },
                rules: passed,
            },
        }
    }

    fn first_of(&self, rules: &[Rule], row: usize) -> Judgment {
        let first = rules.iter().find(|rule| self.is_bad(rule, row).is_some());
        self.any_of(first.into_iter(), row)
    }

    /// Inbound and not H264S: frame loss; outbound, or H264S either way: frame rate. Where the export
    /// does not say the direction, the metric that is there decides, frame loss first.
    fn sharing_2024(&self, row: usize) -> Judgment {
        let Some(is_outbound) = &self.is_outbound else {
            return self.first_of(&[HIGH_FRAME_LOSS, LOW_SHARING_FRAME_RATE], row);
        };
        let is_h264s = self.is_h264s.as_ref().is_some_and(|flag| flag.at(row));
        if is_outbound.at(row) || is_h264s {
            self.first_of(&[LOW_SHARING_FRAME_RATE], row)
        } else {
            self.first_of(&[HIGH_FRAME_LOSS], row)
        }
    }

    /// Good are 25 to 30 frames a second at 360 lines or more, or 7 to 15 at 270 or fewer.
    fn frames_and_height(&self, row: usize) -> Judgment {
        let rate = self.metrics.exactly(Metric::FrameRate, row);
        let height = self.metrics.exactly(Metric::FrameHeight, row);
        let (Some(rate), Some(height)) = (rate, height) else {
            return Judgment::unclassified(RuleCode::NoMetrics);
        };
        let is_good = (25.0..=30.0).contains(&rate) && height >= 360.0
            || (7.0..=15.0).contains(&rate) && height <= 270.0;
        if is_good {
            Judgment {
                verdict: Verdict::Good,
                rules: Vec::new(),
            }
        } else {
            Judgment {
                verdict: Verdict::Poor,
                rules: vec![RuleCode::OddFrameRateOrSize],
            }
        }
    }

    /// Whether the rule's value is bad; `None` if the export does not say.
    fn is_bad(&self, rule: &Rule, row: usize) -> Option<bool> {
        rule.is_bad.is_met(self.metrics.at(rule.metric, row)?)
    }
}

impl Bad {
    /// Whether the reading is bad. A range tells only if it lies on one side of the limit as a whole;
    /// one that begins at a limit lies above it.
    fn is_met(self, reading: Reading) -> Option<bool> {
        match (self, reading) {
            (Self::Above(limit), Reading::Exactly(value)) => Some(value > limit),
            (Self::From(limit), Reading::Exactly(value)) => Some(value >= limit),
            (Self::Below(limit), Reading::Exactly(value)) => Some(value < limit),
            (Self::UpTo(limit), Reading::Exactly(value)) => Some(value <= limit),
            (Self::Above(limit) | Self::From(limit), Reading::Between(low, high)) => {
                if low >= limit {
                    Some(true)
                } else {
                    (high <= limit).then_some(false)
                }
            }
            (Self::Below(limit) | Self::UpTo(limit), Reading::Between(low, high)) => {
                if high <= limit {
                    Some(true)
                } else {
                    (low >= limit).then_some(false)
                }
            }
        }
    }
}
