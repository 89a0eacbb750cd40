//! Several files of the same calls: rows that more than one of them has count once.

mod by_call;
mod calls;
mod identity;
mod overlap;
mod shared;
mod sources;

pub use calls::calls;
pub use sources::Source;

use super::model::table::Table;
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

/// The outcomes of all tables of streams, then of all records, in their order.
pub fn outcomes(sources: &[Source<'_>], records: &[Records]) -> Vec<Outcome> {
    let mut all = of_streams(sources);
    let mut of_records = vec![Outcome::default(); records.len()];
    for (first, kind) in records.iter().map(|records| records.kind).enumerate() {
        if records[..first].iter().any(|records| records.kind == kind) {
            continue;
        }
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
fn of_streams(sources: &[Source<'_>]) -> Vec<Outcome> {
    let is_single = |idx: &usize| sources[*idx].streams.groups.is_none();
    let (singles, groups): (Vec<usize>, Vec<usize>) = (0..sources.len()).partition(is_single);
    let mut outcomes = vec![Outcome::default(); sources.len()];
    sources::outcomes(sources, &singles, &mut outcomes);
    let Some(first) = groups.first() else {
        return outcomes;
    };
    let is_counted = |idx: &usize| {
        singles.is_empty() && has_columns_of(sources[*idx].streams, sources[*first].streams)
    };
    let (counted, others): (Vec<usize>, Vec<usize>) =
        groups.iter().partition(|idx| is_counted(idx));
    let tables: Vec<&Table> = counted.iter().map(|idx| sources[*idx].streams).collect();
    for (idx, outcome) in counted
        .iter()
        .zip(overlap::outcomes(&tables, &Identity::of_groups()))
    {
        outcomes[*idx] = outcome;
    }
    for idx in others {
        let n_rows = sources[idx].streams.n_rows;
        outcomes[idx] = Outcome::without(n_rows, ProblemCode::GroupsNotCounted);
    }
    outcomes
}

fn has_columns_of(table: &Table, other: &Table) -> bool {
    table.columns.keys().eq(other.columns.keys())
}
