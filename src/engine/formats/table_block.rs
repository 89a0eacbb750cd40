//! Blocks of a table as columns, with the dictionaries of their reader.
//!
//! Depends on nothing but the blocks and the plan, so that several readers can share a file.

use std::collections::BTreeSet;

use callscope_kernel::{
    above::{Above, BITS},
    cells::plain,
    codes::Codes,
    columns::{BatchColumn, Desk},
    interner::Interner,
    rows::{Row, Rows},
    texts::Texts,
};

use super::{
    cell::{self, Marks, Written},
    checks::Check,
    cutter::Block,
    dates::Dates,
    duration,
    time::{self, TimeReading},
};
use crate::engine::diagnostic::{Diagnostics, Position, RejectedRow};
use crate::engine::fields::FieldId;
use crate::engine::model::{column::NO_TIME, numbers::Numbers};
use crate::protocol::{DecimalMark, ProblemCode as P, RowCounts};

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
    /// Of streams, the columns that tell of each end.
    pub(crate) ends: [Vec<usize>; 2],
    /// The headings as the file has them, which stand again where exports were pasted together.
    pub(crate) headings: Vec<Vec<u8>>,
}

impl Plan {
    /// How much memory a row takes at least: the codes of a text column may be of one byte, numbers of two.
    pub(crate) fn least_row_bytes(&self) -> u64 {
        let bytes = |column: &ColumnPlan| match column.shape {
            CellShape::Skipped => 0,
            CellShape::Text { .. } => 1,
            CellShape::Time => size_of::<i64>() as u64,
            _ => size_of::<i16>() as u64,
        };
        self.columns.iter().map(bytes).sum()
    }
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
    Text {
        /// It is read as an IP address once it is joined.
        is_address: bool,
    },
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
#[derive(Debug, Default)]
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
    /// The rows that say something else of each end than the row above.
    pub(crate) run_starts: [Vec<u32>; 2],
}

/// The cells of one column of a block.
#[derive(Debug)]
pub(crate) enum BlockColumn {
    Skipped,
    Text {
        /// Codes of the reader's own.
        codes: Codes,
        /// The texts that the reader had not met before, in the order of their codes.
        texts: Texts,
    },
    Number(Vec<f64>),
    /// Numbers that came from another worker.
    Packed(Numbers),
    Time(Vec<i64>),
}

impl BlockColumn {
    fn new(shape: CellShape) -> Self {
        match shape {
            CellShape::Skipped => Self::Skipped,
            CellShape::Text { .. } => Self::Text {
                codes: Codes::default(),
                texts: Texts::default(),
            },
            CellShape::Number
            | CellShape::Ratio { .. }
            | CellShape::Percent
            | CellShape::Duration(_) => Self::Number(Vec::new()),
            CellShape::Time => Self::Time(Vec::new()),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Skipped => {}
            Self::Text { codes, texts } => {
                codes.clear();
                *texts = Texts::default();
            }
            Self::Number(values) => values.clear(),
            Self::Packed(values) => *values = Numbers::default(),
            Self::Time(values) => values.clear(),
        }
    }
}

/// Reads blocks of one file. Remembers the texts of each column, so that a text is told once.
///
/// Texts are kept as they stand in the file: what they say is found out once for each, when blocks are joined.
#[derive(Debug)]
pub(crate) struct BlockReader {
    interners: Vec<Interner>,
    desk: Desk,
    above: Above,
    /// A bit for each column: it holds texts.
    are_texts: Vec<u64>,
    /// The block in the making.
    pub(crate) block: TableBlock,
}

impl BlockReader {
    /// A reader that has met no text yet.
    pub(crate) fn new(columns: &[ColumnPlan]) -> Self {
        Self {
            interners: columns.iter().map(|_| Interner::default()).collect(),
            desk: Desk::default(),
            above: Above::default(),
            are_texts: columns
                .chunks(BITS)
                .map(|columns| {
                    let bits = columns.iter().enumerate();
                    bits.fold(0, |all, (idx, column)| {
                        let is_text = matches!(column.shape, CellShape::Text { .. });
                        all | u64::from(is_text) << idx
                    })
                })
                .collect(),
            block: TableBlock::new(columns),
        }
    }

