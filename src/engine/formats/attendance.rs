//! Attendance reports of meetings: a summary, then tables of participants, of their stays, of reactions.
//!
//! Described at <https://learn.microsoft.com/microsoftteams/teams-analytics-and-reports/meeting-attendance-report>;
//! the form is that of the files, which Teams saves as UTF-16 with tabs under the name `.csv`, and which
//! spreadsheets save again with commas or semicolons. Titles and headings are in the language of whoever
//! saved the report: a section is known by the number of its title, a column by its heading or, where that
//! is not known, by its place. All tables become one, whose column `Section` says where a row stood.

mod events;
mod headings;
mod phones;
mod summary;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{
    Assumed, Content, Finding, Format, Head, Layout, Order, ReadRows, Reader,
    cell::Marks,
    column_plan::cell_shape,
    cutter::Block,
    encoding,
    joining::Joining,
    reader_codes::ReaderCodes,
    records::{Records, Row},
    table_block::{BlockReader, ColumnPlan, MAX_CELL_BYTES},
};
use crate::engine::diagnostic::Position;
use crate::engine::fields::{Catalog, FieldId};
use crate::protocol::{FileKind, ProblemCode as P, RowCounts};
use headings::{Headings, Section};
use summary::Summary;

pub(crate) use events::FORMAT as EVENTS;

/// How attendance reports are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::Attendance,
    layout: Layout::Rows {
        recognize,
        reader: |_, assumed| Box::new(AttendanceReader::new(assumed.clone())),
    },
};

const CATALOG: Catalog = Catalog::Attendance;

fn recognize(head: &Head) -> Option<Finding> {
    let by_words = head
        .rows
        .iter()
        .filter_map(|row| Headings::by_words(row, None))
        .max_by_key(Headings::n_known);
    if let Some(headings) = by_words {
        return Some(Finding {
            score: headings.n_known() * 1000 / headings.columns.len(),
            evidence: format!(
                "{} of {} headings are columns of an attendance report",
                headings.n_known(),
                headings.columns.len()
            ),
        });
    }
    let has_title = |number| {
        let mut titles = head.rows.iter().filter_map(|row| title_number(row));
        titles.any(|known| known == number)
    };
    let has_table = head.rows.iter().any(|row| row.len() >= 7);
    (has_title(1) && has_title(2) && has_table).then(|| Finding {
        score: 600,
        evidence: "the numbered sections are those of an attendance report".to_owned(),
    })
}

/// The number of a section's title, which stands alone on its line: `2. Participants`.
fn title_number<Cell: AsRef<str>>(cells: &[Cell]) -> Option<u32> {
    let (first, others) = cells.split_first()?;
    let (number, title) = first.as_ref().split_once('.')?;
    let is_alone = others.iter().all(|cell| cell.as_ref().is_empty());
    let number = number.parse().ok()?;
    (is_alone && title.starts_with(' ') && number < 10).then_some(number)
}

/// Where in the report the next line stands.
enum Place {
    /// Before the first table: keys with values, and a title.
    Summary,
    /// Below the title of a table: its headings come next.
    Title(u32),
    /// Below the headings of a table.
    Table(Headings),
    /// Below headings that say nothing.
    Unknown,
}

struct AttendanceReader {
    assumed: Assumed,
    plans: Vec<ColumnPlan>,
    place: Place,
    summary: Summary,
    joining: Joining,
    /// The columns of the file that fields stood in.
    columns: BTreeMap<FieldId, u32>,
}

impl AttendanceReader {
    fn new(assumed: Assumed) -> Self {
        let fields = CATALOG.fields().iter();
        Self {
            plans: fields
                .map(|(field, known)| ColumnPlan {
                    field: Some(field),
                    shape: cell_shape(CATALOG, field, known.name),
                })
                .collect(),
            assumed,
            place: Place::Summary,
            summary: Summary::default(),
            joining: Joining::default(),
            columns: BTreeMap::new(),
        }
    }

    fn read_row(&mut self, read: &mut BlockReader, text: &[u8], row: &Row) {
        if row.is_blank(text) {
            read.block.rows.read += 1;
            read.block.rows.blank += 1;
            return;
        }
        let cells: Vec<Cow<'_, str>> = (0..row.n_cells())
            .map(|idx| match row.cell(text, idx) {
                Cow::Borrowed(cell) => encoding::words(cell),
                Cow::Owned(cell) => Cow::Owned(encoding::words(&cell).into_owned()),
            })
            .collect();
        if let Some(number) = title_number(&cells) {
            self.place = match number {
                1 => Place::Summary,
                _ => Place::Title(number),
            };
            return;
        }
        let section = match self.place {
            Place::Title(number) => Section::of_number(number),
            _ => None,
        };
        if let Some(headings) = Headings::by_words(&cells, section) {
            return self.take_headings(read, headings, row.line);
        }
        match &self.place {
            Place::Summary => {
                if let Err(code) = self.summary.read(row.line, &cells) {
                    read.block.diagnostics.row(code, row.line);
                }
            }
            Place::Title(_) => match section.and_then(|known| Headings::by_place(&cells, known)) {
                Some(headings) => self.take_headings(read, headings, row.line),
                None => self.place = Place::Unknown,
            },
            Place::Unknown => {
                read.block.rows.read += 1;
                read.block
                    .reject(P::UnknownSection, row.line, None, row.raw(text));
            }
            Place::Table(_) => self.read_table_row(read, text, row),
        }
    }

