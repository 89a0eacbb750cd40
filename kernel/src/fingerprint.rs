//! A number for the bytes of a file, however they are cut into slices: tells that a file was dropped twice.
//!
//! Each piece of a fixed length has a number of its own, so that several readers can share the work.

/// Length of a piece.
pub const PIECE_BYTES: usize = 8 << 20;

/// So many bytes are mixed in at a time, in lanes that do not wait for each other.
const N_LANES: usize = 8;
const BLOCK_BYTES: usize = N_LANES * size_of::<u64>();

/// The multiplier of Knuth's generator MMIX.
const FACTOR: u64 = 6_364_136_223_846_793_005;

/// The bytes so far. Not made to withstand somebody who wants two files to look the same.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint {
    state: u64,
    piece: Piece,
}

/// The bytes of a piece so far; only the last piece of a file may be shorter than others.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    lanes: [u64; N_LANES],
    n_bytes: usize,
    /// Bytes that wait for their block to be complete.
    rest: Vec<u8>,
}

impl Fingerprint {
    /// Takes the next bytes.
    pub fn add(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let n_missing = PIECE_BYTES - self.piece.n_bytes;
            let (now, later) = bytes.split_at(n_missing.min(bytes.len()));
            self.piece.add(now);
            if self.piece.n_bytes == PIECE_BYTES {
                let piece = std::mem::take(&mut self.piece);
                self.add_piece(piece.finish());
            }
            bytes = later;
        }
    }

    /// Takes the number of the next piece.
    pub fn add_piece(&mut self, piece: u64) {
        self.state = mixed(self.state, piece);
    }

    /// The number for all bytes.
    pub fn finish(mut self) -> u64 {
        if self.piece.n_bytes > 0 {
            let piece = std::mem::take(&mut self.piece);
            self.add_piece(piece.finish());
        }
        self.state
    }
}

impl Piece {
    /// Takes the next bytes.
    pub fn add(&mut self, mut bytes: &[u8]) {
        self.n_bytes += bytes.len();
        if !self.rest.is_empty() {
            let n_missing = (BLOCK_BYTES - self.rest.len()).min(bytes.len());
            self.rest.extend_from_slice(&bytes[..n_missing]);
            bytes = &bytes[n_missing..];
            if self.rest.len() < BLOCK_BYTES {
                return;
            }
            let block = std::mem::take(&mut self.rest);
            self.mix(&block);
        }
        let (whole, rest) = bytes.split_at(bytes.len() / BLOCK_BYTES * BLOCK_BYTES);
        self.rest.extend_from_slice(rest);
        self.mix(whole);
    }

    /// Mixes in whole blocks.
    #[inline(never)]
    fn mix(&mut self, blocks: &[u8]) {
        let mut lanes = self.lanes;
        let (words, _) = blocks.as_chunks::<8>();
        let (blocks, _) = words.as_chunks::<N_LANES>();
        for block in blocks {
            for (lane, word) in lanes.iter_mut().zip(block) {
                *lane = mixed(*lane, u64::from_le_bytes(*word));
            }
        }
        self.lanes = lanes;
    }

    /// The number for all bytes of the piece.
    pub fn finish(mut self) -> u64 {
        let mut rest = std::mem::take(&mut self.rest);
        rest.resize(BLOCK_BYTES, 0);
        self.mix(&rest);
        let lanes = self.lanes.into_iter();
        lanes.fold(self.n_bytes as u64, mixed)
    }
}

/// The rotation carries high bits to the low ones.
fn mixed(state: u64, word: u64) -> u64 {
    (state ^ word)
        .wrapping_mul(FACTOR)
        .rotate_left(29)
        .wrapping_add(1)
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

    #[test]
    fn pieces_by_themselves_give_the_number_of_the_whole() {
        let bytes: Vec<u8> = (0..PIECE_BYTES + 77)
            .map(|idx| (idx * 31 % 251) as u8)
            .collect();
        let mut by_pieces = Fingerprint::default();
        for piece in bytes.chunks(PIECE_BYTES) {
            let (left, right) = piece.split_at(piece.len() / 3);
            let mut piece = Piece::default();
            piece.add(left);
            piece.add(right);
            by_pieces.add_piece(piece.finish());
        }
        assert_eq!(by_pieces.finish(), of(&[&bytes[..1000], &bytes[1000..]]));
    }
}
