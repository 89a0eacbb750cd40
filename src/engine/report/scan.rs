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
use crate::engine::model::{dictionary::BLANK, groups::Counts, streams::Streams};
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
    /// None of first ends where only second ones count.
    places: [&'session [PlaceCode]; 2],
    verdicts: &'session [Verdict],
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
        let [first, second] = &sources.facts.places().at_ends[table];
        Self {
            table,
            streams: &sources.tables[table],
            rows,
            people: &sources.facts.people().at_ends[table],
            places: match choices.ends {
                Ends::EachClient => [first, second],
                Ends::SecondOnly => [&[], second],
            },
            verdicts: &sources.facts.verdicts()[table],
            media: choices.media,
        }
    }

    /// Where the ends of a stream were, as far as they count.
    #[inline]
    pub(super) fn places(&self, row: usize) -> [PlaceCode; 2] {
        let [first, second] = self.places;
        let first = first.get(row).copied();
        [first.unwrap_or(PlaceCode::NOT_COUNTED), second[row]]
    }

    /// Where the ends of a stream were, and who was there.
    #[inline]
    fn ends(&self, row: usize) -> ([PlaceCode; 2], [u32; 2]) {
        let [first, second] = self.people;
        (self.places(row), [first[row], second[row]])
    }

    /// The verdicts of the streams that a row stands for.
    fn counts(&self, row: usize) -> Counts {
        let groups = self.streams.groups.as_ref();
        groups.map_or_else(
            || Counts::one(self.verdicts[row]),
            |groups| groups.of(self.media)[row],
        )
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

/// What a scan finds.
pub(super) struct Found {
    /// Group by group.
    pub(super) tallies: Vec<Tally>,
    /// Networks behind ends that are not mapped, by place only.
    pub(super) n_unmapped: u64,
}

/// The tallies of so many groups. A stream with both ends in one group counts once.
pub(super) fn tallies(
    sources: Sources<'_>,
    choices: &Choices,
    by: &By<'_>,
    n_groups: usize,
) -> Found {
    let mut sums = Sums::new(n_groups);
    let mut seen = Seen::new(sources, n_groups);
    each_table(sources, choices, |counted| {
        add_table(counted, by, &mut sums, &mut seen);
    });
    let n_unmapped = seen.n_networks();
    let people = seen.people.into_iter().enumerate();
    let tallies = people.map(|(group, people)| sums.tally(group, people));
    Found {
        tallies: tallies.collect(),
        n_unmapped,
    }
}

/// The entries of a block: a row with a group it belongs to.
#[derive(Default)]
pub(super) struct Entries {
    /// The group of each.
    pub(super) groups: Vec<u32>,
    /// The row of each.
    pub(super) rows: Vec<u32>,
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

fn add_table(counted: Counted<'_>, by: &By<'_>, sums: &mut Sums, seen: &mut Seen) {
    let metrics = Metrics::new(counted.streams);
    let columns = AVERAGED.map(|metric| metrics.plain(metric));
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
            } => by_place(counted, rows, [of_row, of_unmapped], &mut entries, seen),
        }
        match (&counted.streams.groups, columns) {
            (None, [Some(one), Some(two), Some(three)]) => {
                sums.add(&entries, counted.verdicts, [one, two, three]);
            }
            _ => sums.add_slowly(
                &entries,
                |row| counted.counts(row),
                |row| AVERAGED.map(|metric| metrics.exactly(metric, row).unwrap_or(f64::NAN)),
            ),
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
    for row in rows {
        let (places, people) = counted.ends(*row as usize);
        let mut seen = NOBODY;
        for (place, person) in places.into_iter().zip(people) {
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
    seen: &mut Seen,
) {
    // Streams of one call often stand together: then all but the row is as it was.
    let mut last = ([PlaceCode::NOT_COUNTED; 2], [NOBODY; 2]);
    let mut groups = [NO_GROUP; 2];
    for row in rows {
        let ends = counted.ends(*row as usize);
        if ends != last {
            last = ends;
            let (places, people) = ends;
            groups = places.map(|place| match (place.row(), place.unmapped()) {
                (Some(row), _) => of_row[row as usize],
                (None, Some(network)) => {
                    seen.networks[network] = true;
                    of_unmapped[network]
                }
                (None, None) => NO_GROUP,
            });
            for (group, person) in groups.into_iter().zip(people) {
                if group != NO_GROUP && person != NOBODY {
                    seen.person(group, person);
                }
            }
        }
        let [first, second] = groups;
        if first != NO_GROUP {
            entries.push(first, *row);
        }
        if second != NO_GROUP && second != first {
            entries.push(second, *row);
        }
    }
}

/// What was seen: the distinct people of each group, and the networks of ends that are not mapped. Most people
/// are in few groups: those stand with the person, as a table of all pairs would be too wide for the memory
/// that is near.
struct Seen {
    people: Vec<Vec<u32>>,
    few: Vec<[u32; N_FEW]>,
    others: HashSet<u64, FixedState>,
    networks: Vec<bool>,
}

const N_FEW: usize = 4;

impl Seen {
    fn new(sources: Sources<'_>, n_groups: usize) -> Self {
        Self {
            people: vec![Vec::new(); n_groups],
            few: vec![[NO_GROUP; N_FEW]; sources.facts.people().n_codes()],
            others: HashSet::default(),
            networks: vec![false; sources.facts.places().unmapped.n_codes()],
        }
    }

    /// Takes note of a person in a group.
    #[inline]
    fn person(&mut self, group: u32, person: u32) {
        for known in &mut self.few[person as usize] {
            if *known == group {
                return;
            }
            if *known == NO_GROUP {
                *known = group;
                self.people[group as usize].push(person);
                return;
            }
        }
        if self
            .others
            .insert(u64::from(group) << 32 | u64::from(person))
        {
            self.people[group as usize].push(person);
        }
    }

    /// How many networks were seen; no address at all is none.
    fn n_networks(&self) -> u64 {
        let networks = self.networks.iter().skip(BLANK as usize + 1);
        networks.filter(|is_seen| **is_seen).count() as u64
    }
}
