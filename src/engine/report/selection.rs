//! Which rows count for the choices of a request, a bit each: worked out once, so that a scan goes over no other.

use callscope_kernel::selected::Rows;

use super::{facts::Sources, overview::end_times};
use crate::calendar::MS_PER_DAY;
use crate::engine::merging::Outcome;
use crate::engine::model::{column::NO_TIME, streams::Streams};
use crate::engine::quality::MediaColumn;
use crate::protocol::{Days, Media};

/// What decides whether a row counts.
pub(super) type Question = (Media, Days);

/// The rows of all exports that count.
#[derive(Debug)]
pub(crate) struct Selection {
    /// Export by export.
    pub(crate) tables: Vec<Rows>,
    /// Streams of the chosen media that a choice of days leaves out since nobody says when they were.
    pub(crate) n_undated: u64,
}

impl Selection {
    /// The rows of the chosen media and days that no other file counts.
    pub(super) fn new(sources: Sources<'_>, (media, days): Question) -> Self {
        let mut n_undated = 0;
        let of = |(streams, outcome): (&Streams, &Outcome)| {
            let mut rows = Rows::all(streams.n_rows);
            if let Some(counts) = &outcome.counts {
                rows.retain(|row| counts[row]);
            }
            MediaColumn::new(streams).keep(media, &mut rows);
            if days.is_limited() {
                n_undated += keep_days(&mut rows, streams, media, days);
            }
            rows
        };
        let outcomes = sources.outcomes.iter();
        Self {
            tables: sources.tables.iter().zip(outcomes).map(of).collect(),
            n_undated,
        }
    }
}

/// Leaves out the rows of other days. Gives how many streams have none.
fn keep_days(rows: &mut Rows, streams: &Streams, media: Media, days: Days) -> u64 {
    let Some(ends) = end_times(streams) else {
        let n_all = n_streams(rows, streams, media);
        rows.retain(|_| false);
        return n_all;
    };
    let starts_at = |day: i32| i64::from(day) * MS_PER_DAY;
    let first = days.first.map_or(NO_TIME + 1, starts_at);
    let behind = days
        .last
        .map_or(i64::MAX, |last| starts_at(last) + MS_PER_DAY);
    let undated = rows.keep_times(ends, &(first..behind));
    n_streams(&undated, streams, media)
}

fn n_streams(rows: &Rows, streams: &Streams, media: Media) -> u64 {
    match &streams.groups {
        None => rows.n() as u64,
        Some(groups) => {
            let mut n_streams = 0;
            rows.for_each(|row| n_streams += groups.of(media)[row].all());
            n_streams
        }
    }
}
