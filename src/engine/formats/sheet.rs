//! Tables with headings: a header row, then a row a record, in the fields of one catalog.
//!
//! Headings come in many spellings, columns in any order and number; the catalog knows them all, and the
//! user's word goes before it. An export is a `Sheet` of data; adding one needs no reader of its own.

use super::{
    Assumed, Content, Finding, Head, ReadRows, Reader,
    cell::Marks,
    checks::{self, Check, Unique},
    column_plan::{ColumnRead, plan},
    cutter::Block,
    dates::Order,
    encoding,
    joining::Joining,
    reader_codes::ReaderCodes,
    records::{Records, Row},
    table_block::{BlockReader, ColumnPlan, Plan},
};
use crate::engine::fields::{Catalog, FieldId, Heading};
use crate::engine::model::end::{ENDS, End};
use crate::protocol::{DecimalMark, FileKind, ProblemCode as P, RowCounts, RowUnit};

/// One export with headings.
pub(crate) struct Sheet {
    /// What the file is.
    pub(crate) kind: FileKind,
    /// The fields that its columns can be.
    pub(crate) catalog: Catalog,
    /// For the evidence: "38 of 45 headings are" this.
    pub(crate) of: &'static str,
    /// Of each of these lists one field must be there, else it is another export.
    pub(crate) needs: &'static [&'static [&'static str]],
    /// Fields without whose value a row is of no use.
    pub(crate) checks: &'static [Check],
    /// The field that differs in each row.
    pub(crate) unique: Option<Unique>,
    /// Checks and changes what only the whole file tells, and says what the file holds.
    pub(crate) finish: fn(&Sheet, Joining, &[ColumnRead]) -> Finished,
}

/// What a sheet's rows gave.
pub(crate) struct Finished {
    pub(crate) kind: FileKind,
    pub(crate) content: Content,
    pub(crate) joining: Joining,
}

/// The headings stand among so many first lines; what is before them is a title, `sep=,` or `#TYPE …`.
const MAX_HEADINGS_LINE: usize = 5;

impl Sheet {
    /// Looks for headings of the catalog among the first rows.
    pub(crate) fn recognize(&self, head: &Head) -> Option<Finding> {
        let headings = self.headings_of(head)?;
        let known: Vec<_> = headings
            .iter()
            .filter_map(|heading| self.name_of(heading))
            .collect();
        let has_one = |any: &[&str]| any.iter().any(|name| known.contains(name));
        if !self.needs.iter().all(|any| has_one(any)) {
            return None;
        }
        if !self.rows_fit(head, headings) {
            return None;
        }
        let n_known = self.n_known(headings);
        // The dashboard's catalog is so wide that it knows headings of every other export as well.
        let certainty = if self.catalog == Catalog::Cqd {
            950
        } else {
            1000
        };
        Some(Finding {
            score: n_known * certainty / headings.len(),
            evidence: format!("{n_known} of {} headings are {}", headings.len(), self.of),
        })
    }

    fn headings_of<'head>(&self, head: &'head Head) -> Option<&'head [String]> {
        let mut rows = head.rows.iter().take(MAX_HEADINGS_LINE);
        rows.find(|row| self.are_headings(row)).map(Vec::as_slice)
    }

    /// Whether most of the first rows pass the checks: a heading alone may mean anything.
    fn rows_fit(&self, head: &Head, headings: &[String]) -> bool {
        let below = head
            .rows
            .iter()
            .skip_while(|row| *row != headings)
            .skip(1)
            .filter(|row| !row.iter().all(String::is_empty));
        self.checks.iter().all(|check| {
            let idx = headings
                .iter()
                .position(|heading| self.name_of(heading) == Some(check.field));
            let cells = below
                .clone()
                .filter_map(|row| Some(row.get(idx?)?.as_bytes()));
            let (mut n, mut n_fine) = (0, 0);
            for cell in cells {
                n += 1;
                n_fine += usize::from((check.is_fine)(cell, Marks::Either));
            }
            n_fine * 2 >= n
        })
    }

    /// The name of the field that a heading stands for.
    fn name_of(&self, heading: &str) -> Option<&'static str> {
        match self.catalog.fields().by_heading(heading) {
            Heading::Known(field) => Some(self.catalog.fields().get(field).name),
            Heading::Ambiguous(_) | Heading::Unknown => None,
        }
    }

    /// Two headings, and a third of all, are known. A single one is enough for the narrower exports.
    fn are_headings(&self, row: &[String]) -> bool {
        let n_known = self.n_known(row);
        let n_enough = if self.catalog == Catalog::Cqd {
            2
        } else {
            row.len().min(2)
        };
        n_known >= n_enough && n_known * 3 >= row.len()
    }

    fn n_known(&self, row: &[String]) -> usize {
        let fields = self.catalog.fields();
        row.iter()
            .filter(|heading| !matches!(fields.by_heading(heading), Heading::Unknown))
            .count()
    }
}

