//! The same call from the dashboard and from Graph: its streams count once.
//!
//! The dashboard's rows count, since they come with the service's own fields; Graph's rows of calls that the
//! dashboard has not are added.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::Outcome;
use crate::engine::fields::fields;
use crate::engine::model::{column::TextColumn, streams::Streams};
use crate::protocol::{FileKind, ProblemCode};

/// Leaves out Graph's streams of calls whose streams the dashboard's exports have.
pub(super) fn prefer_the_dashboard(
    kinds: &[FileKind],
    streams: &[Streams],
    outcomes: &mut [Outcome],
) {
    let mut known: HashSet<Vec<u8>, FixedState> = HashSet::default();
    let call_ids = |table: usize| streams[table].text(fields().named("Conference Id"));
    let of_dashboard = |table: &usize| kinds[*table] == FileKind::CqdStreams;
    for ids in (0..streams.len()).filter(of_dashboard).filter_map(call_ids) {
        known.extend(ids.dictionary.iter().map(|(_, id)| id.to_ascii_lowercase()));
    }
    if known.is_empty() {
        return;
    }
    for table in (0..streams.len()).filter(|table| !of_dashboard(table)) {
        if let (Some(ids), None) = (call_ids(table), &streams[table].groups) {
            leave_out(ids, &known, &mut outcomes[table], streams[table].n_rows);
        }
    }
}

fn leave_out(
    ids: &TextColumn,
    known: &HashSet<Vec<u8>, FixedState>,
    outcome: &mut Outcome,
    n_rows: usize,
) {
    let is_known = ids
        .dictionary
        .map(|id| known.contains(&id.to_ascii_lowercase()));
    let counts = outcome.counts.get_or_insert_with(|| vec![true; n_rows]);
    ids.codes.for_each(|row, code| {
        if is_known[code as usize] && counts[row] {
            counts[row] = false;
            outcome.n_repeated += 1;
        }
    });
    if outcome.n_repeated > 0 {
        outcome.complaint = Some(ProblemCode::RowsInOtherFile);
    }
}
