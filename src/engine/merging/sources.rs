//! The same call from several sources: its streams count once.
//!
//! The dashboard's rows come first, since they have the service's own fields; then Graph's call records, of
//! each session the one of the record with the highest version; then the table of Call Record Insights, which is
//! made of them. A call may be spread over pages in several files: the sessions of all of them count.

use std::ops::Range;

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
        if kind == FileKind::CallRecords {
            by_session(sources, &tables, &known, outcomes);
        } else {
            by_row(sources, &tables, outcomes);
            for idx in &tables {
                leave_out(&sources[*idx], &known, &mut outcomes[*idx]);
            }
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

/// Of each call, or of each session, the best record, and in which table it is: of equal ones the first one counts.
type Best = ByCall<(Rank, usize)>;

/// Leaves out the sessions of which another table has a better record, and calls that are known anyhow. A row of a
/// JSON file is a record, so that calls are counted.
fn by_session(sources: &[Source<'_>], tables: &[usize], known: &Calls, outcomes: &mut [Outcome]) {
    let (mut calls, mut sessions) = (Best::default(), Best::default());
    for idx in tables {
        let ranks = ranks(&sources[*idx]);
        for (id, rank) in ranks.iter() {
            offer(&mut calls, id, *rank, *idx);
        }
        for_each_session(&sources[*idx], |_, call, session| {
            offer(
                &mut sessions,
                session,
                ranks.get(call).copied().unwrap_or_default(),
                *idx,
            );
        });
    }
    let is_better = |best: &Best, id: &[u8], idx: usize| {
        let best = best.get(id);
        best.is_some_and(|(_, best)| *best != idx)
    };
    for idx in tables {
        let (source, outcome) = (&sources[*idx], &mut outcomes[*idx]);
        let n_all = source.streams.n_rows;
        let (mut told, mut left_out) = (Calls::default(), Calls::default());
        for_each_session(source, |rows, call, session| {
            *told.of(call) = Some(());
            if known.get(call).is_some() || is_better(&sessions, session, *idx) {
                let counts = outcome.counts.get_or_insert_with(|| vec![true; n_all]);
                counts[rows].fill(false);
                *left_out.of(call) = Some(());
            }
        });
        // Of a record without streams nothing but itself can be there twice.
        let bare = source.calls.iter().map(|call| call.id.as_bytes());
        for call in bare.filter(|call| told.get(call).is_none()) {
            if known.get(call).is_some() || is_better(&calls, call, *idx) {
                *left_out.of(call) = Some(());
            }
        }
        tell_repeated(outcome, left_out.iter().count() as u64);
    }
}

fn offer(best: &mut Best, id: &[u8], rank: Rank, idx: usize) {
    let known = best.of(id);
    if known.is_none_or(|(known, _)| rank > known) {
        *known = Some((rank, idx));
    }
}

/// Gives the rows of each session of each call, the call's id, and what names both.
fn for_each_session(source: &Source<'_>, mut each: impl FnMut(Range<usize>, &[u8], &[u8])) {
    let Some(calls) = column(source) else {
        return;
    };
    let sessions = source.streams.text(fields().named("Session Id"));
    let session = |row| sessions.map_or(&b""[..], |sessions| sessions.text(row));
    let rows: Vec<usize> = (0..source.streams.n_rows).collect();
    let is_same =
        |a: &usize, b: &usize| calls.text(*a) == calls.text(*b) && session(*a) == session(*b);
    for rows in rows.chunk_by(is_same) {
        let call = calls.text(rows[0]);
        if !call.is_empty() {
            let both = [call, b"/", session(rows[0])].concat();
            each(rows[0]..rows[0] + rows.len(), call, &both);
        }
    }
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

fn calls_with_streams<'session>(
    source: &Source<'session>,
) -> impl Iterator<Item = &'session [u8]> + use<'session> {
    let ids = column(source).into_iter();
    ids.flat_map(|ids| ids.dictionary.iter().map(|(_, id)| id))
}

fn column<'session>(source: &Source<'session>) -> Option<&'session TextColumn> {
    source.streams.text(fields().named("Conference Id"))
}

/// Leaves out the streams of these calls.
fn leave_out(source: &Source<'_>, elsewhere: &Calls, outcome: &mut Outcome) {
    let mut n_rows = 0;
    if let Some(ids) = column(source).filter(|_| elsewhere.iter().next().is_some()) {
        let are_elsewhere = ids.dictionary.map(|id| elsewhere.get(id).is_some());
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
    tell_repeated(outcome, n_rows);
}

fn tell_repeated(outcome: &mut Outcome, n_more: u64) {
    outcome.n_repeated += n_more;
    if outcome.n_repeated > 0 {
        outcome.complaint = Some(ProblemCode::RowsInOtherFile);
    }
}
