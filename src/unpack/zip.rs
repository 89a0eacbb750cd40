//! The directory of a zip file: what it holds, and where.
//!
//! The `zip` crate keeps only the last of several entries of one name; nothing may be lost here.
//!
//! The format: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use super::limits::{self, MAX_MEMBERS};
use super::names;
use super::part::Part;
use crate::protocol::ProblemCode;

const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR_64: [u8; 4] = *b"PK\x06\x07";
const LISTED: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";

const END_BYTES: usize = 22;
const LOCATOR_64_BYTES: usize = 20;
const LISTED_BYTES: usize = 46;
const LOCAL_BYTES: u64 = 30;

/// A comment of at most so many bytes follows the end of the directory.
const MAX_COMMENT_BYTES: usize = 0xFFFF;

/// A 32-bit size of this value stands for one of 64 bits further on.
const SEE_64: u64 = 0xFFFF_FFFF;

/// Something that a zip file holds.
pub(super) struct Entry {
    /// Its path inside the zip file.
    pub(super) path: String,
    /// Its size when unpacked.
    pub(super) size_bytes: u64,
    /// Its bytes as they are packed, or why they cannot be unpacked.
    pub(super) packed: Result<Packed, ProblemCode>,
}

/// The packed bytes of an entry.
#[derive(Clone)]
pub(super) struct Packed {
    /// The bytes.
    pub(super) part: Part,
    /// How they are packed.
    pub(super) method: Method,
    /// The size when unpacked.
    pub(super) size_bytes: u64,
    /// The check sum when unpacked.
    pub(super) crc: u32,
}

/// How an entry is packed.
#[derive(Clone, Copy)]
pub(super) enum Method {
    /// Not at all.
    Stored,
    /// As nearly every entry is.
    Deflated,
}

/// The entries of a zip file in the order of its directory, without folders and files of systems.
pub(super) fn entries(zip: &Part) -> Result<Vec<Entry>, ProblemCode> {
    let bytes = zip.as_ref();
    let directory = directory(bytes).ok_or(ProblemCode::DamagedPackage)?;
    let mut entries = Vec::new();
    let mut packed_bytes = 0u64;
    let mut at = 0;
    while at < directory.len() {
        let listed = listed(directory, at).ok_or(ProblemCode::DamagedPackage)?;
        at += listed.n_bytes;
        let path = names::decoded(listed.path);
        if names::is_of_the_system(&path) {
            continue;
        }
        if entries.len() == MAX_MEMBERS {
            return Err(ProblemCode::TooManyEntries);
        }
        packed_bytes = packed_bytes.saturating_add(listed.packed_bytes);
        entries.push(Entry {
            path,
            size_bytes: listed.size_bytes,
            packed: packed(zip, &listed),
        });
    }
    // Entries that share their bytes are a bomb.
    if packed_bytes > zip.n_bytes() {
        return Err(ProblemCode::DamagedPackage);
    }
    Ok(entries)
}

/// An entry as the directory lists it.
struct Listed<'zip> {
    path: &'zip [u8],
    is_encrypted: bool,
    method: u16,
    crc: u32,
    packed_bytes: u64,
    size_bytes: u64,
    local_at: u64,
    /// How long the listing itself is.
    n_bytes: usize,
}

/// The directory: found from the end, because a comment follows it.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let first = bytes.len().saturating_sub(END_BYTES + MAX_COMMENT_BYTES);
    let last = bytes.len().checked_sub(END_BYTES)?;
    let end = (first..=last)
        .rev()
        .find(|at| bytes[*at..].starts_with(&END))?;
    let mut n_bytes = u64::from(u32_at(bytes, end + 12)?);
    let mut start = u64::from(u32_at(bytes, end + 16)?);
    let locator = end.checked_sub(LOCATOR_64_BYTES);
    if let Some(locator) = locator.filter(|at| bytes[*at..].starts_with(&LOCATOR_64)) {
        let end_64 = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
        if !bytes.get(end_64..)?.starts_with(&END_64) {
            return None;
        }
        n_bytes = u64_at(bytes, end_64.checked_add(40)?)?;
        start = u64_at(bytes, end_64.checked_add(48)?)?;
    }
    let start = usize::try_from(start).ok()?;
    let n_bytes = usize::try_from(n_bytes).ok()?;
    bytes[..end].get(start..start.checked_add(n_bytes)?)
}

fn listed(directory: &[u8], at: usize) -> Option<Listed<'_>> {
    let bytes = &directory[at..];
    if !bytes.starts_with(&LISTED) {
        return None;
    }
    let n_path = usize::from(u16_at(bytes, 28)?);
    let n_extra = usize::from(u16_at(bytes, 30)?);
    let n_comment = usize::from(u16_at(bytes, 32)?);
    let path = bytes.get(LISTED_BYTES..LISTED_BYTES + n_path)?;
    let extra = bytes.get(LISTED_BYTES + n_path..LISTED_BYTES + n_path + n_extra)?;
    let mut large = large_numbers(extra);
    let mut number = |at| {
        let small = u64::from(u32_at(bytes, at)?);
        if small == SEE_64 {
            large.next()
        } else {
            Some(small)
        }
    };
    // Those of 64 bits stand in this order.
    let size_bytes = number(24)?;
    let packed_bytes = number(20)?;
    let local_at = number(42)?;
    Some(Listed {
        path,
        is_encrypted: u16_at(bytes, 8)? & 1 == 1,
        method: u16_at(bytes, 10)?,
        crc: u32_at(bytes, 16)?,
        packed_bytes,
        size_bytes,
        local_at,
        n_bytes: LISTED_BYTES + n_path + n_extra + n_comment,
    })
}

/// The numbers of 64 bits among the extra fields.
fn large_numbers(extra: &[u8]) -> impl Iterator<Item = u64> {
    const LARGE: u16 = 1;
    let mut rest = extra;
    let mut found: &[u8] = &[];
    while let (Some(id), Some(n_bytes)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let Some(field) = rest.get(4..4 + usize::from(n_bytes)) else {
            break;
        };
        if id == LARGE {
            found = field;
        }
        rest = &rest[4 + field.len()..];
    }
    found.chunks_exact(8).filter_map(|number| u64_at(number, 0))
}

fn packed(zip: &Part, listed: &Listed) -> Result<Packed, ProblemCode> {
    if listed.is_encrypted {
        return Err(ProblemCode::Encrypted);
    }
    let method = match listed.method {
        0 if listed.packed_bytes == listed.size_bytes => Method::Stored,
        8 => Method::Deflated,
        _ => return Err(ProblemCode::DamagedPackage),
    };
    limits::check_member(listed.size_bytes, listed.packed_bytes)?;
    let part = packed_part(zip, listed).ok_or(ProblemCode::DamagedPackage)?;
    Ok(Packed {
        part,
        method,
        size_bytes: listed.size_bytes,
        crc: listed.crc,
    })
}

/// The packed bytes follow a header of their own, which repeats the name and has other extra fields.
fn packed_part(zip: &Part, listed: &Listed) -> Option<Part> {
    let header = zip.part(listed.local_at, LOCAL_BYTES)?;
    let header = header.as_ref();
    if !header.starts_with(&LOCAL) {
        return None;
    }
    let n_path = u64::from(u16_at(header, 26)?);
    let n_extra = u64::from(u16_at(header, 28)?);
    let at = listed.local_at + LOCAL_BYTES + n_path + n_extra;
    zip.part(at, listed.packed_bytes)
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    array_at(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    array_at(bytes, at).map(u64::from_le_bytes)
}
