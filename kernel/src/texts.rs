//! Texts end to end in one piece of memory, each known by its place in the order.

use wide::u8x16;

use crate::LANE_BYTES;

/// A list of texts.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    bytes: Vec<u8>,
    /// Where each text ends; 32 bits are enough, since a program has no more memory than that.
    ends: Vec<u32>,
}

impl Texts {
    /// Appends a text.
    pub fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        let end = u32::try_from(self.bytes.len()).expect("texts take less than 4 GiB");
        self.ends.push(end);
    }

    /// The text at this place.
    #[inline]
    pub fn get(&self, idx: usize) -> &[u8] {
        &self.bytes[self.start(idx) as usize..self.ends[idx] as usize]
    }

    /// Where the text at this place starts among the bytes of all.
    #[inline]
    pub(crate) fn start(&self, idx: usize) -> u32 {
        idx.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// The byte at this place, if there is one.
    #[inline]
    pub(crate) fn byte(&self, at: u32) -> u8 {
        self.bytes.get(at as usize).copied().unwrap_or_default()
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether the texts hold nothing but ASCII from this byte on, counted from the start of the first one.
    #[inline(never)]
    pub fn are_ascii_from(&self, byte: usize) -> bool {
        let (lanes, rest) = self.bytes[byte..].as_chunks();
        let all = |all: u8x16, lane: &[u8; LANE_BYTES]| all | u8x16::new(*lane);
        // The highest bit of a byte is what ASCII does not use.
        let is_plain = lanes.iter().fold(u8x16::ZERO, all).to_bitmask() == 0;
        is_plain && rest.is_ascii()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|idx| self.get(idx))
    }

    /// The texts from this place on.
    #[must_use]
    pub fn since(&self, idx: usize) -> Self {
        let start = self.start(idx);
        Self {
            bytes: self.bytes[start as usize..].to_vec(),
            ends: self.ends[idx..].iter().map(|end| end - start).collect(),
        }
    }

    /// Appends all texts of another list.
    pub fn append(&mut self, more: &Self) {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(&more.bytes);
        self.ends.extend(more.ends.iter().map(|end| start + end));
    }

    /// The bytes of all texts, and where each one ends.
    pub fn as_parts(&self) -> (&[u8], &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Texts from the bytes of all, and where each one ends.
    pub fn from_parts(bytes: Vec<u8>, ends: Vec<u32>) -> Self {
        Self { bytes, ends }
    }

    /// How many bytes all texts have.
    pub fn n_text_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// How much memory they take.
    pub fn n_bytes(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_no_ascii_is_found_wherever_it_stands() {
        for n_bytes in 0..40 {
            let mut texts = Texts::default();
            texts.push(&vec![0x7F; n_bytes]);
            assert!(texts.are_ascii_from(0));
            for at in 0..n_bytes {
                let mut bytes = vec![b'a'; n_bytes];
                bytes[at] = 0x80;
                let mut texts = Texts::default();
                texts.push(&bytes);
                for from in 0..=n_bytes {
                    assert_eq!(
                        texts.are_ascii_from(from),
                        from > at,
                        "{at} {from} of {n_bytes}"
                    );
                }
            }
        }
    }
}
