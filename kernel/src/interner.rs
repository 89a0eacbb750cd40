//! Gives texts of a column codes, as fast as can be: a reader meets most texts again and again.
//!
//! A text of up to 24 bytes is three words, which are its key: nothing has to be looked up to compare it.
//! A longer one is compared with the text that has the code.

use wide::u8x16;

use crate::LANE_BYTES;
use crate::texts::Texts;

/// Texts up to this length are keys by themselves.
pub const SHORT_BYTES: usize = 24;

/// A text of up to 24 bytes: its bytes, and blanks behind them. No two texts have the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShortKey {
    words: [u64; 3],
    n_bytes: u32,
}

impl ShortKey {
    /// The key of the first bytes of a text that goes on, so that it can be read by the word.
    #[inline]
    pub fn of_start(text: &[u8; SHORT_BYTES], n_bytes: usize) -> Self {
        let (words, _) = text.as_chunks::<8>();
        let mask = &MASKS[n_bytes];
        let word = |idx: usize| u64::from_le_bytes(words[idx]) & mask[idx];
        Self {
            words: [word(0), word(1), word(2)],
            n_bytes: n_bytes as u32,
        }
    }

    /// The key of a short text.
    #[inline]
    pub fn of(text: &[u8]) -> Self {
        let mut padded = [0; SHORT_BYTES];
        padded[..text.len()].copy_from_slice(text);
        Self::of_start(&padded, text.len())
    }

    /// Its hash.
    #[inline]
    pub fn hash(&self) -> u32 {
        let [one, two, three] = self.words;
        let mixed = one.wrapping_mul(FACTORS[0])
            ^ two.wrapping_mul(FACTORS[1]).rotate_left(23)
            ^ three.wrapping_mul(FACTORS[2]).rotate_left(41)
            ^ u64::from(self.n_bytes);
        fold(mixed)
    }
}

/// For each length the bytes that belong to the text.
static MASKS: [[u64; 3]; SHORT_BYTES + 1] = masks();

const fn masks() -> [[u64; 3]; SHORT_BYTES + 1] {
    let mut masks = [[0; 3]; SHORT_BYTES + 1];
    let mut n_bytes = 0;
    while n_bytes <= SHORT_BYTES {
        let mut idx = 0;
        while idx < n_bytes {
            masks[n_bytes][idx / 8] |= 0xFF << (idx % 8 * 8);
            idx += 1;
        }
        n_bytes += 1;
    }
    masks
}

/// Odd numbers without a pattern: the fractions of the square roots of 2, 3 and 5.
const FACTORS: [u64; 3] = [
    0x6a09_e667_f3bc_c909,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
];

#[inline]
fn fold(mixed: u64) -> u32 {
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(FACTORS[0]);
    (mixed >> 32) as u32
}

/// Texts and their codes, in the order of their first appearance. Code 0 is the empty text.
#[derive(Debug, Default)]
pub struct Interner {
    texts: Texts,
    /// By hash, in rooms of a power of two; a room is empty if its code is 0.
    short: Vec<ShortRoom>,
    n_short: usize,
    long: Vec<LongRoom>,
    n_long: usize,
    /// So many texts were given away as news.
    n_told: usize,
}

/// A short text in the table; there is none if its code is 0.
///
/// Aligned, so that looking at one is waiting for memory once.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct ShortRoom {
    words: [u64; 3],
    n_bytes: u32,
    code: u32,
}

impl ShortRoom {
    fn key(&self) -> ShortKey {
        ShortKey {
            words: self.words,
            n_bytes: self.n_bytes,
        }
    }
}

/// A long text in the table; there is none if its code is 0.
#[derive(Debug, Clone, Copy, Default)]
struct LongRoom {
    hash: u32,
    code: u32,
    /// Where its bytes are among those of all texts.
    start: u32,
    n_bytes: u32,
}

/// Rooms of a table that holds anything.
const N_ROOMS: usize = 64;

/// So few texts are always at hand.
const N_AT_HAND: usize = 32;

impl Interner {
    /// The code of a text of any length.
    pub fn code(&mut self, text: &[u8]) -> u32 {
        if text.len() <= SHORT_BYTES {
            let key = ShortKey::of(text);
            return self.short_code(key, key.hash());
        }
        self.long_code(hash(text), text)
    }

