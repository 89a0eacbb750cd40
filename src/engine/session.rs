//! A session: the files, one role, and answers. Remembers nothing about the screen.

use super::diagnostic::Diagnostics;
use super::formats::{Content, Intake};
use super::model::{buildings::BuildingFile, streams::Streams};
use super::redact::{self, Door};
use super::report::{Facts, Sources};
use crate::protocol::{
    FileCard, FileId, FileKind, FileState, FileTicket, ProblemCode, Question, Request, Response,
    Role, RowCounts,
};

/// Columns may take so much; a 32-bit program has 4 GiB in all, and reports need their share.
const MAX_COLUMN_BYTES: usize = 3 << 30;

/// The files in use and the role that everything is redacted for.
pub struct Session {
    role: Role,
    files: Vec<File>,
    /// The building file in use, and whose it is.
    buildings: BuildingFile,
    buildings_of: Option<FileId>,
    /// The exports in use by name, size and content, so that the order of reading does not matter.
    tables: Vec<Streams>,
    tables_of: Vec<FileId>,
    facts: Facts,
}

/// A file of the session.
struct File {
    ticket: FileTicket,
    stage: Stage,
    done_bytes: u64,
    kind: Option<FileKind>,
    evidence: String,
    rows: RowCounts,
    diagnostics: Diagnostics,
    headings: Vec<String>,
    fingerprint: u64,
}

enum Stage {
    Waiting,
    Reading(Intake),
    /// Read, but not yet in use: the user is asked first.
    Asking(Box<BuildingFile>),
    Ready,
    Cancelled,
    Failed,
}

impl Session {
    /// A session without files.
    pub fn new(role: Role) -> Self {
        Self {
            role,
            files: Vec::new(),
            buildings: BuildingFile::default(),
            buildings_of: None,
            tables: Vec::new(),
            tables_of: Vec::new(),
            facts: Facts::default(),
        }
    }

    /// Redacts for this role from now on; a role never rises.
    pub fn lower_role(&mut self, role: Role) {
        self.role = self.role.min(role);
    }

    /// Lists a file that is going to be read.
    pub fn open(&mut self, ticket: FileTicket) {
        self.files.push(File {
            ticket,
            stage: Stage::Waiting,
            done_bytes: 0,
            kind: None,
            evidence: String::new(),
            rows: RowCounts::default(),
            diagnostics: Diagnostics::default(),
            headings: Vec::new(),
            fingerprint: 0,
        });
    }

    /// Takes the next slice of a file; whether more of it is wanted.
    pub fn feed(&mut self, id: FileId, slice: &[u8]) -> bool {
        let used_bytes: usize = self.tables.iter().map(Streams::n_bytes).sum();
        let Some(file) = self.file_mut(id) else {
            return false;
        };
        if matches!(file.stage, Stage::Waiting) {
            file.stage = Stage::Reading(Intake::default());
        }
        let Stage::Reading(intake) = &mut file.stage else {
            return false;
        };
        intake.feed(slice);
        file.done_bytes += slice.len() as u64;
        file.kind = intake.kind();
        intake.evidence().clone_into(&mut file.evidence);
        file.rows = intake.rows();
        if used_bytes + intake.n_bytes() > MAX_COLUMN_BYTES {
            self.fail(id, ProblemCode::TooManyRows);
            return false;
        }
        !intake.is_refused()
    }

    /// Ends a file: it comes into use, or the user is asked, or it fails.
    pub fn finish(&mut self, id: FileId) {
        let in_use = self.buildings_of;
        let Some(file) = self.file_mut(id) else {
            return;
        };
        let intake = match std::mem::replace(&mut file.stage, Stage::Failed) {
            Stage::Reading(intake) => intake,
            // A file without bytes was never fed.
            Stage::Waiting => Intake::default(),
            other => {
                file.stage = other;
                return;
            }
        };
        let loaded = match intake.finish() {
            Ok(loaded) => loaded,
            Err(diagnostics) => {
                file.diagnostics = diagnostics;
                return;
            }
        };
        let is_usable = is_usable(&loaded.result.diagnostics);
        file.kind = Some(loaded.kind);
        file.evidence = loaded.evidence;
        file.fingerprint = loaded.fingerprint;
        file.rows = loaded.result.rows;
        file.diagnostics = loaded.result.diagnostics;
        file.headings = loaded.result.headings;
        match loaded.result.content {
            _ if !is_usable => {}
            Content::Buildings(buildings) if in_use.is_some() => {
                file.stage = Stage::Asking(Box::new(buildings));
            }
            Content::Buildings(buildings) => self.use_buildings(id, buildings),
            Content::Streams(streams) => self.use_streams(id, streams),
        }
    }

    /// Gives up a file that cannot be read on.
    pub fn fail(&mut self, id: FileId, code: ProblemCode) {
        if let Some(file) = self.file_mut(id) {
            file.leave(Stage::Failed);
            file.diagnostics.file(code);
        }
    }

    /// Stops reading a file; nothing of it is in use.
    pub fn cancel(&mut self, id: FileId) {
        if let Some(file) = self.file_mut(id)
            && matches!(
                file.stage,
                Stage::Waiting | Stage::Reading(_) | Stage::Asking(_)
            )
        {
            file.leave(Stage::Cancelled);
        }
    }

