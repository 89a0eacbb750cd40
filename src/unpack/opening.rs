//! Opens a package and the packages inside it, one level deep, and lists their members.

use super::Member;
use super::content::Content;
use super::kind::Kind;
use super::limits::{MAX_DEPTH, MAX_MEMBERS, MAX_PACKAGE_BYTES, Spent};
use super::names::shown;
use super::part::Part;
use super::workbook;
use super::zip::{self, Entry};
use crate::protocol::ProblemCode;

/// Stands between the names of a package and its member.
const INSIDE: &str = " › ";

/// A member that cannot be read may have claimed anything.
const MAX_CLAIM_BYTES: u64 = 1 << 50;

/// A package that is being opened.
pub(super) struct Opening {
    listed: Vec<(Member, Content)>,
    spent: Spent,
    /// What packages inside the package take in memory.
    inner_bytes: u64,
}

impl Opening {
    /// The members of a package, and what they come to.
    pub(super) fn open(
        package: Part,
        name: &str,
    ) -> Result<(Vec<(Member, Content)>, Spent), ProblemCode> {
        let mut opening = Self {
            listed: Vec::new(),
            spent: Spent::nothing(package.n_bytes()),
            inner_bytes: 0,
        };
        let kind = Kind::of(package.as_ref()).ok_or(ProblemCode::DamagedPackage)?;
        opening.unpack(kind, &Content::Plain(package), name, 0)?;
        Ok((opening.listed, opening.spent))
    }

    /// Lists what is in a package at this depth.
    fn unpack(
        &mut self,
        kind: Kind,
        package: &Content,
        name: &str,
        depth: usize,
    ) -> Result<(), ProblemCode> {
        if kind == Kind::Gzip {
            let inside = format!("{name}{INSIDE}{}", name_in_gzip(name));
            return self.add(inside, Content::in_gzip(package.clone())?, depth);
        }
        let bytes = package.whole(MAX_PACKAGE_BYTES - self.inner_bytes)?;
        if depth > 0 {
            self.inner_bytes += bytes.n_bytes();
        }
        let entries = zip::entries(&bytes)?;
        if workbook::is_workbook(&entries)? {
            return self.add_sheets(&bytes, &entries, name);
        }
        for Entry {
            path,
            size_bytes,
            packed,
        } in entries
        {
            let inside = format!("{name}{INSIDE}{}", shown(&path));
            match packed {
                Ok(packed) => self.add(inside, Content::Packed(packed), depth)?,
                Err(problem) => self.list_problem(inside, size_bytes, problem)?,
            }
        }
        Ok(())
    }

    /// Lists this, or what is in it if it is a package itself.
    fn add(&mut self, name: String, content: Content, depth: usize) -> Result<(), ProblemCode> {
        let size_bytes = content.size_bytes();
        let kind = match content.head() {
            Ok(head) => Kind::of(&head),
            Err(problem) => return self.list_problem(name, size_bytes, problem),
        };
        let Some(kind) = kind else {
            self.spent.add(size_bytes)?;
            return self.list(name, size_bytes, None, content);
        };
        if depth == MAX_DEPTH {
            return self.list_problem(name, size_bytes, ProblemCode::NestedTooDeep);
        }
        let (n_listed, spent) = (self.listed.len(), self.spent);
        let opened = self.unpack(kind, &content, &name, depth + 1);
        let is_empty = opened.is_ok() && self.listed.len() == n_listed;
        match opened {
            Ok(()) if is_empty => self.list_problem(name, size_bytes, ProblemCode::Empty),
            Ok(()) => Ok(()),
            Err(problem) => {
                self.listed.truncate(n_listed);
                self.spent = spent;
                self.list_problem(name, size_bytes, problem)
            }
        }
    }

    fn add_sheets(
        &mut self,
        workbook: &Part,
        entries: &[Entry],
        name: &str,
    ) -> Result<(), ProblemCode> {
        for sheet in workbook::sheets(workbook, entries)? {
            let inside = format!("{name}{INSIDE}{}", shown(&sheet.name));
            match sheet.text {
                Ok(text) => {
                    self.spent.add(text.n_bytes())?;
                    self.list(inside, text.n_bytes(), None, Content::Sheet(text.into()))?;
                }
                Err(problem) => self.list_problem(inside, 0, problem)?,
            }
        }
        Ok(())
    }

    fn list_problem(
        &mut self,
        name: String,
        size_bytes: u64,
        problem: ProblemCode,
    ) -> Result<(), ProblemCode> {
        self.list(name, size_bytes, Some(problem), Content::Nothing)
    }

    fn list(
        &mut self,
        name: String,
        size_bytes: u64,
        problem: Option<ProblemCode>,
        content: Content,
    ) -> Result<(), ProblemCode> {
        if self.listed.len() == MAX_MEMBERS {
            return Err(ProblemCode::TooManyEntries);
        }
        let member = Member {
            name,
            size_bytes: size_bytes.min(MAX_CLAIM_BYTES),
            problem,
        };
        self.listed.push((member, content));
        Ok(())
    }
}

/// What a gzip file of this name holds is named by its own name, without the end and the folders.
fn name_in_gzip(name: &str) -> &str {
    let name = name.rsplit(INSIDE).next().unwrap_or(name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let is_end = |end: &&str| end.eq_ignore_ascii_case("gz") || end.eq_ignore_ascii_case("gzip");
    match name.rsplit_once('.') {
        Some((stem, end)) if is_end(&end) && !stem.is_empty() => stem,
        _ => name,
    }
}
