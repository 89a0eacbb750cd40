//! From the codes that one reader of blocks gives to the codes of the whole file.

use std::borrow::Cow;

use callscope_kernel::{
    cells::plain,
    codes::{Codes, NOT_YET},
};

use super::{
    cell,
    table_block::{BlockColumn, TableBlock},
};
use crate::engine::model::{
    column::TextColumn,
    dictionary::{BLANK, N_TOGETHER},
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
    /// So many texts are known in the file.
    n_known: usize,
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
            n_known: 0,
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
    /// Appends the reader's codes as those of the file, where texts get codes in the order of the rows.
    pub(crate) fn join(&mut self, codes: &Codes, column: &mut TextColumn) {
        self.joined.resize(self.texts.len() + 1, NOT_YET);
        let n_unknown = self.texts.len() - self.n_known;
        let news = codes.news(&mut self.joined, n_unknown);
        self.n_known += news.len();
        for codes in news.chunks(N_TOGETHER) {
            let text = |code: &u32| says(self.texts.get(*code as usize - 1), self.are_raw);
            let texts: Vec<_> = codes.iter().map(text).collect();
            for (code, joined) in codes.iter().zip(column.dictionary.codes(&texts)) {
                self.joined[*code as usize] = joined;
            }
        }
        let n_codes = column.dictionary.n_codes();
        column.codes.append(codes, &self.joined, n_codes);
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
