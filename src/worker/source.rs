//! Where the bytes of a file come from, slice by slice.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// So much is read at a time: enough to keep the disk busy, little enough to answer in between.
const SLICE_BYTES: u64 = 4 << 20;

/// Longer files are read in ranges, if they can be; then their first slice shows what they are.
const SMALL_BYTES: u64 = 1 << 20;

/// Still longer ones are begun before others, which are read beside them.
const BIG_BYTES: u64 = 8 << 20;
const HEAD_BYTES: u64 = 128 << 10;

/// A file's bytes.
pub(super) enum Source {
    /// A file of the user's.
    Handle(File),
    /// A file of the demo tenant, which is still to be made.
    Demo(usize),
    /// A file of the demo tenant.
    Bytes(Vec<u8>),
}

impl Source {
    /// The file, if it is one of the user's and may be read in ranges.
    pub(super) fn in_ranges(&self) -> Option<&File> {
        match self {
            Self::Handle(file) if super::size_of(file) > SMALL_BYTES => Some(file),
            _ => None,
        }
    }

    /// Whether it is a big file of the user's.
    pub(super) fn is_big(&self) -> bool {
        let is_big = |file: &File| super::size_of(file) > BIG_BYTES;
        self.in_ranges().is_some_and(is_big)
    }
}

/// The slices of a file in order, the next one always under way.
pub(super) struct Slices {
    source: Source,
    at: u64,
    under_way: Option<(Promise, u64)>,
}

impl Slices {
    pub(super) fn new(source: Source) -> Self {
        Self::from(source, 0)
    }

    /// The slices from this byte on.
    pub(super) fn from(source: Source, at: u64) -> Self {
        let mut slices = Self {
            source,
            at,
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
        if self.under_way.is_none() {
            self.fetch();
        }
        let (promise, n_bytes) = self.under_way.take()?;
        let buffer = match JsFuture::from(promise).await {
            Ok(buffer) => buffer.unchecked_into::<ArrayBuffer>(),
            Err(error) => return Some(Err(error)),
        };
        if u64::from(buffer.byte_length()) != n_bytes {
            // The file is shorter than it was when it was chosen; not every browser calls that a failure.
            return Some(Err(JsValue::NULL));
        }
        if self.at != HEAD_BYTES {
            self.fetch();
        }
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
        let size = super::size_of(file);
        let is_head = self.at == 0 && size > SMALL_BYTES;
        let n_bytes = if is_head { HEAD_BYTES } else { SLICE_BYTES };
        let end = (self.at + n_bytes).min(size);
        if self.at < end {
            let slice = file.slice_with_f64_and_f64(self.at as f64, end as f64);
            let n_bytes = end - self.at;
            self.under_way = slice.ok().map(|slice| (slice.array_buffer(), n_bytes));
            self.at = end;
        }
    }
}
