//! Streams in the fields of the Call Quality Dashboard, from the rows of the flattened form of call records.
//!
//! First and Second are the dashboard's: where one end is a service, that is First and the client Second;
//! else First is the caller and Second the callee. The lines of `streams.tsv` say which columns lead to
//! which field; of several the first one that says anything counts.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{ends::Ends, words};
use crate::engine::fields::{Catalog, FieldId, Shape, fields};
use crate::engine::formats::cell;
use crate::engine::model::{
    codes::Codes,
    column::{Column, NO_TIME, TextColumn},
    dictionary::Dictionary,
    numbers::Numbers,
    streams::Streams,
    table::Table,
};

/// What rows of the flattened form gave.
pub(crate) struct Converted {
    /// The streams.
    pub(crate) streams: Streams,
    /// Rows for data channels, which carry neither sound nor pictures and are left out.
    pub(crate) n_data_rows: u64,
}

/// How a field is made.
struct Line {
    /// Columns of a caller's end and of a callee's; the same for what is said of the call.
    columns: [Vec<FieldId>; 2],
    fields: Fields,
    turn: Turn,
}

enum Fields {
    /// Of the call or the stream.
    One(FieldId),
    /// Of the first and the second end.
    OfEnds([FieldId; 2]),
}

/// What is done to a value on its way.
#[derive(Clone, Copy)]
enum Turn {
    AsIs,
    /// A share between 0 and 1 becomes one in a hundred.
    Percent,
    Number(fn(f64) -> Option<f64>),
    Words(fn(&str) -> Option<String>),
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let lines = include_str!("streams.tsv").lines().skip(1);
    lines.map(line).collect()
});

fn line(line: &'static str) -> Line {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let &[columns, field, turn] = cells.as_slice() else {
        panic!("three cells are expected in {line}");
    };
    let flat = Catalog::CallRecordInsights.fields();
    let known = |name: String| {
        flat.id_of(&name)
            .unwrap_or_else(|| panic!("no column {name}"))
    };
    let dashboard = |side| {
        let name = field.replace('*', side);
        fields()
            .id_of(&name)
            .unwrap_or_else(|| panic!("no field {name}"))
    };
    Line {
        columns: ["Caller", "Callee"].map(|side| {
            let names = columns.split('|').map(|column| column.replace('*', side));
            names.map(known).collect()
        }),
        fields: if field.contains('*') {
            Fields::OfEnds([dashboard("First"), dashboard("Second")])
        } else {
            Fields::One(dashboard(""))
        },
        turn: match turn {
            "" => Turn::AsIs,
            "percent" => Turn::Percent,
            "link_speed" => Turn::Number(words::link_speed),
            "session_type" => Turn::Words(words::session_type),
            "failure_stage" => Turn::Words(words::failure_stage),
            "object_id" => Turn::Words(words::object_id),
            "phone" => Turn::Words(words::phone),
            "product" => Turn::Words(words::product),
            "system" => Turn::Words(words::system),
            "subnet" => Turn::Words(words::subnet),
            "mac" => Turn::Words(words::mac),
            "connection" => Turn::Words(words::connection),
            "transport" => Turn::Words(words::transport),
            "wifi_radio" => Turn::Words(words::wifi_radio),
            "wifi_band" => Turn::Words(words::wifi_band),
            "rating" => Turn::Words(words::rating),
            word => panic!("{word} is no turn"),
        },
    }
}

