//! The bytes of a part of a file, as they come from the disk.

use js_sys::{ArrayBuffer, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    File, ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader,
    ReadableStreamGetReaderOptions, ReadableStreamReaderMode,
};

/// So much fits into the buffer that goes back and forth.
const BUFFER_BYTES: u32 = 1 << 20;

/// A part of a file that is being read.
pub(super) enum Stream {
    /// The browser fills the buffer that it is given, by these options.
    Filling(ReadableStreamByobReader, Object),
    /// It finds memory itself.
    Giving(ReadableStreamDefaultReader),
}

/// The buffer that goes back and forth; none while the browser has it.
#[derive(Default)]
pub(super) struct Buffer(Option<ArrayBuffer>);

impl Stream {
    /// Begins to read from one place of a file to another.
    pub(super) fn new(file: &File, from: u64, to: u64) -> Option<Self> {
        let part = file.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
        let stream: ReadableStream = part.stream();
        let options = ReadableStreamGetReaderOptions::new();
        options.set_mode(ReadableStreamReaderMode::Byob);
        // Not every browser fills buffers from files.
        let filling = Reflect::get(&stream, &"getReader".into())
            .and_then(JsCast::dyn_into::<js_sys::Function>)
            .and_then(|reader| reader.call1(&stream, &options));
        Some(match filling {
            Ok(reader) => {
                // What comes in pieces of a few kilobytes would wake the reader for each of them. Browsers that do not
                // know the option leave it alone.
                let options = Object::new();
                Reflect::set(&options, &"min".into(), &BUFFER_BYTES.into()).ok()?;
                Self::Filling(reader.unchecked_into(), options)
            }
            Err(_) => Self::Giving(stream.get_reader().unchecked_into()),
        })
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&self, buffer: &mut Buffer) -> Result<Option<Uint8Array>, JsValue> {
        let promise = match self {
            Self::Filling(reader, options) => {
                let room = buffer.0.take();
                let room = room.unwrap_or_else(|| ArrayBuffer::new(BUFFER_BYTES));
                let room = Uint8Array::new(&room);
                // The bindings do not know the options.
                let read: Function = Reflect::get(reader, &"read".into())?.unchecked_into();
                read.call2(reader, &room, options)?.unchecked_into()
            }
            Self::Giving(reader) => reader.read(),
        };
        let read = JsFuture::from(promise).await?;
        let value = Reflect::get(&read, &"value".into())?;
        let is_done = Reflect::get(&read, &"done".into())?.is_truthy();
        if is_done {
            // The last bytes, or none.
            let Ok(bytes) = value.dyn_into::<Uint8Array>() else {
                return Ok(None);
            };
            if bytes.length() == 0 {
                buffer.take_back(&bytes);
                return Ok(None);
            }
            return Ok(Some(bytes));
        }
        value.dyn_into().map(Some)
    }

    /// Lets the browser read no further.
    pub(super) fn end(self) {
        let promise = match self {
            Self::Filling(reader, _) => reader.cancel(),
            Self::Giving(reader) => reader.cancel(),
        };
        spawn_local(async move {
            // Nobody minds if there was nothing to end any more.
            let _ = JsFuture::from(promise).await;
        });
    }
}

impl Buffer {
    /// Takes back what the browser has filled and nobody looks at any more.
    pub(super) fn take_back(&mut self, bytes: &Uint8Array) {
        self.0 = Some(bytes.buffer());
    }
}
