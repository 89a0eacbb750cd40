//! Files, period and totals.

use std::rc::Rc;

use super::{
    facts::Sources,
    person::NOBODY,
    places::PlaceCode,
    scan,
    tally::{Sums, Tally},
};
use crate::engine::fields::fields;
use crate::engine::merging::{self, CallCounts};
use crate::engine::model::{column::NO_TIME, streams::Streams};
use crate::protocol::{Choices, Period};

/// Totals over all files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// From first to last stream end among the chosen media.
    pub period: Option<Period>,
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
    let ends: Vec<_> = sources.tables.iter().map(end_times).collect();
    let mut total = Sums::default();
    let mut is_seen = vec![false; sources.facts.people().n_codes()];
    let (mut n_with_ends, mut n_not_mapped) = (0, 0);
    let mut times = (i64::MAX, NO_TIME);
    scan::each_stream(sources, choices, |stream, measured| {
        total.add(measured);
        let [first, second] = stream.places;
        let is_not_mapped = |place: PlaceCode| place.unmapped().is_some();
        n_with_ends += u64::from(first.is_counted() || second.is_counted()) * measured.n();
        n_not_mapped += u64::from(is_not_mapped(first) || is_not_mapped(second)) * measured.n();
        for (place, person) in stream.places.into_iter().zip(stream.people) {
            is_seen[person as usize] |= place.is_counted();
        }
        let end_ms = ends[stream.table].map_or(NO_TIME, |times| times[stream.row]);
        if end_ms != NO_TIME {
            times = (times.0.min(end_ms), times.1.max(end_ms));
        }
    });
    let period = (times.1 != NO_TIME).then_some(Period {
        first_ms: times.0,
        last_ms: times.1,
    });
    is_seen[NOBODY as usize] = false;
    let people = (0u32..).zip(is_seen).filter(|(_, is_seen)| *is_seen);
    let total = total.tally(people.map(|(person, _)| person).collect());
    let calls = sources.facts.answers.calls.answer((), |()| {
        merging::calls(
            sources.tables,
            sources.calls,
            sources.records,
            sources.outcomes,
        )
    });
    Overview {
        period,
        calls: *calls,
        total,
        n_with_ends,
        n_not_mapped,
    }
}

/// The time by which a stream belongs to a period: its end, as starts count a stream over midnight twice;
/// where the export has no end, its start, or its date.
pub(crate) fn end_times(streams: &Streams) -> Option<&[i64]> {
    ["End Time", "Start Time", "Date"]
        .into_iter()
        .find_map(|name| streams.times(fields().named(name)))
}
