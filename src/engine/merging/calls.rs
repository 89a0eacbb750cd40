//! Calls, each counted once: those that streams and call records tell of, and those of telephone exports.
//!
//! The dashboard's `Conference Id` is the id of the call record; Direct Routing has it as correlation id, and
//! as shared correlation id in each leg of a call that was transferred. Rows of Calling Plans have ids of their own:
//! a call is known again only where a call or conference id is that of a record, which is seldom. So telephone calls
//! are never added to the others.

use super::{Outcome, Records, by_call::ByCall};
use crate::engine::fields::{Catalog, fields};
use crate::engine::model::{
    calls::CallVersion, column::TextColumn, dictionary::BLANK, streams::Streams, table::Table,
};
use crate::protocol::{CallFigures, FileKind};

/// Streams or a record tell of the call with this id.
const QUALITY: u8 = 1;
/// A telephone export does.
const TELEPHONE: u8 = 2;
/// So do streams or a record, under another id of it.
const BOTH: u8 = 4;
/// It is a leg of a call with another id.
const LEG: u8 = 8;

type Marks = ByCall<u8>;

/// How many calls all files together tell of.
pub fn calls(
    streams: &[Streams],
    recorded: &[Vec<CallVersion>],
    records: &[Records],
    outcomes: &[Outcome],
) -> CallFigures {
    let mut known = Marks::default();
    let mut figures = CallFigures::default();
    for (table, outcome) in streams.iter().zip(outcomes) {
        figures.may_be_more |= !mark_calls_of_streams(table, outcome, &mut known);
    }
    // A record without streams is a call all the same.
    for call in recorded.iter().flatten() {
        mark(&mut known, call.id.as_bytes(), QUALITY);
    }
    mark_direct_routing(records, &mut known);
    for (records, outcome) in records.iter().zip(&outcomes[streams.len()..]) {
        mark_calling_plans(records, outcome, &mut known);
    }
    for (_, marks) in known.iter() {
        let has = |mark: u8| u64::from(marks & mark != 0);
        let is_telephone = has(TELEPHONE) & !has(LEG);
        figures.n_calls += has(QUALITY);
        figures.n_telephone += is_telephone;
        figures.n_both += is_telephone & has(QUALITY | BOTH);
    }
    figures
}

fn mark(known: &mut Marks, id: &[u8], marks: u8) {
    *known.of(id).get_or_insert_default() |= marks;
}

fn has(known: &Marks, id: &[u8], mark: u8) -> bool {
    known.get(id).is_some_and(|marks| marks & mark != 0)
}

/// Marks the calls of rows that count. False if some do not say their call.
fn mark_calls_of_streams(table: &Streams, outcome: &Outcome, known: &mut Marks) -> bool {
    let Some(ids) = table.text(fields().named("Conference Id")) else {
        return !(0..table.n_rows).any(|row| outcome.counts(row));
    };
    let mut is_used = vec![false; ids.dictionary.n_codes()];
    ids.codes.for_each(|row, code| {
        is_used[code as usize] |= outcome.counts(row);
    });
    for (code, id) in ids.dictionary.iter() {
        if is_used[code as usize] {
            mark(known, id, QUALITY);
        }
    }
    !is_used[BLANK as usize]
}

/// Marks the calls of Direct Routing. Rows that another file has as well are looked at, too: they may say more of
/// a transfer than those that count.
fn mark_direct_routing(records: &[Records], known: &mut Marks) {
    let legs: Vec<_> = records
        .iter()
        .filter(|records| records.kind == FileKind::DirectRouting)
        .flat_map(|records| {
            let column = |name| text(&records.table, Catalog::DirectRouting, name);
            let (own, shared) = (column("CorrelationId"), column("Shared correlation ID"));
            (0..records.table.n_rows).map(move |row| (id(own, row), id(shared, row)))
        })
        .collect();
    for (own, shared) in legs.iter().filter(|(_, shared)| !shared.is_empty()) {
        mark(known, shared, TELEPHONE);
        if has(known, own, QUALITY) {
            mark(known, shared, BOTH);
        }
        if !own.eq_ignore_ascii_case(shared) {
            mark(known, own, LEG);
        }
    }
    for (own, shared) in &legs {
        if shared.is_empty() && !own.is_empty() && !has(known, own, LEG) {
            mark(known, own, TELEPHONE);
        }
    }
}

/// Marks the calls of rows of Calling Plans that count.
fn mark_calling_plans(records: &Records, outcome: &Outcome, known: &mut Marks) {
    if records.kind != FileKind::CallingPlans {
        return;
    }
    let names = ["UsageId", "Conference ID", "Call ID"];
    let columns = names.map(|name| text(&records.table, Catalog::CallingPlans, name));
    for row in (0..records.table.n_rows).filter(|row| outcome.counts(*row)) {
        let ids = columns.map(|column| id(column, row));
        if let Some(own) = ids.iter().find(|id| !id.is_empty()) {
            let is_known = ids.iter().any(|id| has(known, id, QUALITY));
            mark(
                known,
                own,
                if is_known {
                    TELEPHONE | BOTH
                } else {
                    TELEPHONE
                },
            );
        }
    }
}

/// The id of a row, blank where it does not say one.
fn id(column: Option<&TextColumn>, row: usize) -> &[u8] {
    column.map_or(b"", |ids| ids.text(row))
}

fn text<'table>(
    table: &'table Table,
    catalog: Catalog,
    name: &'static str,
) -> Option<&'table TextColumn> {
    table.text(catalog.fields().named(name))
}
