//! The first rows of a file, and what they tell: delimiter and kind. The file's name is never looked at.

use super::{
    FORMATS, Finding, Format,
    cutter::Cutter,
    encoding,
    records::{Records, Row},
};

/// So many bytes are looked at, if the file has them.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// So many rows are looked at.
const N_ROWS: usize = 40;

/// The first rows of a file, split by one delimiter.
#[derive(Debug, Clone)]
pub struct Head {
    /// What separates the cells.
    pub delimiter: u8,
    /// The cells of the first rows.
    pub rows: Vec<Vec<String>>,
}

impl Head {
    /// Splits the first text of a file. `is_whole` says that there is no more.
    fn new(text: &[u8], delimiter: u8, is_whole: bool) -> Self {
        let mut cutter = Cutter::new(delimiter);
        cutter.buffer().extend_from_slice(text);
        let mut blocks = cutter.cut();
        if is_whole {
            blocks.extend(cutter.finish());
        }
        let mut rows = Vec::new();
        let mut row = Row::default();
        for block in blocks.iter().filter(|block| block.broken.is_none()) {
            let mut records = Records::new(&block.text, delimiter, block.first_line);
            while rows.len() < N_ROWS && records.read(&mut row) {
                let cell = |idx| encoding::words(&row.cell(&block.text, idx)).into_owned();
                rows.push((0..row.n_cells()).map(cell).collect());
            }
        }
        Self { delimiter, rows }
    }
}

/// Finds the format and the delimiter that explain the first text of a file best.
pub(crate) fn detect(text: &[u8], is_whole: bool) -> Option<(&'static Format, Finding, Head)> {
    let mut best: Option<(&'static Format, Finding, Head)> = None;
    for delimiter in *b"\t,;|" {
        let head = Head::new(text, delimiter, is_whole);
        for format in FORMATS {
            let Some(finding) = (format.recognize)(&head) else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|(_, known, _)| finding.score > known.score)
            {
                best = Some((format, finding, head.clone()));
            }
        }
    }
    best
}
