//! Goes over the streams that count once and adds them up by group.

use callscope_kernel::groups::{By, Ends, Entries, PlaceCode, PlaceGroups, Seen};
use callscope_kernel::lists::RowLists;
use callscope_kernel::selected::Rows;

use super::{
    facts::Sources,
    tally::{AVERAGED, Sums, Tally, VERDICTS},
};
use crate::engine::model::{groups::Counts, streams::Streams};
use crate::engine::quality::Metrics;
use crate::protocol::{Choices, Ends as EndsThatCount, Media};

/// What is done with the entries of a block.
type OfBlock<'a> = dyn FnMut(&Entries) + 'a;

/// The streams of one export that count, with what is known of each.
#[derive(Clone, Copy)]
pub(super) struct Counted<'session> {
    /// Index of the export.
    pub(super) table: usize,
    pub(super) streams: &'session Streams,
    pub(super) rows: &'session Rows,
    ends: Ends<'session>,
    /// As numbers; none where rows stand for many streams.
    verdicts: &'session [u8],
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
        let places = sources.facts.places();
        let [first, second] = &places.at_ends[table];
        Self {
            table,
            streams: &sources.tables[table],
            rows,
            ends: Ends {
                rows,
                presences: &places.presences,
                at_ends: match choices.ends {
                    EndsThatCount::EachClient => [first, second],
                    EndsThatCount::SecondOnly => [&[], second],
                },
            },
            verdicts: &sources.facts.verdicts()[table],
            media: choices.media,
        }
    }

    /// Where the ends of a stream were, as far as they count.
    #[inline]
    pub(super) fn places(&self, row: usize) -> [PlaceCode; 2] {
        self.ends.places(row)
    }

    /// The ends of the streams that count.
    pub(super) fn ends(&self) -> &Ends<'session> {
        &self.ends
    }

    /// The verdicts of the streams that a row stands for.
    fn counts(&self, row: usize) -> Counts {
        let groups = self.streams.groups.as_ref();
        groups.map_or_else(
            || Counts::one(VERDICTS[usize::from(self.verdicts[row])]),
            |groups| groups.of(self.media)[row],
        )
    }

    /// How many streams each row stands for, unless each is one.
    pub(super) fn n_streams(&self) -> Option<Vec<u64>> {
        let groups = self.streams.groups.as_ref()?.of(self.media);
        Some(groups.iter().map(|counts| counts.all()).collect())
    }

    /// Adds the verdicts of the streams of each group to its counts.
    pub(super) fn count(&self, lists: &RowLists, all: &mut [Counts]) {
        if self.streams.groups.is_none() {
            let found = lists.count(self.rows, self.verdicts);
            for (counts, found) in all.iter_mut().zip(found) {
                counts.add(Counts::of(found));
            }
            return;
        }
        let groups: Vec<u32> = (0..all.len() as u32).collect();
        lists.each_block(&groups, self.rows, &mut |entries| {
            for entry in entries.all() {
                all[entry.group as usize].add(self.counts(entry.row as usize));
            }
        });
    }

    /// Adds the streams up by group: `each_block` gives the entries, block by block.
    pub(super) fn add(&self, sums: &mut Sums, each_block: &mut dyn FnMut(&mut OfBlock<'_>)) {
        let metrics = Metrics::new(self.streams);
        let columns = AVERAGED.map(|metric| metrics.plain(metric));
        match (&self.streams.groups, columns) {
            (None, [Some(one), Some(two), Some(three)]) => {
                each_block(&mut |entries| sums.add(entries, self.verdicts, [one, two, three]));
                sums.settle([one, two, three]);
            }
            _ => each_block(&mut |entries| {
                sums.add_slowly(
                    entries,
                    |row| self.counts(row),
                    |row| AVERAGED.map(|metric| metrics.exactly(metric, row).unwrap_or(f64::NAN)),
                );
            }),
        }
    }
}

/// Calls `each` for every export.
pub(super) fn each_table(
    sources: Sources<'_>,
    choices: &Choices,
    each: &mut dyn FnMut(Counted<'_>),
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
    /// Networks behind ends that are not mapped.
    pub(super) n_unmapped: u64,
}

/// The tallies of so many groups of places.
pub(super) fn tallies_of_places(
    sources: Sources<'_>,
    choices: &Choices,
    groups: &PlaceGroups,
    n_groups: usize,
) -> Found {
    let presences = &sources.facts.places().presences;
    let groups = groups.of(presences);
    let n_people = sources.facts.people().n_codes();
    let (sums, seen) = sums(sources, choices, &By::Presence(&groups), n_groups);
    let people = seen.people(presences, &groups, n_groups, n_people);
    let people = people.into_iter().enumerate();
    let tallies = people.map(|(group, people)| sums.tally(group, people));
    Found {
        tallies: tallies.collect(),
        n_unmapped: seen.n_networks(presences),
    }
}

/// The sums of so many groups, and who was seen where. A stream with both ends in one group counts once.
pub(super) fn sums(
    sources: Sources<'_>,
    choices: &Choices,
    by: &By<'_>,
    n_groups: usize,
) -> (Sums, Seen) {
    let mut sums = Sums::new(n_groups);
    let mut seen = Seen::new(sources.facts.places().presences.len());
    each_table(sources, choices, &mut |counted| {
        counted.add(&mut sums, &mut |each| {
            counted.ends().each_block(by, &mut seen, each);
        });
    });
    (sums, seen)
}
