//! Reads the files of the queue one after the other; those that readers share, and big ones, beside others.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::Shared;
use super::package::{self, Package};
use super::pause::pause;
use super::queue::Job;
use super::ranges;
use super::source::{Slices, Source};
use super::unpacker::{Gone, Running};
use crate::protocol::{FileId, ProblemCode};
use crate::unpack::is_package;

/// When everything is read, the readers end after this time.
const READERS_END_AFTER_MS: i32 = 300;

/// Reads until there is nothing to read, or nothing but big files that wait for others. Now and then the page hears how
/// far it is.
async fn read_all(shared: Shared) {
    loop {
        let next = shared.borrow_mut().next_job();
        let Some((place, job)) = next else { break };
        match read(&shared, place, job).await {
            None => {}
            Some(package) => package::read(&shared, package).await,
        }
    }
    end_if_done(&shared);
}

/// Reads the rest of a big file in order, beside other files.
pub(super) fn read_beside(shared: &Shared, file: FileId, slices: Slices) {
    let shared = Rc::clone(shared);
    spawn_local(async move {
        read_slices(&shared, file, slices).await;
        shared.borrow_mut().in_order.retain(|other| *other != file);
        go_on(&shared);
    });
}

/// Begins with the files that wait, unless nobody may or somebody does. Whether it does.
pub(super) fn begin(shared: &Shared) -> bool {
    let begins = shared.borrow_mut().begin_reading();
    if begins {
        spawn_local(read_all(Rc::clone(shared)));
    }
    begins
}

/// Goes on when a file need not be waited for any longer: with the next ones, or to the end of reading.
pub(super) fn go_on(shared: &Shared) {
    if !begin(shared) {
        end_if_done(shared);
    }
}

fn end_if_done(shared: &Shared) {
    let is_done = !shared.borrow().is_at_work();
    if is_done {
        spawn_local(end_readers(Rc::clone(shared)));
    }
}

/// Ends the readers, and with them what they remember of the last file, unless they are at work again or others have
/// been read by then. It takes the browser some time, in which the first table would not be drawn.
async fn end_readers(shared: Shared) {
    shared.borrow_mut().n_endings += 1;
    let n_endings = shared.borrow().n_endings;
    pause(READERS_END_AFTER_MS).await;
    let mut worker = shared.borrow_mut();
    if worker.n_endings == n_endings && worker.in_ranges().is_empty() {
        worker.pool = None;
    }
}

/// A file of the demo tenant.
async fn demo_file(shared: &Shared, idx: usize) -> Result<Vec<u8>, Gone> {
    let running = Running::start(&shared.borrow().helpers);
    running.demo_file(idx).await
}

/// Reads a file from this place of the queue: to its end, or so far that it can be read beside others.
/// Gives it if it turns out to be a package.
async fn read(shared: &Shared, place: usize, job: Job) -> Option<Package> {
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
    let is_big = source.is_big();
    let in_ranges = source.in_ranges().cloned();
    let mut slices = Slices::new(source);
    let first = slices.next().await;
    if !shared.borrow().goes_on_with(wanted) {
        return None;
    }
    if matches!(&first, Some(Ok(head)) if is_package(head)) {
        let handle = slices.handle()?;
        if is_big && !job.is_package {
            let source = Source::Handle(handle);
            let job = Job {
                source,
                is_package: true,
                ..job
            };
            shared.borrow_mut().queue.put_back(place, job);
            return None;
        }
        return Some(Package {
            file: job.file,
            name: job.name,
            handle,
            only: job.only,
        });
    }
    let head = match &first {
        Some(Ok(head)) if in_ranges.is_some() => head.clone(),
        _ => Vec::new(),
    };
    take(shared, wanted, first);
    let is_open = shared.borrow().goes_on_with(wanted);
    match in_ranges.filter(|_| is_open) {
        Some(handle) if ranges::begin(shared, wanted, &handle, &head) => {}
        Some(_) if is_big => {
            shared.borrow_mut().in_order.push(wanted);
            read_beside(shared, wanted, slices);
        }
        _ => read_slices(shared, wanted, slices).await,
    }
    None
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
