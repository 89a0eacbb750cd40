//! Good, Poor or Unclassified, and why. Knows streams, not people or places.
//!
//! A limit itself is still good: all comparisons are strict, unless a rule says otherwise. Inputs are
//! averages over the stream. Source of the limits, unless said otherwise:
//! <https://learn.microsoft.com/microsoftteams/stream-classification-in-call-quality-dashboard>.

mod classify;
mod media;
mod metrics;
mod presets;
mod wilson;

pub use classify::{Judge, Judgment};
pub use media::{MediaColumn, MediaType};
pub use metrics::{Metric, Metrics, can_be_judged, is_measured};
pub use presets::{Preset, preset};
pub use wilson::poor_rate;
