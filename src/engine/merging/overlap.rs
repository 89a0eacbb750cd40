//! Finds the rows of a table that other tables have already.
//!
//! A row counts as often as the table that has it most often: equal rows of one file are all real, equal
//! rows of two files are the same ones. Of each two tables, rows are compared by what both say: a third one that says
//! less changes nothing for them. Tables that say most come first. Of three tables with other columns each, a row of
//! one may stand for a row of each of the others, though these two differ: rows are matched pair by pair.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::{
    Outcome,
    identity::{Identity, Profile},
    shared::Shared,
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
    let mut pairs = Pair::all(tables, &profiles, &of_tables, identity);
    // What tells more of two rows is surer of them.
    let sureness = |pair: &Pair| (pair.is_own(), pair.fields.len());
    let order_of_pairs = sorted_places(&pairs, |one, other| sureness(other).cmp(&sureness(one)));
    // What a table says less of may be any of several rows of one that says more.
    let n_fields = |profile: usize| profiles[profile].len();
    let order = sorted_places(&of_tables, |one, other| {
        n_fields(*other).cmp(&n_fields(*one))
    });
    let paired: Vec<[usize; 2]> = pairs.iter().map(|pair| pair.profiles).collect();
    for (turn, idx) in order.into_iter().map(|idx| idx as usize).enumerate() {
        let (table, own, outcome) = (tables[idx], of_tables[idx], &mut outcomes[idx]);
        if is_unknown(own, &profiles, identity) {
            outcome.complaint = Some(ProblemCode::OverlapUnknown);
        }
        let mut left_for = vec![NOBODY; table.n_rows];
        for place in &order_of_pairs {
            let pair = &mut pairs[*place as usize];
            if pair.other(own).is_some() {
                pair.meet(table, identity);
                if pair.is_own() {
                    pair.leave_out_own(turn, &mut left_for);
                } else {
                    pair.leave_out(own, &mut left_for);
                }
            }
        }
        for pair in pairs.iter_mut().filter(|pair| !pair.is_own()) {
            if let Some(other) = pair.other(own) {
                let knows = |profile| paired.contains(&ordered(profile, other));
                pair.count(own, &left_for, knows);
            }
        }
        outcome.n_repeated = left_for.iter().filter(|left| **left != NOBODY).count() as u64;
        if outcome.n_repeated > 0 {
            outcome.counts = Some(left_for.iter().map(|left| *left == NOBODY).collect());
            outcome.complaint = Some(ProblemCode::RowsInOtherFile);
        }
    }
    outcomes
}

/// A row that is left out for nobody.
const NOBODY: usize = usize::MAX;

fn ordered(one: usize, other: usize) -> [usize; 2] {
    [one.min(other), one.max(other)]
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
    /// The lower one first.
    profiles: [usize; 2],
    fields: Vec<FieldId>,
    shared: Option<Shared>,
    rows: Dictionary,
    /// By the codes of the rows.
    seen: Vec<Seen>,
    /// The codes of the rows of the table whose turn it is.
    codes: Vec<u32>,
}

/// How often a row was seen, for each of the profiles.
#[derive(Default, Clone, Copy)]
struct Seen {
    /// Among rows that count. Of one profile with itself: in the table that has it most often, of those before.
    n_known: [u32; 2],
    /// Among rows that were left out for those of the other profile. Of one profile with itself: in the table whose
    /// turn it is.
    n_met: [u32; 2],
    /// Which turn that is.
    turn: usize,
}

impl Pair {
    /// Those of which there are two tables.
    fn all(
        tables: &[&Table],
        profiles: &[Profile],
        of_tables: &[usize],
        identity: &Identity,
    ) -> Vec<Self> {
        let places = (0..profiles.len()).flat_map(|one| (0..=one).map(move |other| [other, one]));
        let has_several = |one: usize| of_tables.iter().filter(|of| **of == one).count() > 1;
        let met = places.filter(|[one, other]| one != other || has_several(*one));
        let pair = |[one, other]: [usize; 2]| {
            let fields = identity.compared(&profiles[one], &profiles[other])?;
            let of_pair = tables.iter().zip(of_tables);
            let of_pair: Vec<&Table> = of_pair
                .filter(|(_, of)| [one, other].contains(of))
                .map(|(table, _)| *table)
                .collect();
            Some(Self {
                profiles: [one, other],
                shared: Shared::of(&of_pair, identity.needed(&fields), identity.minds_case),
                fields,
                rows: Dictionary::default(),
                seen: Vec::new(),
                codes: Vec::new(),
            })
        };
        met.filter_map(pair).collect()
    }

