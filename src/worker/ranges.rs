//! Reads one big file in ranges: gives them to the readers, and what these make of them to the session.

use std::rc::Rc;

use web_sys::File;

use super::Shared;
use super::pool::{Outcome, Pool};
use crate::engine::formats::{Range, Rest};
use crate::protocol::{FileId, ProblemCode};

/// Begins with a file whose first bytes the session has, if it can be read so: its readers are at work then.
pub(super) fn begin(shared: &Shared, file: FileId, handle: &File, head: &[u8]) -> Option<Pool> {
    let mut worker = shared.borrow_mut();
    let Some(settings) = worker.session.begin_ranges(file) else {
        // If it cannot fit into memory, that is said at once.
        worker.report_progress();
        return None;
    };
    let helpers = Rc::clone(&worker.helpers);
    let pool = worker.pool.take();
    drop(worker);
    let mut pool = pool.unwrap_or_else(|| Pool::start(&helpers));
    pool.begin(&helpers, handle, head, &settings);
    give_ranges(shared, file, &mut pool);
    Some(pool)
}

/// Reads it. Gives the place from which the rest must be read in order, if there is such a rest.
pub(super) async fn read(shared: &Shared, file: FileId, mut pool: Pool) -> Option<u64> {
    let helpers = Rc::clone(&shared.borrow().helpers);
    let mut was_lost: Vec<Range> = Vec::new();
    loop {
        let outcome = pool.next(&helpers).await;
        let mut worker = shared.borrow_mut();
        if !worker.goes_on_with(file) {
            return None;
        }
        match outcome {
            Outcome::Read(reader, read) => {
                match worker.session.take_range(file, reader, read) {
                    Rest::Ranges => {}
                    Rest::InOrder(from) => return Some(from),
                    Rest::Nothing => {
                        worker.finish(file);
                        worker.report_files();
                        // Of a file that failed readers are still at work.
                        worker.pool = Some(pool).filter(Pool::is_idle);
                        return None;
                    }
                }
                worker.report_progress();
            }
            Outcome::Unreadable => {
                worker.fail(file, ProblemCode::Unreadable);
                return None;
            }
            Outcome::Lost(ranges) => {
                // It died of the first one, if of any.
                if ranges.front().is_some_and(|range| was_lost.contains(range)) {
                    worker.fail(file, ProblemCode::ReaderFailed);
                    return None;
                }
                was_lost.extend(ranges.front());
                for range in ranges {
                    worker.session.give_again(file, range);
                }
            }
            Outcome::Ended => {
                worker.fail(file, ProblemCode::ReaderFailed);
                return None;
            }
        }
        drop(worker);
        give_ranges(shared, file, &mut pool);
    }
}

fn give_ranges(shared: &Shared, file: FileId, pool: &mut Pool) {
    let mut worker = shared.borrow_mut();
    while let Some(idx) = pool.idle() {
        let run = worker.session.next_run(file, pool.n_readers());
        if run.is_empty() {
            return;
        }
        pool.give(idx, &run);
    }
}
