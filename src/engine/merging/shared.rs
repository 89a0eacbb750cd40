//! Which rows of some tables can be rows of others at all: those whose id another table has, too. Looking at each id
//! once costs far less than comparing rows, and of exports of one day each hardly any is left to compare.

use super::overlap::hash_of;
use crate::engine::fields::FieldId;
use crate::engine::model::{column::TextColumn, dictionary::Dictionary, table::Table};

/// The ids that several tables have.
pub(super) struct Shared {
    field: FieldId,
    minds_case: bool,
    /// The hash of each id, and by its code the table that has it, or `SEVERAL`.
    hashes: Dictionary,
    tables: Vec<usize>,
}

/// Stands for more than one table.
const SEVERAL: usize = usize::MAX;

impl Shared {
    /// Looks at the first of these fields that has texts in all tables; `None` if there is none.
    pub(super) fn of(
        tables: &[&Table],
        mut fields: impl Iterator<Item = FieldId>,
        minds_case: bool,
    ) -> Option<Self> {
        let has_texts = |field: &FieldId| tables.iter().all(|table| table.text(*field).is_some());
        let field = fields.find(has_texts)?;
        let mut shared = Self {
            field,
            minds_case,
            hashes: Dictionary::default(),
            tables: vec![SEVERAL],
        };
        for (idx, table) in tables.iter().enumerate() {
            for code in shared.codes(table.text(field)?) {
                let (code, n_known) = (code as usize, shared.tables.len());
                if code == n_known {
                    shared.tables.push(idx);
                } else if shared.tables[code] != idx {
                    shared.tables[code] = SEVERAL;
                }
            }
        }
        Some(shared)
    }

    /// Takes out of the rows of a table what no other one has.
    pub(super) fn leave_in(&mut self, rows: &mut [bool], table: &Table) {
        let Some(column) = table.text(self.field) else {
            return;
        };
        let codes = self.codes(column);
        let is_in_several: Vec<bool> = codes
            .iter()
            .map(|code| self.tables[*code as usize] == SEVERAL)
            .collect();
        column
            .codes
            .for_each(|row, code| rows[row] &= is_in_several[code as usize]);
    }

    /// The code of each id of a column here.
    fn codes(&mut self, column: &TextColumn) -> Vec<u32> {
        let hash = |text: &[u8]| hash_of(text, self.minds_case);
        let hashes = column.dictionary.map(hash);
        let codes = hashes
            .iter()
            .map(|hash| self.hashes.code(bytemuck::bytes_of(hash)));
        codes.collect()
    }
}
