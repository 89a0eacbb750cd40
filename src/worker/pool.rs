//! The readers of the engine: as many workers as the machine has processors.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::helpers::{Helper, Helpers};
use super::reader::numbers_of;
use crate::engine::formats::{Range, RangeRead, ReaderId, Source};
use crate::protocol::{HelperKind, Loss, ReadSettings};
use crate::wire::{packed, unpacked};

/// More readers than this would wait for the engine, which joins what they read.
const MAX_READERS: u32 = 8;

/// The readers, and what they tell.
pub(super) struct Pool {
    readers: Vec<Reader>,
    inbox: Rc<Inbox>,
    /// What a reader must know of the file before its first range.
    file: JsValue,
}

struct Reader {
    helper: Helper,
    knows_file: bool,
    /// What it has to read.
    ranges: VecDeque<Range>,
    /// So many of these came last, in a row.
    n_last: usize,
}

/// What readers told and nobody has heard yet.
#[derive(Default)]
pub(super) struct Inbox {
    told: RefCell<VecDeque<Told>>,
    wake: RefCell<Option<Function>>,
    has_ended: Cell<bool>,
}

/// What a reader tells.
pub(super) enum Told {
    /// What it made of its first range, as it came.
    Read(ReaderId, JsValue),
    /// It is gone.
    Gone(ReaderId, Loss),
    /// Nobody wants the file any more.
    Ended,
}

/// What became of a range.
pub(super) enum Outcome {
    /// It was read by this reader.
    Read(ReaderId, RangeRead),
    /// The file cannot be read.
    Unreadable,
    /// Its reader is gone, and these ranges with it; another reader has taken its place if it was at work.
    Lost(VecDeque<Range>),
    /// Nobody wants the file any more, or no reader can be started.
    Ended,
}

impl Pool {
    /// Starts the readers.
    pub(super) fn start(helpers: &Rc<Helpers>) -> Self {
        let mut pool = Self {
            readers: Vec::new(),
            inbox: Rc::default(),
            file: JsValue::UNDEFINED,
        };
        pool.fit(helpers);
        pool
    }

    /// Lets a reader rehearse.
    pub(super) fn rehearse(&self) {
        if let Some(reader) = self.readers.first() {
            reader.helper.tell(&JsValue::TRUE);
        }
    }

    /// As many readers as there are processors: the browser may have been told of others since.
    fn fit(&mut self, helpers: &Rc<Helpers>) {
        let n_readers = n_processors().clamp(1, MAX_READERS) as usize;
        self.readers.truncate(n_readers);
        for _ in self.readers.len()..n_readers {
            self.add(helpers);
        }
    }

    /// Begins a file, of which these are the first bytes.
    pub(super) fn begin(
        &mut self,
        helpers: &Rc<Helpers>,
        file: &File,
        head: &[u8],
        settings: &ReadSettings,
    ) {
        self.fit(helpers);
        self.file = Array::of3(file, &Uint8Array::from(head), &packed(settings)).into();
        for reader in &mut self.readers {
            reader.knows_file = false;
        }
    }

    /// How many readers there are.
    pub(super) fn n_readers(&self) -> u32 {
        self.readers.len() as u32
    }

    /// Whether no reader has anything more to tell of its file.
    pub(super) fn is_idle(&self) -> bool {
        let are_done = self.readers.iter().all(|reader| reader.ranges.is_empty());
        are_done && self.inbox.told.borrow().is_empty()
    }

    /// The place of a reader that can take some ranges: it has no others than those that came last.
    pub(super) fn idle(&self) -> Option<usize> {
        let readers = self.readers.iter().enumerate();
        let (idx, idlest) = readers.min_by_key(|(_, reader)| reader.ranges.len())?;
        (idlest.ranges.len() <= idlest.n_last).then_some(idx)
    }

    /// Gives ranges in a row to a reader.
    pub(super) fn give(&mut self, idx: usize, run: &[Range]) {
        let reader = &mut self.readers[idx];
        if !std::mem::replace(&mut reader.knows_file, true) {
            reader.helper.tell(&self.file);
        }
        reader.helper.tell(&numbers_of(run));
        reader.ranges.extend(run);
        reader.n_last = run.len();
    }

