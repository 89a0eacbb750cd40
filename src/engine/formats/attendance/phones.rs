//! People who dial in have a telephone number in place of a name: it goes to a column of its own, because
//! roles see numbers and names by different rules.

use crate::engine::fields::Catalog;
use crate::engine::model::{
    column::{Column, TextColumn},
    dictionary::BLANK,
    table::Table,
};

/// The shortest numbers that are dialed from outside; shorter figures may be anything.
const MIN_DIGITS: usize = 5;

/// Moves numbers from the column of names to that of telephone numbers.
pub(super) fn split(table: &mut Table, catalog: Catalog, name: &'static str) {
    let fields = catalog.fields();
    let (name, phone) = (fields.named(name), fields.named("Phone Number"));
    let Some(Column::Text(mixed)) = table.columns.get(&name) else {
        return;
    };
    let is_phone = mixed.dictionary.map(is_phone);
    if !is_phone.contains(&true) {
        return;
    }
    let only = |wanted: bool| {
        let mut column = TextColumn::default();
        let of_code = |(code, is_phone): (u32, &bool)| {
            let text = mixed.dictionary.text(code);
            match (*is_phone == wanted, wanted) {
                (true, true) => column.dictionary.code(number_of(text)),
                (true, false) => column.dictionary.code(text),
                (false, _) => BLANK,
            }
        };
        let codes: Vec<u32> = (0u32..).zip(&is_phone).map(of_code).collect();
        let rows = (0..table.n_rows).map(|row| codes[mixed.codes.get(row) as usize]);
        column.codes.extend(rows, column.dictionary.n_codes());
        Column::Text(column)
    };
    let (names, phones) = (only(false), only(true));
    table.columns.insert(name, names);
    table.columns.insert(phone, phones);
}

/// What stands before a remark such as `(Unverified)`.
fn number_of(text: &[u8]) -> &[u8] {
    let remark = text.windows(2).position(|pair| pair == b" (");
    remark.map_or(text, |at| text[..at].trim_ascii_end())
}

/// `+47 555 01 0** (Unverified)`: digits, some of them masked, and a remark.
fn is_phone(text: &[u8]) -> bool {
    let number = number_of(text);
    let is_digit = |byte: &&u8| byte.is_ascii_digit() || **byte == b'*';
    let is_part = |byte: &u8| is_digit(&byte) || b"+-. ()/".contains(byte);
    number.iter().all(is_part) && number.iter().filter(is_digit).count() >= MIN_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_names() {
        for text in [
            "+4755501000",
            "15550100123 (Unverified)",
            "+47 555 01 0**",
            "(0)30-5550",
        ] {
            assert!(is_phone(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "Ingrid Solberg",
            "Room 12345",
            "1234",
            "Agent 007 (5550100)",
            "R2-D2",
        ] {
            assert!(!is_phone(text.as_bytes()), "{text}");
        }
    }
}