    /// The code that stands where the look-up of a short text begins. Asked for many texts first, so that all
    /// of them wait for memory at the same time.
    #[inline]
    pub fn first_short(&self, hash: u32) -> u32 {
        let last = self.short.len().wrapping_sub(1);
        let room = self.short.get(hash as usize & last);
        room.map_or(0, |room| room.code)
    }

    /// The same for a long text.
    #[inline]
    pub fn first_long(&self, hash: u32) -> u32 {
        let (bytes, _) = self.texts.as_parts();
        let last = self.long.len().wrapping_sub(1);
        let room = self.long.get(hash as usize & last);
        let byte = room.and_then(|room| bytes.get(room.start as usize));
        byte.map_or(0, |byte| u32::from(*byte))
    }

    /// The code of a short text with this hash.
    #[inline]
    pub fn short_code(&mut self, key: ShortKey, hash: u32) -> u32 {
        if key.n_bytes == 0 {
            return 0;
        }
        let mut room = hash as usize;
        let n_rooms = self.short.len();
        while let Some(known) = self.short.get(room & n_rooms.wrapping_sub(1)) {
            if known.code == 0 {
                break;
            }
            if known.key() == key {
                return known.code;
            }
            room += 1;
        }
        self.add_short(key)
    }

    /// The code of a long text with this hash.
    #[inline]
    pub fn long_code(&mut self, hash: u32, text: &[u8]) -> u32 {
        let (bytes, _) = self.texts.as_parts();
        let mut at = hash as usize;
        let n_rooms = self.long.len();
        while let Some(room) = self.long.get(at & n_rooms.wrapping_sub(1)) {
            if room.code == 0 {
                break;
            }
            let start = room.start as usize;
            if room.hash == hash && is_same(&bytes[start..start + room.n_bytes as usize], text) {
                return room.code;
            }
            at += 1;
        }
        self.add_long(hash, text)
    }

    /// Whether there are so few texts that all of them are in the processor's nearest memory.
    #[inline]
    pub fn is_at_hand(&self) -> bool {
        self.texts.len() <= N_AT_HAND
    }

    /// How many codes there are, that of the empty text included.
    pub fn n_codes(&self) -> usize {
        self.texts.len() + 1
    }

    /// The texts that are new since it was asked last, in the order of their codes.
    pub fn news(&mut self) -> Texts {
        let news = self.texts.since(self.n_told);
        self.n_told = self.texts.len();
        news
    }

