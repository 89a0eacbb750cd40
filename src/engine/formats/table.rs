//! Joins blocks of a stream export, in the order of the file, into the columns of the model.

use super::stream_block::{BlockColumn, ColumnPlan, StreamBlock};
use crate::engine::diagnostic::Diagnostics;
use crate::engine::model::{
    column::{Column, TextColumn},
    streams::Streams,
};
use crate::protocol::RowCounts;

/// The blocks so far.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) streams: Streams,
    pub(crate) rows: RowCounts,
    pub(crate) diagnostics: Diagnostics,
}

impl Table {
    /// Appends the next block.
    pub(crate) fn append(&mut self, plan: &[ColumnPlan], block: StreamBlock) {
        for (plan, column) in plan.iter().zip(block.columns) {
            let Some(field) = plan.field else { continue };
            let known = self
                .streams
                .columns
                .entry(field)
                .or_insert_with(|| empty(&column));
            join(known, column);
        }
        self.streams.n_rows += block.rows.used as usize;
        self.rows.read += block.rows.read;
        self.rows.used += block.rows.used;
        self.rows.rejected += block.rows.rejected;
        self.rows.blank += block.rows.blank;
        self.diagnostics.merge(block.diagnostics);
    }
}

fn empty(column: &BlockColumn) -> Column {
    match column {
        BlockColumn::Skipped | BlockColumn::Text { .. } => Column::Text(TextColumn::default()),
        BlockColumn::Number(_) => Column::Number(Vec::new()),
        BlockColumn::Time(_) => Column::Time(Vec::new()),
    }
}

fn join(column: &mut Column, block: BlockColumn) {
    match (column, block) {
        (Column::Text(column), BlockColumn::Text { codes, dictionary }) => {
            let joined = column.dictionary.join(&dictionary);
            let codes = codes.into_iter().map(|code| joined[code as usize]);
            column.codes.extend(codes, column.dictionary.n_codes());
        }
        (Column::Number(values), BlockColumn::Number(more)) => values.extend(more),
        (Column::Time(values), BlockColumn::Time(more)) => values.extend(more),
        (_, BlockColumn::Skipped) => {}
        _ => unreachable!("a column has one shape throughout its file"),
    }
}
