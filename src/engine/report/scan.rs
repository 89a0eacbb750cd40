//! Goes over the streams that count once and adds them up by group.
//!
//! Rows are taken in blocks, and of each block one column after the other: a loop that does one thing keeps all
//! it needs at hand.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::{
    facts::Sources,
    person::NOBODY,
    places::PlaceCode,
    selection::Rows,
    tally::{AVERAGED, Sums, Tally},
};
use crate::engine::model::streams::Streams;
use crate::engine::quality::Metrics;
use crate::protocol::{Choices, Ends, Media, Verdict};

/// An end in no group is left out.
pub(super) const NO_GROUP: u32 = u32::MAX;

/// What makes the groups.
pub(super) enum By<'report> {
    /// All streams are one group.
    Everything,
    /// Who was at an end that counts.
    Person,
    /// Where an end was.
    Place {
        /// The group of each row of the building file.
        of_row: &'report [u32],
        /// The group of each unmapped network.
        of_unmapped: &'report [u32],
    },
}

/// The streams of one export that count, with what is known of each.
#[derive(Clone, Copy)]
pub(super) struct Counted<'session> {
    /// Index of the export.
    pub(super) table: usize,
    pub(super) streams: &'session Streams,
    pub(super) rows: &'session Rows,
    pub(super) people: &'session [Vec<u32>; 2],
    places: &'session [Vec<PlaceCode>; 2],
    verdicts: &'session [Verdict],
    ends: Ends,
    media: Media,
}

impl<'session> Counted<'session> {
    /// The streams of an export, of which these rows count.
    fn new(
        sources: Sources<'session>,
        choices: &Choices,
        rows: &'session Rows,
        table: usize,
    ) -> Self {
        Self {
            table,
            streams: &sources.tables[table],
            rows,
            people: &sources.facts.people().at_ends[table],
            places: &sources.facts.places().at_ends[table],
            verdicts: &sources.facts.verdicts()[table],
            ends: choices.ends,
            media: choices.media,
        }
    }

    /// Where the ends of a stream were, as far as they count.
    pub(super) fn places(&self, row: usize) -> [PlaceCode; 2] {
        let [first, second] = self.places;
        let first = match self.ends {
            Ends::EachClient => first[row],
            Ends::SecondOnly => PlaceCode::NOT_COUNTED,
        };
        [first, second[row]]
    }

    /// How many streams a row stands for.
    pub(super) fn n(&self, row: usize) -> u64 {
        let groups = self.streams.groups.as_ref();
        groups.map_or(1, |groups| groups.of(self.media)[row].all())
    }
}

/// Calls `each` for every export.
pub(super) fn each_table(
    sources: Sources<'_>,
    choices: &Choices,
    mut each: impl FnMut(Counted<'_>),
) {
    let selection = sources.selection(choices);
    for (table, rows) in selection.tables.iter().enumerate() {
        each(Counted::new(sources, choices, rows, table));
    }
}

/// The tallies of so many groups. A stream with both ends in one group counts once.
pub(super) fn tallies(
    sources: Sources<'_>,
    choices: &Choices,
    by: &By<'_>,
    n_groups: usize,
) -> Vec<Tally> {
    let mut sums = Sums::new(n_groups);
    let mut people = PairSet::new(n_groups, sources.facts.people().n_codes());
    each_table(sources, choices, |counted| {
        add_table(counted, by, &mut sums, &mut people);
    });
    let people = people.groups.into_iter().enumerate();
    people
        .map(|(group, people)| sums.tally(group, people))
        .collect()
}

/// The entries of a block: a row with a group it belongs to.
#[derive(Default)]
pub(super) struct Entries {
    groups: Vec<u32>,
    rows: Vec<u32>,
}

impl Entries {
    fn clear(&mut self) {
        self.groups.clear();
        self.rows.clear();
    }

    #[inline]
    pub(super) fn push(&mut self, group: u32, row: u32) {
        self.groups.push(group);
        self.rows.push(row);
    }

    /// Group and row of each entry.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        let entries = self.groups.iter().zip(&self.rows);
        entries.map(|(group, row)| (*group as usize, *row as usize))
    }
}

