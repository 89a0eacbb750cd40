//! Where the bytes of a file come from, slice by slice.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// So much is read at a time: enough to keep the disk busy, little enough to answer in between.
const SLICE_BYTES: u32 = 4 << 20;

/// A file's bytes.
pub(super) enum Source {
    /// A file of the user's.
    Handle(File),
    /// A file of the demo tenant, which is still to be made.
    Demo(usize),
    /// A file of the demo tenant.
    Bytes(Vec<u8>),
}

/// The slices of a file in order, the next one always under way.
pub(super) struct Slices {
    source: Source,
    at: f64,
    under_way: Option<Promise>,
}

impl Slices {
    pub(super) fn new(source: Source) -> Self {
        let mut slices = Self {
            source,
            at: 0.0,
            under_way: None,
        };
        slices.fetch();
        slices
    }

    /// The next slice; `None` at the end, an error if the file changed, vanished or may not be read.
    pub(super) async fn next(&mut self) -> Option<Result<Vec<u8>, JsValue>> {
        if let Source::Bytes(bytes) = &mut self.source {
            let n = bytes.len().min(SLICE_BYTES as usize);
            let slice: Vec<u8> = bytes.drain(..n).collect();
            // Gives commands their turn, as waiting for a slice of a file does.
            let turn = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
            return (!slice.is_empty()).then(|| turn.map(|_| slice));
        }
        let promise = self.under_way.take()?;
        let buffer = match JsFuture::from(promise).await {
            Ok(buffer) => buffer.unchecked_into::<ArrayBuffer>(),
            Err(error) => return Some(Err(error)),
        };
        self.fetch();
        Some(Ok(Uint8Array::new(&buffer).to_vec()))
    }

    /// The file behind the slices, if it is one of the user's.
    pub(super) fn handle(self) -> Option<File> {
        match self.source {
            Source::Handle(file) => Some(file),
            Source::Demo(_) | Source::Bytes(_) => None,
        }
    }

    fn fetch(&mut self) {
        let Source::Handle(file) = &self.source else {
            return;
        };
        let end = (self.at + f64::from(SLICE_BYTES)).min(file.size());
        if self.at < end {
            let slice = file.slice_with_f64_and_f64(self.at, end);
            self.under_way = slice.ok().map(|slice| slice.array_buffer());
            self.at = end;
        }
    }
}
