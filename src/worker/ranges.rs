//! Reads big files in ranges: gives them to the readers, and what these make of them to the session.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::File;

use super::pool::Pool;
use super::source::{Slices, Source};
use super::{Shared, Worker, reading};
use crate::engine::formats::Rest;
use crate::protocol::{FileId, HelperId, Loss, ProblemCode};

/// Begins with a file whose first bytes the session has, if it can be read so: readers are at work then.
pub(super) fn begin(shared: &Shared, file: FileId, handle: &File, head: &[u8]) -> bool {
    let mut worker = shared.borrow_mut();
    let Some(settings) = worker.session.begin_ranges(file) else {
        // If it cannot fit into memory, that is said at once.
        worker.report_progress();
        return false;
    };
    let helpers = Rc::clone(&worker.helpers);
    let pool = worker
        .pool
        .get_or_insert_with(|| Pool::start(shared, &helpers));
    pool.begin(file, handle, head, &settings);
    worker.give_ranges();
    true
}

/// Takes what a reader made of a range.
pub(super) fn take(shared: &Shared, reader: HelperId, message: &JsValue) {
    let mut worker = shared.borrow_mut();
    let Some((part, read)) = worker
        .pool
        .as_mut()
        .and_then(|pool| pool.take(reader, message))
    else {
        return;
    };
    let file = part.file;
    let rest = read.map(|read| worker.session.take_range(file, part.reader, read));
    match rest {
        Some(Rest::Ranges) => {}
        Some(Rest::InOrder(from)) => {
            let handle = worker.pool.as_ref().and_then(|pool| pool.handle(file));
            worker.end_ranges(&[file]);
            if let Some(handle) = handle {
                worker.in_order.push(file);
                let slices = Slices::from(Source::Handle(handle), from);
                reading::read_beside(shared, file, slices);
            }
        }
        Some(Rest::Nothing) => {
            worker.end_ranges(&[file]);
            worker.finish(file);
        }
        None => {
            worker.end_ranges(&[file]);
            worker.fail(file, ProblemCode::Unreadable);
        }
    }
    worker.give_ranges();
    worker.report_progress();
    drop(worker);
    reading::go_on(shared);
}

/// Hears that a reader is gone.
pub(super) fn lose(shared: &Shared, reader: HelperId, loss: Loss) {
    let mut worker = shared.borrow_mut();
    let Some(pool) = &mut worker.pool else {
        return;
    };
    let (again, fatal) = pool.lose(reader, loss);
    let failed: Vec<FileId> = if pool.n_readers() > 0 {
        fatal.into_iter().collect()
    } else {
        pool.files()
    };
    for (file, range) in again {
        worker.session.give_again(file, range);
    }
    worker.end_ranges(&failed);
    for file in failed {
        worker.fail(file, ProblemCode::ReaderFailed);
    }
    worker.give_ranges();
    drop(worker);
    reading::go_on(shared);
}

impl Worker {
    /// Gives ranges to readers that can take some: those of a file when all of the files before it are given, so that
    /// readers stay with what they know.
    fn give_ranges(&mut self) {
        let Some(pool) = &mut self.pool else { return };
        while let Some(idx) = pool.idle() {
            let files = pool.files();
            let Some(file) = files
                .into_iter()
                .find(|file| !self.session.are_given(*file))
            else {
                return;
            };
            let run = self.session.next_run(file, pool.n_readers());
            if run.is_empty() {
                // Too many wait for their turn.
                return;
            }
            pool.give(idx, file, &run);
        }
    }

    /// Lets readers read no more of some files. What else they had to read is read by others.
    pub(super) fn end_ranges(&mut self, files: &[FileId]) {
        if let Some(pool) = &mut self.pool
            && !files.is_empty()
        {
            for (file, range) in pool.end(files) {
                self.session.give_again(file, range);
            }
            self.give_ranges();
        }
    }
}
