//! Where every file of the session can be read from again.

use std::collections::HashMap;

use web_sys::File;

use super::queue::{Job, Wanted};
use super::source::Source;
use crate::protocol::FileId;

/// Where the files came from.
#[derive(Default)]
pub(super) struct Kept {
    files: HashMap<FileId, (String, Origin)>,
    /// The package of each member, and its place there.
    members: HashMap<FileId, (FileId, usize)>,
}

/// Where a file comes from.
pub(super) enum Origin {
    /// From the user.
    Handle(File),
    /// From the demo tenant, which is made anew each time.
    Demo(usize),
}

impl Kept {
    /// Keeps a file of this name.
    pub(super) fn keep(&mut self, file: FileId, name: String, origin: Origin) {
        self.files.insert(file, (name, origin));
    }

    /// Keeps the place of a member.
    pub(super) fn keep_member(&mut self, package: FileId, member: Wanted) {
        self.members.insert(member.file, (package, member.idx));
    }

    /// Forgets a file, and its members if it is a package.
    pub(super) fn forget(&mut self, file: FileId) {
        self.files.remove(&file);
        self.members.remove(&file);
        self.members.retain(|_, (package, _)| *package != file);
    }

    /// What to do in order to read a file again.
    pub(super) fn job(&self, file: FileId) -> Option<Job> {
        let (package, only) = match self.members.get(&file) {
            Some((package, idx)) => (*package, Some(Wanted { file, idx: *idx })),
            None => (file, None),
        };
        let (name, origin) = self.files.get(&package)?;
        let source = match origin {
            Origin::Handle(file) => Source::Handle(file.clone()),
            Origin::Demo(idx) => Source::Demo(*idx),
        };
        Some(Job {
            file: package,
            name: name.clone(),
            source,
            only,
            is_package: only.is_some(),
        })
    }
}
