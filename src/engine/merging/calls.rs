//! Calls, each counted once: streams, call records and telephone legs of one call are joined on its ids.
//!
//! The dashboard's `Conference Id` is the id of the call record; Direct Routing has it as correlation id, and
//! as shared correlation id after a transfer; Calling Plans as call or conference id where that is a GUID.

use super::{Outcome, Records, by_call::ByCall};
use crate::engine::fields::{Catalog, fields};
use crate::engine::model::{
    calls::CallVersion, column::TextColumn, dictionary::BLANK, streams::Streams, table::Table,
};
use crate::protocol::FileKind;

/// How many calls the files tell of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallCounts {
    /// Calls, each once.
    pub all: u64,
    /// Calls with streams.
    pub with_streams: u64,
    /// Calls with a telephone leg.
    pub with_telephone: u64,
}

const STREAMS: u8 = 1;
const TELEPHONE: u8 = 2;

/// The calls of all files together.
pub fn calls(
    streams: &[Streams],
    recorded: &[Vec<CallVersion>],
    records: &[Records],
    outcomes: &[Outcome],
) -> CallCounts {
    let mut known: ByCall<u8> = ByCall::default();
    for (table, outcome) in streams.iter().zip(outcomes) {
        let Some(ids) = table.text(fields().named("Conference Id")) else {
            continue;
        };
        for id in ids_in_use(ids, outcome) {
            *known.of(id).get_or_insert_default() |= STREAMS;
        }
    }
    // A record without streams is a call all the same.
    for call in recorded.iter().flatten() {
        known.of(call.id.as_bytes()).get_or_insert_default();
    }
    for (records, outcome) in records.iter().zip(&outcomes[streams.len()..]) {
        for id in telephone_ids(records, outcome, &known) {
            *known.of(id).get_or_insert_default() |= TELEPHONE;
        }
    }
    let mut counts = CallCounts::default();
    for (_, parts) in known.iter() {
        counts.all += 1;
        counts.with_streams += u64::from(parts & STREAMS != 0);
        counts.with_telephone += u64::from(parts & TELEPHONE != 0);
    }
    counts
}

/// The distinct ids of rows that count.
fn ids_in_use<'ids>(ids: &'ids TextColumn, outcome: &Outcome) -> Vec<&'ids [u8]> {
    let mut is_used = vec![false; ids.dictionary.n_codes()];
    ids.codes.for_each(|row, code| {
        is_used[code as usize] |= outcome.counts(row);
    });
    let used = ids
        .dictionary
        .iter()
        .filter(|(code, _)| is_used[*code as usize]);
    used.map(|(_, id)| id).collect()
}

/// For each telephone row the id of its call: one that is known by another file, else its first id.
fn telephone_ids<'records>(
    records: &'records Records,
    outcome: &Outcome,
    known: &ByCall<u8>,
) -> Vec<&'records [u8]> {
    let names: (Catalog, &[&'static str]) = match records.kind {
        FileKind::DirectRouting => (
            Catalog::DirectRouting,
            &["Shared correlation ID", "CorrelationId"],
        ),
        FileKind::CallingPlans => (
            Catalog::CallingPlans,
            &["UsageId", "Conference ID", "Call ID"],
        ),
        _ => return Vec::new(),
    };
    let (catalog, names) = names;
    let columns: Vec<&TextColumn> = names
        .iter()
        .filter_map(|name| text(&records.table, catalog, name))
        .collect();
    let mut ids = Vec::new();
    for row in (0..records.table.n_rows).filter(|row| outcome.counts(*row)) {
        let of_row = || {
            let said = columns
                .iter()
                .filter(|column| column.codes.get(row) != BLANK);
            said.map(|column| column.text(row))
        };
        let joined = of_row().find(|id| known.get(id).is_some());
        ids.extend(joined.or_else(|| of_row().next()));
    }
    ids
}

fn text<'table>(
    table: &'table Table,
    catalog: Catalog,
    name: &'static str,
) -> Option<&'table TextColumn> {
    table.text(catalog.fields().named(name))
}