    fn is_own(&self) -> bool {
        self.profiles[0] == self.profiles[1]
    }

    /// The profile that one is compared with; none if it is not of this pair.
    fn other(&self, own: usize) -> Option<usize> {
        let [one, other] = self.profiles;
        let is_one = (one == own).then_some(other);
        is_one.or((other == own).then_some(one))
    }

    /// Finds the codes of a table's rows; blank for those that nothing can be said of, or that no other table has.
    fn meet(&mut self, table: &Table, identity: &Identity) {
        let mut is_met = is_keyed(table, &self.fields, identity);
        if let Some(shared) = &mut self.shared {
            shared.leave_in(&mut is_met, table);
        }
        let rows: Vec<usize> = (0..table.n_rows).filter(|row| is_met[*row]).collect();
        let keys = keys(table, &self.fields, identity.minds_case, &rows);
        self.codes = vec![BLANK; table.n_rows];
        for (row, key) in rows.iter().zip(&keys) {
            self.codes[*row] = self.rows.code(bytemuck::bytes_of(key));
        }
        self.seen.resize(self.rows.n_codes(), Seen::default());
    }

    /// Leaves out what tables with the same profile have.
    fn leave_out_own(&mut self, turn: usize, left_for: &mut [usize]) {
        for (code, left_for) in self.codes.iter().zip(left_for) {
            let seen = &mut self.seen[*code as usize];
            let (known, met) = (&mut seen.n_known[0], &mut seen.n_met[0]);
            if seen.turn != turn {
                seen.turn = turn;
                *known = (*known).max(std::mem::take(met));
            }
            *met += 1;
            if *code != BLANK && *met <= *known {
                *left_for = self.profiles[0];
            }
        }
    }

    /// Leaves out what tables with the other profile have. Each row of theirs stands for one row.
    fn leave_out(&mut self, own: usize, left_for: &mut [usize]) {
        let place = usize::from(self.profiles[0] != own);
        let other = self.profiles[1 - place];
        for (code, left_for) in self.codes.iter().zip(left_for) {
            let seen = &mut self.seen[*code as usize];
            let is_left = seen.n_met[place] < seen.n_known[1 - place];
            if *code != BLANK && *left_for == NOBODY && is_left {
                seen.n_met[place] += 1;
                *left_for = other;
            }
        }
    }

    /// Notes the rows of the table whose turn it is for the other profile: those that count, and those that are left
    /// out for a profile that the other one does not know.
    fn count(&mut self, own: usize, left_for: &[usize], knows: impl Fn(usize) -> bool) {
        let place = usize::from(self.profiles[0] != own);
        for (code, left_for) in self.codes.iter().zip(left_for) {
            let counts = *left_for == NOBODY || *left_for != own && !knows(*left_for);
            self.seen[*code as usize].n_known[place] += u32::from(counts);
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

/// The keys of some rows.
fn keys(table: &Table, fields: &[FieldId], minds_case: bool, rows: &[usize]) -> Vec<Key> {
    let hashers = [FixedState::with_seed(1), FixedState::with_seed(2)];
    let mut keys: Vec<Key> = vec![[0; 2]; rows.len()];
    let mut mix = |value: &dyn Fn(usize) -> u64| {
        for (key, row) in keys.iter_mut().zip(rows) {
            let value = value(*row);
            for (part, hasher) in key.iter_mut().zip(&hashers) {
                *part = hasher.hash_one((*part, value));
            }
        }
    };
    for field in fields {
        match &table.columns[field] {
            Column::Text(text) => {
                let hash = |text: &[u8]| hash_of(text, minds_case);
                if rows.len() < text.dictionary.n_codes() {
                    mix(&|row| hash(text.text(row)));
                } else {
                    let of_texts = text.dictionary.map(hash);
                    mix(&|row| of_texts[text.codes.get(row) as usize]);
                }
            }
            // Adding zero makes the two zeros one.
            Column::Number(values) => mix(&|row| (values.get(row) + 0.0).to_bits()),
            Column::Time(values) => mix(&|row| values[row].cast_unsigned()),
        }
    }
    keys
}

/// The hash of a text; that of the blank is the one that dictionaries have for it.
pub(super) fn hash_of(text: &[u8], minds_case: bool) -> u64 {
    let hasher = FixedState::with_seed(1);
    if text.is_empty() {
        0
    } else if minds_case {
        hasher.hash_one(text)
    } else {
        hasher.hash_one(text.to_ascii_lowercase().as_slice())
    }
}
