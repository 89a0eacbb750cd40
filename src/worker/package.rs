//! Reads a package: lists its members in the session, then feeds them one after the other.

use std::rc::Rc;

use web_sys::File;

use super::Shared;
use super::queue::Wanted;
use super::unpacker::{Next, Running};
use crate::protocol::{FileId, ProblemCode};
use crate::unpack;

/// A package that the user chose.
pub(super) struct Package {
    /// What the session calls it.
    pub(super) file: FileId,
    /// Its name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) handle: File,
    /// Read this member and no other.
    pub(super) only: Option<Wanted>,
}

/// The package in hand: its program, and the files that wait for it.
pub(super) struct Open {
    running: Rc<Running>,
    waiting: Vec<FileId>,
}

impl Open {
    /// Ends the program unless some file still waits for it.
    pub(super) fn end_unless(&self, wants: impl Fn(FileId) -> bool) {
        if !self.waiting.iter().any(|file| wants(*file)) {
            self.running.end();
        }
    }
}

/// Reads a package to its end.
pub(super) async fn read(shared: &Shared, package: Package) {
    let waiting = package.only.map_or(package.file, |only| only.file);
    // Opening it may take a while, in which nothing else is told.
    shared.borrow_mut().report_files();
    if let Err(problem) = read_members(shared, &package, waiting).await {
        let mut worker = shared.borrow_mut();
        if worker.goes_on_with(waiting) {
            worker.session.fail(waiting, problem);
        }
    }
    let mut worker = shared.borrow_mut();
    worker.open_package = None;
    worker.report_files();
}

async fn read_members(
    shared: &Shared,
    package: &Package,
    waiting: FileId,
) -> Result<(), ProblemCode> {
    if !unpack::fits(super::size_of(&package.handle)) {
        return Err(ProblemCode::PackageTooBig);
    }
    let running = Rc::new(Running::start(&shared.borrow().helpers));
    shared.borrow_mut().open_package = Some(Open {
        running: Rc::clone(&running),
        waiting: vec![waiting],
    });
    let members = running.open(&package.handle, &package.name).await??;
    let listed = list(shared, package, &members);
    if let Some(open) = &mut shared.borrow_mut().open_package {
        open.waiting = listed.iter().map(|member| member.file).collect();
    }
    for member in listed {
        if let Some((_, _, Some(problem))) = members.get(member.idx) {
            let mut worker = shared.borrow_mut();
            worker.session.fail(member.file, *problem);
            worker.report_files();
        } else {
            feed(shared, &running, member).await;
        }
    }
    Ok(())
}

/// Tells the session the members; gives those that it wants.
fn list(
    shared: &Shared,
    package: &Package,
    members: &[(String, u64, Option<ProblemCode>)],
) -> Vec<Wanted> {
    if let Some(only) = package.only {
        return vec![only];
    }
    let mut worker = shared.borrow_mut();
    if !worker.goes_on_with(package.file) {
        return Vec::new();
    }
    let names_and_sizes = members
        .iter()
        .map(|(name, size_bytes, _)| (name.clone(), *size_bytes))
        .collect();
    let ids = worker.session.package(package.file, names_and_sizes);
    let listed: Vec<Wanted> = (0..)
        .zip(ids)
        .filter_map(|(idx, file)| Some(Wanted { file: file?, idx }))
        .collect();
    for member in &listed {
        worker.kept.keep_member(package.file, *member);
    }
    worker.report_files();
    listed
}

async fn feed(shared: &Shared, running: &Running, member: Wanted) {
    while shared.borrow().goes_on_with(member.file) {
        let next = running.next(member.idx).await;
        let mut worker = shared.borrow_mut();
        if !worker.goes_on_with(member.file) {
            break;
        }
        match next {
            Ok(Next::Slice(slice)) => {
                if !worker.session.feed(member.file, &slice) {
                    worker.finish(member.file);
                }
            }
            Ok(Next::End(Ok(()))) => worker.finish(member.file),
            Ok(Next::End(Err(problem))) => worker.session.fail(member.file, problem),
            Err(gone) => worker.session.fail(member.file, gone.into()),
        }
        worker.report_progress();
    }
}
