//! Distinct texts, each with a code. Knows bytes, not fields.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::engine::formats::encoding;

/// The code of "the export does not say"; in every dictionary.
pub const BLANK: u32 = 0;

/// Distinct texts in the order of their first appearance. Code 0 is the blank.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    arena: Arena,
    codes: HashTable<u32>,
    /// Fixed, so that the same files always give the same tables.
    hasher: FixedState,
}

/// Texts end to end.
#[derive(Debug, Clone, Default)]
struct Arena {
    bytes: Vec<u8>,
    /// End of the text with code 1, 2 and so on.
    ends: Vec<usize>,
}

impl Arena {
    fn text(&self, code: u32) -> &[u8] {
        let Some(idx) = (code as usize).checked_sub(1) else {
            return b"";
        };
        let start = idx.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[idx]]
    }

    fn push(&mut self, text: &[u8]) -> u32 {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        u32::try_from(self.ends.len()).expect("there are fewer texts than rows")
    }
}

impl Dictionary {
    /// The code of a text, given to it now if it is new. The empty text is the blank.
    pub fn code(&mut self, text: &[u8]) -> u32 {
        if text.is_empty() {
            return BLANK;
        }
        let (arena, hasher) = (&mut self.arena, &self.hasher);
        let hash = hasher.hash_one(text);
        if let Some(code) = self.codes.find(hash, |code| arena.text(*code) == text) {
            return *code;
        }
        let code = arena.push(text);
        self.codes
            .insert_unique(hash, code, |code| hasher.hash_one(arena.text(*code)));
        code
    }

    /// The text of a code.
    pub fn text(&self, code: u32) -> &[u8] {
        self.arena.text(code)
    }

    /// The text of a code in characters.
    pub fn words(&self, code: u32) -> String {
        encoding::words(self.text(code)).into_owned()
    }

    /// How many codes there are, the blank included.
    pub fn n_codes(&self) -> usize {
        self.arena.ends.len() + 1
    }

    /// All texts with their codes, the blank left out.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u8])> {
        (1u32..)
            .zip(1..self.n_codes())
            .map(|(code, _)| (code, self.text(code)))
    }

    /// A value for each code, worked out once for each distinct text; the blank gets the default.
    pub fn map<T: Clone + Default>(&self, mut value: impl FnMut(&[u8]) -> T) -> Vec<T> {
        std::iter::once(T::default())
            .chain(self.iter().map(|(_, text)| value(text)))
            .collect()
    }

    /// The codes in `self` of all codes of another dictionary.
    pub fn join(&mut self, other: &Dictionary) -> Vec<u32> {
        other.map(|text| self.code(text))
    }

    /// How much memory the texts and their codes take.
    pub fn n_bytes(&self) -> usize {
        self.arena.bytes.capacity()
            + self.arena.ends.capacity() * size_of::<usize>()
            + self.codes.allocation_size()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equal_texts_have_equal_codes_and_read_back(texts in prop::collection::vec("[ab]{0,3}", 0..40)) {
            let mut dictionary = Dictionary::default();
            let mut known: BTreeMap<String, u32> = BTreeMap::new();
            for text in &texts {
                let code = dictionary.code(text.as_bytes());
                prop_assert_eq!(*known.entry(text.clone()).or_insert(code), code);
                prop_assert_eq!(dictionary.text(code), text.as_bytes());
            }
            known.remove("");
            prop_assert_eq!(dictionary.iter().count(), known.len());
        }

        #[test]
        fn joining_keeps_every_text(left in prop::collection::vec("[ab]{0,3}", 0..20),
                                    right in prop::collection::vec("[ab]{0,3}", 0..20)) {
            let (mut one, mut other) = (Dictionary::default(), Dictionary::default());
            for text in &left { one.code(text.as_bytes()); }
            let codes: Vec<_> = right.iter().map(|text| other.code(text.as_bytes())).collect();
            let joined = one.join(&other);
            for (text, code) in right.iter().zip(codes) {
                prop_assert_eq!(one.text(joined[code as usize]), text.as_bytes());
            }
        }
    }
}