    /// Waits for a reader.
    pub(super) async fn next(&mut self, helpers: &Rc<Helpers>) -> Outcome {
        loop {
            match self.inbox.next().await {
                Told::Ended => return Outcome::Ended,
                Told::Read(id, message) => {
                    let Some(at) = self.place_of(id) else {
                        continue;
                    };
                    let reader = &mut self.readers[at];
                    reader.ranges.pop_front();
                    let Some((read, buffer)) = read_of(&message) else {
                        return Outcome::Unreadable;
                    };
                    // Left to the browser's collector of garbage, dozens of them would wait for it.
                    reader.helper.hand_over(&buffer);
                    return Outcome::Read(id, read);
                }
                Told::Gone(id, loss) => {
                    let Some(at) = self.place_of(id) else {
                        continue;
                    };
                    let mut gone = self.readers.remove(at);
                    // One that was not at work would fail again and again.
                    if loss == Loss::Failed && !gone.ranges.is_empty() {
                        self.add(helpers);
                    }
                    if self.readers.is_empty() {
                        return Outcome::Ended;
                    }
                    return Outcome::Lost(std::mem::take(&mut gone.ranges));
                }
            }
        }
    }

    /// What ends the waiting from outside.
    pub(super) fn inbox(&self) -> Rc<Inbox> {
        Rc::clone(&self.inbox)
    }

    fn place_of(&self, id: ReaderId) -> Option<usize> {
        self.readers
            .iter()
            .position(|reader| reader.helper.id() == id)
    }

    fn add(&mut self, helpers: &Rc<Helpers>) {
        let (told, gone) = (Rc::clone(&self.inbox), Rc::clone(&self.inbox));
        let helper = helpers.start(
            HelperKind::Reader,
            move |id, message| told.put(Told::Read(id, message)),
            move |id, loss| gone.put(Told::Gone(id, loss)),
        );
        self.readers.push(Reader {
            helper,
            knows_file: false,
            ranges: VecDeque::new(),
            n_last: 0,
        });
    }
}

impl Inbox {
    /// Lets whoever waits know that nobody wants the file any more.
    pub(super) fn end(&self) {
        self.has_ended.set(true);
        self.wake();
    }

    fn put(&self, told: Told) {
        self.told.borrow_mut().push_back(told);
        self.wake();
    }

    fn wake(&self) {
        if let Some(wake) = self.wake.take() {
            // Resolving a promise never throws.
            let _ = wake.call0(&JsValue::UNDEFINED);
        }
    }

    async fn next(&self) -> Told {
        loop {
            if self.has_ended.get() {
                return Told::Ended;
            }
            if let Some(told) = self.told.borrow_mut().pop_front() {
                return told;
            }
            let promise = Promise::new(&mut |resolve, _| {
                self.wake.replace(Some(resolve));
            });
            // The promise is never rejected.
            let _ = JsFuture::from(promise).await;
        }
    }
}

/// What a reader made of a range, and the buffer in which it came.
fn read_of(message: &JsValue) -> Option<(RangeRead, ArrayBuffer)> {
    let parts: &Array = message.dyn_ref()?;
    let buffer: ArrayBuffer = parts.get(0).dyn_into().ok()?;
    let complaints = unpacked(&parts.get(1))?;
    let read = RangeRead::from_wire(&Received(buffer.clone()), complaints);
    Some((read, buffer))
}

/// What a reader sent, in the browser's memory: it is copied from there to its place.
struct Received(ArrayBuffer);

impl Source for Received {
    fn copy(&self, from: usize, into: &mut [u8]) {
        let (from, length) = (from as u32, into.len() as u32);
        Uint8Array::new_with_byte_offset_and_length(&self.0, from, length).copy_to(into);
    }
}

#[expect(
    clippy::cast_sign_loss,
    reason = "no machine has fewer processors than none"
)]
fn n_processors() -> u32 {
    let number = Reflect::get(&js_sys::global(), &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"hardwareConcurrency".into()));
    number.ok().and_then(|n| n.as_f64()).unwrap_or(1.0) as u32
}
