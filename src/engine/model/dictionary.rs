//! Distinct texts, each with a code. Knows bytes, not fields.

use std::borrow::Cow;

pub use callscope_kernel::lookup::N_TOGETHER;

use callscope_kernel::{addresses::Addresses, lookup::Lookup};

use super::texts::Texts;
use crate::engine::formats::encoding;

/// The code of "the export does not say"; in every dictionary.
pub const BLANK: u32 = 0;

/// Distinct texts in the order of their first appearance. Code 0 is the blank.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// The texts with code 1, 2 and so on.
    texts: Texts,
    lookup: Lookup,
    addresses: Addresses,
}

impl Dictionary {
    /// The code of a text, given to it now if it is new. The empty text is the blank.
    #[inline]
    pub fn code(&mut self, text: &[u8]) -> u32 {
        self.lookup.code(&mut self.texts, text)
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

    /// Reads the texts that have come since as addresses.
    pub fn read_addresses(&mut self) {
        self.addresses.read(&self.texts);
    }

    /// The IPv4 address that the text of a code is, if it was read as one.
    #[inline]
    pub fn v4(&self, code: u32) -> Option<u32> {
        self.addresses.v4((code as usize).checked_sub(1)?)
    }

    /// The text of a code in characters.
    pub fn words(&self, code: u32) -> String {
        encoding::words(self.text(code)).into_owned()
    }

    /// Whether no text holds anything but ASCII.
    pub fn is_ascii(&self) -> bool {
        self.texts.are_ascii()
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

    proptest! {
        #[test]
        fn equal_texts_have_equal_codes_and_read_back(
            texts in prop::collection::vec("[ab]{0,3}|[ab]{22,26}|x{30}[ab]{0,9}", 0..200),
        ) {
            let mut dictionary = Dictionary::default();
            let mut known: BTreeMap<String, u32> = BTreeMap::new();
            for text in &texts {
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
