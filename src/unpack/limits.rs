//! How much a package may hold before it is taken for a bomb.

use crate::protocol::ProblemCode;

/// A package lies in memory as a whole while it is open.
pub(super) const MAX_PACKAGE_BYTES: u64 = 512 << 20;

/// A month of daily exports from thirty places fits.
pub(super) const MAX_MEMBERS: usize = 1_000;

/// Packages inside a package are opened, packages inside those are not.
pub(super) const MAX_DEPTH: usize = 1;

/// All members together.
const MAX_EXPANDED_BYTES: u64 = 4 << 30;

/// The XML of a workbook, and the text of its sheets: both lie in memory.
pub(super) const MAX_WORKBOOK_BYTES: u64 = 1 << 30;

/// Exports shrink to a tenth, seldom to a fiftieth; nothing but a bomb shrinks to a thousandth.
const MAX_RATIO: u64 = 200;

/// Below this the ratio says nothing.
const RATIO_COUNTS_FROM_BYTES: u64 = 16 << 20;

/// Whether a member of this size may come out of so many bytes.
pub(super) fn check_member(size_bytes: u64, packed_bytes: u64) -> Result<(), ProblemCode> {
    if size_bytes > RATIO_COUNTS_FROM_BYTES && size_bytes > packed_bytes.saturating_mul(MAX_RATIO) {
        Err(ProblemCode::ExpandsTooMuch)
    } else if size_bytes > MAX_EXPANDED_BYTES {
        Err(ProblemCode::PackageTooBig)
    } else {
        Ok(())
    }
}

/// What the members of a package come to.
#[derive(Clone, Copy)]
pub(super) struct Spent {
    package_bytes: u64,
    expanded_bytes: u64,
}

impl Spent {
    /// Nothing yet, out of a package of this size.
    pub(super) fn nothing(package_bytes: u64) -> Self {
        Self {
            package_bytes,
            expanded_bytes: 0,
        }
    }

    /// Counts a member.
    pub(super) fn add(&mut self, size_bytes: u64) -> Result<(), ProblemCode> {
        self.check_with(size_bytes)?;
        self.expanded_bytes += size_bytes;
        Ok(())
    }

    /// Whether so many bytes more are still allowed.
    pub(super) fn check_with(self, more_bytes: u64) -> Result<(), ProblemCode> {
        let expanded_bytes = self.expanded_bytes.saturating_add(more_bytes);
        check_member(expanded_bytes, self.package_bytes)
    }
}
