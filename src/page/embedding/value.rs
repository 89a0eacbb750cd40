//! What another program sent, as plain values: nothing can be called on them, and none is larger than it must be.

/// A value of a message or of the configuration file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<File> {
    Text(String),
    Number(f64),
    Flag(bool),
    Nothing,
    List(Vec<Self>),
    Record(Record<File>),
    File(File),
    /// Too large, too deep, or of a kind that no message has.
    Other,
}

/// Keys and values, in their order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record<File>(pub(super) Vec<(String, Value<File>)>);

/// Why a value is not taken: it is not what the key asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong;

impl<File> Record<File> {
    /// Takes the value of a key out; nothing and no such key are the same.
    pub(super) fn take(&mut self, key: &str) -> Option<Value<File>> {
        let at = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.swap_remove(at).1).filter(|value| !matches!(value, Value::Nothing))
    }

    /// Takes a text out.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, Wrong> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Wrong),
        }
    }

    /// Takes a whole number out.
    #[expect(clippy::cast_sign_loss, reason = "negative ones are refused")]
    pub(super) fn count(&mut self, key: &str) -> Result<Option<u32>, Wrong> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Number(number))
                if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) =>
            {
                Ok(Some(number as u32))
            }
            Some(_) => Err(Wrong),
        }
    }

    /// Takes yes or no out; no if it is not there.
    pub(super) fn flag(&mut self, key: &str) -> Result<bool, Wrong> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Flag(flag)) => Ok(flag),
            Some(_) => Err(Wrong),
        }
    }

    /// Nothing may be left that nobody asked for.
    pub(super) fn end(self) -> Result<(), Wrong> {
        let has_more = !self.0.is_empty();
        if has_more { Err(Wrong) } else { Ok(()) }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Record, Value};

    /// The same as JSON; a file is `{"$file": "name"}`.
    pub(crate) fn value_of(json: &serde_json::Value) -> Value<String> {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Nothing,
            Json::Bool(flag) => Value::Flag(*flag),
            Json::Number(number) => Value::Number(number.as_f64().expect("a number")),
            Json::String(text) => Value::Text(text.clone()),
            Json::Array(items) => Value::List(items.iter().map(value_of).collect()),
            Json::Object(entries) => match entries.get("$file") {
                Some(name) => Value::File(name.as_str().expect("a name").to_owned()),
                None => Value::Record(Record(
                    entries
                        .iter()
                        .map(|(key, value)| (key.clone(), value_of(value)))
                        .collect(),
                )),
            },
        }
    }

    /// The same as a text of JSON.
    pub(crate) fn parsed(json: &str) -> Value<String> {
        value_of(&serde_json::from_str(json).expect("JSON"))
    }
}
