//! Finds the rows of a table that earlier tables have already.
//!
//! A row counts as often as the table that has it most often: equal rows of one file are all real, equal
//! rows of two files are the same ones.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::{Outcome, identity::Identity};
use crate::engine::fields::FieldId;
use crate::engine::model::{
    column::{Column, NO_TIME},
    dictionary::{BLANK, Dictionary},
    table::Table,
};
use crate::protocol::ProblemCode;

/// Two hashes of a row: equal for equal rows, and for nothing else that will ever be met.
type Key = [u64; 2];

/// How often a row was seen.
#[derive(Default, Clone, Copy)]
struct Seen {
    /// In the table that has it most often, of those before.
    before: u32,
    /// In the table that is looked at.
    here: u32,
    /// That table.
    table: usize,
}

/// What becomes of the rows of tables of one kind, in their order.
pub(super) fn outcomes(tables: &[&Table], identity: &Identity) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::default(); tables.len()];
    if tables.len() < 2 {
        return outcomes;
    }
    let mut left: Vec<usize> = (0..tables.len()).collect();
    while let Some(first) = left.first() {
        let is_alike = |idx: &usize| identity.compares(tables[*first], tables[*idx]);
        let (alike, others): (Vec<usize>, Vec<usize>) = left.iter().partition(|idx| is_alike(idx));
        // A table that cannot even be compared with itself says too little.
        if alike.is_empty() {
            outcomes[*first].complaint = Some(ProblemCode::OverlapUnknown);
            left.remove(0);
            continue;
        }
        compare(tables, &alike, identity, &mut outcomes);
        left = others;
    }
    outcomes
}

/// Finds repeated rows among tables that can be compared.
fn compare(tables: &[&Table], alike: &[usize], identity: &Identity, outcomes: &mut [Outcome]) {
    let fields: Vec<FieldId> = identity.fields_of(tables[alike[0]]);
    let is_common = |field: &FieldId| {
        let has = |idx: &usize| tables[*idx].columns.contains_key(field);
        alike.iter().all(has)
    };
    let fields: Vec<FieldId> = fields.into_iter().filter(is_common).collect();
    let (mut rows, mut seen) = (Dictionary::default(), Vec::new());
    for idx in alike {
        let (table, outcome) = (tables[*idx], &mut outcomes[*idx]);
        let mut counts = vec![true; table.n_rows];
        let is_keyed = is_keyed(table, &identity.needs_one_of);
        let keys = keys(table, &fields, identity.minds_case);
        for (row, key) in keys.iter().enumerate() {
            if !is_keyed[row] {
                continue;
            }
            let code = rows.code(bytemuck::bytes_of(key)) as usize;
            if code > seen.len() {
                seen.push(Seen::default());
            }
            let seen = &mut seen[code - 1];
            if seen.table != *idx {
                seen.before = seen.before.max(seen.here);
                seen.here = 0;
                seen.table = *idx;
            }
            seen.here += 1;
            if seen.here <= seen.before {
                counts[row] = false;
                outcome.n_repeated += 1;
            }
        }
        if outcome.n_repeated > 0 {
            outcome.counts = Some(counts);
            outcome.complaint = Some(ProblemCode::RowsInOtherFile);
        }
    }
}

/// Whether each row has something that tells it from all others; every row where nothing is needed.
fn is_keyed(table: &Table, needs_one_of: &[FieldId]) -> Vec<bool> {
    let mut is_keyed = vec![needs_one_of.is_empty(); table.n_rows];
    for column in needs_one_of
        .iter()
        .filter_map(|field| table.columns.get(field))
    {
        match column {
            Column::Text(text) => text
                .codes
                .for_each(|row, code| is_keyed[row] |= code != BLANK),
            Column::Number(values) => {
                let all = values.iter().zip(&mut is_keyed);
                all.for_each(|(value, is_keyed)| *is_keyed |= !value.is_nan());
            }
            Column::Time(values) => {
                let all = values.iter().zip(&mut is_keyed);
                all.for_each(|(value, is_keyed)| *is_keyed |= *value != NO_TIME);
            }
        }
    }
    is_keyed
}

/// The key of each row.
fn keys(table: &Table, fields: &[FieldId], minds_case: bool) -> Vec<Key> {
    let hashers = [FixedState::with_seed(1), FixedState::with_seed(2)];
    let mut keys: Vec<Key> = vec![[0; 2]; table.n_rows];
    let mut mix = |row: usize, value: u64| {
        let key = &mut keys[row];
        for (part, hasher) in key.iter_mut().zip(&hashers) {
            *part = hasher.hash_one((*part, value));
        }
    };
    for field in fields {
        match &table.columns[field] {
            Column::Text(text) => {
                let hash = |text: &[u8]| {
                    if minds_case {
                        hashers[0].hash_one(text)
                    } else {
                        hashers[0].hash_one(text.to_ascii_lowercase().as_slice())
                    }
                };
                let of_texts = text.dictionary.map(hash);
                text.codes
                    .for_each(|row, code| mix(row, of_texts[code as usize]));
            }
            // Adding zero makes the two zeros one.
            Column::Number(values) => values
                .iter()
                .enumerate()
                .for_each(|(row, value)| mix(row, (value + 0.0).to_bits())),
            Column::Time(values) => values
                .iter()
                .enumerate()
                .for_each(|(row, value)| mix(row, value.cast_unsigned())),
        }
    }
    keys
}
