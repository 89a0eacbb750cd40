//! Goes over all streams of the chosen media once and adds them up by group.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::{
    facts::Sources,
    person::NOBODY,
    places::PlaceCode,
    tally::{AVERAGED, Measured, Sums, Tally, Units},
};
use crate::engine::quality::Metrics;
use crate::protocol::{Choices, Ends, Verdict};

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

/// Calls `each` for every stream of the chosen media and days.
#[inline]
pub(crate) fn each_stream(
    sources: Sources<'_>,
    choices: &Choices,
    mut each: impl FnMut(&Stream, &Measured<'_>),
) {
    let selection = sources.selection(choices);
    let is_first_counted = choices.ends == Ends::EachClient;
    for (table, streams) in sources.tables.iter().enumerate() {
        let metrics = Metrics::new(streams);
        let columns = AVERAGED.map(|metric| metrics.plain(metric));
        let values_of = |row: usize| match columns {
            [Some(one), Some(two), Some(three)] => [one[row], two[row], three[row]],
            _ => AVERAGED.map(|metric| metrics.exactly(metric, row).unwrap_or(f64::NAN)),
        };
        let [first_places, second_places] = &sources.facts.places().at_ends[table];
        let [first_people, second_people] = &sources.facts.people().at_ends[table];
        let verdicts = &sources.facts.verdicts()[table];
        let groups = streams
            .groups
            .as_ref()
            .map(|groups| groups.of(choices.media));
        selection.tables[table].for_each(|row| {
            let first = if is_first_counted {
                first_places[row]
            } else {
                PlaceCode::NOT_COUNTED
            };
            let stream = Stream {
                table,
                row,
                places: [first, second_places[row]],
                people: [first_people[row], second_people[row]],
            };
            let measured = Measured {
                verdict: verdicts.get(row).copied().unwrap_or(Verdict::Unclassified),
                many: groups.map(|groups| &groups[row]),
                units: values_of(row).map(Units::new),
            };
            each(&stream, &measured);
        });
    }
}

/// Tallies by group. An end in no group is left out; a stream with both ends in one group counts once.
pub(crate) struct Groups {
    sums: Vec<Sums>,
    people: Vec<Vec<u32>>,
    seen: PairSet,
}

impl Groups {
    /// So many groups, for so many people.
    pub(crate) fn new(n_groups: usize, n_people: usize) -> Self {
        Self {
            sums: vec![Sums::default(); n_groups],
            people: vec![Vec::new(); n_groups],
            seen: PairSet::new(n_people),
        }
    }

    /// Adds a stream to the groups of its ends.
    #[inline]
    pub(crate) fn add(
        &mut self,
        stream: &Stream,
        measured: &Measured<'_>,
        [first, second]: [Option<usize>; 2],
    ) {
        if let Some(group) = first {
            self.sums[group].add(measured);
            self.see(group, stream.people[0]);
        }
        if let Some(group) = second {
            if first != second {
                self.sums[group].add(measured);
            }
            self.see(group, stream.people[1]);
        }
    }

    #[inline]
    fn see(&mut self, group: usize, person: u32) {
        if person != NOBODY && self.seen.insert(group, person) {
            self.people[group].push(person);
        }
    }

    /// The tallies, group by group.
    pub(crate) fn finish(self) -> Vec<Tally> {
        let groups = self.sums.into_iter().zip(self.people);
        groups.map(|(sums, people)| sums.tally(people)).collect()
    }
}

/// Pairs of group and person that were seen. Most people are in few groups: those stand with the person, as
/// a table of all pairs would be too wide for the memory that is near.
struct PairSet {
    few: Vec<[u32; N_FEW]>,
    others: HashSet<(u32, u32), FixedState>,
}

const N_FEW: usize = 4;
const NO_GROUP: u32 = u32::MAX;

impl PairSet {
    fn new(n_people: usize) -> Self {
        Self {
            few: vec![[NO_GROUP; N_FEW]; n_people],
            others: HashSet::default(),
        }
    }

    /// Whether the pair is new.
    #[inline]
    fn insert(&mut self, group: usize, person: u32) -> bool {
        let group = group as u32;
        for known in &mut self.few[person as usize] {
            if *known == group {
                return false;
            }
            if *known == NO_GROUP {
                *known = group;
                return true;
            }
        }
        self.others.insert((group, person))
    }
}
