//! Files that wait for their turn to be read.

use std::collections::VecDeque;

use super::source::Source;
use crate::protocol::FileId;

/// A file that is to be read.
pub(super) struct Job {
    /// The file that the user chose.
    pub(super) file: FileId,
    /// Its name.
    pub(super) name: String,
    /// Where its bytes come from.
    pub(super) source: Source,
    /// Of a package, read this member and no other.
    pub(super) only: Option<Wanted>,
}

/// A member of a package that is to be read.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// What the session calls it.
    pub(super) file: FileId,
    /// Where the package lists it.
    pub(super) idx: usize,
}

impl Job {
    /// The file that waits for this.
    pub(super) fn wanted(&self) -> FileId {
        self.only.map_or(self.file, |only| only.file)
    }
}

/// The files to be read, in the order in which they came.
#[derive(Default)]
pub(super) struct Queue {
    jobs: VecDeque<Job>,
    is_busy: bool,
}

impl Queue {
    pub(super) fn push(&mut self, job: Job) {
        self.jobs.push_back(job);
    }

    /// Whether a file waits for its turn.
    pub(super) fn holds(&self, file: FileId) -> bool {
        self.jobs.iter().any(|job| job.wanted() == file)
    }

    /// Whether reading has to be started: there is something to read and nobody reads.
    pub(super) fn begin(&mut self) -> bool {
        !self.jobs.is_empty() && !std::mem::replace(&mut self.is_busy, true)
    }

    /// The next file; without one, nobody reads any more.
    pub(super) fn next(&mut self) -> Option<Job> {
        let next = self.jobs.pop_front();
        self.is_busy = next.is_some();
        next
    }
}
