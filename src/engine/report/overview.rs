//! Files, period and totals.

use std::rc::Rc;

use super::{
    facts::Sources,
    places::PlaceCode,
    scan::{self, Groups},
    tally::Tally,
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
    pub not_mapped: Tally,
}

/// The totals.
pub fn overview(sources: Sources<'_>, choices: &Choices) -> Rc<Overview> {
    let kept = &sources.facts.answers.overview;
    kept.answer(*choices, |choices| scan_overview(sources, choices))
}

fn scan_overview(sources: Sources<'_>, choices: &Choices) -> Overview {
    let ends: Vec<_> = sources.tables.iter().map(end_times).collect();
    let mut groups = Groups::new(2, sources.facts.people().n_codes());
    let mut n_without_ends = Tally::default();
    let mut period: Option<Period> = None;
    scan::each_stream(sources, choices, |stream, measured| {
        let is_counted = stream.places.map(PlaceCode::is_counted);
        if is_counted.contains(&true) {
            groups.add(stream, measured, is_counted.map(|is| is.then_some(0)));
            let is_not_mapped =
                |place: PlaceCode| (place.is_counted() && place.row().is_none()).then_some(1);
            groups.add(stream, measured, stream.places.map(is_not_mapped));
        } else {
            n_without_ends.add(measured);
        }
        let end_ms = ends[stream.table].map_or(NO_TIME, |times| times[stream.row]);
        if end_ms != NO_TIME {
            let known = period.get_or_insert(Period {
                first_ms: end_ms,
                last_ms: end_ms,
            });
            known.first_ms = known.first_ms.min(end_ms);
            known.last_ms = known.last_ms.max(end_ms);
        }
    });
    let [mut total, not_mapped]: [Tally; 2] = groups
        .finish()
        .try_into()
        .expect("two groups were asked for");
    let n_with_ends = total.n_streams();
    total.merge(&n_without_ends);
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
        not_mapped,
    }
}

/// The time by which a stream belongs to a period: its end, as starts count a stream over midnight twice;
/// where the export has no end, its start, or its date.
pub(crate) fn end_times(streams: &Streams) -> Option<&[i64]> {
    ["End Time", "Start Time", "Date"]
        .into_iter()
        .find_map(|name| streams.times(fields().named(name)))
}
