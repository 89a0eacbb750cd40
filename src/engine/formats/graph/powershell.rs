//! Records that were printed from objects of Microsoft's PowerShell module, in the form in which the service has them.
//!
//! `Get-MgCommunicationCallRecord | ConvertTo-Json` writes names with capitals (`OrganizerV2`), lengths of
//! time as objects, and what the module has no type for under `AdditionalProperties`.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::engine::model::by_text::ByText;

/// The service's spelling of each property, by its letters.
static SPELLINGS: LazyLock<ByText<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("properties.tsv").lines().skip(1);
    let mut all = ByText::default();
    for name in lines.filter_map(|line| line.split('\t').nth(1)) {
        *all.of(letters(name).as_bytes()) = name;
    }
    all
});

/// A length of time is counted in these; a second has ten million.
const TICKS_PER_SECOND: u64 = 10_000_000;

/// The record in the service's own form. One that is in that form already stays as it is.
pub(super) fn as_served(record: Map<String, Value>) -> Map<String, Value> {
    if record.contains_key("id") || !record.contains_key("Id") {
        return record;
    }
    served(record)
}

fn served(object: Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, value) in object {
        match value {
            Value::Object(more) if name == "AdditionalProperties" => {
                for (name, value) in served(more) {
                    put(&mut all, name, value);
                }
            }
            value => {
                let spelling = SPELLINGS.get(letters(&name).as_bytes());
                let spelling = spelling.filter(|spelling| !spelling.is_empty());
                let name = spelling.map_or(name, |name| (*name).to_owned());
                put(&mut all, name, value_as_served(value));
            }
        }
    }
    all
}

/// What is said stands, whatever says nothing beside it.
fn put(object: &mut Map<String, Value>, name: String, value: Value) {
    if !value.is_null() || !object.contains_key(&name) {
        object.insert(name, value);
    }
}

fn value_as_served(value: Value) -> Value {
    match value {
        Value::Object(object) => match object.get("Ticks").and_then(Value::as_i64) {
            Some(ticks) if object.contains_key("TotalMilliseconds") => {
                let sign = if ticks < 0 { "-" } else { "" };
                let ticks = ticks.unsigned_abs();
                let (seconds, rest) = (ticks / TICKS_PER_SECOND, ticks % TICKS_PER_SECOND);
                Value::String(format!("{sign}PT{seconds}.{rest:07}S"))
            }
            _ => Value::Object(served(object)),
        },
        Value::Array(all) => all.into_iter().map(value_as_served).collect(),
        other => other,
    }
}

/// Annotations keep their signs: they are no properties.
fn letters(name: &str) -> String {
    name.chars()
        .filter(|letter| *letter != '_')
        .flat_map(char::to_lowercase)
        .collect()
}
