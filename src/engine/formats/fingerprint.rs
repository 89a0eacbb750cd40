//! A number for the bytes of a file, however they are cut into slices: tells that a file was dropped twice.

/// Eight bytes are mixed in at a time.
const WORD_BYTES: usize = 8;

/// The bytes so far. Not made to withstand somebody who wants two files to look the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fingerprint {
    state: u64,
    n_bytes: u64,
    /// Bytes that wait for their word to be complete.
    rest: Vec<u8>,
}

impl Fingerprint {
    /// Takes the next bytes.
    pub(crate) fn add(&mut self, mut bytes: &[u8]) {
        self.n_bytes += bytes.len() as u64;
        if !self.rest.is_empty() {
            let n_missing = (WORD_BYTES - self.rest.len()).min(bytes.len());
            self.rest.extend_from_slice(&bytes[..n_missing]);
            bytes = &bytes[n_missing..];
            if self.rest.len() < WORD_BYTES {
                return;
            }
            let word = std::mem::take(&mut self.rest);
            self.mix(&word);
        }
        let words = bytes.chunks_exact(WORD_BYTES);
        self.rest.extend_from_slice(words.remainder());
        for word in words {
            self.mix(word);
        }
    }

    /// The number for all bytes.
    pub(crate) fn finish(mut self) -> u64 {
        let mut rest = std::mem::take(&mut self.rest);
        rest.resize(WORD_BYTES, 0);
        self.mix(&rest);
        self.mix(&self.n_bytes.to_le_bytes());
        self.state
    }

    fn mix(&mut self, word: &[u8]) {
        let mut eight = [0; WORD_BYTES];
        eight.copy_from_slice(word);
        // The multiplier of Knuth's generator MMIX; the rotation carries high bits to the low ones.
        let mixed =
            (self.state ^ u64::from_le_bytes(eight)).wrapping_mul(6_364_136_223_846_793_005);
        self.state = mixed.rotate_left(29).wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(slices: &[&[u8]]) -> u64 {
        let mut fingerprint = Fingerprint::default();
        for slice in slices {
            fingerprint.add(slice);
        }
        fingerprint.finish()
    }

    proptest! {
        #[test]
        fn slices_do_not_matter_and_bytes_do(bytes: Vec<u8>, cut in 0usize..100, at in 0usize..100) {
            let (left, right) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(of(&[left, right]), of(&[&bytes]));
            let mut other = bytes.clone();
            match other.get_mut(at) {
                Some(byte) => *byte ^= 1,
                None => other.push(0),
            }
            prop_assert_ne!(of(&[&other]), of(&[&bytes]));
        }
    }
}
