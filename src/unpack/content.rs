//! What a member is made of, and its bytes as a stream that checks itself.

use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::{Crc, bufread::DeflateDecoder, bufread::MultiGzDecoder};

use super::kind::HEAD_BYTES;
use super::limits::check_member;
use super::part::Part;
use super::text::{Text, TextReader};
use super::zip::{Method, Packed};
use crate::protocol::ProblemCode;

/// What a member is made of.
#[derive(Clone)]
pub(super) enum Content {
    /// Bytes as they are.
    Plain(Part),
    /// An entry of a zip file.
    Packed(Packed),
    /// What a gzip file holds.
    Gzip {
        /// The gzip file.
        packed: Box<Content>,
        /// The size that it claims.
        size_bytes: u64,
    },
    /// A sheet of a workbook.
    Sheet(Rc<Text>),
    /// Nothing that could be read.
    Nothing,
}

impl Content {
    /// What this gzip file holds. Its last four bytes claim how much that is.
    pub(super) fn in_gzip(packed: Self) -> Result<Self, ProblemCode> {
        let mut end = Vec::new();
        let mut bytes = packed.bytes();
        let before_end = packed.size_bytes().saturating_sub(4);
        io::copy(&mut bytes.by_ref().take(before_end), &mut io::sink())
            .and_then(|_| bytes.read_to_end(&mut end))
            .map_err(|_| ProblemCode::DamagedPackage)?;
        let size = end.last_chunk().ok_or(ProblemCode::DamagedPackage)?;
        let claimed_bytes = u64::from(u32::from_le_bytes(*size));
        // A file that is cut off claims anything.
        let is_likely = check_member(claimed_bytes, packed.size_bytes()).is_ok();
        Ok(Self::Gzip {
            size_bytes: if is_likely {
                claimed_bytes
            } else {
                packed.size_bytes()
            },
            packed: Box::new(packed),
        })
    }

    /// The bytes, checked against their sums where they end.
    pub(super) fn bytes(&self) -> Box<dyn Read> {
        match self {
            Self::Plain(part) => Box::new(Cursor::new(part.clone())),
            Self::Packed(packed) => {
                let bytes = Cursor::new(packed.part.clone());
                match packed.method {
                    Method::Stored => Box::new(Checked::new(bytes, packed)),
                    Method::Deflated => Box::new(Checked::new(DeflateDecoder::new(bytes), packed)),
                }
            }
            Self::Gzip { packed, .. } => {
                Box::new(MultiGzDecoder::new(BufReader::new(packed.bytes())))
            }
            Self::Sheet(text) => Box::new(TextReader::new(Rc::clone(text))),
            Self::Nothing => Box::new(io::empty()),
        }
    }

    /// How many bytes of the package it takes.
    pub(super) fn packed_bytes(&self) -> u64 {
        match self {
            Self::Plain(part) => part.n_bytes(),
            Self::Packed(packed) => packed.part.n_bytes(),
            Self::Gzip { packed, .. } => packed.size_bytes(),
            // It was checked when it was made.
            Self::Sheet(text) => text.n_bytes(),
            Self::Nothing => 0,
        }
    }

    /// Its size as it claims.
    pub(super) fn size_bytes(&self) -> u64 {
        match self {
            Self::Plain(part) => part.n_bytes(),
            Self::Packed(packed) => packed.size_bytes,
            Self::Gzip { size_bytes, .. } => *size_bytes,
            Self::Sheet(text) => text.n_bytes(),
            Self::Nothing => 0,
        }
    }

    /// The first bytes, which tell whether it is a package itself.
    pub(super) fn head(&self) -> Result<Vec<u8>, ProblemCode> {
        let mut head = Vec::new();
        self.bytes()
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut head)
            .map_err(|_| ProblemCode::DamagedPackage)?;
        Ok(head)
    }

    /// All bytes at once, at most so many.
    pub(super) fn whole(&self, max_bytes: u64) -> Result<Part, ProblemCode> {
        if let Self::Plain(part) = self {
            return Ok(part.clone());
        }
        let mut bytes = Vec::new();
        self.bytes()
            .take(max_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| ProblemCode::DamagedPackage)?;
        if bytes.len() as u64 > max_bytes {
            return Err(ProblemCode::PackageTooBig);
        }
        check_member(bytes.len() as u64, self.packed_bytes())?;
        Ok(Part::whole(bytes))
    }
}

/// Bytes that end in an error unless they are as many as claimed and have the claimed check sum.
struct Checked<Bytes> {
    bytes: Bytes,
    left_bytes: u64,
    sum: Crc,
    crc: u32,
}

impl<Bytes> Checked<Bytes> {
    fn new(bytes: Bytes, packed: &Packed) -> Self {
        Self {
            bytes,
            left_bytes: packed.size_bytes,
            sum: Crc::new(),
            crc: packed.crc,
        }
    }
}

impl<Bytes: Read> Read for Checked<Bytes> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.bytes.read(buffer)?;
        self.sum.update(&buffer[..n_bytes]);
        let left_bytes = self.left_bytes.checked_sub(n_bytes as u64);
        self.left_bytes = left_bytes.ok_or(io::ErrorKind::InvalidData)?;
        let is_end = n_bytes == 0 && !buffer.is_empty();
        if is_end && (self.left_bytes != 0 || self.sum.sum() != self.crc) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(n_bytes)
    }
}
