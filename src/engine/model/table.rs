//! The rows of one file, column by column.

use std::collections::BTreeMap;
use std::rc::Rc;

use callscope_kernel::runs::Runs;

use super::column::{Column, TextColumn};
use super::groups::Groups;
use super::numbers::Numbers;
use crate::engine::fields::FieldId;

/// The rows of one file, in the fields of one catalog.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// How many rows there are.
    pub n_rows: usize,
    /// The columns that the file has, by field.
    pub columns: BTreeMap<FieldId, Column>,
    /// How many streams each row stands for, if rows stand for many.
    pub groups: Option<Groups>,
    /// Of each end the rows one below the other that say the same of it in all its telling fields, if that was found
    /// out when they were read.
    pub runs: [Option<Rc<Runs>>; 2],
}

impl Table {
    /// The texts of a field.
    pub fn text(&self, field: FieldId) -> Option<&TextColumn> {
        match self.columns.get(&field)? {
            Column::Text(column) => Some(column),
            _ => None,
        }
    }

    /// The numbers of a field.
    pub fn numbers(&self, field: FieldId) -> Option<&Numbers> {
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

    /// Keeps the rows that are marked.
    pub fn keep(&mut self, marks: &[bool]) {
        for column in self.columns.values_mut() {
            column.keep(marks);
        }
        self.runs = [None, None];
        self.n_rows = marks.iter().filter(|mark| **mark).count();
    }

    /// How much memory the columns take.
    pub fn n_bytes(&self) -> usize {
        let groups = self.groups.as_ref().map_or(0, Groups::n_bytes);
        let runs = self.runs.iter().flatten().map(|runs| runs.n_bytes());
        self.columns.values().map(Column::n_bytes).sum::<usize>() + groups + runs.sum::<usize>()
    }
}
