//! Finds a text among those of a list, as the engine does once for each distinct text of a reader.

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

/// Rooms of a table that holds anything.
const N_ROOMS: usize = 16;

impl Lookup {
    /// The code of a text, which is appended to the list if it is new.
    #[inline(never)]
    pub fn code(&mut self, texts: &mut Texts, text: &[u8]) -> u32 {
        if texts.len() * 4 >= self.rooms.len() * 3 {
            self.grow();
        }
        let hash = if text.len() <= SHORT_BYTES {
            ShortKey::of(text).hash()
        } else {
            hash(text)
        };
        let last = self.rooms.len() - 1;
        let mut at = hash as usize & last;
        while self.rooms[at].code != 0 {
            let Room { hash: known, code } = self.rooms[at];
            if known == hash && is_same(texts.get(code as usize - 1), text) {
                return code;
            }
            at = (at + 1) & last;
        }
        texts.push(text);
        let code = u32::try_from(texts.len()).expect("there are fewer texts than rows");
        self.rooms[at] = Room { hash, code };
        code
    }

    /// How much memory the table takes.
    pub fn n_bytes(&self) -> usize {
        self.rooms.capacity() * size_of::<Room>()
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
