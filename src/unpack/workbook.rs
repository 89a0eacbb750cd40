//! Workbooks: each sheet as tab-separated text whose lines are the sheet's rows.

use std::io::{self, Cursor};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use super::content::Content;
use super::limits::{self, MAX_WORKBOOK_BYTES};
use super::part::Part;
use super::text::Text;
use super::zip::Entry;
use crate::protocol::ProblemCode;

/// A sheet has no more rows and columns; a workbook that says otherwise is damaged.
const MAX_ROWS: u32 = 1 << 20;
const MAX_COLUMNS: u32 = 1 << 14;

/// The length of the text is looked at after so many cells.
const CELLS_BETWEEN_CHECKS: u32 = 1 << 12;

/// A sheet of a workbook.
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Its cells as text, or why they cannot be read.
    pub(super) text: Result<Text, ProblemCode>,
}

/// Whether these are the entries of a workbook. Other documents of the same family are refused.
pub(super) fn is_workbook(entries: &[Entry]) -> Result<bool, ProblemCode> {
    let has = |path: &str| entries.iter().any(|entry| entry.path == path);
    if !has("[Content_Types].xml") {
        Ok(false)
    } else if has("xl/workbook.xml") {
        Ok(true)
    } else {
        Err(ProblemCode::NotRecognized)
    }
}

/// The sheets of a workbook that are not empty, hidden ones too; what only a program can unhide stays out.
pub(super) fn sheets(workbook: &Part, entries: &[Entry]) -> Result<Vec<Sheet>, ProblemCode> {
    check(entries)?;
    let damaged = |_| ProblemCode::DamagedPackage;
    let mut xlsx = Xlsx::new(Cursor::new(workbook.clone())).map_err(damaged)?;
    let names: Vec<String> = xlsx
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .filter(|sheet| sheet.visible != SheetVisible::VeryHidden)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut sheets = Vec::new();
    for name in names {
        let text = text_of(&mut xlsx, &name, workbook.n_bytes());
        if !matches!(&text, Ok(text) if text.n_bytes() == 0) {
            sheets.push(Sheet { name, text });
        }
    }
    Ok(sheets)
}

/// Unpacks everything once for nothing, so that no claim is believed when it is unpacked for good.
fn check(entries: &[Entry]) -> Result<(), ProblemCode> {
    let mut n_bytes = 0u64;
    for entry in entries {
        n_bytes = n_bytes.saturating_add(entry.size_bytes);
        if n_bytes > MAX_WORKBOOK_BYTES {
            return Err(ProblemCode::PackageTooBig);
        }
        let packed = entry.packed.clone()?;
        io::copy(&mut Content::Packed(packed).bytes(), &mut io::sink())
            .map_err(|_| ProblemCode::DamagedPackage)?;
    }
    Ok(())
}

fn text_of(
    xlsx: &mut Xlsx<Cursor<Part>>,
    name: &str,
    workbook_bytes: u64,
) -> Result<Text, ProblemCode> {
    let first = rows_of(xlsx, name, workbook_bytes, 0)?;
    if first.is_even {
        return Ok(first.text);
    }
    Ok(rows_of(xlsx, name, workbook_bytes, first.n_columns)?.text)
}

/// The rows of a sheet as far as they are known.
struct Rows {
    text: Text,
    /// Where the next cell would be written.
    row: u32,
    column: u32,
    /// The widest row so far; narrower ones are filled up.
    n_columns: u32,
    /// Each row that has cells is as wide as the widest.
    is_even: bool,
}

fn rows_of(
    xlsx: &mut Xlsx<Cursor<Part>>,
    name: &str,
    workbook_bytes: u64,
    n_columns: u32,
) -> Result<Rows, ProblemCode> {
    let mut rows = Rows {
        text: Text::default(),
        row: 0,
        column: 0,
        n_columns,
        is_even: true,
    };
    let damaged = |_| ProblemCode::DamagedPackage;
    let mut cells = xlsx.worksheet_cells_reader(name).map_err(damaged)?;
    let mut n_cells = 0u32;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let text = shown(cell.get_value());
        if !text.is_empty() {
            rows.add(cell.get_position(), &text)?;
        }
        n_cells = n_cells.wrapping_add(1);
        if n_cells.is_multiple_of(CELLS_BETWEEN_CHECKS) {
            rows.check(workbook_bytes)?;
        }
    }
    rows.check(workbook_bytes)?;
    if rows.column > 0 {
        rows.end();
    }
    Ok(rows)
}

