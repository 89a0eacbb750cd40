//! How the user wants streams counted and judged. Every request carries all of it.

use serde::{Deserialize, Serialize};

/// The support roles of Microsoft Teams, from the one that sees least to the one that sees all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// Teams communications support specialist (Tier 1).
    Specialist,
    /// Teams communications support engineer (Tier 2).
    Engineer,
    /// Teams administrator: everything as the export holds it.
    #[default]
    Administrator,
}

/// Which media types are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Media {
    /// Streams whose media type is Audio.
    #[default]
    Audio,
    /// Streams of every media type.
    All,
}

/// The preset that decides whether a stream is Good, Poor or Unclassified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub enum Classifier {
    /// Call Quality Dashboard as documented today.
    #[default]
    CqdCurrent,
    /// Call Quality Dashboard from 2018 to August 2021: five audio metrics.
    Cqd2018,
    /// Microsoft's Call Record Insights sample.
    CallRecordInsights,
    /// The limits of real-time analytics.
    RealTimeAnalytics,
    /// Limits that the user chose.
    Custom(Limits),
}

/// The user's own audio limits. A stream is poor beyond any of them; `None` leaves a metric out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Average round trip in milliseconds.
    pub round_trip_ms: Option<f64>,
    /// Average packet loss as a fraction, 0 to 1.
    pub packet_loss_ratio: Option<f64>,
    /// Average jitter in milliseconds.
    pub jitter_ms: Option<f64>,
    /// Average network degradation of the mean opinion score, 0 to 5.
    pub degradation_mos: Option<f64>,
    /// Average share of concealed samples, 0 to 1.
    pub concealed_ratio: Option<f64>,
    /// A stream is poor only with more packets than this.
    pub packets: Option<f64>,
}

/// How an end of a stream finds its building.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mapping {
    /// Address and subnet by longest prefix, then the public address.
    #[default]
    MostSpecific,
    /// The reported subnet only, as the Call Quality Dashboard does.
    SameAsCqd,
}

/// Which ends of a stream count for a building.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ends {
    /// Each client end; once if both are in the same building.
    #[default]
    EachClient,
    /// The second end only: the reading of the dashboard's own templates.
    SecondOnly,
}

/// The days whose streams count, in UTC. A stream belongs to the day on which it ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first one, in days since 1970-01-01; `None` for no limit.
    pub first: Option<i32>,
    /// The last one.
    pub last: Option<i32>,
}

impl Days {
    /// Whether some days are left out.
    pub fn is_limited(self) -> bool {
        self != Self::default()
    }
}

/// Everything that changes what a figure means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// Which media types are counted.
    pub media: Media,
    /// What makes a stream poor.
    pub classifier: Classifier,
    /// How an end finds its building.
    pub mapping: Mapping,
    /// Which ends count.
    pub ends: Ends,
    /// Which days count. Not for the specialist.
    pub days: Days,
}