/// Reads a sheet.
pub(crate) struct SheetReader {
    sheet: &'static Sheet,
    assumed: Assumed,
    samples: Vec<Vec<String>>,
    columns: Vec<ColumnRead>,
    plan: Option<(Plan, BlockReader)>,
    codes: ReaderCodes,
    joining: Joining,
    /// The user said what the file is: its first row with text holds the headings, whatever they are.
    is_forced: bool,
}

impl SheetReader {
    /// A reader at the start of a file whose first rows are known.
    pub(crate) fn new(sheet: &'static Sheet, head: &Head, assumed: &Assumed) -> Self {
        Self {
            sheet,
            assumed: assumed.clone(),
            samples: head.rows.clone(),
            columns: Vec::new(),
            plan: None,
            codes: ReaderCodes::raw(),
            joining: Joining::default(),
            is_forced: sheet.headings_of(head).is_none(),
        }
    }

    /// A reader of rows without headings, whose columns are these fields.
    pub(crate) fn without_headings(
        sheet: &'static Sheet,
        names: &[&str],
        head: &Head,
        assumed: &Assumed,
    ) -> Self {
        let mut reader = Self::new(sheet, head, assumed);
        let names: Vec<_> = names.iter().map(|name| name.as_bytes().to_vec()).collect();
        reader.take_headings(names);
        reader
    }

    /// Reads on to the headings. Gives the rest of the block.
    fn read_headings(&mut self, block: &Block) -> Option<Block> {
        let delimiter = self.assumed.delimiter;
        let mut records = Records::new(&block.text, delimiter, block.first_line);
        let mut row = Row::default();
        while records.read(&mut row) {
            let mut headings: Vec<Vec<u8>> = (0..row.n_cells())
                .map(|idx| row.cell(&block.text, idx).into_owned())
                .collect();
            let is_blank = row.is_blank(&block.text);
            if is_blank || !self.is_forced && !self.sheet.are_headings(&all_words(&headings)) {
                if !is_blank {
                    self.joining
                        .diagnostics
                        .row(P::LinesBeforeHeadings, row.line);
                }
                continue;
            }
            // A delimiter at the end of the line makes no column.
            while headings.last().is_some_and(Vec::is_empty) {
                headings.pop();
            }
            self.take_headings(headings);
            let (rest, first_line) = records.rest();
            return Some(Block {
                text: rest.to_vec(),
                first_line,
                broken: None,
            });
        }
        None
    }

    fn take_headings(&mut self, headings: Vec<Vec<u8>>) {
        let (columns, plans) = plan(
            self.sheet.catalog,
            &all_words(&headings),
            &self.assumed.columns,
            &self.samples,
            &mut self.joining.diagnostics,
        );
        self.columns = columns;
        self.samples = Vec::new();
        let reader = BlockReader::new(&plans);
        let plan = Plan {
            delimiter: self.assumed.delimiter,
            // Where the comma does not separate cells it can only be that of a decimal number.
            marks: match (self.assumed.decimal_mark, self.assumed.delimiter) {
                (Some(mark), _) => Marks::Only(mark),
                (None, b',') => Marks::Point,
                (None, _) => Marks::Either,
            },
            checks: checks::by_column(self.sheet.checks, self.sheet.catalog, &self.columns),
            keeps_lines: self.sheet.unique.is_some(),
            ends: match self.sheet.catalog {
                Catalog::Cqd => ENDS.map(|end| telling_columns(&plans, end)),
                _ => Default::default(),
            },
            columns: plans,
            headings,
        };
        self.plan = Some((plan, reader));
    }
}

