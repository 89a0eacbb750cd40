//! Files that wait for their turn to be read.

use std::collections::VecDeque;

use super::source::Source;
use crate::protocol::FileId;

/// The files to be read, in the order in which they came.
#[derive(Default)]
pub(super) struct Queue {
    files: VecDeque<(FileId, Source)>,
    is_busy: bool,
}

impl Queue {
    pub(super) fn push(&mut self, file: FileId, source: Source) {
        self.files.push_back((file, source));
    }

    /// Whether reading has to be started: there is something to read and nobody reads.
    pub(super) fn begin(&mut self) -> bool {
        !self.files.is_empty() && !std::mem::replace(&mut self.is_busy, true)
    }

    /// The next file; without one, nobody reads any more.
    pub(super) fn next(&mut self) -> Option<(FileId, Source)> {
        let next = self.files.pop_front();
        self.is_busy = next.is_some();
        next
    }
}
