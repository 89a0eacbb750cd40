//! Reads one big file in ranges: gives them to the readers, and what these make of them to the session.

use std::rc::Rc;

use web_sys::File;

use super::Shared;
use super::pool::{Outcome, Pool};
use crate::engine::formats::{Range, Rest};
use crate::protocol::{FileId, ProblemCode, ReadSettings};

/// Reads a file whose first bytes the session has. Gives the place from which the rest must be read in order,
/// if there is such a rest.
pub(super) async fn read(
    shared: &Shared,
    file: FileId,
    handle: &File,
    head: &[u8],
    settings: &ReadSettings,
) -> Option<u64> {
    let helpers = Rc::clone(&shared.borrow().helpers);
    let pool = shared.borrow_mut().pool.take();
    let mut pool = pool.unwrap_or_else(|| Pool::start(&helpers));
    pool.begin(&helpers, handle, head, settings);
    shared.borrow_mut().reading_in_ranges = Some((file, pool.inbox()));
    let mut was_lost: Vec<Range> = Vec::new();
    let rest = loop {
        give_ranges(shared, file, &mut pool);
        let outcome = pool.next(&helpers).await;
        let mut worker = shared.borrow_mut();
        if !worker.goes_on_with(file) {
            break None;
        }
        match outcome {
            Outcome::Read(reader, read) => {
                match worker.session.take_range(file, reader, read) {
                    Rest::Ranges => {}
                    Rest::InOrder(from) => break Some(from),
                    Rest::Nothing => {
                        worker.session.finish(file);
                        worker.report_files();
                        // Of a file that failed readers are still at work.
                        worker.pool = Some(pool).filter(Pool::is_idle);
                        break None;
                    }
                }
                worker.report_progress();
            }
            Outcome::Unreadable => {
                worker.fail(file, ProblemCode::Unreadable);
                break None;
            }
            Outcome::Lost(ranges) => {
                // It died of the first one, if of any.
                if ranges.front().is_some_and(|range| was_lost.contains(range)) {
                    worker.fail(file, ProblemCode::ReaderFailed);
                    break None;
                }
                was_lost.extend(ranges.front());
                for range in ranges {
                    worker.session.give_again(file, range);
                }
            }
            Outcome::Ended => {
                worker.fail(file, ProblemCode::ReaderFailed);
                break None;
            }
        }
    };
    shared.borrow_mut().reading_in_ranges = None;
    rest
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
