//! Packages in memory: what a zip file, a gzip file or a workbook holds, its bytes read piece by piece.
//!
//! Knows no browser, no format of an export and no file system: a member's name is for showing only.

mod content;
mod kind;
mod limits;
mod names;
mod opening;
mod part;
#[cfg(target_arch = "wasm32")]
pub mod shell;
mod text;
mod workbook;
mod zip;

use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use crate::protocol::ProblemCode;
use content::Content;
use limits::{MAX_PACKAGE_BYTES, Spent};
use opening::Opening;
use part::Part;

pub use kind::is_package;
pub use names::is_of_the_system;

/// So much of a member is given at a time.
pub const SLICE_BYTES: usize = 4 << 20;

/// Something in a package that can be read by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The names from the package inwards, e.g. "calls.zip › monday/calls.csv".
    pub name: String,
    /// Its size when unpacked, as the package claims.
    pub size_bytes: u64,
    /// Why it cannot be read.
    pub problem: Option<ProblemCode>,
}

/// A package that has been opened; it holds all its bytes.
pub struct Package {
    members: Vec<Member>,
    contents: Vec<Content>,
    spent: Spent,
    beyond_claims: Rc<Cell<u64>>,
}

impl Package {
    /// Opens a package of this name. A package without members has the problem `Empty`.
    pub fn open(bytes: Vec<u8>, name: &str) -> Result<Self, ProblemCode> {
        if !fits(bytes.len() as u64) {
            return Err(ProblemCode::PackageTooBig);
        }
        let (listed, spent) = Opening::open(Part::whole(bytes), &names::shown(name))?;
        if listed.is_empty() {
            return Err(ProblemCode::Empty);
        }
        let (members, contents) = listed.into_iter().unzip();
        Ok(Self {
            members,
            contents,
            spent,
            beyond_claims: Rc::default(),
        })
    }

    /// What it holds, packages inside it opened, in the order in which it lists it.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Begins to read a member.
    pub fn read(&self, idx: usize) -> Result<Reading, ProblemCode> {
        let member = self.members.get(idx).ok_or(ProblemCode::DamagedPackage)?;
        if let Some(problem) = member.problem {
            return Err(problem);
        }
        let content = &self.contents[idx];
        Ok(Reading {
            bytes: content.bytes(),
            n_bytes: 0,
            claimed_bytes: member.size_bytes,
            packed_bytes: content.packed_bytes(),
            spent: self.spent,
            beyond_claims: Rc::clone(&self.beyond_claims),
        })
    }
}

/// Whether a package of this size may be read into memory.
pub fn fits(package_bytes: u64) -> bool {
    package_bytes <= MAX_PACKAGE_BYTES
}

/// A member on its way out.
pub struct Reading {
    bytes: Box<dyn Read>,
    n_bytes: u64,
    claimed_bytes: u64,
    packed_bytes: u64,
    /// What all members together claim.
    spent: Spent,
    /// What members have given beyond that: the size of a gzip file is hearsay.
    beyond_claims: Rc<Cell<u64>>,
}

impl Reading {
    /// The next so many bytes at most; `None` at the end.
    pub fn next_slice(&mut self, max_bytes: usize) -> Result<Option<Vec<u8>>, ProblemCode> {
        let mut slice = Vec::new();
        let limited = &mut self.bytes.by_ref().take(max_bytes as u64);
        limited
            .read_to_end(&mut slice)
            .map_err(|_| ProblemCode::DamagedPackage)?;
        let beyond = |n_bytes: u64| n_bytes.saturating_sub(self.claimed_bytes);
        let before = beyond(self.n_bytes);
        self.n_bytes += slice.len() as u64;
        let more = beyond(self.n_bytes) - before;
        self.beyond_claims.set(self.beyond_claims.get() + more);
        limits::check_member(self.n_bytes, self.packed_bytes)?;
        self.spent.check_with(self.beyond_claims.get())?;
        Ok((!slice.is_empty()).then_some(slice))
    }
}
