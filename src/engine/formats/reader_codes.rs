//! From the codes that one reader of blocks gives to the codes of the whole file.

use std::borrow::Cow;

use callscope_kernel::{
    cells::plain,
    codes::{NOT_YET, replace},
};

use super::{
    cell,
    table_block::{BlockColumn, TableBlock},
};
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
    /// By code of the reader.
    joined: Vec<u32>,
    /// The reader's texts; that of code 1 comes first.
    texts: Texts,
    are_raw: bool,
}

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

    /// Takes the new texts of a block. Blocks come in the order in which the reader read them, which need
    /// not be that in which they are joined.
    pub(crate) fn meet(&mut self, block: &TableBlock) {
        for (idx, column) in block.columns.iter().enumerate() {
            if let BlockColumn::Text { texts, .. } = column {
                self.of_column(idx).texts.append(texts);
            }
        }
    }

    /// The codes of a column.
    pub(crate) fn of_column(&mut self, idx: usize) -> &mut ColumnCodes {
        let are_raw = self.are_raw;
        let blank = || ColumnCodes {
            joined: vec![BLANK],
            texts: Texts::default(),
            are_raw,
        };
        if self.columns.len() <= idx {
            self.columns.resize_with(idx + 1, blank);
        }
        &mut self.columns[idx]
    }
}

impl ColumnCodes {
    /// Turns the reader's codes into those of the file, where texts get codes in the order of the rows.
    pub(crate) fn join(&mut self, codes: &mut [u32], file: &mut Dictionary) {
        self.joined.resize(self.texts.len() + 1, NOT_YET);
        let mut from = 0;
        while let Some(at) = replace(codes, from, &self.joined) {
            let code = codes[at] as usize;
            let text = self.texts.get(code - 1);
            self.joined[code] = file.code(&says(text, self.are_raw));
            from = at;
        }
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
