//! Files, period and totals.

use std::rc::Rc;

use callscope_kernel::groups::{By, Sight};
use callscope_kernel::selected::Rows;

use super::{facts::Sources, scan, tally::Tally};
use crate::engine::fields::fields;
use crate::engine::merging;
use crate::engine::model::streams::Streams;
use crate::protocol::{CallFigures, Choices, Period};

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
    pub calls: CallFigures,
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
    let presences = &sources.facts.places().presences;
    let mut sight = Sight::new(presences.len());
    let mut times = Vec::new();
    scan::each_table(sources, choices, &mut |counted| {
        sight.look(counted.ends(), counted.n_streams().as_deref());
        times.extend(period_of(counted.streams, counted.rows));
    });
    let n_people = sources.facts.people().n_codes();
    let people = sight.seen.everybody(presences, n_people);
    let (everything, _) = scan::sums(sources, choices, &By::Everything, 1);
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
        period: together(times),
        whole_period: whole_period(sources),
        n_undated: sources.selection(choices).n_undated,
        calls: *calls,
        total,
        n_with_ends: sight.n_with_ends,
        n_not_mapped: sight.n_not_mapped,
    }
}

/// From first to last stream end of all files.
fn whole_period(sources: Sources<'_>) -> Option<Period> {
    let kept = &sources.facts.answers.whole_period;
    let period = kept.answer((), |()| {
        let tables = sources.tables.iter();
        together(tables.filter_map(|table| period_of(table, &Rows::all(table.n_rows))))
    });
    *period
}

/// From first to last end of these rows.
fn period_of(streams: &Streams, rows: &Rows) -> Option<Period> {
    let (first_ms, last_ms) = rows.first_and_last(end_times(streams)?)?;
    Some(Period { first_ms, last_ms })
}

/// One period from the first to the last end of all.
fn together(periods: impl IntoIterator<Item = Period>) -> Option<Period> {
    periods.into_iter().reduce(|one, other| Period {
        first_ms: one.first_ms.min(other.first_ms),
        last_ms: one.last_ms.max(other.last_ms),
    })
}

/// The time by which a stream belongs to a period: its end, as starts count a stream over midnight twice;
/// where the export has no end, its start, or its date.
pub(crate) fn end_times(streams: &Streams) -> Option<&[i64]> {
    ["End Time", "Start Time", "Date"]
        .into_iter()
        .find_map(|name| streams.times(fields().named(name)))
}
