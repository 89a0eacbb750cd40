//! What makes a row of a sheet no use: a value that must be there, or one that stood there before.

use std::collections::BTreeSet;

use super::{cell::Marks, column_plan::ColumnRead, joining::Joining};
use crate::engine::diagnostic::Position;
use crate::engine::fields::Catalog;
use crate::protocol::ProblemCode;

/// A field without whose value a row is of no use: the row is rejected.
#[derive(Debug)]
pub(crate) struct Check {
    /// The name of the field.
    pub(crate) field: &'static str,
    /// Whether a cell is as it must be.
    pub(crate) is_fine: fn(&[u8], Marks) -> bool,
    /// The complaint about other cells.
    pub(crate) code: ProblemCode,
}

/// A field that differs in each row: a row that repeats a value is a duplicate of the first one.
#[derive(Debug)]
pub(crate) struct Unique {
    /// The name of the field.
    pub(crate) field: &'static str,
    /// What is the same for each way of writing a value.
    pub(crate) key: fn(&[u8]) -> Vec<u8>,
    /// The complaint about the other rows.
    pub(crate) code: ProblemCode,
}

/// The checks of a file, by the place of their columns.
pub(crate) fn by_column(
    checks: &'static [Check],
    catalog: Catalog,
    columns: &[ColumnRead],
) -> Vec<(usize, &'static Check)> {
    let place = |check: &'static Check| Some((place_of(check.field, catalog, columns)?, check));
    checks.iter().filter_map(place).collect()
}

fn place_of(name: &'static str, catalog: Catalog, columns: &[ColumnRead]) -> Option<usize> {
    let field = catalog.fields().named(name);
    columns
        .iter()
        .position(|read| read.field(catalog) == Some(field))
}

impl Unique {
    /// Takes the duplicates out of a table that kept the lines of its rows.
    pub(crate) fn drop_repeated(
        &self,
        catalog: Catalog,
        columns: &[ColumnRead],
        joining: &mut Joining,
    ) {
        let field = catalog.fields().named(self.field);
        let Some(place) = place_of(self.field, catalog, columns) else {
            return;
        };
        let Some(text) = joining.table.text(field) else {
            return;
        };
        let mut seen = BTreeSet::new();
        let keeps: Vec<bool> = (0..joining.table.n_rows)
            .map(|row| seen.insert((self.key)(text.text(row))))
            .collect();
        for (line, _) in joining
            .lines
            .iter()
            .zip(&keeps)
            .filter(|(_, keeps)| !**keeps)
        {
            let position = Position {
                line: *line,
                column: place as u32 + 1,
            };
            joining.diagnostics.cell(self.code, position);
        }
        let mut keep = keeps.iter();
        joining
            .lines
            .retain(|_| *keep.next().expect("each row has a line"));
        joining.table.keep(&keeps);
        let n_dropped = keeps.iter().filter(|keeps| !**keeps).count() as u64;
        joining.rows.used -= n_dropped;
        joining.rows.duplicates += n_dropped;
    }
}
