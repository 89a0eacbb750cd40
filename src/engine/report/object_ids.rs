//! Object ids, and the sign-in names that they ever came with.

use std::ops::Range;

use super::end_runs::{EndRuns, RunColumn, each_end};
use super::person::{NOBODY, lowercase};
use crate::engine::formats::encoding;
use crate::engine::model::{
    dictionary::{BLANK, Dictionary},
    streams::Streams,
};

/// All object ids, and the sign-in name that each came with; of several the first in order.
#[derive(Default)]
pub(super) struct ObjectIds {
    known: Dictionary,
    /// By the numbers of the ids.
    pub(super) upns: Vec<String>,
    /// Who has such a name, once that is known.
    pub(super) persons: Vec<u32>,
    /// Of each end, the numbers of the ids by their codes.
    pub(super) at_ends: Vec<Vec<u32>>,
}

impl ObjectIds {
    /// The ids at the ends of these exports.
    pub(super) fn new(tables: &[Streams], ends: &[[EndRuns; 2]]) -> Self {
        let mut all = Self::default();
        for (streams, runs) in each_end(tables, ends) {
            let Some(ids) = runs.text(streams, "User ObjectId") else {
                all.at_ends.push(Vec::new());
                continue;
            };
            let numbers = ids.dictionary.map(|id| all.number(id));
            all.upns.resize(all.known.n_codes(), String::new());
            if let Some(upns) = runs.text(streams, "UPN") {
                all.see(&ids, &numbers, &upns);
            }
            all.at_ends.push(numbers);
        }
        all.persons = vec![NOBODY; all.upns.len()];
        all
    }

    fn number(&mut self, id: &[u8]) -> u32 {
        let id = encoding::words(id);
        self.known.code(lowercase(id.trim()).as_bytes())
    }

    /// Takes note of the names that ids came with.
    fn see(&mut self, ids: &RunColumn<'_>, numbers: &[u32], upns: &RunColumn<'_>) {
        let words = |upn: u32| encoding::words(upns.dictionary.text(upn));
        let mut first = vec![BLANK; numbers.len()];
        let keys = |runs: Range<usize>, block: &mut [u32]| ids.codes.copy(runs, block);
        let better = |one, other| {
            let (known, new) = (words(one), words(other));
            // What is nothing but blanks is no name.
            let is_better =
                |new: &str, known: &str| known.is_empty() || !new.is_empty() && new < known;
            if is_better(new.trim(), known.trim()) {
                other
            } else {
                one
            }
        };
        upns.codes.meet(&keys, &mut first, &better);
        for (number, upn) in numbers.iter().zip(first) {
            let (known, upn) = (&mut self.upns[*number as usize], words(upn));
            let upn = upn.trim();
            if !upn.is_empty() && (known.is_empty() || upn < known.as_str()) {
                upn.clone_into(known);
            }
        }
    }
}
