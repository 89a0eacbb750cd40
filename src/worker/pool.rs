//! The readers of the engine: as many workers as the machine has processors.

use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::helpers::{Helper, Helpers};
use super::reader::numbers_of;
use super::{Shared, ranges};
use crate::engine::formats::{Range, RangeRead, ReaderId, Source};
use crate::protocol::{FileId, HelperId, HelperKind, Loss, ReadSettings};
use crate::wire::{packed, unpacked};

/// More readers than this would wait for the engine, which joins what they read.
const MAX_READERS: u32 = 8;

/// The readers, and the files that they read.
pub(super) struct Pool {
    helpers: Rc<Helpers>,
    /// Whoever hears what readers tell.
    shared: Shared,
    readers: Vec<Reader>,
    /// The files in hand, and what a reader must know of each before its first range.
    files: Vec<(FileId, Array)>,
    /// So often a reader was told of a file.
    n_told: ReaderId,
    /// What readers had in hand that are gone.
    was_lost: Vec<(FileId, Range)>,
}

struct Reader {
    helper: Helper,
    /// The file that it was told of last, and who it is for that file: told once more, it knows nothing of before.
    knows: Option<(FileId, ReaderId)>,
    /// What it has to read.
    parts: VecDeque<Part>,
    /// So many of these came last, in a row.
    n_last: usize,
}

/// A range of a file that a reader has to read.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) file: FileId,
    pub(super) reader: ReaderId,
    range: Range,
}

impl Reader {
    fn ranges(&self) -> impl Iterator<Item = (FileId, Range)> {
        self.parts.iter().map(|part| (part.file, part.range))
    }
}

impl Pool {
    /// Starts the readers.
    pub(super) fn start(shared: &Shared, helpers: &Rc<Helpers>) -> Self {
        let mut pool = Self {
            helpers: Rc::clone(helpers),
            shared: Rc::clone(shared),
            readers: Vec::new(),
            files: Vec::new(),
            n_told: 0,
            was_lost: Vec::new(),
        };
        pool.fit();
        pool
    }

    /// Lets a reader rehearse.
    pub(super) fn rehearse(&self) {
        if let Some(reader) = self.readers.first() {
            reader.helper.tell(&JsValue::TRUE);
        }
    }

    /// As many readers as there are processors: the browser may have been told of others since. None that is at work
    /// is ended.
    fn fit(&mut self) {
        let n_readers = n_processors().clamp(1, MAX_READERS) as usize;
        if self.files.is_empty() {
            self.readers.truncate(n_readers);
        }
        for _ in self.readers.len()..n_readers {
            self.add();
        }
    }

    /// Begins a file, of which these are the first bytes.
    pub(super) fn begin(&mut self, id: FileId, file: &File, head: &[u8], settings: &ReadSettings) {
        self.fit();
        let told = Array::of3(file, &Uint8Array::from(head), &packed(settings));
        self.files.push((id, told));
    }

    /// The files in hand, in the order in which they were begun.
    pub(super) fn files(&self) -> Vec<FileId> {
        self.files.iter().map(|(id, _)| *id).collect()
    }

    /// Ends some files. Readers that have anything of them to read are ended, whatever they are doing, and others take
    /// their place. Gives the ranges of other files that they had to read.
    pub(super) fn end(&mut self, files: &[FileId]) -> Vec<(FileId, Range)> {
        self.files.retain(|(known, _)| !files.contains(known));
        self.was_lost.retain(|(known, _)| !files.contains(known));
        let mut others = Vec::new();
        self.readers.retain(|reader| {
            let is_at_it = reader.parts.iter().any(|part| files.contains(&part.file));
            if is_at_it {
                others.extend(reader.ranges());
            }
            !is_at_it
        });
        others.retain(|(of, _)| !files.contains(of));
        for reader in &mut self.readers {
            // Should a file come again, it is read anew.
            reader.knows = reader.knows.filter(|(known, _)| !files.contains(known));
        }
        if !self.files.is_empty() {
            self.fit();
        }
        others
    }