/// The streams of these rows of a table in the flattened form.
pub(crate) fn streams(table: &Table, rows: impl Iterator<Item = usize>) -> Converted {
    let ends = Ends::new(table);
    let mut n_data_rows = 0;
    let rows: Vec<usize> = rows
        .filter(|row| {
            let is_data = ends.is_data(*row);
            n_data_rows += u64::from(is_data);
            !is_data
        })
        .collect();
    let first_is_caller: Vec<bool> = rows.iter().map(|row| ends.first_is_caller(*row)).collect();
    let mut streams = Streams {
        n_rows: rows.len(),
        ..Streams::default()
    };
    for line in LINES.iter() {
        let mut put = |field: FieldId, columns_of: &dyn Fn(usize) -> &'static [FieldId]| {
            let values = rows.iter().enumerate().map(|(idx, row)| {
                let columns = columns_of(idx).iter();
                columns
                    .filter_map(|column| value(table.columns.get(column)?, *row))
                    .find_map(|value| turned(line.turn, value))
            });
            if let Some(column) = column(fields().get(field).shape, values) {
                streams.columns.insert(field, column);
            }
        };
        match &line.fields {
            Fields::One(field) => put(*field, &|_| &line.columns[0]),
            Fields::OfEnds([first, second]) => {
                put(*first, &|idx| {
                    &line.columns[usize::from(!first_is_caller[idx])]
                });
                put(*second, &|idx| {
                    &line.columns[usize::from(first_is_caller[idx])]
                });
            }
        }
    }
    for (name, words) in ends.derived(&rows) {
        let field = fields().named(name);
        let values = words
            .into_iter()
            .map(|words| words.map(|words| Value::Text(Cow::Owned(words.into_bytes()))));
        if let Some(column) = column(fields().get(field).shape, values) {
            streams.columns.insert(field, column);
        }
    }
    Converted {
        streams,
        n_data_rows,
    }
}

/// A cell that says something.
enum Value<'table> {
    Text(Cow<'table, [u8]>),
    Number(f64),
    Time(i64),
}

fn value(column: &Column, row: usize) -> Option<Value<'_>> {
    match column {
        Column::Text(column) => {
            let text = column.text(row);
            (!text.is_empty()).then_some(Value::Text(Cow::Borrowed(text)))
        }
        Column::Number(values) => Some(values.get(row))
            .filter(|value| !value.is_nan())
            .map(Value::Number),
        Column::Time(times) => Some(times[row])
            .filter(|time| *time != NO_TIME)
            .map(Value::Time),
    }
}

fn turned(turn: Turn, value: Value) -> Option<Value> {
    match (turn, value) {
        (Turn::Percent, Value::Number(number)) => Some(Value::Number(number * 100.0)),
        (Turn::Number(turn), Value::Number(number)) => turn(number).map(Value::Number),
        (Turn::Words(turn), Value::Text(text)) => {
            let words = turn(&crate::engine::formats::encoding::words(&text))?;
            Some(Value::Text(Cow::Owned(words.into_bytes())))
        }
        (_, value) => Some(value),
    }
}

/// A column of the shape that the field has in exports of the dashboard; none if nothing is said.
fn column<'table>(
    shape: Shape,
    values: impl Iterator<Item = Option<Value<'table>>>,
) -> Option<Column> {
    match shape {
        Shape::Integer | Shape::Number | Shape::Duration => {
            let numbers = values.map(|value| match value? {
                Value::Number(number) => Some(number),
                Value::Text(text) => cell::number(&text),
                Value::Time(_) => None,
            });
            let numbers: Vec<f64> = numbers.map(|number| number.unwrap_or(f64::NAN)).collect();
            let says_any = numbers.iter().any(|number| !number.is_nan());
            says_any.then(|| Column::Number(Numbers::packed(&numbers)))
        }
        Shape::Time | Shape::Date => {
            let times = values.map(|value| match value {
                Some(Value::Time(time)) => time,
                _ => NO_TIME,
            });
            let times: Vec<i64> = times.collect();
            let says_any = times.iter().any(|time| *time != NO_TIME);
            says_any.then_some(Column::Time(times))
        }
        _ => {
            let mut dictionary = Dictionary::default();
            let all: Vec<u32> = values
                .map(|value| match value {
                    None | Some(Value::Time(_)) => dictionary.code(b""),
                    Some(Value::Text(text)) => dictionary.code(&text),
                    Some(Value::Number(number)) => dictionary.code(number.to_string().as_bytes()),
                })
                .collect();
            let mut codes = Codes::default();
            codes.extend(all.into_iter(), dictionary.n_codes());
            (dictionary.n_codes() > 1).then_some(Column::Text(TextColumn { codes, dictionary }))
        }
    }
}
