//! The same call from several sources: its streams count once.
//!
//! The dashboard's rows come first, since they have the service's own fields; then Graph's call records, of
//! each call the one with the highest version; then the table of Call Record Insights, which is made of them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::{Outcome, identity::Identity, overlap};
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

type Calls = HashSet<Vec<u8>, FixedState>;

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
        if kind == FileKind::CallRecords {
            by_version(sources, &tables, outcomes);
        } else {
            by_row(sources, &tables, outcomes);
        }
        for idx in &tables {
            leave_out(&sources[*idx], &known, &mut outcomes[*idx]);
        }
        // Of many calls, looked at only where another source may have the same ones.
        for idx in tables.iter().filter(|_| n_left > 0) {
            known.extend(calls_with_streams(&sources[*idx]));
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

/// Of each call the first of the best records counts.
fn by_version(sources: &[Source<'_>], tables: &[usize], outcomes: &mut [Outcome]) {
    if tables.len() < 2 {
        return;
    }
    let mut best: HashMap<Vec<u8>, (Rank, usize), FixedState> = HashMap::default();
    for idx in tables {
        for (id, rank) in ranks(&sources[*idx]) {
            let known = best.entry(id).or_insert((rank, *idx));
            if rank > known.0 {
                *known = (rank, *idx);
            }
        }
    }
    for idx in tables {
        let calls = ranks(&sources[*idx]).into_keys();
        let superseded: Calls = calls.filter(|id| best[id].1 != *idx).collect();
        leave_out(&sources[*idx], &superseded, &mut outcomes[*idx]);
    }
}

/// The rank of each call of a file. A list of sessions is as good as a record of version 0.
fn ranks(source: &Source<'_>) -> HashMap<Vec<u8>, Rank, FixedState> {
    let mut ranks: HashMap<Vec<u8>, Rank, FixedState> =
        call_ids(source).map(|id| (id, (true, 0))).collect();
    for call in source.calls {
        ranks.insert(
            call.id.clone().into_bytes(),
            (call.is_expanded, call.version),
        );
    }
    ranks
}

fn call_ids<'session>(source: &Source<'session>) -> impl Iterator<Item = Vec<u8>> + use<'session> {
    let of_records = source.calls.iter().map(|call| call.id.clone().into_bytes());
    calls_with_streams(source).chain(of_records)
}

fn calls_with_streams<'session>(
    source: &Source<'session>,
) -> impl Iterator<Item = Vec<u8>> + use<'session> {
    let ids = column(source).into_iter();
    ids.flat_map(|ids| ids.dictionary.iter().map(|(_, id)| id.to_ascii_lowercase()))
}

fn column<'session>(source: &Source<'session>) -> Option<&'session TextColumn> {
    source.streams.text(fields().named("Conference Id"))
}

/// Leaves out the streams of these calls. A row of a JSON file is a record, so that calls are counted there.
fn leave_out(source: &Source<'_>, calls: &Calls, outcome: &mut Outcome) {
    if calls.is_empty() {
        return;
    }
    let mut n_rows = 0;
    if let Some(ids) = column(source) {
        let is_known = ids
            .dictionary
            .map(|id| calls.contains(&id.to_ascii_lowercase()));
        let n_all = source.streams.n_rows;
        if is_known.contains(&true) {
            let counts = outcome.counts.get_or_insert_with(|| vec![true; n_all]);
            ids.codes.for_each(|row, code| {
                if is_known[code as usize] && counts[row] {
                    counts[row] = false;
                    n_rows += 1;
                }
            });
        }
    }
    outcome.n_repeated += if source.kind == FileKind::CallRecords {
        let of_file: Calls = call_ids(source).collect();
        of_file.intersection(calls).count() as u64
    } else {
        n_rows
    };
    if outcome.n_repeated > 0 {
        outcome.complaint = Some(ProblemCode::RowsInOtherFile);
    }
}
