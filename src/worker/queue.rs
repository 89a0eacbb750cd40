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
    /// It is a package, which takes its turn however big it is.
    pub(super) is_package: bool,
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

    fn is_big(&self) -> bool {
        !self.is_package && self.source.is_big()
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

    /// Whether somebody reads one file after the other.
    pub(super) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Whether reading one file after the other has to be started: there is one to read and nobody reads.
    pub(super) fn begin(&mut self, may_be_big: bool) -> bool {
        self.place_of_next(may_be_big).is_some() && !std::mem::replace(&mut self.is_busy, true)
    }

    /// The next file, and its place in the queue. A big one goes first, if it may: small ones are read beside it.
    /// Without one, nobody reads one file after the other any more.
    pub(super) fn next(&mut self, may_be_big: bool) -> Option<(usize, Job)> {
        let place = self.place_of_next(may_be_big);
        let next = place.and_then(|place| Some((place, self.jobs.remove(place)?)));
        self.is_busy = next.is_some();
        next
    }

    /// Puts the file that was taken last back to its place.
    pub(super) fn put_back(&mut self, place: usize, job: Job) {
        self.jobs.insert(place, job);
    }

    fn place_of_next(&self, may_be_big: bool) -> Option<usize> {
        let first = |is_big: bool| {
            let mut jobs = self.jobs.iter();
            jobs.position(|job| job.is_big() == is_big)
        };
        let big = may_be_big.then(|| first(true)).flatten();
        big.or_else(|| first(false))
    }
}
