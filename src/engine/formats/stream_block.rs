//! One block of a stream export as columns, with dictionaries of its own.
//!
//! Depends on nothing but the block and the plan, so that blocks can be read side by side.

use super::{
    cell::{self, Comma},
    cutter::Block,
    records::{Records, Row},
};
use crate::engine::diagnostic::{Diagnostics, Position};
use crate::engine::fields::FieldId;
use crate::engine::model::{column::NO_TIME, dictionary::Dictionary};
use crate::protocol::{ProblemCode as P, RowCounts};

/// How the columns of a file are read, in the file's order.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) delimiter: u8,
    pub(crate) columns: Vec<ColumnPlan>,
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
}

/// The rows of one block.
#[derive(Debug)]
pub(crate) struct StreamBlock {
    pub(crate) columns: Vec<BlockColumn>,
    pub(crate) rows: RowCounts,
    pub(crate) diagnostics: Diagnostics,
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
            CellShape::Number | CellShape::Ratio { .. } | CellShape::Percent => {
                Self::Number(Vec::new())
            }
            CellShape::Time => Self::Time(Vec::new()),
        }
    }
}

/// Reads a block. A row with too few or too many cells is rejected; a cell that cannot be read is
/// reported and taken as blank.
pub(crate) fn read(plan: &Plan, block: &Block) -> StreamBlock {
    let mut read = StreamBlock {
        columns: plan
            .columns
            .iter()
            .map(|column| BlockColumn::new(column.shape))
            .collect(),
        rows: RowCounts::default(),
        diagnostics: Diagnostics::default(),
    };
    if let Some(code) = block.broken {
        read.rows.read = 1;
        read.rows.rejected = 1;
        read.diagnostics.row(code, block.first_line);
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

impl StreamBlock {
    /// Whether a row is used; counts it either way.
    fn accepts(&mut self, plan: &Plan, text: &[u8], row: &Row) -> bool {
        self.rows.read += 1;
        if row.cell(text, 0).is_empty() && row.is_blank(text) {
            self.rows.blank += 1;
            return false;
        }
        let n_columns = plan.columns.len();
        let mut surplus = n_columns..row.n_cells();
        if row.n_cells() < n_columns || surplus.any(|idx| !row.cell(text, idx).is_empty()) {
            self.rows.rejected += 1;
            let position = Position {
                line: row.line,
                column: row.n_cells() as u32,
            };
            self.diagnostics.cell(P::ColumnCount, position);
            return false;
        }
        if repeats_headings(plan, text, row) {
            self.rows.rejected += 1;
            self.diagnostics.row(P::HeadingsAgain, row.line);
            return false;
        }
        self.rows.used += 1;
        true
    }

    fn push(&mut self, plan: &Plan, text: &[u8], rows: &[Row]) {
        // Where the comma does not separate cells it can only be that of a decimal number.
        let comma = if plan.delimiter == b',' {
            Comma::NoNumber
        } else {
            Comma::Decimal
        };
        for (idx, (plan, column)) in plan.columns.iter().zip(&mut self.columns).enumerate() {
            if plan.shape == CellShape::Skipped {
                continue;
            }
            for row in rows {
                let cell = row.cell(text, idx);
                if let Err(code) = column.push(plan.shape, &cell, comma) {
                    let position = Position {
                        line: row.line,
                        column: idx as u32 + 1,
                    };
                    self.diagnostics.cell(code, position);
                }
            }
        }
    }
}

impl BlockColumn {
    fn push(&mut self, shape: CellShape, cell: &[u8], comma: Comma) -> Result<(), P> {
        let is_blank = cell::is_blank(cell);
        match self {
            Self::Skipped => Ok(()),
            Self::Text { codes, dictionary } => {
                codes.push(dictionary.code(if is_blank { b"" } else { cell }));
                Ok(())
            }
            Self::Number(values) => {
                let value = if is_blank {
                    Ok(f64::NAN)
                } else {
                    number(shape, cell, comma)
                };
                values.push(value.unwrap_or(f64::NAN));
                value.map(|_| ())
            }
            Self::Time(values) => {
                let time = if is_blank {
                    Some(NO_TIME)
                } else {
                    cell::time_ms(cell)
                };
                values.push(time.unwrap_or(NO_TIME));
                time.map(|_| ()).ok_or(P::NotATime)
            }
        }
    }
}

/// Whether the row is the headings once more.
fn repeats_headings(plan: &Plan, text: &[u8], row: &Row) -> bool {
    let mut headings = plan.headings.iter().enumerate();
    headings.all(|(idx, heading)| *row.cell(text, idx) == **heading)
}

fn number(shape: CellShape, cell: &[u8], comma: Comma) -> Result<f64, P> {
    let (value, has_sign) = cell::number_or_percent(cell, comma).ok_or(P::NotANumber)?;
    match shape {
        CellShape::Ratio { in_percent } if in_percent || has_sign => Ok(value / 100.0),
        CellShape::Number if has_sign => Err(P::NotANumber),
        _ => Ok(value),
    }
}
