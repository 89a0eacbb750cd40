//! From a file's bytes to the columns of the model. One file for each export; `FORMATS` lists them.

mod building;
pub mod cell;
mod cqd;
mod cutter;
pub mod encoding;
mod fingerprint;
mod head;
mod intake;
mod records;
mod stream_block;
mod table;

pub use head::Head;
pub use intake::Intake;

use crate::engine::diagnostic::Diagnostics;
use crate::engine::model::{buildings::BuildingFile, streams::Streams};
use crate::protocol::{FileKind, RowCounts};
use cutter::Block;

/// All formats. Adding one is one file and one line.
const FORMATS: &[Format] = &[building::FORMAT, cqd::FORMAT];

/// How one export is told from others, and read.
pub(crate) struct Format {
    kind: FileKind,
    /// Looks at the first rows; `None` if it cannot be this export.
    recognize: fn(&Head) -> Option<Finding>,
    reader: fn(&Head) -> Box<dyn Reader>,
}

/// Why a file is taken for an export.
pub(crate) struct Finding {
    /// How sure, up to 1,000.
    score: usize,
    /// The reason in words. It holds no text of the file.
    evidence: String,
}

/// Reads the blocks of one file in their order.
pub(crate) trait Reader {
    /// Takes the next block.
    fn read(&mut self, block: &Block);
    /// What has become of the rows so far.
    fn rows(&self) -> RowCounts;
    /// How much memory the columns take so far.
    fn n_bytes(&self) -> usize {
        0
    }
    /// Ends the file.
    fn finish(self: Box<Self>) -> ReadRows;
}

/// A file that was read to its end.
#[derive(Debug)]
pub struct Loaded {
    /// What it is.
    pub kind: FileKind,
    /// Why it was taken for that.
    pub evidence: String,
    /// Equal for equal bytes.
    pub fingerprint: u64,
    /// What its rows gave.
    pub result: ReadRows,
}

/// What the rows of a file gave.
#[derive(Debug)]
pub struct ReadRows {
    /// What they hold.
    pub content: Content,
    /// What became of them.
    pub rows: RowCounts,
    /// Complaints.
    pub diagnostics: Diagnostics,
    /// The headings, if the file has any.
    pub headings: Vec<String>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// A building file.
    Buildings(BuildingFile),
    /// A stream-level export.
    Streams(Streams),
}
