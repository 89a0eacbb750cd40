//! Distinct texts, each with a code. Knows bytes, not fields.

use std::borrow::Cow;

pub use callscope_kernel::lookup::N_TOGETHER;

use callscope_kernel::lookup::Lookup;

use super::texts::Texts;
use crate::engine::formats::encoding;
use crate::engine::location::address::{Address, Addresses};

/// The code of "the export does not say"; in every dictionary.
pub const BLANK: u32 = 0;

/// Distinct texts in the order of their first appearance. Code 0 is the blank.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// The texts with code 1, 2 and so on.
    texts: Texts,
    lookup: Lookup,
    addresses: Addresses,
    /// So many bytes of the texts were looked at, and something else than ASCII was among them.
    n_seen_bytes: usize,
    has_seen_others: bool,
}

impl Dictionary {
    /// The code of a text, given to it now if it is new. The empty text is the blank.
    #[inline]
    pub fn code(&mut self, text: &[u8]) -> u32 {
        self.lookup.code(&mut self.texts, text)
    }

    /// The code of a text, or nothing if it was never given one. The empty text is the blank.
    pub fn known(&self, text: &[u8]) -> Option<u32> {
        self.lookup.known(&self.texts, text)
    }

    /// The codes of some texts, `N_TOGETHER` at most, likewise and in their order.
    pub fn codes(&mut self, texts: &[Cow<'_, [u8]>]) -> Vec<u32> {
        let mut codes = vec![BLANK; texts.len()];
        self.lookup.codes(&mut self.texts, texts, &mut codes);
        codes
    }

    /// The text of a code.
    pub fn text(&self, code: u32) -> &[u8] {
        let idx = (code as usize).checked_sub(1);
        idx.map_or(b"", |idx| self.texts.get(idx))
    }

    /// Looks at the texts that have come since: at once, they are still in the processor's nearer memory.
    pub fn see(&mut self) {
        self.has_seen_others |= !self.texts.are_ascii_from(self.n_seen_bytes);
        self.n_seen_bytes = self.texts.n_text_bytes();
    }

    /// Reads the texts that have come since as addresses, likewise.
    pub fn read_addresses(&mut self) {
        self.addresses.read(&self.texts);
    }

    /// The address that the text of a code is.
    pub fn address(&self, code: u32) -> Option<Address> {
        self.addresses
            .get(&self.texts, (code as usize).checked_sub(1)?)
    }

    /// Whether all texts were read as addresses, and are some.
    pub fn are_addresses(&self) -> bool {
        self.addresses.are_all(&self.texts)
    }

    /// The text of a code in characters.
    pub fn words(&self, code: u32) -> String {
        encoding::words(self.text(code)).into_owned()
    }

    /// Whether no text holds anything but ASCII.
    pub fn is_ascii(&self) -> bool {
        !self.has_seen_others && self.texts.are_ascii_from(self.n_seen_bytes)
    }

    /// How many codes there are, the blank included.
    pub fn n_codes(&self) -> usize {
        self.texts.len() + 1
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

    /// How much memory the texts and their codes take.
    pub fn n_bytes(&self) -> usize {
        self.texts.n_bytes() + self.lookup.n_bytes() + self.addresses.n_bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_ascii_is_found_before_and_after_texts_were_looked_at() {
        for n_seen in 0..3 {
            let mut dictionary = Dictionary::default();
            dictionary.code(b"a");
            dictionary.see();
            assert!(dictionary.is_ascii());
            for (idx, text) in ["\u{e4}", "b"].into_iter().enumerate() {
                dictionary.code(text.as_bytes());
                if idx < n_seen {
                    dictionary.see();
                }
                assert!(!dictionary.is_ascii());
            }
        }
    }

    proptest! {
        #[test]
        fn equal_texts_have_equal_codes_and_read_back(
            texts in prop::collection::vec("[ab]{0,3}|[ab]{22,26}|x{30}[ab]{0,9}", 0..200),
        ) {
            let mut dictionary = Dictionary::default();
            let mut known: BTreeMap<String, u32> = BTreeMap::new();
            for text in &texts {
                let before = dictionary.known(text.as_bytes());
                prop_assert_eq!(before, known.get(text).copied().or(text.is_empty().then_some(BLANK)));
                let code = dictionary.code(text.as_bytes());
                prop_assert_eq!(*known.entry(text.clone()).or_insert(code), code);
                prop_assert_eq!(dictionary.text(code), text.as_bytes());
            }
            known.remove("");
            prop_assert_eq!(dictionary.iter().count(), known.len());
            let mut together = Dictionary::default();
            let texts: Vec<_> = texts.iter().map(|text| Cow::Borrowed(text.as_bytes())).collect();
            let codes: Vec<u32> = texts.iter().map(|text| dictionary.code(text)).collect();
            let some = texts.chunks(N_TOGETHER).map(|texts| together.codes(texts));
            prop_assert_eq!(some.collect::<Vec<_>>().concat(), codes);
            prop_assert!(together.iter().eq(dictionary.iter()));
        }
    }
}
