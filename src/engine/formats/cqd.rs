//! Stream-level exports of the Call Quality Dashboard: a header row, then a row a stream.
//!
//! Headings come in many spellings, columns in any order and number; `fields` knows them all. Numbers,
//! times and words for "nothing" are read as `cell` says.

use super::{
    Content, Finding, Format, Head, ReadRows, Reader, cell,
    cutter::Block,
    encoding,
    records::{Records, Row},
    stream_block::{self, CellShape, ColumnPlan, Plan},
    table::Table,
};
use crate::engine::diagnostic::Diagnostics;
use crate::engine::fields::{FieldId, FieldKind, Heading, Sensitivity, Shape, fields};
use crate::engine::location::address::Address;
use crate::engine::model::{
    column::Column,
    end::{ADDRESS_COLUMNS, ENDS, End, PERSON_COLUMNS},
};
use crate::engine::quality::can_be_judged;
use crate::protocol::{FileKind, ProblemCode as P, RowCounts};

/// How stream exports are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::CqdStreams,
    recognize,
    reader: |head| Box::new(CqdReader::new(head)),
};

/// The dashboard cuts an export off after so many rows.
const ROWS_OF_A_CUT_EXPORT: u64 = 10_000;

/// More columns than the dashboard has fields, several times over.
const MAX_COLUMNS: usize = 5_000;

/// The headings stand among so many first lines; what is before them is a title, `sep=,` or `#TYPE …`.
const MAX_HEADINGS_LINE: usize = 5;

fn recognize(head: &Head) -> Option<Finding> {
    let headings = head
        .rows
        .iter()
        .take(MAX_HEADINGS_LINE)
        .find(|row| are_headings(row))?;
    let n_known = n_known(headings);
    Some(Finding {
        score: n_known * 1000 / headings.len(),
        evidence: format!(
            "{n_known} of {} headings are fields of the Call Quality Dashboard",
            headings.len()
        ),
    })
}

/// Two headings, and a third of all, are known.
fn are_headings(row: &[String]) -> bool {
    let n_known = n_known(row);
    n_known >= 2 && n_known * 3 >= row.len()
}

fn n_known(row: &[String]) -> usize {
    row.iter()
        .filter(|heading| !matches!(fields().by_heading(heading), Heading::Unknown))
        .count()
}

struct CqdReader {
    delimiter: u8,
    headings: Vec<String>,
    plan: Option<Plan>,
    table: Table,
}

impl CqdReader {
    fn new(head: &Head) -> Self {
        Self {
            delimiter: head.delimiter,
            headings: Vec::new(),
            plan: None,
            table: Table::default(),
        }
    }

    /// Reads on to the headings. Gives the rest of the block.
    fn read_headings(&mut self, block: &Block) -> Option<Block> {
        let mut records = Records::new(&block.text, self.delimiter, block.first_line);
        let mut row = Row::default();
        while records.read(&mut row) {
            let mut headings: Vec<String> = (0..row.n_cells())
                .map(|idx| encoding::words(&row.cell(&block.text, idx)).into_owned())
                .collect();
            if !are_headings(&headings) {
                if !row.is_blank(&block.text) {
                    self.table.diagnostics.row(P::LinesBeforeHeadings, row.line);
                }
                continue;
            }
            // A delimiter at the end of the line makes no column.
            while headings.last().is_some_and(String::is_empty) {
                headings.pop();
            }
            self.plan = Some(Plan {
                delimiter: self.delimiter,
                columns: plan(&headings, &mut self.table.diagnostics),
                headings: headings
                    .iter()
                    .map(|heading| heading.as_bytes().to_vec())
                    .collect(),
            });
            self.headings = headings;
            let (rest, first_line) = records.rest();
            return Some(Block {
                text: rest.to_vec(),
                first_line,
                broken: None,
            });
        }
        None
    }
}

impl Reader for CqdReader {
    fn read(&mut self, block: &Block) {
        let rest;
        let mut block = block;
        if self.plan.is_none() && block.broken.is_none() {
            let Some(behind_headings) = self.read_headings(block) else {
                return;
            };
            rest = behind_headings;
            block = &rest;
        }
        if let Some(plan) = &self.plan {
            self.table
                .append(&plan.columns, stream_block::read(plan, block));
        }
    }

    fn rows(&self) -> RowCounts {
        self.table.rows
    }

    fn n_bytes(&self) -> usize {
        self.table.streams.n_bytes()
    }

    fn finish(self: Box<Self>) -> ReadRows {
        let mut table = self.table;
        let columns = self.plan.map_or_else(Vec::new, |plan| plan.columns);
        for (column, plan) in (1u32..).zip(&columns) {
            if let Some(field) = plan.field {
                check_column(&mut table, field, plan.shape, column);
            }
        }
        check_table(&mut table);
        ReadRows {
            content: Content::Streams(table.streams),
            rows: table.rows,
            diagnostics: table.diagnostics,
            headings: self.headings,
        }
    }
}

