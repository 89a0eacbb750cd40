//! A reader: a worker of the engine's that reads ranges of files, one after the other, and gives them as columns.
//!
//! Four kinds of messages come through the port to the engine: `[File, first bytes, settings]` names a file, an array
//! of numbers, six for each, is ranges of the file named last, in a row, a buffer is one in which an answer went there,
//! and `true` lets the reader rehearse until a file comes. Ranges are answered in the order in which they came; what
//! comes next is read from the disk meanwhile. `null` says that the file cannot be read.
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

use super::pause::pause;
use super::stream::{Buffer, Stream};
use crate::engine::fields::Catalog;
use crate::engine::formats::{Range, RangeRead, RangeReader};
use crate::engine::rehearsal::Rehearsal;
use crate::starter;
use crate::wire::{packed, unpacked};

/// Behind a range so much more is read if its last row is longer than most: no row may be longer.
const MORE_BYTES: u64 = (1 << 20) + (64 << 10);

/// So many bytes are fed at a time.
const FED_BYTES: u32 = 128 << 10;

struct Shell {
    engine: MessagePort,
    /// The file that was named last, and what else was said of it until a range of it comes.
    named: Option<File>,
    told: Option<Array>,
    /// Reads the file of the ranges in hand.
    reader: Option<RangeReader>,
    queue: VecDeque<Coming>,
    is_busy: bool,
    /// Where bytes come in.
    buffer: Buffer,
    /// What crosses to the engine; kept for its memory.
    wire: Vec<u8>,
    /// In what it crosses, as the engine gives it back.
    spare: Vec<ArrayBuffer>,
}

/// Ranges in a row whose bytes are on their way.
struct Coming {
    /// Their file, and what was said of it if it is new.
    file: File,
    told: Option<Array>,
    run: Vec<Range>,
    /// None if the file cannot be read.
    stream: Option<Stream>,
}

/// Listens to the engine. The worker does nothing else from now on.
pub(super) fn start(engine: &MessagePort) {
    starter::tell_of_refusals(&super::scope());
    let shell = Rc::new(RefCell::new(Shell {
        engine: engine.clone(),
        named: None,
        told: None,
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
            this.queue_run(run_of(&numbers.to_vec()));
            if !std::mem::replace(&mut this.is_busy, true) {
                spawn_local(read_all(Rc::clone(&shell)));
            }
        } else if let Some(buffer) = message.dyn_ref::<ArrayBuffer>() {
            this.spare.push(buffer.clone());
        } else if message == JsValue::TRUE {
            spawn_local(rehearse(Rc::clone(&shell)));
        } else {
            let told: Array = message.unchecked_into();
            this.named = Some(told.get(0).unchecked_into());
            this.told = Some(told);
        }
    });
    engine.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    Catalog::prepare();
}

/// So many numbers are a range.
const RANGE_NUMBERS: usize = 6;

/// Ranges as numbers; all places of a file are below 2^53.
pub(super) fn numbers_of(run: &[Range]) -> Float64Array {
    let numbers = |range: &Range| -> [f64; RANGE_NUMBERS] {
        let start = range.start.map_or(-1.0, |start| start as f64);
        let places = [range.until, range.from, range.to, range.size_bytes];
        let [until, from, to, size_bytes] = places.map(|place| place as f64);
        [f64::from(range.idx), start, until, from, to, size_bytes]
    };
    let numbers: Vec<f64> = run.iter().flat_map(numbers).collect();
    Float64Array::from(numbers.as_slice())
}

#[expect(clippy::cast_sign_loss, reason = "only a missing start is below zero")]
fn run_of(numbers: &[f64]) -> Vec<Range> {
    let (ranges, _) = numbers.as_chunks::<RANGE_NUMBERS>();
    let range = |numbers: &[f64; RANGE_NUMBERS]| Range {
        idx: numbers[0] as u32,
        start: (numbers[1] >= 0.0).then_some(numbers[1] as u64),
        until: numbers[2] as u64,
        from: numbers[3] as u64,
        to: numbers[4] as u64,
        size_bytes: numbers[5] as u64,
    };
    ranges.iter().map(range).collect()
}

impl Shell {
    fn begin(&mut self, told: &Array) {
        let head = Uint8Array::from(told.get(1)).to_vec();
        let settings = unpacked(&told.get(2)).expect("both ends are built together");
        self.reader = RangeReader::new(settings, &head);
    }

    fn queue_run(&mut self, run: Vec<Range>) {
        if let (Some(first), Some(last), Some(file)) = (run.first(), run.last(), &self.named) {
            self.queue.push_back(Coming {
                stream: Stream::new(file, first.from, last.to),
                file: file.clone(),
                told: self.told.take(),
                run,
            });
        }
    }

    /// Feeds the next bytes, and gives what ranges are read by then.
    fn feed(&mut self, bytes: &Uint8Array) -> Option<()> {
        let mut reader = self.reader.take()?;
        for at in (0..bytes.length()).step_by(FED_BYTES as usize) {
            let piece = bytes.subarray(at, (at + FED_BYTES).min(bytes.length()));
            reader.feed(piece.length() as usize, |room| piece.copy_to(room));
            reader.hand_out(&mut |read| self.give(read));
        }
        self.reader = Some(reader);
        Some(())
    }

    fn give(&mut self, read: &mut RangeRead) {
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
    }

    fn send(&self, message: &JsValue, transfer: &Array) {
        self.engine
            .post_message_with_transferable(message, transfer)
            .expect("plain data and a fresh buffer can be posted");
    }
}

async fn read_all(shell: Rc<RefCell<Shell>>) {
    loop {
        let next = shell.borrow_mut().queue.pop_front();
        let Some(coming) = next else {
            shell.borrow_mut().is_busy = false;
            return;
        };
        if let Some(told) = &coming.told {
            shell.borrow_mut().begin(told);
        }
        if read(&shell, coming).await.is_none() {
            shell.borrow().send(&JsValue::NULL, &Array::new());
        }
    }
}

/// Reads ranges in a row; `None` if the file changed, vanished or may not be read.
async fn read(shell: &RefCell<Shell>, coming: Coming) -> Option<()> {
    let Coming { file, run, .. } = coming;
    let mut stream = coming.stream?;
    let last = *run.last()?;
    let mut to = last.to;
    let mut buffer = std::mem::take(&mut shell.borrow_mut().buffer);
    shell.borrow_mut().reader.as_mut()?.begin(run);
    loop {
        while let Some(bytes) = stream.next(&mut buffer).await.ok()? {
            let mut this = shell.borrow_mut();
            this.feed(&bytes)?;
            buffer.take_back(&bytes);
            if this.reader.as_ref()?.is_done() {
                // What comes behind is of no use, and may belong to a file that has changed by then.
                stream.end();
                this.buffer = buffer;
                return Some(());
            }
        }
        let from = to;
        if from >= last.size_bytes {
            // There are fewer bytes than the file had when it was chosen; not every browser calls that a failure.
            return None;
        }
        to = (to + MORE_BYTES).min(last.size_bytes);
        stream = Stream::new(&file, from, to)?;
    }
}

/// Rehearses until the first file comes.
async fn rehearse(shell: Rc<RefCell<Shell>>) {
    let Some(mut rehearsal) = Rehearsal::new() else {
        return;
    };
    while shell.borrow().named.is_none() && rehearsal.step() {
        pause(0).await;
    }
}
