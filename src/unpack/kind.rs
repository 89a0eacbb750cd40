//! Which bytes are a package, by their beginning alone.

/// What kind of package it is; a workbook is a zip file with certain entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Gzip,
}

/// So many bytes tell the kind.
pub(super) const HEAD_BYTES: usize = 4;

/// The beginnings: a zip file with entries, one without, a gzip file.
const BEGINNINGS: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"\x1F\x8B", Kind::Gzip),
];

impl Kind {
    /// The kind of package that begins like this.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        BEGINNINGS
            .iter()
            .find(|(beginning, _)| head.starts_with(beginning))
            .map(|(_, kind)| *kind)
    }
}

/// Whether a file that begins like this is a package.
pub fn is_package(head: &[u8]) -> bool {
    Kind::of(head).is_some()
}
