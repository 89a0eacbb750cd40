//! What a role may see of the files themselves: complaints, columns, rows that are not used.
//!
//! Headings and cells come from the file: a row of people's data may stand in their place. The specialist
//! gets neither; cells of columns that nobody has given a class yet are for the administrator alone.

use super::csv;
use crate::engine::diagnostic::{Diagnostics, severity};
use crate::engine::fields::Catalog;
use crate::engine::formats::{ColumnRead, catalog_of};
use crate::engine::sorting::sorted_texts;
use crate::protocol::{
    ColumnMeaning, ColumnView, ColumnsView, FileId, FileKind, Problem, ProblemCode, ReadSettings,
    Response, Role,
};

/// A file as redaction sees it.
#[derive(Clone, Copy)]
pub struct ReadFile<'session> {
    /// The file.
    pub id: FileId,
    /// What it is.
    pub kind: Option<FileKind>,
    /// Its columns, if it has headings.
    pub columns: &'session [ColumnRead],
    /// How many rows are not used; not all of them may be listed.
    pub n_rejected: u64,
    /// Complaints, and the rows that are not used.
    pub diagnostics: &'session Diagnostics,
}

/// A heading as a role may see it: it comes from the file, where a person's data may stand in its place, so
/// that numbers in it are masked for the engineer, and the specialist gets none.
fn heading(role: Role, heading: &str) -> Option<String> {
    let is_number_like = heading.chars().filter(char::is_ascii_digit).count() >= N_DIGITS;
    match role {
        Role::Specialist => None,
        Role::Engineer if is_number_like => Some("***".to_owned()),
        Role::Engineer | Role::Administrator => Some(heading.to_owned()),
    }
}

/// No heading of an export has so many digits; a telephone number has.
const N_DIGITS: usize = 6;

/// The complaints, the gravest first.
pub fn problems(role: Role, diagnostics: &Diagnostics, columns: &[ColumnRead]) -> Vec<Problem> {
    let heading_of = |column: u32| heading(role, &columns.get(column as usize - 1)?.heading);
    diagnostics
        .by_severity()
        .into_iter()
        .map(|diagnostic| Problem {
            severity: severity(diagnostic.code),
            code: diagnostic.code,
            line: diagnostic.lines.first().copied(),
            column: diagnostic.column,
            heading: diagnostic.column.and_then(heading_of),
            n_times: diagnostic.n_times,
            further_lines: diagnostic.lines.iter().skip(1).copied().collect(),
            memory: match diagnostic.code {
                ProblemCode::TooManyRows => diagnostics.memory,
                _ => None,
            },
        })
        .collect()
}

/// What the user decided: the specialist sees no headings.
pub fn settings(role: Role, settings: &ReadSettings) -> ReadSettings {
    let mut settings = settings.clone();
    settings
        .columns
        .retain(|choice| heading(role, &choice.heading).as_ref() == Some(&choice.heading));
    settings
}

/// The columns of a file.
pub fn columns(role: Role, file: ReadFile<'_>) -> Response {
    let catalog = file.kind.and_then(catalog_of);
    let (Some(catalog), Role::Engineer | Role::Administrator) = (catalog, role) else {
        return Response::NotForRole;
    };
    let view = |read: &ColumnRead| ColumnView {
        heading: heading(role, &read.heading).unwrap_or_default(),
        meaning: read.meaning.clone(),
        proposals: read.proposals.iter().map(ToString::to_string).collect(),
        samples: match role {
            Role::Administrator => read.samples.clone(),
            Role::Specialist | Role::Engineer => Vec::new(),
        },
    };
    Response::Columns(ColumnsView {
        file: file.id,
        columns: file.columns.iter().map(view).collect(),
        fields: field_names(catalog),
    })
}

fn field_names(catalog: Catalog) -> Vec<String> {
    let fields = catalog.fields().iter();
    let names = fields.map(|(_, field)| field.name.to_owned()).collect();
    let names = sorted_texts(names).into_iter();
    names.map(|(name, _)| name).collect()
}

/// The rows that are not used, with place and reason; their text for the administrator alone.
pub fn rejected(role: Role, file: ReadFile<'_>) -> Response {
    let has_text = role == Role::Administrator;
    let listed = file.diagnostics.rejected();
    Response::Download(csv::rejected(listed, file.n_rejected, has_text))
}

/// What the user decided about the columns of a file, as a file of its own.
pub fn column_map(role: Role, file: ReadFile<'_>) -> Response {
    if role == Role::Specialist {
        return Response::NotForRole;
    }
    let is_shown =
        |read: &&ColumnRead| heading(role, &read.heading).as_ref() == Some(&read.heading);
    let shown = file.columns.iter().filter(is_shown);
    let choices = shown.filter_map(|read| match &read.meaning {
        ColumnMeaning::Chosen(field) => Some((read.heading.as_str(), field.as_str())),
        ColumnMeaning::LeftOut => Some((read.heading.as_str(), "")),
        _ => None,
    });
    Response::Download(csv::column_map(choices))
}