const ROWS_OF_BLOCK: usize = 2048;

fn add_table(counted: Counted<'_>, by: &By<'_>, sums: &mut Sums, people: &mut PairSet) {
    let metrics = Metrics::new(counted.streams);
    let mut rows = Vec::with_capacity(ROWS_OF_BLOCK);
    let mut entries = Entries::default();
    let mut add = |rows: &[u32]| {
        entries.clear();
        match by {
            By::Everything => rows.iter().for_each(|row| entries.push(0, *row)),
            By::Person => by_person(counted, rows, &mut entries),
            By::Place {
                of_row,
                of_unmapped,
            } => by_place(counted, rows, [of_row, of_unmapped], &mut entries, people),
        }
        match &counted.streams.groups {
            None => sums.add_verdicts(&entries, counted.verdicts),
            Some(groups) => sums.add_counts(&entries, groups.of(counted.media)),
        }
        for (idx, metric) in AVERAGED.into_iter().enumerate() {
            match (&counted.streams.groups, metrics.plain(metric)) {
                (None, Some(values)) => sums.add_values(idx, &entries, values),
                _ => sums.add_weighted(idx, &entries, |row| {
                    let value = metrics.exactly(metric, row);
                    (value.unwrap_or(f64::NAN), counted.n(row))
                }),
            }
        }
    };
    counted.rows.for_each(|row| {
        rows.push(row as u32);
        if rows.len() == ROWS_OF_BLOCK {
            add(&rows);
            rows.clear();
        }
    });
    add(&rows);
}

fn by_person(counted: Counted<'_>, rows: &[u32], entries: &mut Entries) {
    let [first, second] = counted.people;
    for row in rows {
        let idx = *row as usize;
        let people = [first[idx], second[idx]];
        let mut seen = NOBODY;
        for (place, person) in counted.places(idx).into_iter().zip(people) {
            if place.is_counted() && person != NOBODY && person != seen {
                entries.push(person, *row);
                seen = person;
            }
        }
    }
}

fn by_place(
    counted: Counted<'_>,
    rows: &[u32],
    [of_row, of_unmapped]: [&[u32]; 2],
    entries: &mut Entries,
    people: &mut PairSet,
) {
    let group_of = |place: PlaceCode| match (place.row(), place.unmapped()) {
        (Some(row), _) => of_row[row as usize],
        (None, Some(network)) => of_unmapped[network],
        (None, None) => NO_GROUP,
    };
    let [first_people, second_people] = counted.people;
    for row in rows {
        let idx = *row as usize;
        let [first, second] = counted.places(idx).map(group_of);
        if first != NO_GROUP {
            entries.push(first, *row);
            people.see(first, first_people[idx]);
        }
        if second != NO_GROUP {
            if second != first {
                entries.push(second, *row);
            }
            people.see(second, second_people[idx]);
        }
    }
}

/// The distinct people of each group. Most people are in few groups: those stand with the person, as a table
/// of all pairs would be too wide for the memory that is near.
struct PairSet {
    groups: Vec<Vec<u32>>,
    few: Vec<[u32; N_FEW]>,
    others: HashSet<u64, FixedState>,
}

const N_FEW: usize = 4;

impl PairSet {
    fn new(n_groups: usize, n_people: usize) -> Self {
        Self {
            groups: vec![Vec::new(); n_groups],
            few: vec![[NO_GROUP; N_FEW]; n_people],
            others: HashSet::default(),
        }
    }

    /// Takes note of a person in a group.
    #[inline]
    fn see(&mut self, group: u32, person: u32) {
        if person == NOBODY {
            return;
        }
        for known in &mut self.few[person as usize] {
            if *known == group {
                return;
            }
            if *known == NO_GROUP {
                *known = group;
                self.groups[group as usize].push(person);
                return;
            }
        }
        if self
            .others
            .insert(u64::from(group) << 32 | u64::from(person))
        {
            self.groups[group as usize].push(person);
        }
    }
}
