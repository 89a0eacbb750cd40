//! Object ids, and the sign-in names that they ever came with.

use std::ops::Range;

use super::end_runs::RunColumn;
use super::person::{NOBODY, PersonColumns, lowercase};
use crate::engine::formats::encoding;
use crate::engine::model::dictionary::{BLANK, Dictionary};

/// All object ids, and the sign-in name that each came with; of several the first in order.
#[derive(Default)]
pub(super) struct ObjectIds {
    known: Dictionary,
    /// By the numbers of the ids.
    pub(super) upns: Vec<String>,
    /// Who has such a name, once that is known.
    pub(super) persons: Vec<u32>,
    /// Of each end, the numbers of the ids by their codes; none where ids tell nothing.
    pub(super) at_ends: Vec<Vec<u32>>,
}

impl ObjectIds {
    /// The ids at these ends.
    pub(super) fn new(ends: &[&PersonColumns<'_>]) -> Self {
        let mut all = Self::default();
        if !ends.iter().any(|columns| columns.has_id_alone()) {
            // They would lead to nobody who is not named.
            all.at_ends = vec![Vec::new(); ends.len()];
            return all;
        }
        for columns in ends {
            let Some(ids) = &columns.id else {
                all.at_ends.push(Vec::new());
                continue;
            };
            let numbers = ids.dictionary.map(|id| all.number(id));
            all.upns.resize(all.known.n_codes(), String::new());
            if let Some(upns) = &columns.upn {
                all.see(ids, &numbers, upns);
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
