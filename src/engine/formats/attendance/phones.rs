//! People who dial in have a telephone number in place of a name: it goes to a column of its own, because
//! roles see numbers and names by different rules.

use crate::engine::fields::Catalog;
use crate::engine::model::{
    column::{Column, TextColumn},
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
            if *is_phone == wanted {
                column.dictionary.code(text)
            } else {
                column.dictionary.code(b"")
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

/// `+47 555 01 0** (Unverified)`: digits, some of them masked, and a remark.
fn is_phone(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else {
        return false;
    };
    let number = text.split_once(" (").map_or(text, |(number, _)| number);
    let is_part = |letter: char| letter.is_ascii_digit() || "+*-. ()/".contains(letter);
    let n_digits = number
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '*')
        .count();
    number.chars().all(is_part) && n_digits >= MIN_DIGITS
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
