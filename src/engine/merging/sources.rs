//! The same call from several sources: its streams count once.
//!
//! The dashboard's rows come first, since they have the service's own fields; then Graph's call records, of
//! each session the one of the record with the highest version; then the table of Call Record Insights, which is
//! made of them. A call may be spread over pages in several files: the sessions of all of them count.

use std::ops::Range;

use super::{Outcome, by_call::ByCall, identity::Identity, overlap};
use crate::engine::fields::fields;
use crate::engine::model::{
    calls::CallVersion, column::TextColumn, dictionary::BLANK, streams::Streams, table::Table,
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
            let source = &sources[*idx];
            let bare = calls_of(source.calls.iter().filter(|call| !call.is_expanded));
            let told = calls_with_streams(source).filter(|id| bare.get(id).is_none());
            told.for_each(|id| *known.of(id) = Some(()));
        }
    }
    complain_of_unnamed(sources, singles, outcomes);
}

/// Complains of streams that do not say their call, where another source may have the same ones.
fn complain_of_unnamed(sources: &[Source<'_>], singles: &[usize], outcomes: &mut [Outcome]) {
    let has_streams = |idx: &&usize| sources[**idx].streams.n_rows > 0;
    let mut with_streams = singles.iter().filter(has_streams);
    let kind = |idx: &usize| sources[*idx].kind;
    let Some(first) = with_streams.next() else {
        return;
    };
    if with_streams.any(|idx| kind(idx) != kind(first)) {
        for idx in singles.iter().filter(has_streams) {
            if !names_its_calls(&sources[*idx]) {
                let complaint = &mut outcomes[*idx].complaint;
                complaint.get_or_insert(ProblemCode::OverlapUnknown);
            }
        }
    }
}

/// A row among hundreds that names none is no reason to ask for another export.
fn names_its_calls(source: &Source<'_>) -> bool {
    column(source).is_some_and(|ids| {
        let mut n_blank = 0;
        ids.codes
            .for_each(|_, code| n_blank += usize::from(code == BLANK));
        n_blank <= source.streams.n_rows / 100
    })
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

/// Leaves out the sessions of which another table has a better record, and calls that are known anyhow. What repeats
/// are records: calls of which no session is left, and of lists single sessions.
fn by_session(sources: &[Source<'_>], tables: &[usize], known: &Calls, outcomes: &mut [Outcome]) {
    if tables.len() < 2 && known.iter().next().is_none() {
        return;
    }
    // Where the sessions of a call are not all named it is compared as a whole.
    let mut whole = Calls::default();
    for idx in tables {
        for_each_session(&sources[*idx], |_, call, session| {
            if session.is_empty() {
                *whole.of(call) = Some(());
            }
        });
    }
    let key = |call: &[u8], session: &[u8]| match whole.get(call) {
        Some(()) => call.to_vec(),
        None => [call, b"/", session].concat(),
    };
    let (mut calls, mut sessions) = (Best::default(), Best::default());
    for idx in tables {
        let ranks = ranks(&sources[*idx]);
        for (id, rank) in ranks.iter() {
            offer(&mut calls, id, *rank, *idx);
        }
        for_each_session(&sources[*idx], |_, call, session| {
            let rank = ranks.get(call).copied().unwrap_or_default();
            offer(&mut sessions, &key(call, session), rank, *idx);
        });
    }
    let is_better = |best: &Best, id: &[u8], idx: usize| {
        let best = best.get(id);
        best.is_some_and(|(_, best)| *best != idx)
    };
    for idx in tables {
        let (source, outcome) = (&sources[*idx], &mut outcomes[*idx]);
        let n_all = source.streams.n_rows;
        let of_records = calls_of(source.calls.iter());
        // Of each call with streams whether some of them count; of lists the sessions that do not.
        let mut counted: ByCall<bool> = ByCall::default();
        let mut left_out = Calls::default();
        for_each_session(source, |rows, call, session| {
            let key = key(call, session);
            let is_elsewhere = known.get(call).is_some() || is_better(&sessions, &key, *idx);
            if is_elsewhere {
                let counts = outcome.counts.get_or_insert_with(|| vec![true; n_all]);
                counts[rows].fill(false);
                if of_records.get(call).is_none() {
                    *left_out.of(&key) = Some(());
                }
                outcome.complaint = Some(ProblemCode::RowsInOtherFile);
            }
            *counted.of(call).get_or_insert_default() |= !is_elsewhere;
        });
        for call in source.calls.iter().map(|call| call.id.as_bytes()) {
            let is_repeated = match counted.get(call) {
                Some(counts) => !counts,
                None => known.get(call).is_some() || is_better(&calls, call, *idx),
            };
            outcome.n_repeated += u64::from(is_repeated);
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

/// Gives the rows of each session of each call, and the ids of call and session.
fn for_each_session(source: &Source<'_>, mut each: impl FnMut(Range<usize>, &[u8], &[u8])) {
    let Some(calls) = column(source) else {
        return;
    };
    let sessions = source.streams.text(fields().named("Session Id"));
    let ids = |row: usize| {
        let session = sessions.map_or(&b""[..], |sessions| sessions.text(row));
        (calls.text(row), session)
    };
    let rows: Vec<usize> = (0..source.streams.n_rows).collect();
    for rows in rows.chunk_by(|a, b| ids(*a) == ids(*b)) {
        let (call, session) = ids(rows[0]);
        if !call.is_empty() {
            each(rows[0]..rows[0] + rows.len(), call, session);
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

fn calls_of<'session>(records: impl Iterator<Item = &'session CallVersion>) -> Calls {
    let mut calls = Calls::default();
    records.for_each(|call| *calls.of(call.id.as_bytes()) = Some(()));
    calls
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
