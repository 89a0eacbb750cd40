//! Several files of the same calls: rows that more than one of them has count once.

mod calls;
mod identity;
mod overlap;
mod sources;

pub use calls::{CallCounts, calls};

use super::model::{streams::Streams, table::Table};
use crate::protocol::{FileKind, ProblemCode};
use identity::Identity;

/// The rows of a file that holds no streams.
#[derive(Debug)]
pub struct Records {
    /// What the file is, and so the catalog of its fields.
    pub kind: FileKind,
    /// Its rows.
    pub table: Table,
}

/// What became of the rows of a table among the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// For each row whether it counts; `None` if all do.
    pub counts: Option<Vec<bool>>,
    /// Rows that do not count.
    pub n_repeated: u64,
    /// What is to be said of it.
    pub complaint: Option<ProblemCode>,
}

impl Outcome {
    /// Whether a row counts.
    pub fn counts(&self, row: usize) -> bool {
        self.counts.as_ref().is_none_or(|counts| counts[row])
    }

    fn without(n_rows: usize, complaint: ProblemCode) -> Self {
        Self {
            counts: Some(vec![false; n_rows]),
            n_repeated: n_rows as u64,
            complaint: Some(complaint),
        }
    }
}

/// The outcomes of all streams' tables, then of all records', in their order. `kinds` are those of the files
/// of streams.
pub fn outcomes(kinds: &[FileKind], streams: &[Streams], records: &[Records]) -> Vec<Outcome> {
    let mut all = of_streams(streams);
    sources::prefer_the_dashboard(kinds, streams, &mut all);
    let mut of_records = vec![Outcome::default(); records.len()];
    let mut kinds: Vec<FileKind> = records.iter().map(|records| records.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let Some(identity) = Identity::of_records(kind) else {
            continue;
        };
        let of_kind = |idx: &usize| records[*idx].kind == kind;
        let idxs: Vec<usize> = (0..records.len()).filter(of_kind).collect();
        let tables: Vec<&Table> = idxs.iter().map(|idx| &records[*idx].table).collect();
        let outcomes = overlap::outcomes(&tables, &identity);
        for (idx, outcome) in idxs.into_iter().zip(outcomes) {
            of_records[idx] = outcome;
        }
    }
    all.extend(of_records);
    all
}

/// Single streams count before groups, which may hold the same ones; of several groupings the first counts.
fn of_streams(streams: &[Streams]) -> Vec<Outcome> {
    let is_single = |idx: &usize| streams[*idx].groups.is_none();
    let singles: Vec<usize> = (0..streams.len()).filter(is_single).collect();
    let mut outcomes = vec![Outcome::default(); streams.len()];
    let mut merge = |idxs: &[usize], identity: &Identity| {
        let tables: Vec<&Table> = idxs.iter().map(|idx| &streams[*idx]).collect();
        for (idx, outcome) in idxs.iter().zip(overlap::outcomes(&tables, identity)) {
            outcomes[*idx] = outcome;
        }
    };
    merge(&singles, &Identity::of_streams());
    let first_groups = (0..streams.len()).find(|idx| !is_single(idx));
    let is_counted = |idx: usize| {
        let first = first_groups.map(|first| &streams[first]);
        singles.is_empty() && first.is_some_and(|first| has_columns_of(&streams[idx], first))
    };
    let groups: Vec<usize> = (0..streams.len()).filter(|idx| !is_single(idx)).collect();
    let counted: Vec<usize> = groups
        .iter()
        .copied()
        .filter(|idx| is_counted(*idx))
        .collect();
    merge(&counted, &Identity::whole_row());
    for idx in groups.into_iter().filter(|idx| !counted.contains(idx)) {
        outcomes[idx] = Outcome::without(streams[idx].n_rows, ProblemCode::GroupsNotCounted);
    }
    outcomes
}

fn has_columns_of(table: &Table, other: &Table) -> bool {
    table.columns.keys().eq(other.columns.keys())
}
