//! Judges streams by a preset: each by itself, with reasons, or all of an export together (`verdicts`).
//!
//! Exports are often partial. Read so: a value that is missing neither passes a limit nor keeps one; a
//! stream is Poor if a value that is there passes its limit, Good if at least one is there and none
//! does, else Unclassified. Where a limit is passed by too few packets, nothing can be said.

mod verdicts;

use callscope_kernel::limits::Limit;

use super::{
    media::{MediaColumn, MediaType},
    metrics::{Metric, Metrics},
    presets::{HIGH_FRAME_LOSS, LOW_SHARING_FRAME_RATE, Preset, Rule, Rules},
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

/// Takes down the rules behind a verdict; nothing where only the verdict is asked for.
trait Reasons {
    fn push(&mut self, rule: RuleCode);
}

impl Reasons for Vec<RuleCode> {
    fn push(&mut self, rule: RuleCode) {
        Vec::push(self, rule);
    }
}

struct NotAsked;

impl Reasons for NotAsked {
    fn push(&mut self, _: RuleCode) {}
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
                .filter(|failed| failed.any(|failed| failed))
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

    /// Judges the stream of a row, and says why.
    pub fn judge(&self, preset: &Preset, row: usize) -> Judgment {
        let mut rules = Vec::new();
        Judgment {
            verdict: self.decide(preset, row, &mut rules),
            rules,
        }
    }

    fn is_failed(&self, row: usize) -> bool {
        self.failed.iter().any(|failed| failed.at(row))
    }

    fn decide(&self, preset: &Preset, row: usize, reasons: &mut impl Reasons) -> Verdict {
        if self.is_failed(row) {
            reasons.push(RuleCode::ConnectionFailed);
            return Verdict::Unclassified;
        }
        let (rules, min_packets) = match self.media.of(row) {
            MediaType::Audio => (&preset.audio, preset.audio_packets),
            MediaType::Video => (&preset.video, preset.video_packets),
            MediaType::Vbss => (&preset.vbss, None),
            MediaType::AppSharing => (&preset.app_sharing, None),
            MediaType::Other => (&Rules::None, None),
        };
        let verdict = self.by_rules(rules, row, reasons);
        if verdict == Verdict::Poor && !self.has_packets(min_packets, row) {
            reasons.push(RuleCode::TooFewPackets);
            return Verdict::Unclassified;
        }
        verdict
    }

    fn has_packets(&self, min_packets: Option<f64>, row: usize) -> bool {
        let Some(min_packets) = min_packets else {
            return true;
        };
        if !self.metrics.has(Metric::Packets) {
            return true;
        }
        let packets = self.metrics.at(Metric::Packets, row);
        packets.and_then(|packets| is_passed(Limit::Above(min_packets), packets)) == Some(true)
    }

    fn by_rules(&self, rules: &Rules, row: usize, reasons: &mut impl Reasons) -> Verdict {
        match rules {
            Rules::AnyOf(rules) => {
                let is_satin = || self.is_satin.as_ref().is_some_and(|flag| flag.at(row));
                let rules = rules
                    .iter()
                    .filter(|rule| !(rule.not_for_satin && is_satin()));
                self.any_of(rules, row, reasons)
            }
            Rules::FirstOf(rules) => self.first_of(rules, row, reasons),
            Rules::Sharing2024 => self.first_of(self.sharing_2024(row), row, reasons),
            Rules::FramesAndHeight => self.frames_and_height(row, reasons),
            Rules::None => {
                reasons.push(RuleCode::MediaNotJudged);
                Verdict::Unclassified
            }
        }
    }

    fn any_of<'rule>(
        &self,
        rules: impl Iterator<Item = &'rule Rule>,
        row: usize,
        reasons: &mut impl Reasons,
    ) -> Verdict {
        let mut verdict = Verdict::Unclassified;
        for rule in rules {
            match self.is_bad(rule, row) {
                Some(true) => {
                    reasons.push(rule.code);
                    verdict = Verdict::Poor;
                }
                Some(false) if verdict == Verdict::Unclassified => verdict = Verdict::Good,
                Some(false) | None => {}
            }
        }
        if verdict == Verdict::Unclassified {
            reasons.push(RuleCode::NoMetrics);
        }
        verdict
    }

    fn first_of(&self, rules: &[Rule], row: usize, reasons: &mut impl Reasons) -> Verdict {
        let first = rules.iter().find(|rule| self.is_bad(rule, row).is_some());
        self.any_of(first.into_iter(), row, reasons)
    }

    /// Inbound and not H264S: frame loss; outbound, or H264S either way: frame rate. Where the export
    /// does not say the direction, the metric that is there decides, frame loss first.
    fn sharing_2024(&self, row: usize) -> &'static [Rule] {
        let Some(is_outbound) = &self.is_outbound else {
            return &[HIGH_FRAME_LOSS, LOW_SHARING_FRAME_RATE];
        };
        let is_h264s = self.is_h264s.as_ref().is_some_and(|flag| flag.at(row));
        if is_outbound.at(row) || is_h264s {
            &[LOW_SHARING_FRAME_RATE]
        } else {
            &[HIGH_FRAME_LOSS]
        }
    }

    /// Good are 25 to 30 frames a second at 360 lines or more, or 7 to 15 at 270 or fewer.
    fn frames_and_height(&self, row: usize, reasons: &mut impl Reasons) -> Verdict {
        let rate = self.metrics.exactly(Metric::FrameRate, row);
        let height = self.metrics.exactly(Metric::FrameHeight, row);
        let (Some(rate), Some(height)) = (rate, height) else {
            reasons.push(RuleCode::NoMetrics);
            return Verdict::Unclassified;
        };
        let is_good = (25.0..=30.0).contains(&rate) && height >= 360.0
            || (7.0..=15.0).contains(&rate) && height <= 270.0;
        if is_good {
            Verdict::Good
        } else {
            reasons.push(RuleCode::OddFrameRateOrSize);
            Verdict::Poor
        }
    }

    /// Whether the rule's value is bad; `None` if the export does not say.
    fn is_bad(&self, rule: &Rule, row: usize) -> Option<bool> {
        is_passed(rule.limit, self.metrics.at(rule.metric, row)?)
    }
}

/// Whether the reading passes the limit. A range tells only if it lies on one side of it as a whole; one that begins
/// at a limit lies above it.
fn is_passed(limit: Limit, reading: Reading) -> Option<bool> {
    match (limit, reading) {
        (_, Reading::Exactly(value)) => Some(limit.is_passed_by(value)),
        (Limit::Above(limit) | Limit::From(limit), Reading::Between(low, high)) => {
            if low >= limit {
                Some(true)
            } else {
                (high <= limit).then_some(false)
            }
        }
        (Limit::Below(limit) | Limit::UpTo(limit), Reading::Between(low, high)) => {
            if high <= limit {
                Some(true)
            } else {
                (low >= limit).then_some(false)
            }
        }
    }
}
