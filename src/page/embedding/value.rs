//! What another program sent, as plain values by their places: the page's starter takes it apart, and nothing
//! that is deep, long or can be called comes in here.

/// A value of a message or of the configuration file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<File> {
    Text(String),
    Number(f64),
    Flag(bool),
    File(File),
    /// Null, or a list or record without anything in it.
    Nothing,
    /// Too large, too deep, or of a kind that no message has.
    Other,
}

/// Values by their places: `query.limit`, `files.0`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fields<File>(pub(super) Vec<(String, Value<File>)>);

/// Why a value is not taken: it is not what its place asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong;

impl<File> Fields<File> {
    /// Takes the value of a place out. Nothing and no such place are the same.
    pub(super) fn take(&mut self, place: &str) -> Option<Value<File>> {
        let at = self.0.iter().position(|(known, _)| known == place)?;
        Some(self.0.swap_remove(at).1).filter(|value| !matches!(value, Value::Nothing))
    }

    /// Takes the values of a list out, in their order.
    pub(super) fn list(&mut self, place: &str) -> Result<Vec<Value<File>>, Wrong> {
        let mut items = Vec::new();
        if self.take(place).is_some() {
            return Err(Wrong);
        }
        while let Some(item) = self.take(&format!("{place}.{}", items.len())) {
            items.push(item);
        }
        Ok(items)
    }

    /// Takes a text out.
    pub(super) fn text(&mut self, place: &str) -> Result<Option<String>, Wrong> {
        match self.take(place) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Wrong),
        }
    }

    /// Takes a whole number out.
    #[expect(clippy::cast_sign_loss, reason = "negative ones are refused")]
    pub(super) fn count(&mut self, place: &str) -> Result<Option<u32>, Wrong> {
        const MOST: f64 = u32::MAX as f64;
        match self.take(place) {
            None => Ok(None),
            Some(Value::Number(number))
                if number.fract() == 0.0 && (0.0..=MOST).contains(&number) =>
            {
                Ok(Some(number as u32))
            }
            Some(_) => Err(Wrong),
        }
    }

    /// Takes yes or no out; no if it is not there.
    pub(super) fn flag(&mut self, place: &str) -> Result<bool, Wrong> {
        match self.take(place) {
            None => Ok(false),
            Some(Value::Flag(flag)) => Ok(flag),
            Some(_) => Err(Wrong),
        }
    }

    /// Nothing may be left that nobody asked for.
    pub(super) fn end(self) -> Result<(), Wrong> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Wrong)
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::Value as Json;

    use super::{Fields, Value};

    /// A text of JSON as the page's starter takes it apart; a file is `{"$file": "name"}`.
    pub(crate) fn parsed(json: &str) -> Fields<String> {
        let mut fields = Vec::new();
        let json = serde_json::from_str(json).expect("JSON");
        take_apart(&json, String::new(), &mut fields);
        Fields(fields)
    }

    fn take_apart(json: &Json, place: String, fields: &mut Vec<(String, Value<String>)>) {
        let mut deeper = |key: &str, value: &Json| {
            let dot = if place.is_empty() { "" } else { "." };
            take_apart(value, format!("{place}{dot}{key}"), fields);
        };
        let value = match json {
            Json::Array(items) if items.is_empty() => Value::Nothing,
            Json::Object(entries) if entries.is_empty() && place.is_empty() => return,
            Json::Object(entries) if entries.is_empty() => Value::Nothing,
            Json::Null => Value::Nothing,
            Json::Bool(flag) => Value::Flag(*flag),
            Json::Number(number) => Value::Number(number.as_f64().expect("a number")),
            Json::String(text) => Value::Text(text.clone()),
            Json::Object(entries) if entries.contains_key("$file") => {
                let name = entries["$file"].as_str();
                Value::File(name.expect("a name").to_owned())
            }
            Json::Array(items) => {
                let items = items.iter().enumerate();
                return items.for_each(|(idx, item)| deeper(&idx.to_string(), item));
            }
            Json::Object(entries) => {
                return entries.iter().for_each(|(key, value)| deeper(key, value));
            }
        };
        fields.push((place, value));
    }
}
