//! Draws the quality figures of one stream: mostly well inside the limits, sometimes beyond one.
//!
//! Limits: <https://learn.microsoft.com/microsoftteams/stream-classification-in-call-quality-dashboard>.

use super::random::Random;
use super::spots::Hazard;

/// What the ends reported; each number in the last decimal that the export shows.
pub(super) struct Figures {
    pub(super) jitter_100th_ms: u32,
    pub(super) jitter_max_100th_ms: u32,
    pub(super) loss_per_100_000: u32,
    /// Absent below a hundred packets.
    pub(super) loss_max_per_100_000: Option<u32>,
    pub(super) round_trip_10th_ms: u32,
    pub(super) round_trip_max_10th_ms: u32,
    pub(super) n_packets: u32,
    pub(super) of_media: MediaFigures,
}

pub(super) enum MediaFigures {
    Audio {
        degradation_100th_mos: u32,
        concealed_per_10_000: u32,
    },
    Video {
        frame_loss_100th_percent: Option<u32>,
        frame_rate_100th: u32,
        lost_after_repair_per_100_000: u32,
    },
    AppSharing {
        spoiled_tiles_100th_percent: u32,
    },
}

#[derive(Copy, Clone, Eq, PartialEq)]
pub(super) enum Media {
    Audio,
    Video,
    Vbss,
    AppSharing,
}

pub(super) struct Circumstances {
    pub(super) media: Media,
    pub(super) seconds: u32,
    pub(super) is_muted: bool,
    pub(super) is_tcp: bool,
    pub(super) round_trip_ms: u32,
    pub(super) hazard: Hazard,
}

pub(super) fn figures(of: &Circumstances, random: &mut Random) -> Figures {
    let is_jittery = random.chance(of.hazard.jitter);
    let is_lossy = random.chance(of.hazard.loss);
    let is_slow = random.chance(of.hazard.round_trip);
    let jitter = if is_jittery {
        3_060 + random.mostly_small(5_200)
    } else {
        120 + random.mostly_small(1_900) + if of.is_tcp { 420 } else { 0 }
    };
    let loss = if is_lossy {
        10_150 + random.mostly_small(24_000)
    } else {
        random.mostly_small(1_600) + if of.is_tcp { 900 } else { 0 }
    };
    let round_trip = if is_slow {
        5_060 + random.mostly_small(7_000)
    } else {
        of.round_trip_ms.min(420) * 10 + random.mostly_small(600)
    };
    let n_packets = if of.is_muted {
        random.between(12, 480)
    } else {
        of.seconds * random.between(38, 50)
    };
    let loss_max = (loss * random.between(16, 40) / 10 + random.mostly_small(1_200)).min(100_000);
    Figures {
        jitter_100th_ms: jitter,
        jitter_max_100th_ms: jitter * random.between(14, 38) / 10,
        loss_per_100_000: loss,
        loss_max_per_100_000: (n_packets >= 100).then_some(loss_max),
        round_trip_10th_ms: round_trip,
        round_trip_max_10th_ms: round_trip * random.between(11, 26) / 10,
        n_packets,
        of_media: media_figures(of.media, is_jittery || is_lossy, random),
    }
}

fn media_figures(media: Media, is_disturbed: bool, random: &mut Random) -> MediaFigures {
    match media {
        Media::Audio => MediaFigures::Audio {
            degradation_100th_mos: if is_disturbed {
                random.between(55, 170)
            } else {
                random.mostly_small(85)
            },
            concealed_per_10_000: if is_disturbed {
                random.between(400, 1_900)
            } else {
                random.mostly_small(500)
            },
        },
        Media::Video | Media::Vbss => {
            let (low, high) = if media == Media::Video {
                (900, 3_000)
            } else {
                (260, 1_500)
            };
            let (stalled_low, stalled_high) = if media == Media::Video {
                (180, 680)
            } else {
                (20, 95)
            };
            let frame_loss = if is_disturbed {
                random.between(5_100, 8_900)
            } else {
                random.mostly_small(1_500)
            };
            MediaFigures::Video {
                frame_loss_100th_percent: random.chance(820).then_some(frame_loss),
                frame_rate_100th: if is_disturbed {
                    random.between(stalled_low, stalled_high)
                } else {
                    random.between(low, high)
                },
                lost_after_repair_per_100_000: if is_disturbed {
                    random.between(15_500, 36_000)
                } else {
                    random.mostly_small(3_000)
                },
            }
        }
        Media::AppSharing => MediaFigures::AppSharing {
            spoiled_tiles_100th_percent: if is_disturbed {
                random.between(3_700, 7_900)
            } else {
                random.mostly_small(2_400)
            },
        },
    }
}
