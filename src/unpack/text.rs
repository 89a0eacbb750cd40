//! Tables as tab-separated text that grows in pieces, so that nothing is copied when it gets long.

use std::io::{self, Read};
use std::rc::Rc;

const PIECE_BYTES: usize = 1 << 20;

/// Tab-separated text, a line for each row.
#[derive(Default)]
pub(super) struct Text {
    pieces: Vec<Vec<u8>>,
}

impl Text {
    /// How long it is.
    pub(super) fn n_bytes(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.len() as u64).sum()
    }

    /// Adds a cell, quoted where its text would break the row.
    pub(super) fn cell(&mut self, text: &str) {
        if !text.contains(['\t', '"', '\r', '\n']) {
            return self.push(text.as_bytes());
        }
        self.push(b"\"");
        self.push(text.replace('"', "\"\"").as_bytes());
        self.push(b"\"");
    }

    /// Begins the next column, so many times.
    pub(super) fn tabs(&mut self, n_times: u32) {
        (0..n_times).for_each(|_| self.push(b"\t"));
    }

    /// Ends the row, so many times.
    pub(super) fn line_ends(&mut self, n_times: u32) {
        (0..n_times).for_each(|_| self.push(b"\n"));
    }

    fn push(&mut self, bytes: &[u8]) {
        match self.pieces.last_mut() {
            Some(piece) if piece.len() + bytes.len() <= PIECE_BYTES => {
                piece.extend_from_slice(bytes);
            }
            _ => {
                let mut piece = Vec::with_capacity(PIECE_BYTES.max(bytes.len()));
                piece.extend_from_slice(bytes);
                self.pieces.push(piece);
            }
        }
    }
}

/// Text as a stream.
pub(super) struct TextReader {
    text: Rc<Text>,
    piece_idx: usize,
    at: usize,
}

impl TextReader {
    pub(super) fn new(text: Rc<Text>) -> Self {
        Self {
            text,
            piece_idx: 0,
            at: 0,
        }
    }
}

impl Read for TextReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.text.pieces.get(self.piece_idx) {
            let n_bytes = (&piece[self.at..]).read(buffer)?;
            if n_bytes > 0 || buffer.is_empty() {
                self.at += n_bytes;
                return Ok(n_bytes);
            }
            self.piece_idx += 1;
            self.at = 0;
        }
        Ok(0)
    }
}
