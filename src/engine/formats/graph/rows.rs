//! Builds a table from JSON values, a row at a time. Knows columns and values, not where they stand in a record.

use serde_json::Value;

use crate::engine::fields::{Catalog, FieldId, Shape};
use crate::engine::formats::{cell, duration, time};
use crate::engine::model::{
    codes::Codes,
    column::{Column, NO_TIME, TextColumn},
    numbers::Numbers,
    table::Table,
};
use crate::protocol::ProblemCode as P;

/// The rows so far, in the fields of a catalog. A column begins with its first value.
#[derive(Debug)]
pub(super) struct Rows {
    catalog: Catalog,
    len: usize,
    columns: Vec<Option<Column>>,
}

impl Rows {
    /// No rows yet.
    pub(super) fn new(catalog: Catalog) -> Self {
        Self {
            catalog,
            len: 0,
            columns: vec![None; catalog.fields().len()],
        }
    }

    /// How many rows there are.
    pub(super) fn n_rows(&self) -> usize {
        self.len
    }

    /// Begins the next row; its values are put with `set`.
    pub(super) fn begin(&mut self) {
        self.len += 1;
    }

    /// Puts a value into the last row. A value that cannot be read counts as blank.
    pub(super) fn set(&mut self, field: FieldId, value: &Value) -> Result<(), P> {
        let known = self.catalog.fields().get(field);
        match known.shape {
            Shape::Integer | Shape::Number => {
                let number = number(value).map_err(|()| P::NotANumber)?;
                self.set_number(field, number);
            }
            Shape::Duration => {
                let length = length(value, duration::Unit::of(known.unit));
                self.set_number(field, length.map_err(|()| P::NotADuration)?);
            }
            Shape::Time | Shape::Date => {
                let time = time_ms(value).map_err(|()| P::NotATime)?;
                self.set_time(field, time);
            }
            _ => self.set_text(field, &text(value)),
        }
        Ok(())
    }

    /// Puts a text into the last row, as it stands.
    pub(super) fn set_text(&mut self, field: FieldId, text: &str) {
        if cell::is_blank(text.trim().as_bytes()) {
            return;
        }
        let n_before = self.len - 1;
        let column =
            self.columns[field.idx()].get_or_insert_with(|| Column::Text(TextColumn::default()));
        if let Column::Text(column) = column {
            // Two properties may be the same field: the first one stands.
            if column.codes.n_rows() > n_before {
                return;
            }
            let code = column.dictionary.code(text.as_bytes());
            let n_codes = column.dictionary.n_codes();
            pad_codes(&mut column.codes, n_before, n_codes);
            column.codes.extend(std::iter::once(code), n_codes);
        }
    }

    fn set_number(&mut self, field: FieldId, number: Option<f64>) {
        let (Some(number), n_before) = (number, self.len - 1) else {
            return;
        };
        let column =
            self.columns[field.idx()].get_or_insert_with(|| Column::Number(Numbers::default()));
        // As with texts, the first one stands.
        if let Column::Number(values) = column
            && values.n_rows() <= n_before
        {
            values.pad(n_before);
            values.extend(&[number]);
        }
    }

    fn set_time(&mut self, field: FieldId, time: Option<i64>) {
        let (Some(time), n_before) = (time, self.len - 1) else {
            return;
        };
        let column = self.columns[field.idx()].get_or_insert_with(|| Column::Time(Vec::new()));
        if let Column::Time(times) = column
            && times.len() <= n_before
        {
            times.resize(n_before, NO_TIME);
            times.push(time);
        }
    }

    /// Puts a whole column of texts, one for each row.
    pub(super) fn put_column<'text>(
        &mut self,
        field: FieldId,
        texts: impl Iterator<Item = &'text str>,
    ) {
        let mut column = TextColumn::default();
        let codes: Vec<u32> = texts
            .map(|text| column.dictionary.code(text.as_bytes()))
            .collect();
        let n_codes = column.dictionary.n_codes();
        column.codes.extend(codes.into_iter(), n_codes);
        self.columns[field.idx()] = Some(Column::Text(column));
    }

    /// How much memory the columns take.
    pub(super) fn n_bytes(&self) -> usize {
        self.columns.iter().flatten().map(Column::n_bytes).sum()
    }

    /// The table of all rows.
    pub(super) fn finish(mut self) -> Table {
        let mut table = Table {
            n_rows: self.len,
            ..Table::default()
        };
        for (field, _) in self.catalog.fields().iter() {
            let Some(mut column) = self.columns[field.idx()].take() else {
                continue;
            };
            match &mut column {
                Column::Text(text) => {
                    let n_codes = text.dictionary.n_codes();
                    pad_codes(&mut text.codes, self.len, n_codes);
                }
                Column::Number(values) => values.pad(self.len),
                Column::Time(times) => times.resize(self.len, NO_TIME),
            }
            table.columns.insert(field, column);
        }
        table
    }
}

/// Fills up with blanks.
fn pad_codes(codes: &mut Codes, n_rows: usize, n_codes: usize) {
    let n_missing = n_rows.saturating_sub(codes.n_rows());
    codes.extend(std::iter::repeat_n(0, n_missing), n_codes);
}

fn is_blank(text: &str) -> bool {
    cell::is_blank(text.trim().as_bytes())
}

fn number(value: &Value) -> Result<Option<f64>, ()> {
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => Ok(number.as_f64()),
        Value::String(text) if is_blank(text) => Ok(None),
        Value::String(text) => cell::number(text.trim().as_bytes()).map(Some).ok_or(()),
        _ => Err(()),
    }
}

fn length(value: &Value, unit: duration::Unit) -> Result<Option<f64>, ()> {
    match value {
        Value::String(text) if !is_blank(text) => {
            let length = duration::read(text.trim().as_bytes(), unit);
            length.map(Some).ok_or(())
        }
        other => number(other),
    }
}

/// Services write the first day of the calendar for "not at all"; no call is older than the services.
pub(super) fn time_ms(value: &Value) -> Result<Option<i64>, ()> {
    let Value::String(text) = value else {
        return if value.is_null() { Ok(None) } else { Err(()) };
    };
    if is_blank(text) {
        return Ok(None);
    }
    // Older PowerShell writes a time as a number within words.
    let number = text
        .trim()
        .strip_prefix("/Date(")
        .and_then(|rest| rest.strip_suffix(")/"));
    let ms = match number {
        Some(number) => number.parse().map_err(|_| ())?,
        None => match time::time(text.trim().as_bytes()) {
            Some(time::TimeReading::Exactly(ms)) => ms,
            _ => return Err(()),
        },
    };
    Ok((ms >= 0).then_some(ms))
}

/// The words of a value: truth as exports of the dashboard write it, lists of words or of objects with ids
/// one behind the other, anything else of several values as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Array(all) => {
            let words = all.iter().map(|one| one.get("id").unwrap_or(one).as_str());
            match words.collect::<Option<Vec<_>>>() {
                Some(words) => words.join(";"),
                None => value.to_string(),
            }
        }
        Value::Object(all) if all.is_empty() => String::new(),
        Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}
