//! A reader: a worker of the engine's that reads ranges of one file and gives them as columns.
//!
//! Three kinds of messages come through the port to the engine: `[File, first bytes, settings]` names the file,
//! an array of six numbers is a range of it, and a buffer is one in which an answer went there. Ranges are
//! answered in the order in which they came; what comes next is read from the disk meanwhile. `null` says that
//! the file cannot be read.
//!
//! Bytes come as a stream into one buffer that goes back and forth: the browser need not find memory for each
//! range, and what was just read is still at hand when it is looked at.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Float64Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, MessageEvent, MessagePort};

use super::stream::{Buffer, Stream};
use crate::engine::fields::Catalog;
use crate::engine::formats::{Range, RangeRead, RangeReader};
use crate::starter;
use crate::wire::{packed, unpacked};

/// Behind a range so much more is read if its last row is longer than most: no row may be longer.
const MORE_BYTES: u64 = (1 << 20) + (64 << 10);

/// So many bytes are fed at a time.
const FED_BYTES: u32 = 128 << 10;

struct Shell {
    engine: MessagePort,
    file: Option<File>,
    reader: Option<RangeReader>,
    /// Ranges whose bytes are on their way.
    queue: VecDeque<(Range, Stream)>,
    is_busy: bool,
    /// Where bytes come in.
    buffer: Buffer,
    /// What crosses to the engine; kept for its memory.
    wire: Vec<u8>,
    /// In what it crosses, as the engine gives it back.
    spare: Vec<ArrayBuffer>,
}

/// Listens to the engine. The worker does nothing else from now on.
pub(super) fn start(engine: &MessagePort) {
    starter::tell_of_refusals(&super::scope());
    let shell = Rc::new(RefCell::new(Shell {
        engine: engine.clone(),
        file: None,
        reader: None,
        queue: VecDeque::new(),
        is_busy: false,
        buffer: Buffer::default(),
        wire: Vec::new(),
        spare: Vec::new(),
    }));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data();
        let mut this = shell.borrow_mut();
        if let Some(numbers) = message.dyn_ref::<Float64Array>() {
            this.queue_range(range_of(&numbers.to_vec()));
            if !std::mem::replace(&mut this.is_busy, true) {
                spawn_local(read_all(Rc::clone(&shell)));
            }
        } else if let Some(buffer) = message.dyn_ref::<ArrayBuffer>() {
            this.spare.push(buffer.clone());
        } else {
            this.take_file(message.unchecked_ref());
        }
    });
    engine.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    Catalog::prepare();
}

/// A range as numbers; all places of a file are below 2^53.
pub(super) fn numbers_of(range: &Range) -> Float64Array {
    let start = range.start.map_or(-1.0, |start| start as f64);
    let places = [range.until, range.from, range.to, range.size_bytes];
    let [until, from, to, size_bytes] = places.map(|place| place as f64);
    Float64Array::from(&[f64::from(range.idx), start, until, from, to, size_bytes][..])
}

#[expect(clippy::cast_sign_loss, reason = "only a missing start is below zero")]
fn range_of(numbers: &[f64]) -> Range {
    Range {
        idx: numbers[0] as u32,
        start: (numbers[1] >= 0.0).then_some(numbers[1] as u64),
        until: numbers[2] as u64,
        from: numbers[3] as u64,
        to: numbers[4] as u64,
        size_bytes: numbers[5] as u64,
    }
}

impl Shell {
    fn take_file(&mut self, parts: &Array) {
        self.file = Some(parts.get(0).unchecked_into());
        let head = Uint8Array::from(parts.get(1)).to_vec();
        let settings = unpacked(&parts.get(2)).expect("both ends are built together");
        self.reader = RangeReader::new(settings, &head);
    }

    fn queue_range(&mut self, range: Range) {
        match self.stream(range.from, range.to) {
            Some(stream) => self.queue.push_back((range, stream)),
            None => self.send(&JsValue::NULL, &Array::new()),
        }
    }

    fn give(&mut self, mut read: RangeRead) {
        let complaints = read.to_wire(&mut self.wire);
        let complaints = packed(&complaints);
        let n_bytes = self.wire.len() as u32;
        let spare = self
            .spare
            .pop()
            .filter(|room| room.byte_length() >= n_bytes);
        // With some room, so that it does for other ranges, too.
        let buffer = spare.unwrap_or_else(|| ArrayBuffer::new(n_bytes + n_bytes / 16));
        Uint8Array::new_with_byte_offset_and_length(&buffer, 0, n_bytes).copy_from(&self.wire);
        self.send(&Array::of2(&buffer, &complaints), &Array::of1(&buffer));
        if let Some(reader) = &mut self.reader {
            reader.give_back(read);
        }
    }

    fn send(&self, message: &JsValue, transfer: &Array) {
        self.engine
            .post_message_with_transferable(message, transfer)
            .expect("plain data and a fresh buffer can be posted");
    }

    fn stream(&self, from: u64, to: u64) -> Option<Stream> {
        Stream::new(self.file.as_ref()?, from, to)
    }
}

async fn read_all(shell: Rc<RefCell<Shell>>) {
    loop {
        let next = shell.borrow_mut().queue.pop_front();
        let Some((range, stream)) = next else {
            shell.borrow_mut().is_busy = false;
            return;
        };
        match read(&shell, range, stream).await {
            Some(read) => shell.borrow_mut().give(read),
            None => shell.borrow().send(&JsValue::NULL, &Array::new()),
        }
    }
}

/// Reads a range; `None` if the file changed, vanished or may not be read.
async fn read(shell: &RefCell<Shell>, range: Range, mut stream: Stream) -> Option<RangeRead> {
    let mut to = range.to;
    let mut buffer = std::mem::take(&mut shell.borrow_mut().buffer);
    shell.borrow_mut().reader.as_mut()?.begin(range);
    loop {
        while let Some(bytes) = stream.next(&mut buffer).await.ok()? {
            let mut this = shell.borrow_mut();
            let reader = this.reader.as_mut()?;
            for at in (0..bytes.length()).step_by(FED_BYTES as usize) {
                let piece = bytes.subarray(at, (at + FED_BYTES).min(bytes.length()));
                reader.feed(piece.length() as usize, |room| piece.copy_to(room));
            }
            buffer.take_back(&bytes);
        }
        let mut this = shell.borrow_mut();
        if let Some(read) = this.reader.as_mut()?.finish() {
            this.buffer = buffer;
            return Some(read);
        }
        let from = to;
        if from >= range.size_bytes {
            // There are fewer bytes than the file had when it was chosen; not every browser calls that a failure.
            return None;
        }
        to = (to + MORE_BYTES).min(range.size_bytes);
        stream = this.stream(from, to)?;
    }
}
