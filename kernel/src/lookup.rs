//! Finds a text among those of a list, as the engine does once for each distinct text of a reader.

use std::borrow::Cow;

use crate::interner::{SHORT_BYTES, ShortKey, hash, is_same};
use crate::texts::Texts;

/// A table beside a list of distinct texts. Their codes are their places, from 1 on.
#[derive(Debug, Clone, Default)]
pub struct Lookup {
    /// By hash, in rooms of a power of two; a room is empty if its code is 0.
    rooms: Vec<Room>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Room {
    hash: u32,
    code: u32,
}

/// So many texts are looked up together.
pub const N_TOGETHER: usize = 64;

/// Rooms of a table that holds anything.
const N_ROOMS: usize = 16;

impl Lookup {
    /// The code of a text, which is appended to the list if it is new. The empty text has the code 0.
    #[inline(never)]
    pub fn code(&mut self, texts: &mut Texts, text: &[u8]) -> u32 {
        self.make_room(texts.len() + 1);
        self.find(texts, text, hash_of(text))
    }

    /// The code of a text of the list, 0 for the empty text, and nothing for any other.
    #[inline(never)]
    pub fn known(&self, texts: &Texts, text: &[u8]) -> Option<u32> {
        if text.is_empty() || self.rooms.is_empty() {
            return text.is_empty().then_some(0);
        }
        match self.rooms[self.place(texts, text, hash_of(text))].code {
            0 => None,
            code => Some(code),
        }
    }

    /// Puts the codes of some texts, `N_TOGETHER` at most, into their places. What has to be looked at in memory is
    /// looked at for all of them first, so that all wait for it at the same time.
    #[inline(never)]
    pub fn codes(&mut self, texts: &mut Texts, wanted: &[Cow<'_, [u8]>], codes: &mut [u32]) {
        self.make_room(texts.len() + wanted.len());
        let mut hashes = [0; N_TOGETHER];
        for (hash, text) in hashes.iter_mut().zip(wanted) {
            *hash = hash_of(text);
        }
        let last = self.rooms.len() - 1;
        for (code, hash) in codes.iter_mut().zip(hashes) {
            *code = self.rooms[hash as usize & last].code;
        }
        for code in &mut *codes {
            *code = texts.start(code.saturating_sub(1) as usize);
        }
        for code in &mut *codes {
            *code = u32::from(texts.byte(*code));
        }
        for ((code, text), hash) in codes.iter_mut().zip(wanted).zip(hashes) {
            *code = self.find(texts, text, hash);
        }
    }

    /// The code of a text with this hash. There is room for one more.
    fn find(&mut self, texts: &mut Texts, text: &[u8], hash: u32) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let at = self.place(texts, text, hash);
        if self.rooms[at].code != 0 {
            return self.rooms[at].code;
        }
        texts.push(text);
        let code = u32::try_from(texts.len()).expect("there are fewer texts than rows");
        self.rooms[at] = Room { hash, code };
        code
    }

    /// The room of a text with this hash, or the one for it. The table must not be empty.
    #[inline(never)]
    fn place(&self, texts: &Texts, text: &[u8], hash: u32) -> usize {
        let last = self.rooms.len() - 1;
        let mut at = hash as usize & last;
        while self.rooms[at].code != 0 {
            let Room { hash: known, code } = self.rooms[at];
            if known == hash && is_same(texts.get(code as usize - 1), text) {
                break;
            }
            at = (at + 1) & last;
        }
        at
    }

    /// How much memory the table takes.
    pub fn n_bytes(&self) -> usize {
        self.rooms.capacity() * size_of::<Room>()
    }

    /// Makes room for so many texts in all.
    fn make_room(&mut self, n_texts: usize) {
        while n_texts * 4 >= self.rooms.len() * 3 {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let n_rooms = (self.rooms.len() * 2).max(N_ROOMS);
        let old = std::mem::replace(&mut self.rooms, vec![Room::default(); n_rooms]);
        for room in old.into_iter().filter(|room| room.code != 0) {
            let mut at = room.hash as usize & (n_rooms - 1);
            while self.rooms[at].code != 0 {
                at = (at + 1) & (n_rooms - 1);
            }
            self.rooms[at] = room;
        }
    }
}

fn hash_of(text: &[u8]) -> u32 {
    if text.len() <= SHORT_BYTES {
        ShortKey::of(text).hash()
    } else {
        hash(text)
    }
}