fn all_words(cells: &[Vec<u8>]) -> Vec<String> {
    let words = |cell: &Vec<u8>| encoding::words(cell).into_owned();
    cells.iter().map(words).collect()
}

impl SheetReader {
    /// How rows are read, once the headings are known.
    pub(crate) fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref().map(|(plan, _)| plan)
    }

    /// The columns, once the headings are known.
    pub(crate) fn columns(&self) -> &[ColumnRead] {
        &self.columns
    }

    /// How rows are read, once the headings are known, and where they are joined.
    pub(crate) fn joining(&mut self) -> Option<(&Plan, &mut Joining)> {
        let (plan, _) = self.plan.as_ref()?;
        Some((plan, &mut self.joining))
    }
}

impl Reader for SheetReader {
    fn as_sheet(&mut self) -> Option<&mut SheetReader> {
        Some(self)
    }

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
        if let Some((plan, reader)) = &mut self.plan {
            let read = reader.read(plan, block);
            self.codes.meet(&read);
            self.joining.append(&plan.columns, read, &mut self.codes);
        } else if let Some(code) = block.broken {
            self.joining.rows.read += 1;
            self.joining.rows.rejected += 1;
            self.joining.diagnostics.row(code, block.first_line);
        }
    }

    fn rows(&self) -> RowCounts {
        self.joining.rows
    }

    fn n_bytes(&self) -> usize {
        self.joining.n_bytes()
    }

    fn finish(self: Box<Self>) -> ReadRows {
        let mut joining = self.joining;
        let plans = self.plan.map_or_else(Vec::new, |(plan, _)| {
            joining.marks = plan.marks;
            plan.columns
        });
        let order = joining.dates.order(self.assumed.date_order);
        if let Order::Known(order) = order {
            let dates = std::mem::take(&mut joining.dates);
            dates.settle(order, &plans, &mut joining.table, &mut joining.diagnostics);
        }
        if let Some(unique) = &self.sheet.unique {
            unique.drop_repeated(self.sheet.catalog, &self.columns, &mut joining);
        }
        let decimal_mark = match (self.assumed.decimal_mark, joining.n_decimal_commas) {
            _ if joining.n_numbers == 0 => None,
            (Some(mark), _) => Some(mark),
            (None, 0) => Some(DecimalMark::Point),
            (None, _) => Some(DecimalMark::Comma),
        };
        if joining.rows.read == 0 {
            joining.diagnostics.file(P::Empty);
        }
        let finished = (self.sheet.finish)(self.sheet, joining, &self.columns);
        ReadRows {
            kind: finished.kind,
            content: finished.content,
            rows: finished.joining.rows,
            unit: RowUnit::Row,
            diagnostics: finished.joining.diagnostics,
            columns: self.columns,
            decimal_mark,
            order,
            calls: Vec::new(),
        }
    }
}

/// The columns that tell of an end.
fn telling_columns(plans: &[ColumnPlan], end: End) -> Vec<usize> {
    let fields: Vec<FieldId> = end.telling_fields().collect();
    let tells = |plan: &ColumnPlan| plan.field.is_some_and(|field| fields.contains(&field));
    let columns = plans.iter().enumerate();
    let telling = columns.filter(|(_, plan)| tells(plan));
    telling.map(|(idx, _)| idx).collect()
}

/// A sheet whose table is kept as it is.
pub(crate) fn records(sheet: &Sheet, mut joining: Joining, columns: &[ColumnRead]) -> Finished {
    for (column, read) in (1u32..).zip(columns) {
        if let Some(field) = read.field(sheet.catalog) {
            joining.check_encoding(field, column);
        }
    }
    Finished {
        kind: sheet.kind,
        content: Content::Records(std::mem::take(&mut joining.table)),
        joining,
    }
}
