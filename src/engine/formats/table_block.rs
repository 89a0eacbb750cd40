//! One block of a table as columns, with dictionaries of its own.
//!
//! Depends on nothing but the block and the plan, so that blocks can be read side by side.

use std::collections::BTreeSet;

use super::{
    cell::{self, Marks, Written},
    checks::Check,
    cutter::Block,
    dates::Dates,
    duration,
    records::{Records, Row},
    time::{self, TimeReading},
};
use crate::engine::diagnostic::{Diagnostics, Position, RejectedRow};
use crate::engine::fields::FieldId;
use crate::engine::model::{column::NO_TIME, dictionary::Dictionary};
use crate::protocol::{ProblemCode as P, RowCounts};

/// A longer cell is an open quote, not a value: the longest texts of exports are feedback and user agents.
pub(crate) const MAX_CELL_BYTES: usize = 64 << 10;

/// How the columns of a file are read, in the file's order.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) delimiter: u8,
    /// What points and commas within numbers mean.
    pub(crate) marks: Marks,
    pub(crate) columns: Vec<ColumnPlan>,
    /// What makes or breaks a row, by column.
    pub(crate) checks: Vec<(usize, &'static Check)>,
    /// Whether the line of each row is wanted when the file ends.
    pub(crate) keeps_lines: bool,
    /// The headings, which stand again where exports were pasted together.
    pub(crate) headings: Vec<Vec<u8>>,
}

/// How one column is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnPlan {
    /// The field, if the column is used.
    pub(crate) field: Option<FieldId>,
    pub(crate) shape: CellShape,
}

/// What the cells of a column are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellShape {
    Skipped,
    Text,
    Number,
    /// A fraction between 0 and 1, which may stand there as a percentage.
    Ratio {
        /// The heading says percent.
        in_percent: bool,
    },
    /// A percentage, with or without its sign.
    Percent,
    Time,
    /// A length of time, in this unit.
    Duration(duration::Unit),
}

/// The rows of one block.
#[derive(Debug)]
pub(crate) struct TableBlock {
    pub(crate) columns: Vec<BlockColumn>,
    pub(crate) rows: RowCounts,
    pub(crate) diagnostics: Diagnostics,
    /// Dates that leave the order of day and month open; their cells have no time yet.
    pub(crate) dates: Dates,
    /// The line of each row, if the plan wants them.
    pub(crate) lines: Vec<u64>,
    /// Numbers with a decimal comma.
    pub(crate) n_decimal_commas: u64,
    /// Numbers at all.
    pub(crate) n_numbers: u64,
    /// Columns, from 0, in which a number has a percent sign.
    pub(crate) with_sign: BTreeSet<usize>,
}

/// The cells of one column of a block.
#[derive(Debug)]
pub(crate) enum BlockColumn {
    Skipped,
    Text {
        codes: Vec<u32>,
        dictionary: Dictionary,
    },
    Number(Vec<f64>),
    Time(Vec<i64>),
}

impl BlockColumn {
    fn new(shape: CellShape) -> Self {
        match shape {
            CellShape::Skipped => Self::Skipped,
            CellShape::Text => Self::Text {
                codes: Vec::new(),
                dictionary: Dictionary::default(),
            },
            CellShape::Number
            | CellShape::Ratio { .. }
            | CellShape::Percent
            | CellShape::Duration(_) => Self::Number(Vec::new()),
            CellShape::Time => Self::Time(Vec::new()),
        }
    }
}

/// Reads a block. A row with too few or too many cells is rejected; a cell that cannot be read is
/// reported and taken as blank.
pub(crate) fn read(plan: &Plan, block: &Block) -> TableBlock {
    let mut read = TableBlock::new(&plan.columns);
    if let Some(code) = block.broken {
        read.rows.read = 1;
        read.reject(code, block.first_line, None, b"");
        return read;
    }
    let mut records = Records::new(&block.text, plan.delimiter, block.first_line);
    let mut batch = vec![Row::default(); BATCH_ROWS];
    loop {
        let mut n_rows = 0;
        while n_rows < BATCH_ROWS && records.read(&mut batch[n_rows]) {
            n_rows += usize::from(read.accepts(plan, &block.text, &batch[n_rows]));
        }
        read.push(plan, &block.text, &batch[..n_rows]);
        if n_rows < BATCH_ROWS {
            return read;
        }
    }
}

/// So many rows are split before their cells are read column by column: few enough to stay in the
/// processor's cache, enough for a column's dictionary to be warm.
const BATCH_ROWS: usize = 256;

impl TableBlock {
    /// A block without rows.
    pub(crate) fn new(columns: &[ColumnPlan]) -> Self {
        Self {
            columns: columns
                .iter()
                .map(|column| BlockColumn::new(column.shape))
                .collect(),
            rows: RowCounts::default(),
            diagnostics: Diagnostics::default(),
            dates: Dates::default(),
            lines: Vec::new(),
            n_decimal_commas: 0,
            with_sign: BTreeSet::new(),
            n_numbers: 0,
        }
    }

