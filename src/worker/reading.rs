//! Reads the files of the queue, one after the other.

use super::{Shared, source::Slices};
use crate::protocol::ProblemCode;

/// Reads until the queue is empty. After each slice the page hears how far it is.
pub(super) async fn read_all(shared: Shared) {
    loop {
        let next = shared.borrow_mut().queue.next();
        let Some((file, source)) = next else { return };
        let mut slices = Slices::new(source);
        while shared.borrow().session.wants(file) {
            let slice = slices.next().await;
            let mut worker = shared.borrow_mut();
            match slice {
                Some(Ok(slice)) => {
                    if !worker.session.feed(file, &slice) {
                        worker.session.finish(file);
                    }
                }
                Some(Err(_)) => worker.session.fail(file, ProblemCode::Unreadable),
                None => worker.session.finish(file),
            }
            worker.report_files();
        }
    }
}
