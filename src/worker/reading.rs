//! Reads the files of the queue, one after the other.

use super::Shared;
use super::package::{self, Package};
use super::queue::Job;
use super::source::{Slices, Source};
use crate::protocol::ProblemCode;
use crate::unpack::is_package;

/// Reads until the queue is empty. After each slice the page hears how far it is.
pub(super) async fn read_all(shared: Shared) {
    loop {
        let next = shared.borrow_mut().queue.next();
        let Some(job) = next else { return };
        if let Some(package) = read(&shared, job).await {
            package::read(&shared, package).await;
        }
        shared.borrow_mut().queue_again();
    }
}

/// A file of the demo tenant; `None` if the program that makes it could not be loaded.
async fn demo_file(shared: &Shared, idx: usize) -> Option<Vec<u8>> {
    let running = shared.borrow().unpacker.as_ref()?.start()?;
    running.demo_file(idx).await.ok()
}

/// Reads a file to its end, unless it turns out to be a package.
async fn read(shared: &Shared, job: Job) -> Option<Package> {
    let wanted = job.wanted();
    let source = match job.source {
        Source::Demo(idx) => demo_file(shared, idx).await.map(Source::Bytes),
        source => Some(source),
    };
    let Some(source) = source else {
        let mut worker = shared.borrow_mut();
        worker.session.fail(wanted, ProblemCode::NoUnpacker);
        worker.report_files();
        return None;
    };
    let mut slices = Slices::new(source);
    let mut is_first = true;
    while shared.borrow().goes_on_with(wanted) {
        let slice = slices.next().await;
        let mut worker = shared.borrow_mut();
        if !worker.goes_on_with(wanted) {
            break;
        }
        match slice {
            Some(Ok(slice)) if is_first && is_package(&slice) => {
                return slices.handle().map(|handle| Package {
                    file: job.file,
                    name: job.name,
                    handle,
                    only: job.only,
                });
            }
            Some(Ok(slice)) => {
                is_first = false;
                if !worker.session.feed(wanted, &slice) {
                    worker.session.finish(wanted);
                }
            }
            Some(Err(_)) => worker.session.fail(wanted, ProblemCode::Unreadable),
            None => worker.session.finish(wanted),
        }
        worker.report_files();
    }
    None
}