    /// Whether a row is used; counts it either way.
    fn accepts(&mut self, plan: &Plan, text: &[u8], row: &Row) -> bool {
        self.rows.read += 1;
        if row.cell(text, 0).is_empty() && row.is_blank(text) {
            self.rows.blank += 1;
            return false;
        }
        let n_columns = plan.columns.len();
        let raw = row.raw(text);
        let mut surplus = n_columns..row.n_cells();
        if row.n_cells() < n_columns || surplus.any(|idx| !row.cell(text, idx).is_empty()) {
            self.reject(P::ColumnCount, row.line, Some(row.n_cells()), raw);
            return false;
        }
        if raw.len() > MAX_CELL_BYTES
            && let Some(idx) =
                (0..n_columns).find(|idx| row.cell(text, *idx).len() > MAX_CELL_BYTES)
        {
            self.reject(P::CellTooLong, row.line, Some(idx + 1), b"");
            return false;
        }
        if repeats_headings(plan, text, row) {
            self.reject(P::HeadingsAgain, row.line, None, raw);
            return false;
        }
        let is_fine = |(idx, check): &&(usize, &'static Check)| {
            (check.is_fine)(&row.cell(text, *idx), plan.marks)
        };
        if let Some((idx, check)) = plan.checks.iter().find(|check| !is_fine(check)) {
            self.reject(check.code, row.line, Some(idx + 1), raw);
            return false;
        }
        if plan.keeps_lines {
            self.lines.push(row.line);
        }
        self.rows.used += 1;
        true
    }

    /// Counts a row that is not used.
    pub(crate) fn reject(&mut self, code: P, line: u64, column: Option<usize>, text: &[u8]) {
        self.rows.rejected += 1;
        self.diagnostics.reject(RejectedRow {
            line,
            column: column.map(|column| column as u32),
            code,
            text: text.to_vec(),
        });
    }

    fn push(&mut self, plan: &Plan, text: &[u8], rows: &[Row]) {
        for idx in 0..plan.columns.len() {
            let shape = plan.columns[idx].shape;
            if shape == CellShape::Skipped {
                continue;
            }
            for row in rows {
                let cell = row.cell(text, idx);
                let position = Position {
                    line: row.line,
                    column: idx as u32 + 1,
                };
                self.push_cell(plan.marks, shape, idx, position, &cell);
            }
        }
    }

    /// Appends a cell to a column; one that cannot be read is complained about and left out.
    pub(crate) fn push_cell(
        &mut self,
        marks: Marks,
        shape: CellShape,
        idx: usize,
        position: Position,
        cell: &[u8],
    ) {
        let is_blank = cell::is_blank(cell);
        match &mut self.columns[idx] {
            BlockColumn::Skipped => {}
            BlockColumn::Text { codes, dictionary } => {
                codes.push(dictionary.code(if is_blank { b"" } else { cell }));
            }
            BlockColumn::Number(values) => {
                if is_blank {
                    values.push(f64::NAN);
                    return;
                }
                self.n_numbers += 1;
                match number(shape, cell, marks) {
                    Ok((value, written)) => {
                        values.push(value);
                        self.n_decimal_commas += u64::from(written.has_decimal_comma);
                        if written.is_percent {
                            self.with_sign.insert(idx);
                        }
                    }
                    Err(code) => {
                        values.push(f64::NAN);
                        self.diagnostics.cell(code, position);
                    }
                }
            }
            BlockColumn::Time(values) => {
                let reading = if is_blank { None } else { time::time(cell) };
                values.push(match reading {
                    Some(TimeReading::Exactly(ms)) => ms,
                    _ => NO_TIME,
                });
                match reading {
                    Some(open @ TimeReading::ByOrder { .. }) => {
                        self.dates.push(idx, values.len() - 1, position, open);
                    }
                    None if !is_blank => self.diagnostics.cell(P::NotATime, position),
                    _ => {}
                }
            }
        }
    }
}

/// Whether the row is the headings once more.
fn repeats_headings(plan: &Plan, text: &[u8], row: &Row) -> bool {
    let mut headings = plan.headings.iter().enumerate();
    headings.all(|(idx, heading)| *row.cell(text, idx) == **heading)
}

/// The value of a cell in its field's unit, and how it is written.
fn number(shape: CellShape, cell: &[u8], marks: Marks) -> Result<(f64, Written), P> {
    if let CellShape::Duration(unit) = shape {
        let value = duration::read(cell, unit).ok_or(P::NotADuration)?;
        let written = Written {
            value,
            is_percent: false,
            has_decimal_comma: false,
        };
        return Ok((value, written));
    }
    let written = cell::written_number(cell, marks).ok_or(P::NotANumber)?;
    let value = match shape {
        CellShape::Ratio { in_percent } if in_percent || written.is_percent => {
            written.value / 100.0
        }
        CellShape::Number if written.is_percent => return Err(P::NotANumber),
        _ => written.value,
    };
    Ok((value, written))
}
