//! The presets: which limits apply to which media type.

use callscope_kernel::limits::Limit;

use super::metrics::Metric;
use crate::protocol::{Classifier, Limits, RuleCode};

/// A limit of one metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Named for the bad thing.
    pub code: RuleCode,
    /// What is compared.
    pub metric: Metric,
    /// Beyond it is bad.
    pub limit: Limit,
    /// The rule is left out for the SATIN codec, to which the metric does not apply.
    pub not_for_satin: bool,
}

/// How the rules of a media type work together.
#[derive(Debug, Clone, PartialEq)]
pub enum Rules {
    /// Poor if any limit is passed; Good if none is and at least one value is there.
    AnyOf(Vec<Rule>),
    /// The first metric that is there decides.
    FirstOf(Vec<Rule>),
    /// Screen sharing since 2024: by direction and codec.
    Sharing2024,
    /// Frame rate and picture height together.
    FramesAndHeight,
    /// Not judged.
    None,
}

/// The limits of one preset.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// For audio.
    pub audio: Rules,
    /// For video.
    pub video: Rules,
    /// For video-based screen sharing.
    pub vbss: Rules,
    /// For screen sharing by remote desktop.
    pub app_sharing: Rules,
    /// A stream is Poor only with more packets than this, where the export counts them.
    pub audio_packets: Option<f64>,
    /// The same for video.
    pub video_packets: Option<f64>,
}

const fn rule(code: RuleCode, metric: Metric, limit: Limit) -> Rule {
    Rule {
        code,
        metric,
        limit,
        not_for_satin: false,
    }
}

/// An answer takes noticeably long. Limit: audio classifier of the dashboard.
const HIGH_ROUND_TRIP: Rule = rule(
    RuleCode::HighRoundTrip,
    Metric::RoundTripMs,
    Limit::Above(500.0),
);
/// More than a tenth of the packets never arrives. Limit: likewise.
const HIGH_PACKET_LOSS: Rule = rule(
    RuleCode::HighPacketLoss,
    Metric::PacketLossRatio,
    Limit::Above(0.1),
);
/// Packets arrive unevenly; beyond this the jitter buffer drops or stretches audio. Limit: likewise.
const HIGH_JITTER: Rule = rule(RuleCode::HighJitter, Metric::JitterMs, Limit::Above(30.0));
/// The network took a whole point of the mean opinion score. Limit: dashboard until August 2021.
const HIGH_DEGRADATION: Rule = Rule {
    not_for_satin: true,
    ..rule(
        RuleCode::HighDegradation,
        Metric::DegradationMos,
        Limit::Above(1.0),
    )
};
/// More than 7 % of the sound was made up to hide gaps. Limit: likewise.
const HIGH_CONCEALMENT: Rule = Rule {
    not_for_satin: true,
    ..rule(
        RuleCode::HighConcealment,
        Metric::ConcealedRatio,
        Limit::Above(0.07),
    )
};
/// Half of the pictures never came. Limit: video classifier of the dashboard.
pub(super) const HIGH_FRAME_LOSS: Rule = rule(
    RuleCode::HighFrameLoss,
    Metric::FrameLossPercent,
    Limit::Above(50.0),
);
/// Loss that correction could not mend. Limit: likewise.
const HIGH_POST_FEC_LOSS: Rule = rule(
    RuleCode::HighPostFecLoss,
    Metric::PostFecLossRatio,
    Limit::Above(0.15),
);
/// Tiles of the shared screen that were out of date when shown. Limit: sharing classifier.
const MANY_SPOILED_TILES: Rule = rule(
    RuleCode::ManySpoiledTiles,
    Metric::SpoiledTilesPercent,
    Limit::Above(36.0),
);
/// Tiles of the shared screen took long to work out. Limit: likewise.
const SLOW_TILES: Rule = rule(
    RuleCode::SlowTiles,
    Metric::TileLatencyMs,
    Limit::Above(400.0),
);
/// The shared screen comes late. Limit: likewise, in seconds; one old page has it as ms by mistake.
const SLOW_ONE_WAY: Rule = rule(
    RuleCode::SlowOneWay,
    Metric::OneWaySeconds,
    Limit::Above(1.75),
);

