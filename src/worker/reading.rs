//! Reads the files of the queue, one after the other, and beside them a big one in ranges.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::Shared;
use super::package::{self, Package};
use super::pause::pause;
use super::pool::Pool;
use super::queue::Job;
use super::ranges;
use super::source::{Slices, Source};
use super::unpacker::{Gone, Running};
use crate::protocol::{FileId, ProblemCode};
use crate::unpack::is_package;

/// When everything is read, the readers end after this time.
const READERS_END_AFTER_MS: i32 = 300;

/// Reads until there is nothing to read, or nothing but big files that wait for another one. After each slice the page
/// hears how far it is.
pub(super) async fn read_all(shared: Shared) {
    loop {
        let next = shared.borrow_mut().next_job();
        let Some(job) = next else { break };
        match read(&shared, job).await {
            Then::GoOn => {}
            Then::ReadPackage(package) => package::read(&shared, package).await,
            Then::ReadRanges(big) => spawn_local(read_ranges(Rc::clone(&shared), big)),
        }
    }
    end_if_done(shared);
}

/// A big file that readers are at work on.
struct Big {
    file: FileId,
    handle: File,
    pool: Pool,
}

/// Reads a big file to its end.
async fn read_ranges(shared: Shared, big: Big) {
    if let Some(from) = ranges::read(&shared, big.file, big.pool).await {
        let rest = Slices::from(Source::Handle(big.handle), from);
        read_slices(&shared, big.file, rest).await;
    }
    let mut worker = shared.borrow_mut();
    worker.reading_in_ranges = None;
    let is_waited_for = worker.begin_reading();
    drop(worker);
    if is_waited_for {
        start(shared);
    } else {
        end_if_done(shared);
    }
}

/// Starts to read all files.
pub(super) fn start(shared: Shared) {
    spawn_local(read_all(shared));
}

fn end_if_done(shared: Shared) {
    let is_done = !shared.borrow().is_at_work();
    if is_done {
        spawn_local(end_readers(shared));
    }
}

/// Ends the readers, and with them what they remember of the last file, unless they are at work again or others have
/// been read by then. It takes the browser some time, in which the first table would not be drawn.
async fn end_readers(shared: Shared) {
    shared.borrow_mut().n_endings += 1;
    let n_endings = shared.borrow().n_endings;
    pause(READERS_END_AFTER_MS).await;
    let mut worker = shared.borrow_mut();
    if worker.n_endings == n_endings {
        worker.pool = None;
    }
}

/// A file of the demo tenant.
async fn demo_file(shared: &Shared, idx: usize) -> Result<Vec<u8>, Gone> {
    let running = Running::start(&shared.borrow().helpers);
    running.demo_file(idx).await
}

/// What reading a file leads to.
enum Then {
    /// To the next one.
    GoOn,
    /// The file is a package.
    ReadPackage(Package),
    /// Readers are at work on it.
    ReadRanges(Big),
}

/// Reads a file to its end, unless it turns out to be a package or one that can be read in ranges.
async fn read(shared: &Shared, job: Job) -> Then {
    let wanted = job.wanted();
    let source = match job.source {
        Source::Demo(idx) => demo_file(shared, idx).await.map(Source::Bytes),
        source => Ok(source),
    };
    let Ok(source) = source else {
        // It has nothing of the user's to stumble over.
        shared.borrow_mut().fail(wanted, ProblemCode::NoUnpacker);
        return Then::GoOn;
    };
    let big = source.big().cloned();
    let mut slices = Slices::new(source);
    let first = slices.next().await;
    if !shared.borrow().goes_on_with(wanted) {
        return Then::GoOn;
    }
    if matches!(&first, Some(Ok(head)) if is_package(head)) {
        return slices.handle().map_or(Then::GoOn, |handle| {
            Then::ReadPackage(Package {
                file: job.file,
                name: job.name,
                handle,
                only: job.only,
            })
        });
    }
    let head = match (&first, &big) {
        (Some(Ok(head)), Some(_)) => head.clone(),
        _ => Vec::new(),
    };
    take(shared, wanted, first);
    if let Some(handle) = big
        && let Some(pool) = ranges::begin(shared, wanted, &handle, &head)
    {
        return Then::ReadRanges(Big {
            file: wanted,
            handle,
            pool,
        });
    }
    read_slices(shared, wanted, slices).await;
    Then::GoOn
}

/// Reads the rest of a file in order.
async fn read_slices(shared: &Shared, file: FileId, mut slices: Slices) {
    while shared.borrow().goes_on_with(file) {
        let slice = slices.next().await;
        if shared.borrow().goes_on_with(file) {
            take(shared, file, slice);
        }
    }
}

fn take(shared: &Shared, file: FileId, slice: Option<Result<Vec<u8>, JsValue>>) {
    let mut worker = shared.borrow_mut();
    match slice {
        Some(Ok(slice)) => {
            if !worker.session.feed(file, &slice) {
                worker.finish(file);
            }
        }
        Some(Err(_)) => worker.session.fail(file, ProblemCode::Unreadable),
        None => worker.finish(file),
    }
    worker.report_progress();
}
