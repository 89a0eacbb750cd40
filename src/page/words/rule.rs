//! Verdicts and rules in words.

use crate::protocol::{RuleCode, Verdict};

/// The verdict as the Call Quality Dashboard names it.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "Good",
        Verdict::Poor => "Poor",
        Verdict::Unclassified => "Unclassified",
    }
}

/// The rule, named for the bad thing.
pub(crate) fn rule_name(rule: RuleCode) -> &'static str {
    match rule {
        RuleCode::HighRoundTrip => "high round trip",
        RuleCode::HighPacketLoss => "high packet loss",
        RuleCode::HighJitter => "high jitter",
        RuleCode::HighDegradation => "high network degradation",
        RuleCode::HighConcealment => "many concealed samples",
        RuleCode::LowAudioBitRate => "low audio bit rate",
        RuleCode::HighFrameLoss => "high frame loss",
        RuleCode::LowFrameRate => "low frame rate",
        RuleCode::HighPostFecLoss => "high loss after error correction",
        RuleCode::OddFrameRateOrSize => "frame rate or size out of range",
        RuleCode::ManySpoiledTiles => "many spoiled tiles",
        RuleCode::SlowTiles => "slow tiles",
        RuleCode::SlowOneWay => "slow one way",
        RuleCode::TooFewPackets => "too few packets",
        RuleCode::ConnectionFailed => "connection failed",
        RuleCode::NoMetrics => "no measurements",
        RuleCode::MediaNotJudged => "media not judged",
    }
}
