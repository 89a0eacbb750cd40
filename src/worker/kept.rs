//! Where every file of the session can be read from again.

use web_sys::File;

use super::queue::{Job, Wanted};
use super::source::Source;
use crate::protocol::FileId;

/// Where the files came from.
#[derive(Default)]
pub(super) struct Kept {
    files: Vec<(FileId, String, Origin)>,
    /// The package of each member, and the member.
    members: Vec<(FileId, Wanted)>,
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
        self.files.push((file, name, origin));
    }

    /// Keeps the place of a member.
    pub(super) fn keep_member(&mut self, package: FileId, member: Wanted) {
        self.members.push((package, member));
    }

    /// Forgets a file, and its members if it is a package.
    pub(super) fn forget(&mut self, file: FileId) {
        self.files.retain(|(known, ..)| *known != file);
        self.members
            .retain(|(package, member)| *package != file && member.file != file);
    }

    /// What to do in order to read a file again.
    pub(super) fn job(&self, file: FileId) -> Option<Job> {
        let mut members = self.members.iter();
        let (package, only) = match members.find(|(_, member)| member.file == file) {
            Some((package, member)) => (*package, Some(*member)),
            None => (file, None),
        };
        let mut files = self.files.iter();
        let (_, name, origin) = files.find(|(known, ..)| *known == package)?;
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
