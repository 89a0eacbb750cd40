//! The endpoint file: computers by name, 7 or 6 columns by position, TAB or comma, without a header.
//!
//! Columns: <https://learn.microsoft.com/microsoftteams/cqd-upload-tenant-building-data>. The documentation
//! left out the make between December 2019 and October 2020, and Microsoft's own template still does. That
//! template has the headings that the service forbids; such a file is read by them.

use super::{
    Finding, Format, Head, Layout, cell,
    checks::{Check, Unique},
    column_plan::ColumnRead,
    joining::Joining,
    sheet::{Finished, Sheet, SheetReader, records},
};
use crate::engine::diagnostic::Position;
use crate::engine::fields::Catalog;
use crate::engine::location::address::Address;
use crate::engine::model::column::Column;
use crate::protocol::{FileKind, ProblemCode as P};

/// How endpoint files with headings are told and read.
pub(crate) const WITH_HEADINGS: Format = Format {
    kind: FileKind::Endpoints,
    layout: Layout::Sheet(&SHEET),
};

/// How endpoint files are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::Endpoints,
    layout: Layout::Rows {
        recognize,
        reader: |head, assumed| {
            let names = names(head);
            Box::new(SheetReader::without_headings(&SHEET, names, head, assumed))
        },
    },
};

static SHEET: Sheet = Sheet {
    kind: FileKind::Endpoints,
    catalog: Catalog::Endpoints,
    of: "columns of an endpoint file",
    needs: &[&["Endpoint Name"], &["Endpoint Model", "Endpoint Type"]],
    checks: &[Check {
        field: "Endpoint Name",
        is_fine: |cell, _| !cell::is_blank(cell),
        code: P::NoEndpointName,
    }],
    // Names are compared letter by letter, as the service does: ABC123 is not abc123.
    unique: Some(Unique {
        field: "Endpoint Name",
        key: <[u8]>::to_vec,
        code: P::SameEndpointTwice,
    }),
    finish,
};

const NAMES: [&str; 7] = [
    "Endpoint Name",
    "Endpoint Make",
    "Endpoint Model",
    "Endpoint Type",
    "Endpoint Label 1",
    "Endpoint Label 2",
    "Endpoint Label 3",
];

const NAMES_WITHOUT_MAKE: [&str; 6] = [NAMES[0], NAMES[2], NAMES[3], NAMES[4], NAMES[5], NAMES[6]];

/// The service takes no longer cells.
const MAX_LETTERS: usize = 64;

/// The columns by position: as most of the first rows have them.
fn names(head: &Head) -> &'static [&'static str] {
    let n_rows_of = |n_cells| head.rows.iter().filter(|row| row.len() == n_cells).count();
    if n_rows_of(6) > n_rows_of(7) {
        &NAMES_WITHOUT_MAKE
    } else {
        &NAMES
    }
}

/// Nothing in such a file says what it is, so that every other explanation goes before this one: most rows
/// have its number of cells, and the first cells look like names of computers.
fn recognize(head: &Head) -> Option<Finding> {
    let n_columns = names(head).len();
    let rows: Vec<_> = head
        .rows
        .iter()
        .filter(|row| !row.iter().all(String::is_empty))
        .collect();
    let n_fitting = rows
        .iter()
        .filter(|row| row.len() == n_columns && is_computer(&row[0]))
        .count();
    let has_heading = rows.first().is_some_and(|row| !is_computer(&row[0]));
    let do_most_fit = n_fitting > 0 && n_fitting * 10 >= rows.len() * 6;
    (do_most_fit && !has_heading).then(|| Finding {
        score: 200,
        evidence: format!(
            "{n_fitting} of {} rows that were looked at have {n_columns} cells and begin with the name of a computer",
            rows.len()
        ),
    })
}

/// A word with a digit, as names of computers have in practice; no address, no number, no date.
fn is_computer(cell: &str) -> bool {
    let is_word =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'$');
    cell.len() <= MAX_LETTERS
        && cell.bytes().all(is_word)
        && cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.bytes().any(|byte| byte.is_ascii_alphabetic())
        && Address::parse(cell.as_bytes()).is_none()
        && super::time::time(cell.as_bytes()).is_none()
}

fn finish(sheet: &Sheet, mut joining: Joining, columns: &[ColumnRead]) -> Finished {
    for (column, read) in (1u32..).zip(columns) {
        let field = read.field(sheet.catalog);
        let known = field.and_then(|field| joining.table.columns.get(&field));
        let Some(Column::Text(text)) = known else {
            continue;
        };
        let is_long = text
            .dictionary
            .map(|text| super::encoding::words(text).chars().count() > MAX_LETTERS);
        let diagnostics = &mut joining.diagnostics;
        text.codes.for_each(|row, code| {
            if is_long[code as usize] {
                let line = joining.lines[row];
                diagnostics.cell(P::LongerThan64, Position { line, column });
            }
        });
    }
    records(sheet, joining, columns)
}
