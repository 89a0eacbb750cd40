//! Files, period and totals.

use std::rc::Rc;

use callscope_kernel::groups::{By, Seen};

use super::{facts::Sources, person::NOBODY, scan, tally::Tally};
use crate::engine::fields::fields;
use crate::engine::merging::{self, CallCounts};
use crate::engine::model::{column::NO_TIME, streams::Streams};
use crate::protocol::{Choices, Period};

/// Totals over all files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// From first to last stream end among the chosen media.
    pub period: Option<Period>,
    /// The same of all streams, whatever media and days are chosen.
    pub whole_period: Option<Period>,
    /// Streams of the chosen media that a choice of days leaves out since nobody says when they were.
    pub n_undated: u64,
    /// Calls of all media, each once.
    pub calls: CallCounts,
    /// Each stream of the chosen media once.
    pub total: Tally,
    /// Streams with a counted end.
    pub n_with_ends: u64,
    /// Streams with a counted end that no row of the building file explains.
    pub n_not_mapped: u64,
}

/// The totals.
pub fn overview(sources: Sources<'_>, choices: &Choices) -> Rc<Overview> {
    let kept = &sources.facts.answers.overview;
    kept.answer(*choices, |choices| scan_overview(sources, choices))
}

fn scan_overview(sources: Sources<'_>, choices: &Choices) -> Overview {
    let mut is_seen = vec![false; sources.facts.people().n_codes()];
    let (mut n_with_ends, mut n_not_mapped) = (0, 0);
    let mut times = Times::default();
    scan::each_table(sources, choices, |counted| {
        let [first_people, second_people] = counted.people;
        counted.rows.for_each(|row| {
            let [first, second] = counted.places(row);
            let n = counted.n(row);
            n_with_ends += u64::from(first.is_counted() || second.is_counted()) * n;
            let is_not_mapped = first.is_unmapped() || second.is_unmapped();
            n_not_mapped += u64::from(is_not_mapped) * n;
            is_seen[first_people[row] as usize] |= first.is_counted();
            is_seen[second_people[row] as usize] |= second.is_counted();
        });
        let Some(ends) = end_times(counted.streams) else {
            return;
        };
        counted.rows.for_each(|row| times.see(ends[row]));
    });
    is_seen[NOBODY as usize] = false;
    let people = (0u32..).zip(is_seen).filter(|(_, is_seen)| *is_seen);
    let people = people.map(|(person, _)| person).collect();
    let everything = scan::sums(sources, choices, &By::Everything, 1, &mut Seen::default());
    let total = everything.tally(0, people);
    let calls = sources.facts.answers.calls.answer((), |()| {
        merging::calls(
            sources.tables,
            sources.calls,
            sources.records,
            sources.outcomes,
        )
    });
    Overview {
        period: times.period(),
        whole_period: whole_period(sources),
        n_undated: sources.selection(choices).n_undated,
        calls: *calls,
        total,
        n_with_ends,
        n_not_mapped,
    }
}

/// From first to last stream end of all files.
fn whole_period(sources: Sources<'_>) -> Option<Period> {
    let kept = &sources.facts.answers.whole_period;
    let period = kept.answer((), |()| {
        let mut times = Times::default();
        let ends = sources.tables.iter().filter_map(end_times);
        ends.flatten().for_each(|end_ms| times.see(*end_ms));
        times.period()
    });
    *period
}

/// The first and the last of some times.
struct Times {
    first_ms: i64,
    last_ms: i64,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            first_ms: i64::MAX,
            last_ms: NO_TIME,
        }
    }
}

impl Times {
    fn see(&mut self, ms: i64) {
        if ms != NO_TIME {
            self.first_ms = self.first_ms.min(ms);
            self.last_ms = self.last_ms.max(ms);
        }
    }

    fn period(&self) -> Option<Period> {
        let Self { first_ms, last_ms } = *self;
        (last_ms != NO_TIME).then_some(Period { first_ms, last_ms })
    }
}

/// The time by which a stream belongs to a period: its end, as starts count a stream over midnight twice;
/// where the export has no end, its start, or its date.
pub(crate) fn end_times(streams: &Streams) -> Option<&[i64]> {
    ["End Time", "Start Time", "Date"]
        .into_iter()
        .find_map(|name| streams.times(fields().named(name)))
}
