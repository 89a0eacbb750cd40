//! How many rows are of each of three kinds, as one number.

/// A count has so many bits.
pub(crate) const KIND_BITS: u32 = 21;

/// A row of this kind. As long as there are fewer rows than a count has room for, they can be added up.
#[inline]
pub(crate) fn one(kind: u8) -> u64 {
    1 << (KIND_BITS * u32::from(kind))
}

/// The count of each kind.
#[inline]
pub(crate) fn counts(packed: u64) -> [u64; 3] {
    [0, 1, 2].map(|kind| packed >> (KIND_BITS * kind) & ((1 << KIND_BITS) - 1))
}