/// Pictures come too slowly to look like movement.
const fn low_frame_rate(limit: f64) -> Rule {
    rule(
        RuleCode::LowFrameRate,
        Metric::FrameRate,
        Limit::Below(limit),
    )
}

/// The shared screen stands still. Limit: sharing classifier of 2024.
pub(super) const LOW_SHARING_FRAME_RATE: Rule = low_frame_rate(1.0);

fn frames(rate_limit: f64) -> Rules {
    Rules::FirstOf(vec![
        HIGH_FRAME_LOSS,
        low_frame_rate(rate_limit),
        HIGH_POST_FEC_LOSS,
    ])
}

fn tiles() -> Rules {
    Rules::AnyOf(vec![MANY_SPOILED_TILES, SLOW_TILES, SLOW_ONE_WAY])
}

fn audio() -> Vec<Rule> {
    vec![HIGH_ROUND_TRIP, HIGH_PACKET_LOSS, HIGH_JITTER]
}

/// The rules of a preset.
pub fn preset(classifier: Classifier) -> Preset {
    match classifier {
        Classifier::CqdCurrent => Preset {
            audio: Rules::AnyOf(audio()),
            video: frames(7.0),
            vbss: Rules::Sharing2024,
            app_sharing: tiles(),
            audio_packets: Some(500.0),
            video_packets: Some(500.0),
        },
        Classifier::Cqd2018 => Preset {
            audio: Rules::AnyOf([audio(), vec![HIGH_DEGRADATION, HIGH_CONCEALMENT]].concat()),
            video: frames(7.0),
            vbss: frames(2.0),
            app_sharing: tiles(),
            audio_packets: None,
            video_packets: None,
        },
        // https://github.com/OfficeDev/microsoft-teams-apps-callrecord-insights, Configure.kql
        Classifier::CallRecordInsights => Preset {
            audio: Rules::AnyOf(audio()),
            video: frames(7.0),
            vbss: frames(2.0),
            app_sharing: frames(2.0),
            audio_packets: Some(1000.0),
            video_packets: None,
        },
        // https://learn.microsoft.com/microsoftteams/use-real-time-telemetry-to-troubleshoot-poor-meeting-quality
        Classifier::RealTimeAnalytics => Preset {
            audio: Rules::AnyOf(vec![
                Rule {
                    limit: Limit::From(500.0),
                    ..HIGH_ROUND_TRIP
                },
                Rule {
                    limit: Limit::From(0.05),
                    ..HIGH_PACKET_LOSS
                },
                Rule {
                    limit: Limit::From(30.0),
                    ..HIGH_JITTER
                },
                rule(
                    RuleCode::LowAudioBitRate,
                    Metric::AudioBitPerSecond,
                    Limit::UpTo(24_000.0),
                ),
            ]),
            video: Rules::FramesAndHeight,
            vbss: Rules::None,
            app_sharing: Rules::None,
            audio_packets: None,
            video_packets: None,
        },
        Classifier::Custom(limits) => custom(&limits),
    }
}

fn custom(limits: &Limits) -> Preset {
    let with = |limit: Option<f64>, rule: Rule| {
        limit.map(|limit| Rule {
            limit: Limit::Above(limit),
            not_for_satin: false,
            ..rule
        })
    };
    let rules = [
        with(limits.round_trip_ms, HIGH_ROUND_TRIP),
        with(limits.packet_loss_ratio, HIGH_PACKET_LOSS),
        with(limits.jitter_ms, HIGH_JITTER),
        with(limits.degradation_mos, HIGH_DEGRADATION),
        with(limits.concealed_ratio, HIGH_CONCEALMENT),
    ];
    Preset {
        audio: Rules::AnyOf(rules.into_iter().flatten().collect()),
        audio_packets: limits.packets,
        // The user's limits are for audio; the rest is judged as the dashboard does today.
        ..preset(Classifier::CqdCurrent)
    }
}
