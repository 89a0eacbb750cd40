//! The streams of one export, column by column.

use std::collections::BTreeMap;

use super::column::{Column, TextColumn};
use crate::engine::fields::FieldId;

/// One export: a row a stream.
#[derive(Debug, Clone, Default)]
pub struct Streams {
    /// How many streams there are.
    pub n_rows: usize,
    /// The columns that the export has, by field.
    pub columns: BTreeMap<FieldId, Column>,
}

impl Streams {
    /// The texts of a field.
    pub fn text(&self, field: FieldId) -> Option<&TextColumn> {
        match self.columns.get(&field)? {
            Column::Text(column) => Some(column),
            _ => None,
        }
    }

    /// The numbers of a field.
    pub fn numbers(&self, field: FieldId) -> Option<&[f64]> {
        match self.columns.get(&field)? {
            Column::Number(values) => Some(values),
            _ => None,
        }
    }

    /// The times of a field.
    pub fn times(&self, field: FieldId) -> Option<&[i64]> {
        match self.columns.get(&field)? {
            Column::Time(values) => Some(values),
            _ => None,
        }
    }

    /// How much memory the columns take.
    pub fn n_bytes(&self) -> usize {
        self.columns.values().map(Column::n_bytes).sum()
    }
}