    /// Reads a block. A row with too few or too many cells is rejected; a cell that cannot be read is
    /// reported and taken as blank.
    pub(crate) fn read(&mut self, plan: &Plan, block: &Block) -> TableBlock {
        if let Some(code) = block.broken {
            self.block.rows.read = 1;
            self.block.reject(code, block.first_line, None, b"");
        } else {
            let mut rows = Rows::new(&block.text, plan.delimiter, block.first_line);
            self.read_rows(plan, &mut rows, true);
        }
        self.take(&plan.columns)
    }

    /// Reads rows; at the end of a file also one without a line end.
    pub(crate) fn read_rows(&mut self, plan: &Plan, rows: &mut Rows<'_>, is_end: bool) {
        let (mut firsts, mut lines) = (Vec::new(), Vec::new());
        while rows.next_batch() || is_end && rows.last_batch() {
            firsts.clear();
            lines.clear();
            if !self.block.accepts_all(plan, rows, &mut firsts, &mut lines) {
                for row in rows.batch() {
                    if self.block.accepts(plan, &row) {
                        firsts.push(row.first);
                        lines.push(row.line);
                    }
                }
            }
            self.above
                .compare(rows, &firsts, plan.columns.len(), &self.are_texts);
            let n_before = self.block.rows.used as usize - firsts.len();
            for (columns, starts) in plan.ends.iter().zip(&mut self.block.run_starts) {
                self.above
                    .push_differing(columns, firsts.len(), n_before as u32, starts);
            }
            for idx in 0..plan.columns.len() {
                let column = BatchColumn {
                    rows,
                    firsts: &firsts,
                    idx,
                    is_last: idx + 1 == plan.columns.len(),
                };
                self.push_column(plan, &column, &lines);
            }
        }
    }

    /// Takes back a block that nobody needs any more, for the memory of its columns.
    pub(crate) fn give_back(&mut self, mut block: TableBlock) {
        for column in &mut block.columns {
            column.clear();
        }
        self.block = TableBlock {
            columns: block.columns,
            ..TableBlock::default()
        };
    }

    /// Gives what was read since the last time.
    pub(crate) fn take(&mut self, columns: &[ColumnPlan]) -> TableBlock {
        let mut block = std::mem::replace(&mut self.block, TableBlock::new(columns));
        for (column, interner) in block.columns.iter_mut().zip(&mut self.interners) {
            if let BlockColumn::Text { texts, .. } = column {
                *texts = interner.news();
            }
        }
        block
    }

    /// Appends the cells of a column; each row has its line.
    fn push_column(&mut self, plan: &Plan, cells: &BatchColumn<'_>, lines: &[u64]) {
        let idx = cells.idx;
        let shape = plan.columns[idx].shape;
        let n_before = self.block.rows.used as usize - lines.len();
        let mut others = Vec::new();
        match &mut self.block.columns[idx] {
            BlockColumn::Skipped | BlockColumn::Packed(_) => return,
            BlockColumn::Text { codes, .. } => {
                let interner = &mut self.interners[idx];
                return cells.push_texts(&self.above, interner, codes, &mut self.desk);
            }
            BlockColumn::Number(values) if is_plain_number(shape, plan.marks) => {
                self.block.n_numbers += cells.push_numbers(values, &mut others);
            }
            BlockColumn::Number(values) => cells.push_others(values, f64::NAN, &mut others),
            BlockColumn::Time(values) => cells.push_times(values, NO_TIME, &mut others),
        }
        for row in others {
            let position = Position {
                line: lines[row as usize],
                column: idx as u32 + 1,
            };
            let cell = plain(cells.raw(row));
            let row = n_before + row as usize;
            self.block
                .set_measure(plan.marks, shape, idx, row, position, &cell);
        }
    }

    /// Appends a cell without its quotes to a column; one that cannot be read is complained about and left out.
    pub(crate) fn push_cell(
        &mut self,
        marks: Marks,
        shape: CellShape,
        idx: usize,
        position: Position,
        cell: &[u8],
    ) {
        if let BlockColumn::Text { codes, .. } = &mut self.block.columns[idx] {
            let cell = if cell::is_blank(cell) { b"" } else { cell };
            let code = self.interners[idx].code(cell);
            codes.extend(std::iter::once(code), self.interners[idx].n_codes());
            return;
        }
        let row = match &mut self.block.columns[idx] {
            BlockColumn::Number(values) => {
                values.push(f64::NAN);
                values.len() - 1
            }
            BlockColumn::Time(values) => {
                values.push(NO_TIME);
                values.len() - 1
            }
            _ => return,
        };
        self.block
            .set_measure(marks, shape, idx, row, position, cell);
    }
}