    /// How many readers there are.
    pub(super) fn n_readers(&self) -> u32 {
        self.readers.len() as u32
    }

    /// The place of a reader that can take some ranges: it has no others than those that came last.
    pub(super) fn idle(&self) -> Option<usize> {
        let readers = self.readers.iter().enumerate();
        let (idx, idlest) = readers.min_by_key(|(_, reader)| reader.parts.len())?;
        (idlest.parts.len() <= idlest.n_last).then_some(idx)
    }

    /// Gives ranges of a file in a row to a reader.
    pub(super) fn give(&mut self, idx: usize, file: FileId, run: &[Range]) {
        let Some((_, told)) = self.files.iter().find(|(known, _)| *known == file) else {
            return;
        };
        let reader = &mut self.readers[idx];
        let known = reader.knows.filter(|(known, _)| *known == file);
        let (_, id) = known.unwrap_or_else(|| {
            reader.helper.tell(told);
            self.n_told += 1;
            (file, self.n_told)
        });
        reader.knows = Some((file, id));
        reader.helper.tell(&numbers_of(run));
        reader.n_last = run.len();
        reader.parts.extend(run.iter().map(|range| Part {
            file,
            reader: id,
            range: *range,
        }));
    }

    /// Takes what a reader made of the first range that it had to read; nothing if the file cannot be read. `None` from
    /// a reader that is gone.
    pub(super) fn take(
        &mut self,
        helper: HelperId,
        message: &JsValue,
    ) -> Option<(Part, Option<RangeRead>)> {
        let at = self.place_of(helper)?;
        let reader = &mut self.readers[at];
        let part = reader.parts.pop_front()?;
        let read = read_of(message).map(|(read, buffer)| {
            // Left to the browser's collector of garbage, dozens of them would wait for it.
            reader.helper.hand_over(&buffer);
            read
        });
        Some((part, read))
    }

    /// Hears that a reader is gone. Another one takes its place if it was at work. Gives what it had to read, and its
    /// file if another reader died of the same range before.
    pub(super) fn lose(
        &mut self,
        helper: HelperId,
        loss: Loss,
    ) -> (Vec<(FileId, Range)>, Option<FileId>) {
        let Some(at) = self.place_of(helper) else {
            return (Vec::new(), None);
        };
        let gone = self.readers.remove(at);
        // One that was not at work would fail again and again.
        if loss == Loss::Failed && !gone.parts.is_empty() {
            self.add();
        }
        let ranges: Vec<_> = gone.ranges().collect();
        // It died of the first one, if of any; one that could not be started died of none.
        let first = ranges.first().copied().filter(|_| loss == Loss::Failed);
        let fatal = first.filter(|first| self.was_lost.contains(first));
        self.was_lost.extend(first);
        (ranges, fatal.map(|(file, _)| file))
    }

    /// The file behind what readers were told.
    pub(super) fn handle(&self, file: FileId) -> Option<File> {
        let (_, told) = self.files.iter().find(|(known, _)| *known == file)?;
        Some(told.get(0).unchecked_into())
    }

    fn place_of(&self, id: HelperId) -> Option<usize> {
        self.readers
            .iter()
            .position(|reader| reader.helper.id() == id)
    }

    fn add(&mut self) {
        let (hears, loses) = (Rc::clone(&self.shared), Rc::clone(&self.shared));
        let helper = self.helpers.start(
            HelperKind::Reader,
            move |id, message| ranges::take(&hears, id, &message),
            move |id, loss| {
                let shared = Rc::clone(&loses);
                // Whoever tells of it is still busy with that.
                spawn_local(async move { ranges::lose(&shared, id, loss) });
            },
        );
        self.readers.push(Reader {
            helper,
            knows: None,
            parts: VecDeque::new(),
            n_last: 0,
        });
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
