//! From the codes that one reader of blocks gives to the codes of the whole file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{cell, records::plain};
use crate::engine::model::{
    dictionary::{BLANK, Dictionary},
    texts::Texts,
};

/// What the codes of one reader are in the file.
#[derive(Debug)]
pub(crate) struct ReaderCodes {
    columns: Vec<ColumnCodes>,
    are_raw: bool,
}

/// What the codes of one column of a reader are in the file.
#[derive(Debug)]
pub(crate) struct ColumnCodes {
    joined: Vec<u32>,
    /// Texts of blocks that did not come to be joined, and that may still occur.
    spare: BTreeMap<u32, Vec<u8>>,
    are_raw: bool,
}

/// The text has not occurred in the file yet.
const NOT_YET: u32 = u32::MAX;

impl ReaderCodes {
    /// Of a reader whose texts are as they stand in the file.
    pub(crate) fn raw() -> Self {
        Self {
            columns: Vec::new(),
            are_raw: true,
        }
    }

    /// Of a reader whose texts are without quotes, and blank where they say nothing.
    pub(crate) fn plain() -> Self {
        Self {
            columns: Vec::new(),
            are_raw: false,
        }
    }

    /// The codes of a column.
    pub(crate) fn of_column(&mut self, idx: usize) -> &mut ColumnCodes {
        let are_raw = self.are_raw;
        let blank = || ColumnCodes {
            joined: vec![BLANK],
            spare: BTreeMap::new(),
            are_raw,
        };
        if self.columns.len() <= idx {
            self.columns.resize_with(idx + 1, blank);
        }
        &mut self.columns[idx]
    }
}

impl ColumnCodes {
    /// Takes the new texts of a block that is joined, in the order in which they occur.
    pub(crate) fn take(&mut self, texts: &Texts, codes: &[u32], file: &mut Dictionary) {
        if self.spare.is_empty() {
            let are_raw = self.are_raw;
            let joined = texts.iter().map(|text| file.code(&says(text, are_raw)));
            self.joined.extend(joined);
            return;
        }
        self.put_aside(texts);
        for code in codes {
            if self.joined[*code as usize] == NOT_YET
                && let Some(text) = self.spare.remove(code)
            {
                self.joined[*code as usize] = file.code(&says(&text, self.are_raw));
            }
        }
    }

    /// Takes the new texts of a block that is not joined.
    pub(crate) fn put_aside(&mut self, texts: &Texts) {
        for text in texts.iter() {
            self.spare.insert(self.joined.len() as u32, text.to_vec());
            self.joined.push(NOT_YET);
        }
    }

    /// The code in the file. The text must have been taken.
    pub(crate) fn joined(&self, code: u32) -> u32 {
        self.joined[code as usize]
    }
}

/// What a text says: nothing, if it is one of the words for that.
fn says(text: &[u8], is_raw: bool) -> Cow<'_, [u8]> {
    if !is_raw {
        return Cow::Borrowed(text);
    }
    let text = plain(text);
    if cell::is_blank(&text) {
        Cow::Borrowed(b"")
    } else {
        text
    }
}