    #[cold]
    fn add_short(&mut self, key: ShortKey) -> u32 {
        let mut bytes = [0; SHORT_BYTES];
        for (place, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(key.words) {
            *place = word.to_le_bytes();
        }
        let code = self.push(&bytes[..key.n_bytes as usize]);
        self.n_short += 1;
        if self.n_short * 4 > self.short.len() * 3 {
            let n_rooms = (self.short.len() * 2).max(N_ROOMS);
            let old = std::mem::replace(&mut self.short, vec![ShortRoom::default(); n_rooms]);
            for room in old.into_iter().filter(|room| room.code != 0) {
                settle(&mut self.short, room.key().hash(), room, |room| {
                    room.code == 0
                });
            }
        }
        let new = ShortRoom {
            words: key.words,
            n_bytes: key.n_bytes,
            code,
        };
        settle(&mut self.short, key.hash(), new, |room| room.code == 0);
        code
    }

    #[cold]
    fn add_long(&mut self, hash: u32, text: &[u8]) -> u32 {
        let new = LongRoom {
            hash,
            start: self.texts.n_text_bytes() as u32,
            n_bytes: text.len() as u32,
            code: self.push(text),
        };
        self.n_long += 1;
        if self.n_long * 4 > self.long.len() * 3 {
            let n_rooms = (self.long.len() * 2).max(N_ROOMS);
            let old = std::mem::replace(&mut self.long, vec![LongRoom::default(); n_rooms]);
            for room in old.into_iter().filter(|room| room.code != 0) {
                settle(&mut self.long, room.hash, room, |room| room.code == 0);
            }
        }
        settle(&mut self.long, hash, new, |room| room.code == 0);
        new.code
    }

    fn push(&mut self, text: &[u8]) -> u32 {
        self.texts.push(text);
        u32::try_from(self.texts.len()).expect("there are fewer texts than rows")
    }
}

/// Puts something into the first empty room for its hash.
fn settle<Room>(rooms: &mut [Room], hash: u32, new: Room, is_empty: impl Fn(&Room) -> bool) {
    let last = rooms.len() - 1;
    let mut at = hash as usize & last;
    while !is_empty(&rooms[at]) {
        at = (at + 1) & last;
    }
    rooms[at] = new;
}

/// The hash of a long text: two words at a time, which do not wait for each other. The last ones may share bytes with
/// those before. Of a text below sixteen bytes only the length would count.
#[inline]
pub fn hash(text: &[u8]) -> u32 {
    let (pairs, _) = text.as_chunks::<LANE_BYTES>();
    let mut mixed = [text.len() as u64, 0];
    for pair in pairs.iter().chain(text.last_chunk()) {
        let (words, _) = pair.as_chunks();
        for (idx, word) in words.iter().enumerate() {
            let word = mixed[idx] ^ u64::from_le_bytes(*word);
            mixed[idx] = word.wrapping_mul(FACTORS[idx]).rotate_left(29);
        }
    }
    fold(mixed[0] ^ mixed[1].wrapping_mul(FACTORS[2]))
}

/// Whether two texts are equal. In WebAssembly this is faster than comparing slices, which goes byte by byte.
#[inline]
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (Some(last), Some(other_last)) = (one.last_chunk(), other.last_chunk()) else {
        return is_same_short(one, other);
    };
    // The last bytes may be those of the lane before once more.
    let (lanes, _) = one.as_chunks();
    let (others, _) = other.as_chunks();
    let differing = |one: &[u8; LANE_BYTES], other| u8x16::new(*one) ^ u8x16::new(other);
    let all = lanes
        .iter()
        .zip(others)
        .fold(differing(last, *other_last), |all, (one, other)| {
            all | differing(one, *other)
        });
    all.simd_eq(u8x16::ZERO).to_bitmask() == 0xFFFF
}

/// The same for texts that are shorter than a lane.
#[inline]
fn is_same_short(one: &[u8], other: &[u8]) -> bool {
    let first = one.first_chunk().zip(other.first_chunk());
    let last = one.last_chunk().zip(other.last_chunk());
    match first.zip(last) {
        Some(((first, other_first), (last, other_last))) => {
            let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
            word(first) == word(other_first) && word(last) == word(other_last)
        }
        None => one.iter().zip(other).all(|(byte, other)| byte == other),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_byte_of_a_text_counts() {
        for n_bytes in 0..=70 {
            let text = vec![b'a'; n_bytes];
            assert!(is_same(&text, &text.clone()));
            assert!(!is_same(&text, &vec![b'a'; n_bytes + 1]));
            for at in 0..n_bytes {
                let mut other = text.clone();
                other[at] = b'b';
                assert!(!is_same(&text, &other), "{n_bytes} {at}");
                assert!(
                    n_bytes <= SHORT_BYTES || hash(&text) != hash(&other),
                    "{n_bytes} {at}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn equal_texts_have_equal_codes_and_are_news_once(
            texts in prop::collection::vec("[ab\0]{0,3}|[ab]{22,26}|x{30}[ab]{0,9}", 0..200),
            cut in 0usize..200,
        ) {
            let mut interner = Interner::default();
            let mut known: BTreeMap<&String, u32> = BTreeMap::new();
            let mut news = Texts::default();
            for (idx, text) in texts.iter().enumerate() {
                if idx == cut {
                    news.append(&interner.news());
                }
                let code = interner.code(text.as_bytes());
                prop_assert_eq!(*known.entry(text).or_insert(code), code);
            }
            news.append(&interner.news());
            known.retain(|text, _| !text.is_empty());
            prop_assert_eq!(news.len(), known.len());
            for (text, code) in known {
                prop_assert_eq!(news.get(code as usize - 1), text.as_bytes());
            }
        }

        #[test]
        fn a_key_does_not_depend_on_what_stands_behind(text in "[a-z]{24}", n_bytes in 0usize..25) {
            let text: &[u8; SHORT_BYTES] = text.as_bytes().try_into().expect("it has that length");
            prop_assert_eq!(ShortKey::of_start(text, n_bytes), ShortKey::of(&text[..n_bytes]));
        }
    }
}