    fn take_headings(&mut self, read: &mut BlockReader, headings: Headings, line: u64) {
        for (column, meaning) in (1u32..).zip(&headings.columns) {
            match meaning {
                Some(field) => {
                    self.columns.entry(*field).or_insert(column);
                }
                None => read
                    .block
                    .diagnostics
                    .cell(P::UnknownHeading, Position { line, column }),
            }
        }
        if headings.is_by_place {
            read.block.diagnostics.row(P::HeadingsByPlace, line);
        }
        self.place = Place::Table(headings);
    }

    fn read_table_row(&mut self, read: &mut BlockReader, text: &[u8], row: &Row) {
        let Place::Table(headings) = &self.place else {
            return;
        };
        read.block.rows.read += 1;
        let mut cells: Vec<_> = (0..row.n_cells()).map(|idx| row.cell(text, idx)).collect();
        headings.join_split_times(&mut cells);
        let n_columns = headings.columns.len();
        let has_more = cells.iter().skip(n_columns).any(|cell| !cell.is_empty());
        if cells.len() < headings.n_needed() || has_more {
            return read
                .block
                .reject(P::ColumnCount, row.line, Some(row.n_cells()), row.raw(text));
        }
        if let Some(idx) = cells.iter().position(|cell| cell.len() > MAX_CELL_BYTES) {
            return read
                .block
                .reject(P::CellTooLong, row.line, Some(idx + 1), b"");
        }
        read.block.rows.used += 1;
        let marks = match self.assumed.delimiter {
            b',' => Marks::Point,
            _ => Marks::Either,
        };
        let section = CATALOG.fields().named("Section");
        for (idx, plan) in self.plans.iter().enumerate() {
            let field = plan.field.expect("each plan has its field");
            let place = headings
                .columns
                .iter()
                .position(|known| *known == Some(field));
            let cell = match place {
                _ if field == section => headings.section.name().as_bytes(),
                Some(place) => cells.get(place).map_or(&b""[..], |cell| cell),
                None => b"",
            };
            let position = Position {
                line: row.line,
                column: place.map_or(1, |place| place as u32 + 1),
            };
            read.push_cell(marks, plan.shape, idx, position, cell);
        }
    }
}

impl Reader for AttendanceReader {
    fn read(&mut self, block: &Block) {
        let mut read = BlockReader::new(&self.plans);
        if let Some(code) = block.broken {
            read.block.rows.read += 1;
            read.block.reject(code, block.first_line, None, b"");
        } else {
            let mut records = Records::new(&block.text, self.assumed.delimiter, block.first_line);
            let mut row = Row::default();
            while records.read(&mut row) {
                self.read_row(&mut read, &block.text, &row);
            }
        }
        let block = read.take(&self.plans);
        let mut codes = ReaderCodes::plain();
        codes.meet(&block);
        self.joining.append(&self.plans, block, &mut codes);
    }

    fn rows(&self) -> RowCounts {
        self.joining.rows
    }

    fn n_bytes(&self) -> usize {
        self.joining.table.n_bytes()
    }

    fn finish(mut self: Box<Self>) -> ReadRows {
        let n_rows = self.joining.table.n_rows;
        // The catalog has columns for every form of the report; only those of this one stay.
        let (columns, summary) = (&self.columns, &self.summary);
        let section = CATALOG.fields().named("Section");
        self.joining
            .table
            .columns
            .retain(|field, _| *field == section || columns.contains_key(field));
        summary.fill(&mut self.joining);
        let order = self.joining.dates.order(self.assumed.date_order);
        if let Order::Known(order) = order {
            let dates = std::mem::take(&mut self.joining.dates);
            let Joining {
                table, diagnostics, ..
            } = &mut self.joining;
            dates.settle(order, &self.plans, table, diagnostics);
        }
        self.summary.spread(&mut self.joining);
        phones::split(&mut self.joining.table, CATALOG, "Name");
        for (field, column) in &self.columns {
            self.joining.check_encoding(*field, *column);
        }
        self.joining.diagnostics.file(match n_rows {
            0 => P::Empty,
            _ => P::LocalTimes,
        });
        let mut result = ReadRows::new(
            FileKind::Attendance,
            Content::Records(self.joining.table),
            self.joining.rows,
            self.joining.diagnostics,
        );
        result.order = match order {
            Order::Open(idx) => {
                let field = self.plans[idx].field;
                let column = field.and_then(|field| self.columns.get(&field));
                // Dates of the summary stand in its second column.
                Order::Open(column.map_or(1, |column| *column as usize - 1))
            }
            order => order,
        };
        result
    }
}
