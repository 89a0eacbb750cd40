//! The same call from several sources: its streams count once.
//!
//! The dashboard's rows come first, since they have the service's own fields; then Graph's call records, of
//! each call the one with the highest version; then the table of Call Record Insights, which is made of them.

use super::{Outcome, by_call::ByCall, identity::Identity, overlap};
use crate::engine::fields::fields;
use crate::engine::model::{
    calls::CallVersion, column::TextColumn, streams::Streams, table::Table,
};
use crate::protocol::{FileKind, ProblemCode};

/// Streams of one file, and where they come from.
#[derive(Clone, Copy)]
pub struct Source<'session> {
    /// What the file is.
    pub kind: FileKind,
    /// Its streams.
    pub streams: &'session Streams,
    /// The calls that it has a record of.
    pub calls: &'session [CallVersion],
}

type Calls = ByCall<()>;

/// The outcomes of tables of single streams, which these indexes name.
pub(super) fn outcomes(sources: &[Source<'_>], singles: &[usize], outcomes: &mut [Outcome]) {
    let of_kind = |kind: FileKind| -> Vec<usize> {
        let is_kind = |idx: &usize| sources[*idx].kind == kind;
        singles.iter().copied().filter(is_kind).collect()
    };
    let mut known = Calls::default();
    let mut n_left = singles.len();
    for kind in [
        FileKind::CqdStreams,
        FileKind::CallRecords,
        FileKind::CallRecordInsights,
    ] {
        let tables = of_kind(kind);
        n_left -= tables.len();
        let superseded = if kind == FileKind::CallRecords {
            superseded(sources, &tables)
        } else {
            by_row(sources, &tables, outcomes);
            Vec::new()
        };
        for (place, idx) in tables.iter().enumerate() {
            let superseded = superseded.get(place);
            let elsewhere: Vec<&Calls> = superseded.into_iter().chain([&known]).collect();
            leave_out(&sources[*idx], &elsewhere, &mut outcomes[*idx]);
        }
        // Of many calls, looked at only where another source may have the same ones.
        for idx in tables.iter().filter(|_| n_left > 0) {
            calls_with_streams(&sources[*idx]).for_each(|id| *known.of(id) = Some(()));
        }
    }
}

fn by_row(sources: &[Source<'_>], tables: &[usize], outcomes: &mut [Outcome]) {
    let streams: Vec<&Table> = tables.iter().map(|idx| sources[*idx].streams).collect();
    let found = overlap::outcomes(&streams, &Identity::of_streams());
    for (idx, outcome) in tables.iter().zip(found) {
        outcomes[*idx] = outcome;
    }
}

/// The better record of a call: one with sessions, of several the one with the highest version.
type Rank = (bool, u64);

/// Of each table the calls of which another one has a better record; of the best records the first one counts.
fn superseded(sources: &[Source<'_>], tables: &[usize]) -> Vec<Calls> {
    if tables.len() < 2 {
        return Vec::new();
    }
    let mut best: ByCall<(Rank, usize)> = ByCall::default();
    for idx in tables {
        for (id, rank) in ranks(&sources[*idx]).iter() {
            let known = best.of(id);
            if known.is_none_or(|(known, _)| *rank > known) {
                *known = Some((*rank, *idx));
            }
        }
    }
    let of_table = |idx: &usize| {
        let mut superseded = Calls::default();
        for id in call_ids(&sources[*idx]) {
            if best.get(id).is_some_and(|(_, best)| best != idx) {
                *superseded.of(id) = Some(());
            }
        }
        superseded
    };
    tables.iter().map(of_table).collect()
}

/// The rank of each call of a file. A list of sessions is as good as a record of version 0.
fn ranks(source: &Source<'_>) -> ByCall<Rank> {
    let mut ranks = ByCall::default();
    calls_with_streams(source).for_each(|id| *ranks.of(id) = Some((true, 0)));
    for call in source.calls {
        *ranks.of(call.id.as_bytes()) = Some((call.is_expanded, call.version));
    }
    ranks
}

fn call_ids<'session>(
    source: &Source<'session>,
) -> impl Iterator<Item = &'session [u8]> + use<'session> {
    let of_records = source.calls.iter().map(|call| call.id.as_bytes());
    calls_with_streams(source).chain(of_records)
}

fn calls_with_streams<'session>(
    source: &Source<'session>,
) -> impl Iterator<Item = &'session [u8]> + use<'session> {
    let ids = column(source).into_iter();
    ids.flat_map(|ids| ids.dictionary.iter().map(|(_, id)| id))
}

fn column<'session>(source: &Source<'session>) -> Option<&'session TextColumn> {
    source.streams.text(fields().named("Conference Id"))
}

/// Leaves out the streams of these calls. A row of a JSON file is a record, so that calls are counted there.
fn leave_out(source: &Source<'_>, elsewhere: &[&Calls], outcome: &mut Outcome) {
    if elsewhere.iter().all(|calls| calls.iter().next().is_none()) {
        return;
    }
    let is_elsewhere = |id: &[u8]| elsewhere.iter().any(|calls| calls.get(id).is_some());
    let mut n_rows = 0;
    if let Some(ids) = column(source) {
        let are_elsewhere = ids.dictionary.map(is_elsewhere);
        let n_all = source.streams.n_rows;
        if are_elsewhere.contains(&true) {
            let counts = outcome.counts.get_or_insert_with(|| vec![true; n_all]);
            ids.codes.for_each(|row, code| {
                if are_elsewhere[code as usize] && counts[row] {
                    counts[row] = false;
                    n_rows += 1;
                }
            });
        }
    }
    outcome.n_repeated += if source.kind == FileKind::CallRecords {
        let mut left_out = Calls::default();
        for id in call_ids(source) {
            if is_elsewhere(id) {
                *left_out.of(id) = Some(());
            }
        }
        left_out.iter().count() as u64
    } else {
        n_rows
    };
    if outcome.n_repeated > 0 {
        outcome.complaint = Some(ProblemCode::RowsInOtherFile);
    }
}
