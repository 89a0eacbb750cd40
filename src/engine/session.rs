//! A session: the files, one role, and answers. Remembers nothing about the screen.

use super::diagnostic::Diagnostics;
use super::formats::{Content, Intake, Loaded};
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
        let Some(file) = self.file(id) else {
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
        let Some(file) = self.file(id) else { return };
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
        let is_usable = is_usable(&loaded);
        file.fingerprint = loaded.fingerprint;
        file.kind = Some(match &loaded.content {
            Content::Buildings(_) => FileKind::Buildings,
            Content::Streams(_) => FileKind::CqdStreams,
        });
        file.rows = loaded.rows;
        file.diagnostics = loaded.diagnostics;
        file.headings = loaded.headings;
        file.evidence = loaded.evidence;
        match loaded.content {
            _ if !is_usable => {}
            Content::Buildings(buildings) if in_use.is_some() => {
                file.stage = Stage::Asking(Box::new(buildings));
            }
            Content::Buildings(buildings) => {
                file.stage = Stage::Ready;
                self.use_buildings(id, buildings);
            }
            Content::Streams(streams) => self.use_streams(id, streams),
        }
    }

    /// Gives up a file that cannot be read on.
    pub fn fail(&mut self, id: FileId, code: ProblemCode) {
        if let Some(file) = self.file(id) {
            file.stage = Stage::Failed;
            file.rows = RowCounts::default();
            file.diagnostics = Diagnostics::default();
            file.diagnostics.file(code);
        }
    }

    /// Stops reading a file; nothing of it is in use.
    pub fn cancel(&mut self, id: FileId) {
        if let Some(file) = self.file(id)
            && matches!(
                file.stage,
                Stage::Waiting | Stage::Reading(_) | Stage::Asking(_)
            )
        {
            file.stage = Stage::Cancelled;
            file.rows = RowCounts::default();
            file.diagnostics = Diagnostics::default();
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
        let Some(file) = self.file(id) else { return };
        if !matches!(file.stage, Stage::Asking(_)) {
            return;
        }
        let Stage::Asking(buildings) = std::mem::replace(&mut file.stage, Stage::Cancelled) else {
            return;
        };
        if !yes {
            file.rows = RowCounts::default();
            file.diagnostics = Diagnostics::default();
            return;
        }
        file.stage = Stage::Ready;
        if let Some(replaced) = self.buildings_of {
            self.remove(replaced);
        }
        self.use_buildings(id, *buildings);
    }

    /// Whether the file still wants to be read.
    pub fn wants(&self, id: FileId) -> bool {
        let file = self.files.iter().find(|file| file.ticket.id == id);
        file.is_some_and(|file| matches!(file.stage, Stage::Waiting | Stage::Reading(_)))
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

    /// Whether another file in use has the very same bytes.
    fn is_in_use_already(&self, id: FileId) -> bool {
        let key = |file: &File| (file.fingerprint, file.ticket.size_bytes);
        let this = self.files.iter().find(|file| file.ticket.id == id).map(key);
        self.files
            .iter()
            .filter(|file| file.ticket.id != id && matches!(file.stage, Stage::Ready))
            .any(|file| Some(key(file)) == this)
    }

    /// All rows of the file are known: it stays out of use.
    fn repeat(&mut self, id: FileId) {
        if let Some(file) = self.file(id) {
            file.rows.duplicates += file.rows.used;
            file.rows.used = 0;
            file.diagnostics.file(ProblemCode::SameFileTwice);
        }
    }

    fn file(&mut self, id: FileId) -> Option<&mut File> {
        self.files.iter_mut().find(|file| file.ticket.id == id)
    }

    fn use_buildings(&mut self, id: FileId, buildings: BuildingFile) {
        self.buildings = buildings;
        self.buildings_of = Some(id);
        self.facts.forget_places();
    }

    fn use_streams(&mut self, id: FileId, streams: Streams) {
        if self.is_in_use_already(id) {
            return self.repeat(id);
        }
        if let Some(file) = self.file(id) {
            file.stage = Stage::Ready;
        }
        let key = |id: FileId| {
            let file = self.files.iter().find(|file| file.ticket.id == id);
            file.map(|file| {
                (
                    file.ticket.name.clone(),
                    file.ticket.size_bytes,
                    file.fingerprint,
                )
            })
        };
        let of = key(id);
        let at = self.tables_of.partition_point(|other| key(*other) <= of);
        self.tables.insert(at, streams);
        self.tables_of.insert(at, id);
        self.facts = Facts::default();
    }

    fn card(&self, file: &File) -> FileCard {
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
                    in_use: self.name_of(self.buildings_of),
                }),
                Stage::Ready => FileState::Ready,
                Stage::Cancelled => FileState::Cancelled,
                Stage::Failed => FileState::Failed,
            },
            rows: file.rows,
            problems: redact::problems(self.role, &file.diagnostics, &file.headings),
        }
    }

    fn name_of(&self, id: Option<FileId>) -> String {
        let file = self.files.iter().find(|file| Some(file.ticket.id) == id);
        file.map_or_else(String::new, |file| file.ticket.name.clone())
    }
}

/// A file that complains like this is not used at all.
fn is_usable(loaded: &Loaded) -> bool {
    let refusals = [
        ProblemCode::Empty,
        ProblemCode::GroupedExport,
        ProblemCode::TooManyColumns,
    ];
    !refusals
        .into_iter()
        .any(|code| loaded.diagnostics.has(code))
}
