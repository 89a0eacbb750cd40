//! Reads the files of the queue, one after the other, and a big one beside them.

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

/// Reads until there is nothing to read, or nothing but big files that wait for another one. Now and then the page
/// hears how far it is.
pub(super) async fn read_all(shared: Shared) {
    loop {
        let next = shared.borrow_mut().next_job();
        let Some((place, job)) = next else { break };
        match read(&shared, place, job).await {
            Then::GoOn => {}
            Then::ReadPackage(package) => package::read(&shared, package).await,
            Then::ReadBig(big) => spawn_local(read_big(Rc::clone(&shared), big)),
        }
    }
    end_if_done(shared);
}

/// A big file of which the first bytes were read.
struct Big {
    file: FileId,
    handle: File,
    rest: BigRest,
}

/// How the rest of it is read.
enum BigRest {
    /// By readers, which are at work.
    InRanges(Pool),
    InOrder(Slices),
}

/// Reads a big file to its end.
async fn read_big(shared: Shared, big: Big) {
    let in_order = match big.rest {
        BigRest::InOrder(slices) => Some(slices),
        BigRest::InRanges(pool) => {
            let rest = ranges::read(&shared, big.file, pool).await;
            rest.map(|from| Slices::from(Source::Handle(big.handle), from))
        }
    };
    if let Some(slices) = in_order {
        read_slices(&shared, big.file, slices).await;
    }
    let mut worker = shared.borrow_mut();
    worker.big = None;
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
    /// It is big, and can be read beside others.
    ReadBig(Big),
}

/// Reads a file from this place of the queue to its end, unless it turns out to be a package or is big.
async fn read(shared: &Shared, place: usize, job: Job) -> Then {
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
        let Some(handle) = slices.handle() else {
            return Then::GoOn;
        };
        if big.is_some() && !job.is_package {
            let source = Source::Handle(handle);
            let job = Job {
                source,
                is_package: true,
                ..job
            };
            shared.borrow_mut().queue.put_back(place, job);
            return Then::GoOn;
        }
        return Then::ReadPackage(Package {
            file: job.file,
            name: job.name,
            handle,
            only: job.only,
        });
    }
    let head = match &first {
        Some(Ok(head)) if big.is_some() => head.clone(),
        _ => Vec::new(),
    };
    take(shared, wanted, first);
    let is_open = shared.borrow().goes_on_with(wanted);
    let Some(handle) = big.filter(|_| is_open) else {
        read_slices(shared, wanted, slices).await;
        return Then::GoOn;
    };
    let pool = ranges::begin(shared, wanted, &handle, &head);
    shared.borrow_mut().big = Some((wanted, pool.as_ref().map(Pool::inbox)));
    Then::ReadBig(Big {
        file: wanted,
        handle,
        rest: pool.map_or(BigRest::InOrder(slices), BigRest::InRanges),
    })
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
        Some(Err(_)) => return worker.fail(file, ProblemCode::Unreadable),
        None => worker.finish(file),
    }
    worker.report_progress();
}
