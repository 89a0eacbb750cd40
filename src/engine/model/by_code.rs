//! What follows from the text of each row, worked out once for each distinct text.

use std::ops::Range;

use callscope_kernel::{
    blocks,
    selected::{MARK, Rows},
    tell::Tell,
};

use super::{codes::Codes, column::TextColumn, dictionary::Dictionary};

/// A value for each row of a text column. A row that says nothing has the default.
pub struct ByCode<'column, T> {
    codes: &'column Codes,
    values: Vec<T>,
}

impl<'column, T: Clone + Default> ByCode<'column, T> {
    /// Works out the value of each distinct text.
    pub fn new(column: &'column TextColumn, value: impl FnMut(&[u8]) -> T) -> Self {
        Self::of_texts(&column.codes, &column.dictionary, value)
    }

    /// Works out the value of each text that has one of these codes.
    pub fn of_texts(
        codes: &'column Codes,
        texts: &Dictionary,
        value: impl FnMut(&[u8]) -> T,
    ) -> Self {
        Self {
            codes,
            values: texts.map(value),
        }
    }
}

impl<'column, T: Copy> ByCode<'column, T> {
    /// The values of so many codes.
    pub fn of_codes(codes: &'column Codes, n_codes: usize, value: impl FnMut(u32) -> T) -> Self {
        Self {
            codes,
            values: (0..n_codes as u32).map(value).collect(),
        }
    }

    /// What follows from the values.
    pub fn map<U>(&self, what: impl Fn(T) -> U) -> ByCode<'column, U> {
        ByCode {
            codes: self.codes,
            values: self.values.iter().map(|value| what(*value)).collect(),
        }
    }

    /// The value of a row.
    pub fn at(&self, row: usize) -> T {
        self.values[self.codes.get(row) as usize]
    }

    /// Calls `each` with the value of each row in order.
    pub fn for_each(&self, mut each: impl FnMut(T)) {
        self.codes
            .for_each(|_, code| each(self.values[code as usize]));
    }

    /// Whether the claim holds of any text.
    pub fn any(&self, claim: impl Fn(T) -> bool) -> bool {
        self.values.iter().any(|value| claim(*value))
    }

    /// Leaves out the rows of whose value the claim does not hold.
    pub fn keep(&self, rows: &mut Rows, claim: impl Fn(T) -> bool) {
        let mark = |value: &T| if claim(*value) { MARK } else { 0 };
        let marked: Vec<u8> = self.values.iter().map(mark).collect();
        rows.keep_codes(self.codes, &marked);
    }

    /// Puts the values of rows in the stead of `open`. Gives how many rows are still open.
    pub fn fill(&self, open: T, rows: &mut [T]) -> usize
    where
        T: Tell,
    {
        let mut n_open = 0;
        blocks::each(rows.len(), &mut |block| {
            let codes = self.codes.part(block.clone());
            n_open += T::fill(codes, &self.values, open, &mut rows[block]);
        });
        n_open
    }
}

impl ByCode<'_, u8> {
    /// Puts the values of these rows in the first places of a block.
    pub fn copy(&self, rows: Range<usize>, block: &mut [u8]) {
        self.codes.tell(rows, &self.values, block);
    }
}