/// Whether a number of the column that is written plainly is its value.
fn is_plain_number(shape: CellShape, marks: Marks) -> bool {
    let is_plain = matches!(
        shape,
        CellShape::Number | CellShape::Percent | CellShape::Ratio { in_percent: false }
    );
    is_plain && marks != Marks::Only(DecimalMark::Comma)
}

impl TableBlock {
    /// A block without rows.
    fn new(columns: &[ColumnPlan]) -> Self {
        let columns = columns.iter();
        Self {
            columns: columns
                .map(|column| BlockColumn::new(column.shape))
                .collect(),
            ..Self::default()
        }
    }

    /// Moves all rows so many lines down.
    pub(crate) fn shift_lines(&mut self, n_lines: u64) {
        self.diagnostics.shift_lines(n_lines);
        self.dates.shift_lines(n_lines);
        for line in &mut self.lines {
            *line += n_lines;
        }
    }

    /// Whether all rows of a batch are used, as is told at a glance; then it counts them.
    fn accepts_all(
        &mut self,
        plan: &Plan,
        rows: &Rows<'_>,
        firsts: &mut Vec<u32>,
        lines: &mut Vec<u64>,
    ) -> bool {
        let headings = plan.headings.first().and_then(|heading| heading.first());
        let (Some(byte), true) = (headings, plan.checks.is_empty() && !plan.keeps_lines) else {
            return false;
        };
        if !rows.take_usual(plan.columns.len(), MAX_CELL_BYTES, *byte, firsts, lines) {
            return false;
        }
        let n_rows = firsts.len() as u64;
        self.rows.read += n_rows;
        self.rows.used += n_rows;
        true
    }

    /// Whether a row is used; counts it either way.
    fn accepts(&mut self, plan: &Plan, row: &Row<'_>) -> bool {
        self.rows.read += 1;
        if row.cell(0).is_empty() && row.is_blank() {
            self.rows.blank += 1;
            return false;
        }
        let n_columns = plan.columns.len();
        let raw = row.raw();
        let mut surplus = n_columns..row.n_cells();
        if row.n_cells() < n_columns || surplus.any(|idx| !row.cell(idx).is_empty()) {
            self.reject(P::ColumnCount, row.line, Some(row.n_cells()), raw);
            return false;
        }
        if raw.len() > MAX_CELL_BYTES
            && let Some(idx) = (0..n_columns).find(|idx| row.cell(*idx).len() > MAX_CELL_BYTES)
        {
            self.reject(P::CellTooLong, row.line, Some(idx + 1), b"");
            return false;
        }
        if repeats_headings(plan, row) {
            self.reject(P::HeadingsAgain, row.line, None, raw);
            return false;
        }
        let is_fine =
            |(idx, check): &&(usize, &'static Check)| (check.is_fine)(&row.cell(*idx), plan.marks);
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

    /// Sets a number or a time; a cell that says nothing, or cannot be read, stays blank.
    fn set_measure(
        &mut self,
        marks: Marks,
        shape: CellShape,
        idx: usize,
        row: usize,
        position: Position,
        cell: &[u8],
    ) {
        if cell::is_blank(cell) {
            return;
        }
        match &mut self.columns[idx] {
            BlockColumn::Skipped | BlockColumn::Packed(_) | BlockColumn::Text { .. } => {}
            BlockColumn::Number(values) => {
                self.n_numbers += 1;
                match number(shape, cell, marks) {
                    Ok((value, written)) => {
                        values[row] = value;
                        self.n_decimal_commas += u64::from(written.has_decimal_comma);
                        if written.is_percent {
                            self.with_sign.insert(idx);
                        }
                    }
                    Err(code) => self.diagnostics.cell(code, position),
                }
            }
            BlockColumn::Time(values) => match time::time(cell) {
                Some(TimeReading::Exactly(ms)) => values[row] = ms,
                Some(open @ TimeReading::ByOrder { .. }) => {
                    self.dates.push(idx, row, position, open);
                }
                None => self.diagnostics.cell(P::NotATime, position),
            },
        }
    }
}

/// Whether the row is the headings once more.
fn repeats_headings(plan: &Plan, row: &Row<'_>) -> bool {
    let mut headings = plan.headings.iter().enumerate();
    headings.all(|(idx, heading)| match idx {
        0 => *row.first_cell_without_mark() == **heading,
        _ => *row.cell(idx) == **heading,
    })
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