/// What each column is read as. Columns that are not used are named in the diagnostics.
fn plan(headings: &[String], diagnostics: &mut Diagnostics) -> Vec<ColumnPlan> {
    if headings.len() > MAX_COLUMNS {
        diagnostics.file(P::TooManyColumns);
    }
    let mut used: Vec<FieldId> = Vec::new();
    let mut plan_of = |column: u32, heading: &str| -> Result<ColumnPlan, P> {
        match fields().by_heading(heading) {
            Heading::Known(field) if used.contains(&field) => Err(P::FieldTwice),
            Heading::Known(field) => {
                used.push(field);
                Ok(ColumnPlan {
                    field: Some(field),
                    shape: cell_shape(field, heading),
                })
            }
            Heading::Ambiguous(_) => Err(P::AmbiguousHeading),
            Heading::Unknown => Err(P::UnknownHeading),
        }
        .inspect_err(|code| diagnostics.column(*code, column, 1))
    };
    (1u32..)
        .zip(headings)
        .map(|(column, heading)| {
            plan_of(column, heading).unwrap_or(ColumnPlan {
                field: None,
                shape: CellShape::Skipped,
            })
        })
        .collect()
}

fn cell_shape(field: FieldId, heading: &str) -> CellShape {
    let field = fields().get(field);
    match field.shape {
        Shape::Integer | Shape::Number => match field.unit {
            "ratio" => CellShape::Ratio {
                in_percent: heading.contains('%'),
            },
            "percent" => CellShape::Percent,
            _ => CellShape::Number,
        },
        Shape::Time | Shape::Date => CellShape::Time,
        _ => CellShape::Text,
    }
}

/// What only the whole column tells.
fn check_column(table: &mut Table, field: FieldId, shape: CellShape, column: u32) {
    let known = fields().get(field);
    let Some(values) = table.streams.columns.get_mut(&field) else {
        return;
    };
    let diagnostics = &mut table.diagnostics;
    match values {
        Column::Number(values) if matches!(shape, CellShape::Ratio { in_percent: false }) => {
            check_ratio(values, column, diagnostics);
        }
        Column::Number(values)
            if known.kind == FieldKind::Measure
                && known.unit == "streams"
                && values.iter().any(|value| *value > 1.0) =>
        {
            diagnostics.column(P::GroupedExport, column, 1);
        }
        Column::Text(text) => {
            let is_address = known.sensitivity == Sensitivity::Address
                && known.name.ends_with("IP")
                || known.name.ends_with("IP Address")
                || known.name.ends_with("Subnet");
            let problem_of = |text: &[u8]| {
                if std::str::from_utf8(text).is_err() {
                    Some(P::BadEncoding)
                } else if is_address && Address::parse(text).is_none() {
                    Some(P::NotAnAddress)
                } else if known.shape == Shape::Range && cell::reading(text).is_none() {
                    Some(P::NotANumber)
                } else {
                    None
                }
            };
            let problems = text.dictionary.map(problem_of);
            if problems.iter().all(Option::is_none) {
                return;
            }
            text.codes.for_each(|_, code| {
                if let Some(problem) = problems[code as usize] {
                    diagnostics.column(problem, column, 1);
                }
            });
        }
        _ => {}
    }
}

/// Fractions lie between 0 and 1. Where a tenth of the values lies beyond, the column holds percentages;
/// fewer are slips, which may not turn the meaning of all others.
fn check_ratio(values: &mut [f64], column: u32, diagnostics: &mut Diagnostics) {
    let n_above = values.iter().filter(|value| **value > 1.0).count();
    if n_above == 0 {
        return;
    }
    let is_said = |value: &&f64| **value != 0.0 && !value.is_nan();
    let n_said = values.iter().filter(is_said).count();
    if n_above * 10 >= n_said {
        for value in values.iter_mut() {
            *value /= 100.0;
        }
        diagnostics.column(P::ReadAsPercent, column, n_above as u64);
    } else {
        for value in values.iter_mut().filter(|value| **value > 1.0) {
            *value = f64::NAN;
        }
        diagnostics.column(P::NotAFraction, column, n_above as u64);
    }
}

/// What only the whole file tells.
fn check_table(table: &mut Table) {
    let streams = &table.streams;
    let says_somebody = |end: &End| {
        let columns = PERSON_COLUMNS
            .iter()
            .filter_map(|name| end.text(streams, name));
        columns
            .into_iter()
            .any(|column| column.dictionary.n_codes() > 1)
    };
    let complaints = [
        (table.rows.read == 0, P::Empty),
        (
            !ENDS
                .iter()
                .any(|end| end.has_any(streams, &ADDRESS_COLUMNS)),
            P::NoAddressColumns,
        ),
        (!can_be_judged(streams), P::NoQualityColumns),
        (
            streams.text(fields().named("Media Type")).is_none(),
            P::NoMediaType,
        ),
        (!ENDS.iter().any(says_somebody), P::NoPeople),
        (table.rows.read == ROWS_OF_A_CUT_EXPORT, P::CutOff),
    ];
    for (_, code) in complaints.into_iter().filter(|(applies, _)| *applies) {
        table.diagnostics.file(code);
    }
}
