//! Joins blocks of a table, in the order of the file, into the columns of the model.

use std::collections::BTreeSet;

use super::cell::Marks;
use super::dates::Dates;
use super::reader_codes::{ColumnCodes, ReaderCodes};
use super::table_block::{BlockColumn, CellShape, ColumnPlan, TableBlock};
use crate::engine::diagnostic::Diagnostics;
use crate::engine::fields::FieldId;
use crate::engine::model::{
    column::{Column, TextColumn},
    numbers::Numbers,
    table::Table,
};
use crate::protocol::{ProblemCode as P, RowCounts};

/// The blocks so far.
#[derive(Debug, Default)]
pub(crate) struct Joining {
    pub(crate) table: Table,
    pub(crate) rows: RowCounts,
    pub(crate) diagnostics: Diagnostics,
    /// Dates that leave the order of day and month open.
    pub(crate) dates: Dates,
    /// The line of each row, if the sheet keeps them.
    pub(crate) lines: Vec<u64>,
    /// Columns, from 0, in which a number has a percent sign.
    pub(crate) with_sign: BTreeSet<usize>,
    /// How numbers are written.
    pub(crate) marks: Marks,
    /// Numbers with a decimal comma.
    pub(crate) n_decimal_commas: u64,
    /// Numbers at all.
    pub(crate) n_numbers: u64,
    /// The rows that say something else of each end than the row above, if the sheet tells of ends.
    pub(crate) run_starts: [Vec<u32>; 2],
    /// So many rows there will be, as far as can be told.
    n_expected: usize,
}

/// A guess must not take more.
const MAX_EXPECTED_BYTES: usize = 1 << 30;

impl Joining {
    /// Makes room for so many rows, unless that was said before: columns that grow step by step are copied
    /// again and again, and need their memory twice.
    pub(crate) fn expect_rows(&mut self, n_rows: u64) {
        if self.n_expected == 0 {
            let n_row_bytes = self.table.columns.len().max(1) * size_of::<f64>();
            self.n_expected = (n_rows as usize).min(MAX_EXPECTED_BYTES / n_row_bytes);
            for column in self.table.columns.values_mut() {
                column.reserve(self.n_expected);
            }
        }
    }

    /// Appends the next block, whose texts are known from its reader.
    pub(crate) fn append(
        &mut self,
        plan: &[ColumnPlan],
        block: TableBlock,
        codes: &mut ReaderCodes,
    ) {
        let first_row = self.table.n_rows;
        for (idx, (plan, column)) in plan.iter().zip(block.columns).enumerate() {
            let Some(field) = plan.field else { continue };
            let known = self
                .table
                .columns
                .entry(field)
                .or_insert_with(|| empty(&column));
            join(known, column, codes.of_column(idx));
            if let Column::Text(column) = known {
                column.dictionary.see();
                if plan.shape == (CellShape::Text { is_address: true }) {
                    column.dictionary.read_addresses();
                }
            }
        }
        for (all, starts) in self.run_starts.iter_mut().zip(block.run_starts) {
            all.extend(starts.iter().map(|row| first_row as u32 + row));
        }
        self.dates.append(block.dates, first_row);
        self.lines.extend(block.lines);
        self.with_sign.extend(block.with_sign);
        self.n_decimal_commas += block.n_decimal_commas;
        self.n_numbers += block.n_numbers;
        self.table.n_rows += block.rows.used as usize;
        self.rows.read += block.rows.read;
        self.rows.used += block.rows.used;
        self.rows.rejected += block.rows.rejected;
        self.rows.blank += block.rows.blank;
        self.diagnostics.merge(block.diagnostics);
    }

    /// How much memory the columns take, and what is known of rows.
    pub(crate) fn n_bytes(&self) -> usize {
        let starts = self.run_starts.iter().map(Vec::capacity).sum::<usize>();
        self.table.n_bytes() + starts * size_of::<u32>()
    }

    /// Complains about texts of a field that are no UTF-8.
    pub(crate) fn check_encoding(&mut self, field: FieldId, column: u32) {
        let Some(text) = self.table.text(field) else {
            return;
        };
        let is_odd = text
            .dictionary
            .map(|text| std::str::from_utf8(text).is_err());
        let mut n_odd = 0;
        text.codes
            .for_each(|_, code| n_odd += u64::from(is_odd[code as usize]));
        if n_odd > 0 {
            self.diagnostics.column(P::BadEncoding, column, n_odd);
        }
    }
}

fn empty(column: &BlockColumn) -> Column {
    match column {
        BlockColumn::Skipped | BlockColumn::Text { .. } => Column::Text(TextColumn::default()),
        BlockColumn::Number(_) | BlockColumn::Packed(_) => Column::Number(Numbers::default()),
        BlockColumn::Time(_) => Column::Time(Vec::new()),
    }
}

fn join(column: &mut Column, block: BlockColumn, joined: &mut ColumnCodes) {
    match (column, block) {
        (Column::Text(column), BlockColumn::Text { codes, .. }) => joined.join(&codes, column),
        (Column::Number(values), BlockColumn::Number(more)) => values.extend(&more),
        (Column::Number(values), BlockColumn::Packed(more)) => values.append(more),
        (Column::Time(values), BlockColumn::Time(more)) => values.extend(more),
        (_, BlockColumn::Skipped) => {}
        _ => unreachable!("a column has one shape throughout its file"),
    }
}
