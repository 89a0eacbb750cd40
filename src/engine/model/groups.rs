//! Rows that stand for many streams.

use crate::protocol::{Media, Verdict};

/// How the streams behind a row were judged by the service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Streams judged Good.
    pub good: u64,
    /// Streams judged Poor.
    pub poor: u64,
    /// Streams of which that is not known.
    pub unclassified: u64,
}

impl Counts {
    /// One stream of this verdict.
    pub fn one(verdict: Verdict) -> Self {
        let mut counts = Self::default();
        match verdict {
            Verdict::Good => counts.good = 1,
            Verdict::Poor => counts.poor = 1,
            Verdict::Unclassified => counts.unclassified = 1,
        }
        counts
    }

    /// So many streams by the numbers of their verdicts.
    pub fn of(by_verdict: [u64; 3]) -> Self {
        let of = |verdict: Verdict| by_verdict[verdict as usize];
        Self {
            good: of(Verdict::Good),
            poor: of(Verdict::Poor),
            unclassified: of(Verdict::Unclassified),
        }
    }

    /// Adds more streams.
    pub fn add(&mut self, other: Self) {
        self.good += other.good;
        self.poor += other.poor;
        self.unclassified += other.unclassified;
    }

    /// All streams.
    pub fn all(self) -> u64 {
        self.good + self.poor + self.unclassified
    }
}

/// The streams behind each row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Audio streams of each row.
    pub audio: Vec<Counts>,
    /// Streams of all media of each row.
    pub all: Vec<Counts>,
}

impl Groups {
    /// The streams of the chosen media of each row.
    pub fn of(&self, media: Media) -> &[Counts] {
        match media {
            Media::Audio => &self.audio,
            Media::All => &self.all,
        }
    }

    /// How much memory the counts take.
    pub fn n_bytes(&self) -> usize {
        (self.audio.capacity() + self.all.capacity()) * size_of::<Counts>()
    }
}
