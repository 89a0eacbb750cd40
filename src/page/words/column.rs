//! What a column is read as, in words.

use super::counted;
use crate::protocol::{ColumnChoice, ColumnMeaning, ColumnView};

/// What a column is read as. A choice that is not among the user's own for this file came with a map.
pub(crate) fn meaning(column: &ColumnView, decided: &[ColumnChoice]) -> String {
    let is_own = decided
        .iter()
        .any(|choice| choice.heading == column.heading);
    match &column.meaning {
        ColumnMeaning::Known(field) if *field == column.heading => "Known".to_owned(),
        ColumnMeaning::Known(field) => format!("Known as {field}"),
        ColumnMeaning::Chosen(field) if is_own => format!("You chose {field}"),
        ColumnMeaning::Chosen(field) => format!("A file of your choices says {field}"),
        ColumnMeaning::LeftOut if is_own => "Left out, as you chose".to_owned(),
        ColumnMeaning::LeftOut => "Left out, as a file of your choices says".to_owned(),
        ColumnMeaning::Ambiguous => "Could be several fields; not used".to_owned(),
        ColumnMeaning::Unknown => "Not known; not used".to_owned(),
        ColumnMeaning::Repeated(field) => {
            format!("Repeats {field}, which another column gives; not used")
        }
    }
}

/// How many columns there are, and how many of them are not used.
pub(crate) fn columns_sentence(n_all: usize, n_not_understood: usize) -> String {
    let all = counted(n_all as u64, "column", "columns");
    match n_not_understood {
        0 => format!("{all}; each of them is understood."),
        1 => format!("{all}; 1 is not used because nobody has said what it is."),
        n => format!("{all}; {n} are not used because nobody has said what they are."),
    }
}

/// What the card of a file says about columns that are not used.
pub(crate) fn unused_columns_sentence(n_unused: u64) -> String {
    let are = if n_unused == 1 { "is" } else { "are" };
    let columns = counted(n_unused, "column", "columns");
    format!("{columns} {are} not used.")
}

#[cfg(test)]
mod tests {
    use super::{columns_sentence, meaning, unused_columns_sentence};
    use crate::protocol::{ColumnChoice, ColumnMeaning, ColumnView};

    #[test]
    fn a_choice_says_whether_it_was_made_for_this_file() {
        let column = ColumnView {
            heading: "Jit".to_owned(),
            meaning: ColumnMeaning::Chosen("Avg Jitter".to_owned()),
            proposals: Vec::new(),
            samples: Vec::new(),
        };
        let own = ColumnChoice {
            heading: "Jit".to_owned(),
            field: Some("Avg Jitter".to_owned()),
        };
        assert_eq!(meaning(&column, &[own]), "You chose Avg Jitter");
        assert_eq!(
            meaning(&column, &[]),
            "A file of your choices says Avg Jitter"
        );
    }

    #[test]
    fn columns_are_counted_in_plain_words() {
        assert_eq!(
            columns_sentence(3, 0),
            "3 columns; each of them is understood."
        );
        assert_eq!(unused_columns_sentence(1), "1 column is not used.");
        assert_eq!(unused_columns_sentence(3), "3 columns are not used.");
    }
}