    /// Forgets a file.
    pub fn remove(&mut self, id: FileId) {
        self.files.retain(|file| file.ticket.id != id);
        if self.buildings_of == Some(id) {
            self.buildings_of = None;
            self.buildings = BuildingFile::default();
            self.facts.forget_places();
        }
        if let Some(idx) = self.tables_of.iter().position(|of| *of == id) {
            self.tables_of.remove(idx);
            self.tables.remove(idx);
            self.facts = Facts::default();
        }
    }

    /// The user's word on the question that a file asks.
    pub fn reply(&mut self, id: FileId, yes: bool) {
        let Some(file) = self
            .file_mut(id)
            .filter(|file| matches!(file.stage, Stage::Asking(_)))
        else {
            return;
        };
        if !yes {
            return file.leave(Stage::Cancelled);
        }
        let Stage::Asking(buildings) = std::mem::replace(&mut file.stage, Stage::Ready) else {
            return;
        };
        if let Some(replaced) = self.buildings_of {
            self.remove(replaced);
        }
        self.use_buildings(id, *buildings);
    }

    /// Whether the file still wants to be read.
    pub fn wants(&self, id: FileId) -> bool {
        self.file(id)
            .is_some_and(|file| matches!(file.stage, Stage::Waiting | Stage::Reading(_)))
    }

    /// All files as they stand.
    pub fn cards(&self) -> Vec<FileCard> {
        self.files.iter().map(|file| self.card(file)).collect()
    }

    /// Answers a request for the session's role.
    pub fn answer(&mut self, request: &Request) -> Response {
        let choices = request.choices();
        self.facts.prepare(
            &self.buildings,
            &self.tables,
            choices.mapping,
            choices.classifier,
        );
        let in_use = self
            .files
            .iter()
            .filter(|file| matches!(file.stage, Stage::Ready));
        let files: Vec<FileKind> = in_use.filter_map(|file| file.kind).collect();
        let door = Door {
            role: self.role,
            sources: Sources {
                buildings: &self.buildings,
                tables: &self.tables,
                facts: &self.facts,
            },
            files: &files,
        };
        door.answer(request)
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.iter().find(|file| file.ticket.id == id)
    }

    fn file_mut(&mut self, id: FileId) -> Option<&mut File> {
        self.files.iter_mut().find(|file| file.ticket.id == id)
    }

    fn use_buildings(&mut self, id: FileId, buildings: BuildingFile) {
        if let Some(file) = self.file_mut(id) {
            file.stage = Stage::Ready;
        }
        self.buildings = buildings;
        self.buildings_of = Some(id);
        self.facts.forget_places();
    }

    fn use_streams(&mut self, id: FileId, streams: Streams) {
        if self.is_in_use_already(id) {
            return self.repeat(id);
        }
        if let Some(file) = self.file_mut(id) {
            file.stage = Stage::Ready;
        }
        let of = self.file(id).map(File::order);
        let at = self
            .tables_of
            .partition_point(|other| self.file(*other).map(File::order) <= of);
        self.tables.insert(at, streams);
        self.tables_of.insert(at, id);
        self.facts = Facts::default();
    }

    /// Whether an export in use has the very same bytes.
    fn is_in_use_already(&self, id: FileId) -> bool {
        let bytes = |file: &File| (file.fingerprint, file.ticket.size_bytes);
        let this = self.file(id).map(bytes);
        self.tables_of
            .iter()
            .any(|other| self.file(*other).map(bytes) == this)
    }

    /// All rows of the file are known: it stays out of use.
    fn repeat(&mut self, id: FileId) {
        if let Some(file) = self.file_mut(id) {
            file.rows.duplicates += file.rows.used;
            file.rows.used = 0;
            file.diagnostics.file(ProblemCode::SameFileTwice);
        }
    }

    fn card(&self, file: &File) -> FileCard {
        let in_use = self.buildings_of.and_then(|id| self.file(id));
        FileCard {
            id: file.ticket.id,
            name: file.ticket.name.clone(),
            size_bytes: file.ticket.size_bytes,
            kind: file.kind,
            evidence: file.evidence.clone(),
            state: match &file.stage {
                Stage::Waiting => FileState::Waiting,
                Stage::Reading(_) => FileState::Reading {
                    done_bytes: file.done_bytes,
                },
                Stage::Asking(_) => FileState::Asking(Question::ReplaceBuildings {
                    in_use: in_use.map_or_else(String::new, |file| file.ticket.name.clone()),
                }),
                Stage::Ready => FileState::Ready,
                Stage::Cancelled => FileState::Cancelled,
                Stage::Failed => FileState::Failed,
            },
            rows: file.rows,
            problems: redact::problems(self.role, &file.diagnostics, &file.headings),
        }
    }
}

impl File {
    /// Leaves the session as if the file had not been read.
    fn leave(&mut self, stage: Stage) {
        self.stage = stage;
        self.rows = RowCounts::default();
        self.diagnostics = Diagnostics::default();
    }

    /// Orders exports by themselves, whichever was read first.
    fn order(&self) -> (&str, u64, u64) {
        let ticket = &self.ticket;
        (&ticket.name, ticket.size_bytes, self.fingerprint)
    }
}

/// A file that complains like this is not used at all.
fn is_usable(diagnostics: &Diagnostics) -> bool {
    let refusals = [
        ProblemCode::Empty,
        ProblemCode::GroupedExport,
        ProblemCode::TooManyColumns,
    ];
    !refusals.into_iter().any(|code| diagnostics.has(code))
}