impl Rows {
    /// Writes a cell. Cells come row by row and from left to right.
    fn add(&mut self, (row, column): (u32, u32), text: &str) -> Result<(), ProblemCode> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(ProblemCode::DamagedPackage);
        }
        if row != self.row && self.column > 0 {
            self.end();
        }
        // `self.column` is one beyond the last cell of the row.
        let (Some(n_rows), true) = (row.checked_sub(self.row), column >= self.column) else {
            return Err(ProblemCode::DamagedPackage);
        };
        self.text.line_ends(n_rows);
        self.row = row;
        self.text.tabs(column - self.column.saturating_sub(1));
        self.text.cell(text);
        self.column = column + 1;
        Ok(())
    }

    /// Ends the row in hand.
    fn end(&mut self) {
        if self.column > self.n_columns {
            self.is_even = self.n_columns == 0;
            self.n_columns = self.column;
        }
        self.text.tabs(self.n_columns - self.column);
        self.text.line_ends(1);
        self.row += 1;
        self.column = 0;
    }

    /// A text that is used by many cells stands only once in the workbook.
    fn check(&self, workbook_bytes: u64) -> Result<(), ProblemCode> {
        let n_bytes = self.text.n_bytes();
        if n_bytes > MAX_WORKBOOK_BYTES {
            return Err(ProblemCode::PackageTooBig);
        }
        limits::check_member(n_bytes, workbook_bytes)
    }
}

/// A cell's value as an export in text form would have it.
fn shown(value: &DataRef) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // Adding zero turns a negative zero into zero.
        DataRef::Float(number) => (number + 0.0).to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "True".to_owned(),
        DataRef::Bool(false) => "False".to_owned(),
        DataRef::DateTime(time) => shown_time(time),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// ISO 8601; a span of time, and a time without a day, as hours, minutes and seconds.
fn shown_time(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if time.is_duration() || (0.0..1.0).contains(&days) {
        return shown_span(days);
    }
    let (year, month, day, hour, minute, second, millisecond) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, millisecond) == (0, 0, 0, 0) {
        return date;
    }
    let fraction = fraction(millisecond.into());
    format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}")
}

fn shown_span(days: f64) -> String {
    let milliseconds = (days * 86_400_000.0).round() as i64;
    let sign = if milliseconds < 0 { "-" } else { "" };
    let milliseconds = milliseconds.unsigned_abs();
    let (seconds, fraction) = (milliseconds / 1_000, fraction(milliseconds % 1_000));
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!(
        "{sign}{hours:02}:{minutes:02}:{:02}{fraction}",
        seconds % 60
    )
}

fn fraction(milliseconds: u64) -> String {
    if milliseconds == 0 {
        String::new()
    } else {
        format!(".{milliseconds:03}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    #[test]
    fn values_are_written_as_exports_write_them() {
        let time = |days, kind| DataRef::DateTime(ExcelDateTime::new(days, kind, false));
        let cases = [
            (DataRef::Int(-3), "-3"),
            (DataRef::Float(5.0), "5"),
            (DataRef::Float(-0.0), "0"),
            (DataRef::Float(0.1 + 0.2), "0.30000000000000004"),
            (DataRef::Bool(true), "True"),
            (DataRef::SharedString("=1+1"), "=1+1"),
            (DataRef::Error(calamine::CellErrorType::NA), ""),
            (time(46_326.0, DateTime), "2026-10-31"),
            (
                time(46_326.586_876_423_61, DateTime),
                "2026-10-31T14:05:06.123",
            ),
            (time(46_326.586_875, DateTime), "2026-10-31T14:05:06"),
            (time(0.586_875, DateTime), "14:05:06"),
            (time(1.5, TimeDelta), "36:00:00"),
            (time(-0.25, TimeDelta), "-06:00:00"),
        ];
        for (value, expected) in cases {
            assert_eq!(shown(&value), expected, "{value:?}");
        }
    }
}
