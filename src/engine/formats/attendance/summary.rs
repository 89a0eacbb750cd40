//! The summary of an attendance report: the meeting's title, start and end, which every row gets.

use super::super::{
    cell,
    duration::{self, Unit},
    joining::Joining,
    time::{TimeReading, time},
};
use super::{CATALOG, headings::joined_time};
use crate::engine::diagnostic::Position;
use crate::engine::fields::{FieldId, Heading, Shape};
use crate::engine::model::{
    column::{Column, NO_TIME, TextColumn},
    numbers::Numbers,
};
use crate::protocol::ProblemCode as P;

/// Fields of the meeting as a whole.
const OF_MEETING: [&str; 7] = [
    "Meeting Title",
    "Meeting Id",
    "Attended Participants",
    "Meeting Start",
    "Meeting End",
    "Meeting Duration",
    "Average Attendance Time",
];

/// Whether a field is of the meeting, not of a person.
pub(super) fn is_of_meeting(field: FieldId) -> bool {
    OF_MEETING.contains(&CATALOG.fields().get(field).name)
}

/// What the lines so far say.
#[derive(Debug, Default)]
pub(super) struct Summary {
    values: Vec<Value>,
}

#[derive(Debug)]
struct Value {
    field: FieldId,
    line: u64,
    text: String,
}

impl Summary {
    /// Takes a line: a key and its value. A title alone on its line says nothing more.
    pub(super) fn read<Cell: AsRef<str>>(&mut self, line: u64, cells: &[Cell]) -> Result<(), P> {
        let mut cells = cells
            .iter()
            .map(AsRef::as_ref)
            .filter(|cell| !cell.is_empty());
        let (Some(key), Some(value)) = (cells.next(), cells.next()) else {
            return Ok(());
        };
        let mut value = value.to_owned();
        // A time that was saved again with commas and without quotes takes two cells.
        if let Some(clock) = cells.next() {
            let joined = joined_time(value.as_bytes(), clock.as_bytes());
            value = String::from_utf8(joined.ok_or(P::UnknownSummaryLine)?)
                .map_err(|_| P::UnknownSummaryLine)?;
        }
        if cells.next().is_some() {
            return Err(P::UnknownSummaryLine);
        }
        let (field, complaint) = match self.by_key(key) {
            Some(field) => (Some(field), Ok(())),
            None => (self.by_value(&value), Err(P::HeadingsByPlace)),
        };
        let field = field.ok_or(P::UnknownSummaryLine)?;
        self.values.push(Value {
            field,
            line,
            text: value,
        });
        complaint
    }

    fn by_key(&self, key: &str) -> Option<FieldId> {
        let fields = match CATALOG.fields().by_heading(key) {
            Heading::Known(field) => vec![field],
            Heading::Ambiguous(fields) => fields,
            Heading::Unknown => Vec::new(),
        };
        let mut fields = fields.into_iter();
        fields.find(|field| is_of_meeting(*field) && !self.has(*field))
    }

    /// A key in a language that is not known: the first time is the start, the second one the end.
    fn by_value(&self, value: &str) -> Option<FieldId> {
        let bytes = value.as_bytes();
        let names: &[&str] = if time(bytes).is_some() {
            &["Meeting Start", "Meeting End"]
        } else if cell::number(bytes).is_some() {
            &["Attended Participants"]
        } else if duration::read(bytes, Unit::Seconds).is_some() {
            &["Meeting Duration", "Average Attendance Time"]
        } else if self.values.is_empty() {
            &["Meeting Title"]
        } else {
            &[]
        };
        let mut fields = names.iter().map(|name| CATALOG.fields().named(name));
        fields.find(|field| !self.has(*field))
    }

    fn has(&self, field: FieldId) -> bool {
        self.values.iter().any(|value| value.field == field)
    }

    /// Adds the columns of the meeting. A time whose order of day and month is open is left to the dates
    /// of the whole file, of which it is one: it stands in the first row until `spread`.
    pub(super) fn fill(&self, joining: &mut Joining) {
        let n_rows = joining.table.n_rows;
        if n_rows == 0 {
            return;
        }
        for Value { field, line, text } in &self.values {
            let position = Position {
                line: *line,
                column: 2,
            };
            let bytes = text.as_bytes();
            let column = match CATALOG.fields().get(*field).shape {
                Shape::Time => {
                    let reading = time(bytes);
                    if let Some(open @ TimeReading::ByOrder { .. }) = reading {
                        joining.dates.push(field.idx(), 0, position, open);
                    }
                    let ms = match reading {
                        Some(TimeReading::Exactly(ms)) => ms,
                        _ => NO_TIME,
                    };
                    if reading.is_none() {
                        joining.diagnostics.cell(P::NotATime, position);
                    }
                    Column::Time(vec![ms; n_rows])
                }
                Shape::Duration | Shape::Integer => {
                    let number = duration::read(bytes, Unit::Seconds);
                    if number.is_none() {
                        joining.diagnostics.cell(P::NotADuration, position);
                    }
                    let numbers = vec![number.unwrap_or(f64::NAN); n_rows];
                    Column::Number(Numbers::packed(&numbers))
                }
                _ => {
                    let mut column = TextColumn::default();
                    let code = column.dictionary.code(bytes);
                    let n_codes = column.dictionary.n_codes();
                    let codes = std::iter::repeat_n(code, n_rows);
                    column.codes.extend(codes, n_codes);
                    Column::Text(column)
                }
            };
            joining.table.columns.insert(*field, column);
        }
    }

    /// Gives every row the times of the first one.
    pub(super) fn spread(&self, joining: &mut Joining) {
        for Value { field, .. } in &self.values {
            if let Some(Column::Time(times)) = joining.table.columns.get_mut(field)
                && let Some(first) = times.first().copied()
            {
                times.fill(first);
            }
        }
    }
}
