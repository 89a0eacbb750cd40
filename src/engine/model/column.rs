//! A column of an export: texts by code, numbers, or times.

/// Stands for a time that the export does not say.
pub use callscope_kernel::times::NO_TIME;

use super::{codes::Codes, dictionary::Dictionary, numbers::Numbers};

/// The cells of one field, a value a row.
#[derive(Debug, Clone)]
pub enum Column {
    /// Texts, and everything that is not read as a number or a time.
    Text(TextColumn),
    /// Numbers in the field's unit; not a number where the export does not say.
    Number(Numbers),
    /// Milliseconds since 1970 UTC; `NO_TIME` where the export does not say.
    Time(Vec<i64>),
}

/// Texts by code.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    /// The code of each row.
    pub codes: Codes,
    /// The text of each code.
    pub dictionary: Dictionary,
}

impl TextColumn {
    /// The text of a row; empty where the export does not say.
    pub fn text(&self, row: usize) -> &[u8] {
        self.dictionary.text(self.codes.get(row))
    }

    /// The text of a row as words, if the export says anything.
    pub fn words(&self, row: usize) -> Option<String> {
        let code = self.codes.get(row);
        (code != super::dictionary::BLANK).then(|| self.dictionary.words(code))
    }
}

impl Column {
    /// Keeps the rows that are marked.
    pub fn keep(&mut self, marks: &[bool]) {
        let mut mark = marks.iter().copied();
        let mut next = || mark.next().unwrap_or(false);
        match self {
            Self::Text(column) => {
                let rows = (0..marks.len()).filter(|_| next());
                let codes: Vec<u32> = rows.map(|row| column.codes.get(row)).collect();
                column.codes = Codes::default();
                let n_codes = column.dictionary.n_codes();
                column.codes.extend(codes.into_iter(), n_codes);
            }
            Self::Number(values) => values.retain(next),
            Self::Time(values) => values.retain(|_| next()),
        }
    }

    /// Makes room for so many rows in all.
    pub fn reserve(&mut self, n_rows: usize) {
        match self {
            Self::Text(column) => column.codes.reserve(n_rows),
            Self::Number(values) => values.reserve(n_rows),
            Self::Time(values) => values.reserve_exact(n_rows.saturating_sub(values.len())),
        }
    }

    /// How much memory the column takes.
    pub fn n_bytes(&self) -> usize {
        match self {
            Self::Text(column) => column.codes.n_bytes() + column.dictionary.n_bytes(),
            Self::Number(values) => values.n_bytes(),
            Self::Time(values) => values.capacity() * size_of::<i64>(),
        }
    }
}
