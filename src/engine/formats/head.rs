//! The first rows of a file, and what they tell: delimiter and kind. The file's name is never looked at.

use super::{
    Assumed, FORMATS, Finding, Format, Layout, Reader,
    cutter::{Cutter, MAX_RECORD_BYTES},
    encoding,
    records::{Records, Row},
    sheet::SheetReader,
};
use crate::protocol::{Delimiter, ReadSettings};

/// So many bytes are looked at, if the file has them.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// However many are there, no more are looked at first.
pub(crate) const SEEN_BYTES: usize = 2 * HEAD_BYTES;

/// So many are looked at before a file is given up: the longest row ends within.
pub(crate) const LONG_HEAD_BYTES: usize = MAX_RECORD_BYTES + SEEN_BYTES;

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

    /// How many cells the longest row has.
    fn most_cells(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A format that explains the first text of a file, and why.
pub(crate) struct Detected {
    pub(crate) format: &'static Format,
    pub(crate) finding: Finding,
    pub(crate) head: Head,
}

/// What may stand between cells, in the order in which it is tried.
pub(crate) const DELIMITERS: [(Delimiter, u8); 4] = [
    (Delimiter::Tab, b'\t'),
    (Delimiter::Comma, b','),
    (Delimiter::Semicolon, b';'),
    (Delimiter::Bar, b'|'),
];

/// Finds the format and the delimiter that explain the first text of a file best, as far as the user has
/// not decided.
pub(crate) fn detect(text: &[u8], is_whole: bool, settings: &ReadSettings) -> Option<Detected> {
    let chosen = settings.delimiter;
    let delimiters = DELIMITERS
        .iter()
        .filter(|(delimiter, _)| chosen.is_none_or(|chosen| chosen == *delimiter));
    let formats = || {
        let is_wanted = |kind| settings.kind.is_none_or(|wanted| wanted == kind);
        FORMATS.iter().filter(move |format| is_wanted(format.kind))
    };
    let mut best: Option<Detected> = None;
    for (_, byte) in delimiters {
        let head = Head::new(text, *byte, is_whole);
        if head.rows.is_empty() && !is_whole {
            continue;
        }
        for format in formats() {
            let Some(finding) = format.recognize(&head, settings) else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|known| finding.score > known.finding.score)
            {
                best = Some(Detected {
                    format,
                    finding,
                    head: head.clone(),
                });
            }
        }
    }
    best
}

impl Format {
    fn recognize(&self, head: &Head, settings: &ReadSettings) -> Option<Finding> {
        let found = match &self.layout {
            Layout::Sheet(sheet) => sheet.recognize(head),
            Layout::Rows { recognize, .. } => recognize(head),
            Layout::Records { .. } => return None,
        };
        match (found, settings.kind) {
            (found, None) => found,
            (found, Some(_)) => Some(Finding {
                // Without evidence for any delimiter the one with the most cells is likeliest.
                score: found.map_or(0, |found| found.score) + head.most_cells(),
                evidence: "you said so".to_owned(),
            }),
        }
    }

    /// A reader for a file that begins like this.
    pub(crate) fn reader(&self, head: &Head, assumed: &Assumed) -> Box<dyn Reader> {
        match &self.layout {
            Layout::Sheet(sheet) => Box::new(SheetReader::new(sheet, head, assumed)),
            Layout::Rows { reader, .. } => reader(head, assumed),
            Layout::Records { reader, .. } => reader(),
        }
    }

    /// A reader for a file of JSON records.
    pub(crate) fn reader_of_records(&self) -> Box<dyn Reader> {
        let Layout::Records { reader, .. } = self.layout else {
            unreachable!("only formats of records are looked for in JSON");
        };
        reader()
    }
}
