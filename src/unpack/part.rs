//! A stretch of a package's bytes, shared instead of copied.

use std::ops::Range;
use std::rc::Rc;

/// A stretch of bytes that keeps what it lies in alive.
#[derive(Clone)]
pub(super) struct Part {
    bytes: Rc<Vec<u8>>,
    range: Range<usize>,
}

impl Part {
    /// All of these bytes.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        Self {
            range: 0..bytes.len(),
            bytes: Rc::new(bytes),
        }
    }

    /// A stretch of this one; `None` if it does not lie inside.
    pub(super) fn part(&self, at: u64, n_bytes: u64) -> Option<Self> {
        let start = self.range.start.checked_add(usize::try_from(at).ok()?)?;
        let end = start.checked_add(usize::try_from(n_bytes).ok()?)?;
        (end <= self.range.end).then(|| Self {
            bytes: Rc::clone(&self.bytes),
            range: start..end,
        })
    }

    /// How long it is.
    pub(super) fn n_bytes(&self) -> u64 {
        self.range.len() as u64
    }
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}
