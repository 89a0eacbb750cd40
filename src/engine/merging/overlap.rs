//! Finds the rows of a table that other tables have already.
//!
//! A row counts as often as the table that has it most often: equal rows of one file are all real, equal
//! rows of two files are the same ones. Of each two tables, rows are compared by what both say: a third one that says
//! less changes nothing for them. Tables that say most come first.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::{
    Outcome,
    identity::{Identity, Profile},
};
use crate::engine::fields::FieldId;
use crate::engine::model::{
    column::{Column, NO_TIME},
    dictionary::{BLANK, Dictionary},
    table::Table,
};
use crate::engine::sorting::sorted_places;
use crate::protocol::ProblemCode;

/// Two hashes of a row: equal for equal rows, and for nothing else that will ever be met.
type Key = [u64; 2];

/// What becomes of the rows of tables of one kind, in their order.
pub(super) fn outcomes(tables: &[&Table], identity: &Identity) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::default(); tables.len()];
    if tables.len() < 2 {
        return outcomes;
    }
    let (profiles, of_tables) = profiles(tables, identity);
    let mut pairs = Pair::all(&profiles, identity);
    // What a table says less of may be any of several rows of one that says more.
    let n_fields = |profile: usize| profiles[profile].len();
    let order = sorted_places(&of_tables, |one, other| {
        n_fields(*other).cmp(&n_fields(*one))
    });
    for (turn, idx) in order.into_iter().map(|idx| idx as usize).enumerate() {
        let (table, profile, outcome) = (tables[idx], of_tables[idx], &mut outcomes[idx]);
        if is_unknown(profile, &profiles, identity) {
            outcome.complaint = Some(ProblemCode::OverlapUnknown);
        }
        let mut counts = vec![true; table.n_rows];
        let mut met = Vec::new();
        for pair in pairs.iter_mut().filter(|pair| pair.of(profile).is_some()) {
            let codes = pair.codes(table, identity);
            outcome.n_repeated += pair.leave_out(&codes, profile, turn, &mut counts);
            met.push((pair, codes));
        }
        for (pair, codes) in met {
            pair.count(&codes, profile, &counts);
        }
        if outcome.n_repeated > 0 {
            outcome.counts = Some(counts);
            outcome.complaint = Some(ProblemCode::RowsInOtherFile);
        }
    }
    outcomes
}

/// What tables have that may be compared, each once, and the place of each table's own.
fn profiles(tables: &[&Table], identity: &Identity) -> (Vec<Profile>, Vec<usize>) {
    let mut profiles: Vec<Profile> = Vec::new();
    let of_tables = tables.iter().map(|table| {
        let profile = identity.profile(table);
        let known = profiles.iter().position(|known| *known == profile);
        known.unwrap_or_else(|| {
            profiles.push(profile);
            profiles.len() - 1
        })
    });
    let of_tables = of_tables.collect();
    (profiles, of_tables)
}

/// Whether a table says too little to be compared with itself, or with another one that says enough for that.
fn is_unknown(profile: usize, profiles: &[Profile], identity: &Identity) -> bool {
    let are_compared = |one: &Profile, other| identity.compared(one, other).is_some();
    let own = &profiles[profile];
    let mut enough = profiles.iter().filter(|other| are_compared(other, other));
    !are_compared(own, own)
        || identity.is_partial() && enough.any(|other| !are_compared(own, other))
}

/// The rows of tables with two profiles, which are compared with each other by the same fields; or of those with one.
struct Pair {
    profiles: [usize; 2],
    fields: Vec<FieldId>,
    rows: Dictionary,
    /// By the codes of the rows.
    seen: Vec<Seen>,
}

/// How often a row was seen.
#[derive(Default, Clone, Copy)]
struct Seen {
    /// In earlier tables of each of the profiles, as far as it counts.
    n_counting: [u32; 2],
    /// So many of those were not yet met in the table whose turn it is.
    n_left: u32,
    /// Which turn that is.
    turn: usize,
}

impl Pair {
    fn all(profiles: &[Profile], identity: &Identity) -> Vec<Self> {
        let places = (0..profiles.len()).flat_map(|one| (0..=one).map(move |other| [other, one]));
        let pair = |[one, other]: [usize; 2]| {
            Some(Self {
                profiles: [one, other],
                fields: identity.compared(&profiles[one], &profiles[other])?,
                rows: Dictionary::default(),
                seen: Vec::new(),
            })
        };
        let mut pairs: Vec<_> = places.filter_map(pair).map(Some).collect();
        // What tells more of two rows is surer of them.
        let n_fields = |pair: &Option<Self>| pair.as_ref().map_or(0, |pair| pair.fields.len());
        let order = sorted_places(&pairs, |one, other| n_fields(other).cmp(&n_fields(one)));
        let order = order.into_iter();
        order
            .filter_map(|place| pairs[place as usize].take())
            .collect()
    }

    /// Which of the profiles this is, and which one its rows are compared with.
    fn of(&self, profile: usize) -> Option<(usize, usize)> {
        let own = self.profiles.iter().position(|one| *one == profile)?;
        let is_one = self.profiles[0] == self.profiles[1];
        Some((own, if is_one { own } else { 1 - own }))
    }

    /// The codes of a table's rows; blank for those that nothing can be said of.
    fn codes(&mut self, table: &Table, identity: &Identity) -> Vec<u32> {
        let is_keyed = is_keyed(table, &self.fields, identity);
        let keys = keys(table, &self.fields, identity.minds_case);
        let code = |(key, is_keyed): (&Key, _)| {
            if is_keyed {
                self.rows.code(bytemuck::bytes_of(key))
            } else {
                BLANK
            }
        };
        let codes = keys.iter().zip(is_keyed).map(code).collect();
        self.seen.resize(self.rows.n_codes(), Seen::default());
        codes
    }

    /// Leaves out what earlier tables have; of equal rows as many as count there. Gives how many.
    fn leave_out(
        &mut self,
        codes: &[u32],
        profile: usize,
        turn: usize,
        counts: &mut [bool],
    ) -> u64 {
        let mut n_repeated = 0;
        let Some((_, others)) = self.of(profile) else {
            return n_repeated;
        };
        let counting = codes.iter().zip(counts).filter(|(_, counts)| **counts);
        for (code, counts) in counting.filter(|(code, _)| **code != BLANK) {
            let seen = &mut self.seen[*code as usize];
            if seen.turn != turn {
                seen.turn = turn;
                seen.n_left = seen.n_counting[others];
            }
            if seen.n_left > 0 {
                seen.n_left -= 1;
                *counts = false;
                n_repeated += 1;
            }
        }
        n_repeated
    }

    /// Counts the rows of a table that count.
    fn count(&mut self, codes: &[u32], profile: usize, counts: &[bool]) {
        let Some((own, _)) = self.of(profile) else {
            return;
        };
        for (code, counts) in codes.iter().zip(counts) {
            self.seen[*code as usize].n_counting[own] += u32::from(*counts);
        }
    }
}

/// Whether each row has something among these fields that tells it from all others; every row where nothing is
/// needed.
fn is_keyed(table: &Table, fields: &[FieldId], identity: &Identity) -> Vec<bool> {
    let mut is_keyed = vec![!identity.is_partial(); table.n_rows];
    for field in identity.needed(fields) {
        match &table.columns[&field] {
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
