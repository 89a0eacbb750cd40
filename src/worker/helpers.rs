//! The programs that the engine starts in workers of its own, as the page handed them over.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Url, Worker};

use super::unpacker::Running;
use crate::starter::{self, Trust};

/// What the engine says first to a reader, which is the same program.
pub(super) const READER: &str = "reader";

/// The programs, each with a trusted address.
pub(super) struct Helpers {
    engine: Option<Helper>,
    unpacker: Option<Helper>,
}

struct Helper {
    trusted_address: JsValue,
    program: JsValue,
}

impl Helpers {
    /// Takes what the page says first: script and program of the engine, then of what opens packages, if
    /// that could be loaded.
    pub(super) fn of(message: &JsValue) -> Self {
        let trust = Trust::new().ok();
        let parts: Option<&Array> = message.dyn_ref();
        let helper = |idx: u32| {
            let parts = parts?;
            // Of a page that comes from a disk the addresses mean nothing in its workers.
            let script: Blob = parts.get(idx).dyn_into().ok()?;
            let address = Url::create_object_url_with_blob(&script).ok()?;
            Some(Helper {
                trusted_address: trust.as_ref()?.address(&address).ok()?,
                program: parts.get(idx + 1),
            })
        };
        Self {
            engine: helper(0),
            unpacker: helper(2),
        }
    }

    /// Starts a reader.
    pub(super) fn start_reader(&self) -> Option<Worker> {
        let worker = self.engine.as_ref()?.start()?;
        worker.post_message(&READER.into()).ok()?;
        Some(worker)
    }

    /// Starts what opens packages.
    pub(super) fn start_unpacker(&self) -> Option<Running> {
        Some(Running::new(self.unpacker.as_ref()?.start()?))
    }
}

impl Helper {
    fn start(&self) -> Option<Worker> {
        starter::start(&self.trusted_address, &self.program).ok()
    }
}
