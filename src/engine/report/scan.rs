//! Goes over all streams of the chosen media once and adds them up by group.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::{
    facts::Sources,
    places::PlaceCode,
    tally::{Measured, Tally},
};
use crate::engine::model::groups::Counts;
use crate::engine::quality::{MediaColumn, Metric, Metrics};
use crate::protocol::{Choices, Ends, Media};

/// A stream as the scan comes by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream {
    /// Index of its export.
    pub table: usize,
    /// Its row.
    pub row: usize,
    /// Where its ends were; `NOT_COUNTED` for ends that the choices leave out.
    pub places: [PlaceCode; 2],
    /// Who was at its ends.
    pub people: [u32; 2],
}

/// Calls `each` for every stream of the chosen media.
pub(crate) fn each_stream(
    sources: Sources<'_>,
    choices: &Choices,
    mut each: impl FnMut(&Stream, &Measured),
) {
    for (table, streams) in sources.tables.iter().enumerate() {
        let media = MediaColumn::new(streams);
        let metrics = Metrics::new(streams);
        let places = &sources.facts.places()[table];
        let people = &sources.facts.people().at_ends[table];
        let verdicts = &sources.facts.verdicts()[table];
        let outcome = &sources.outcomes[table];
        for row in 0..streams.n_rows {
            if !outcome.counts(row) || !media.is_chosen(choices.media, row) {
                continue;
            }
            let first = match choices.ends {
                Ends::EachClient => places[0][row],
                Ends::SecondOnly => PlaceCode::NOT_COUNTED,
            };
            let stream = Stream {
                table,
                row,
                places: [first, places[1][row]],
                people: [people[0][row], people[1][row]],
            };
            let measured = Measured {
                counts: match &streams.groups {
                    None => Counts::one(verdicts[row]),
                    Some(groups) => match choices.media {
                        Media::Audio => groups.audio[row],
                        Media::All => groups.all[row],
                    },
                },
                round_trip_ms: metrics.exactly(Metric::RoundTripMs, row),
                jitter_ms: metrics.exactly(Metric::JitterMs, row),
                packet_loss_ratio: metrics.exactly(Metric::PacketLossRatio, row),
            };
            each(&stream, &measured);
        }
    }
}

/// Tallies by group. An end in no group is left out; a stream with both ends in one group counts once.
pub(crate) struct Groups {
    tallies: Vec<Tally>,
    people: PairSet,
}

impl Groups {
    /// So many groups, for so many people.
    pub(crate) fn new(n_groups: usize, n_people: usize) -> Self {
        Self {
            tallies: vec![Tally::default(); n_groups],
            people: PairSet::new(n_groups, n_people),
        }
    }

    /// Adds a stream to the groups of its ends.
    pub(crate) fn add(&mut self, stream: &Stream, measured: &Measured, groups: [Option<usize>; 2]) {
        for (idx, group) in groups.into_iter().enumerate() {
            let Some(group) = group else { continue };
            let is_second_time = idx == 1 && groups[0] == Some(group);
            let tally = &mut self.tallies[group];
            if !is_second_time {
                tally.add(measured);
            }
            let person = stream.people[idx];
            if person != super::person::NOBODY && self.people.insert(group, person) {
                tally.people.push(person);
            }
        }
    }

    /// The tallies, group by group.
    pub(crate) fn finish(self) -> Vec<Tally> {
        self.tallies
    }
}

/// Pairs of group and person that were seen: a bit each, or a hash set where that would take too much.
enum PairSet {
    Bits { n_people: usize, words: Vec<u64> },
    Hashes(HashSet<(usize, u32), FixedState>),
}

/// 16 MiB of bits.
const MAX_PAIRS_AS_BITS: usize = 1 << 27;

impl PairSet {
    fn new(n_groups: usize, n_people: usize) -> Self {
        match n_groups.checked_mul(n_people) {
            Some(n_pairs) if n_pairs <= MAX_PAIRS_AS_BITS => Self::Bits {
                n_people,
                words: vec![0; n_pairs.div_ceil(64)],
            },
            _ => Self::Hashes(HashSet::default()),
        }
    }

    /// Whether the pair is new.
    fn insert(&mut self, group: usize, person: u32) -> bool {
        match self {
            Self::Bits { n_people, words } => {
                let pair = group * *n_people + person as usize;
                let bit = 1 << (pair % 64);
                let is_new = words[pair / 64] & bit == 0;
                words[pair / 64] |= bit;
                is_new
            }
            Self::Hashes(pairs) => pairs.insert((group, person)),
        }
    }
}
