//! Reads the files of the queue, one after the other.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::Shared;
use super::package::{self, Package};
use super::pause::pause;
use super::queue::Job;
use super::ranges;
use super::source::{Slices, Source};
use super::unpacker::{Gone, Running};
use crate::protocol::{FileId, ProblemCode, ReadSettings};
use crate::unpack::is_package;

/// When everything is read, the readers end after this time.
const READERS_END_AFTER_MS: i32 = 300;

/// Reads until the queue is empty. After each slice the page hears how far it is.
pub(super) async fn read_all(shared: Shared) {
    loop {
        let next = shared.borrow_mut().queue.next();
        let Some(job) = next else {
            spawn_local(end_readers(shared));
            return;
        };
        if let Some(package) = read(&shared, job).await {
            package::read(&shared, package).await;
        }
        shared.borrow_mut().queue_again();
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

/// Reads a file to its end, unless it turns out to be a package.
async fn read(shared: &Shared, job: Job) -> Option<Package> {
    let wanted = job.wanted();
    let source = match job.source {
        Source::Demo(idx) => demo_file(shared, idx).await.map(Source::Bytes),
        source => Ok(source),
    };
    let Ok(source) = source else {
        // It has nothing of the user's to stumble over.
        shared.borrow_mut().fail(wanted, ProblemCode::NoUnpacker);
        return None;
    };
    let mut slices = Slices::new(source);
    let mut is_first = true;
    while shared.borrow().goes_on_with(wanted) {
        let slice = slices.next().await;
        let big = slices.big().filter(|_| is_first);
        match take(shared, wanted, slice, is_first, big.is_some()) {
            Taken::GoesOn => {}
            Taken::IsPackage => {
                return slices.handle().map(|handle| Package {
                    file: job.file,
                    name: job.name,
                    handle,
                    only: job.only,
                });
            }
            Taken::InRanges(head, settings) => {
                let handle = big?;
                let from = ranges::read(shared, wanted, &handle, &head, &settings).await?;
                slices = Slices::from(Source::Handle(handle), from);
            }
        }
        is_first = false;
    }
    None
}

/// What a slice leads to.
enum Taken {
    /// To the next slice, if the file is still wanted.
    GoesOn,
    /// The file is a package.
    IsPackage,
    /// The rest can be read in ranges by readers that know these first bytes and settings.
    InRanges(Vec<u8>, ReadSettings),
}

fn take(
    shared: &Shared,
    file: FileId,
    slice: Option<Result<Vec<u8>, JsValue>>,
    is_first: bool,
    is_big: bool,
) -> Taken {
    let mut worker = shared.borrow_mut();
    if !worker.goes_on_with(file) {
        return Taken::GoesOn;
    }
    match slice {
        Some(Ok(slice)) if is_first && is_package(&slice) => return Taken::IsPackage,
        Some(Ok(slice)) => {
            if !worker.session.feed(file, &slice) {
                worker.session.finish(file);
            } else if is_big && let Some(settings) = worker.session.begin_ranges(file) {
                return Taken::InRanges(slice, settings);
            }
        }
        Some(Err(_)) => worker.session.fail(file, ProblemCode::Unreadable),
        None => worker.session.finish(file),
    }
    worker.report_progress();
    Taken::GoesOn
}
