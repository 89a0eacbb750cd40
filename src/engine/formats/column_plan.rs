//! What each column of a sheet is read as, and why.

use super::{
    duration,
    proposal::proposals,
    table_block::{CellShape, ColumnPlan},
};
use crate::engine::diagnostic::Diagnostics;
use crate::engine::fields::{Catalog, FieldId, Heading, Shape};
use crate::protocol::{ColumnChoice, ColumnMeaning, ProblemCode as P};

/// More columns than the dashboard has fields, several times over.
const MAX_COLUMNS: usize = 5_000;

/// So many distinct cells of a column show what it holds.
const N_SAMPLES: usize = 3;

/// A column of a file and what it is read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRead {
    /// Its heading.
    pub heading: String,
    /// What it is read as.
    pub meaning: ColumnMeaning,
    /// Fields that the heading may stand for, the likeliest first.
    pub proposals: Vec<&'static str>,
    /// The first distinct cells, of a column that is not known.
    pub samples: Vec<String>,
}

impl ColumnRead {
    /// The field that the column is used for.
    pub(crate) fn field(&self, catalog: Catalog) -> Option<FieldId> {
        match &self.meaning {
            ColumnMeaning::Known(name) | ColumnMeaning::Chosen(name) => {
                catalog.fields().id_of(name)
            }
            _ => None,
        }
    }
}

/// Plans the columns of a file. Those that are not used are named in the diagnostics.
pub(crate) fn plan(
    catalog: Catalog,
    headings: &[String],
    choices: &[ColumnChoice],
    first_rows: &[Vec<String>],
    diagnostics: &mut Diagnostics,
) -> (Vec<ColumnRead>, Vec<ColumnPlan>) {
    if headings.len() > MAX_COLUMNS {
        diagnostics.file(P::TooManyColumns);
        return (Vec::new(), Vec::new());
    }
    let chosen = |heading: &String| choices.iter().find(|choice| choice.heading == *heading);
    // The user's word goes first: a field that was given to one column is not taken by another.
    let mut used: Vec<FieldId> = Vec::new();
    let mut meanings: Vec<Option<(ColumnMeaning, Option<FieldId>)>> = headings
        .iter()
        .map(|heading| {
            let choice = chosen(heading)?;
            let Some(name) = &choice.field else {
                return Some((ColumnMeaning::LeftOut, None));
            };
            let field = catalog.fields().id_of(name)?;
            if used.contains(&field) {
                return None;
            }
            used.push(field);
            Some((ColumnMeaning::Chosen(name.clone()), Some(field)))
        })
        .collect();
    for (heading, meaning) in headings.iter().zip(&mut meanings) {
        meaning.get_or_insert_with(|| by_heading(catalog, heading, &mut used));
    }
    let columns = (0..).zip(headings).zip(meanings);
    columns
        .map(|((idx, heading), meaning)| {
            let (meaning, field) = meaning.expect("each column has been given a meaning");
            let column = idx as u32 + 1;
            let complaint = match &meaning {
                ColumnMeaning::Known(_) => None,
                ColumnMeaning::Chosen(_) | ColumnMeaning::LeftOut => Some(P::ColumnsMapped),
                ColumnMeaning::Ambiguous => Some(P::AmbiguousHeading),
                ColumnMeaning::Unknown => Some(P::UnknownHeading),
                ColumnMeaning::Repeated(_) => Some(P::FieldTwice),
            };
            if let Some(code) = complaint {
                diagnostics.column(code, column, 1);
            }
            let is_open = matches!(meaning, ColumnMeaning::Ambiguous | ColumnMeaning::Unknown);
            let samples = match complaint {
                None => Vec::new(),
                Some(_) => samples(headings, first_rows, idx),
            };
            let read = ColumnRead {
                heading: heading.clone(),
                proposals: if is_open {
                    proposals(catalog, heading, &samples)
                } else {
                    Vec::new()
                },
                samples,
                meaning,
            };
            let shape = field.map_or(CellShape::Skipped, |field| {
                cell_shape(catalog, field, heading)
            });
            (read, ColumnPlan { field, shape })
        })
        .unzip()
}

fn by_heading(
    catalog: Catalog,
    heading: &str,
    used: &mut Vec<FieldId>,
) -> (ColumnMeaning, Option<FieldId>) {
    let fields = catalog.fields();
    match fields.by_heading(heading) {
        Heading::Known(field) => {
            let name = fields.get(field).name.to_owned();
            if used.contains(&field) {
                return (ColumnMeaning::Repeated(name), None);
            }
            used.push(field);
            (ColumnMeaning::Known(name), Some(field))
        }
        Heading::Ambiguous(_) => (ColumnMeaning::Ambiguous, None),
        Heading::Unknown => (ColumnMeaning::Unknown, None),
    }
}

/// The first distinct cells of a column below its heading.
fn samples(headings: &[String], first_rows: &[Vec<String>], idx: usize) -> Vec<String> {
    let is_heading = |row: &Vec<String>| row.starts_with(headings);
    let below = first_rows.iter().skip_while(|row| !is_heading(row)).skip(1);
    let mut samples: Vec<String> = Vec::new();
    for cell in below.filter_map(|row| row.get(idx)) {
        if !cell.is_empty() && !samples.contains(cell) && samples.len() < N_SAMPLES {
            samples.push(cell.clone());
        }
    }
    samples
}

pub(crate) fn cell_shape(catalog: Catalog, field: FieldId, heading: &str) -> CellShape {
    let field = catalog.fields().get(field);
    match field.shape {
        Shape::Integer | Shape::Number => match field.unit {
            "ratio" => CellShape::Ratio {
                in_percent: heading.contains('%'),
            },
            "percent" => CellShape::Percent,
            _ => CellShape::Number,
        },
        Shape::Time | Shape::Date => CellShape::Time,
        Shape::Duration => CellShape::Duration(duration::Unit::of(field.unit)),
        _ => CellShape::Text {
            is_address: catalog == Catalog::Cqd && field.is_address(),
        },
    }
}
