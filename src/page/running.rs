//! A worker at work.

use gloo_events::EventListener;
use web_sys::Worker;

/// A worker that ends with its owner.
pub(super) struct Running {
    /// The worker.
    pub(super) worker: Worker,
    _listeners: [EventListener; 3],
}

impl Running {
    /// Takes a worker over, with what listens to its messages and failures.
    pub(super) fn new(worker: Worker, listeners: [EventListener; 3]) -> Self {
        Self {
            worker,
            _listeners: listeners,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
