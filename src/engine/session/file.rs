//! A file of the session: how it was read, and what became of it.

use crate::engine::diagnostic::Diagnostics;
use crate::engine::formats::{ColumnRead, Content, Intake, Loaded};
use crate::engine::model::{buildings::BuildingFile, calls::CallVersion};
use crate::engine::redact::{self, ReadFile};
use crate::protocol::{
    Assumptions, ColumnChoice, DateOrder, FileCard, FileId, FileKind, FileState, FileTicket,
    ProblemCode, Question, ReadSettings, Role, RowCounts, RowUnit,
};

/// A file of the session.
pub(super) struct File {
    pub(super) ticket: FileTicket,
    /// The package that it came in.
    pub(super) parent: Option<FileId>,
    pub(super) stage: Stage,
    pub(super) done_bytes: u64,
    /// So much memory its columns take at least when all is read, as far as is known.
    pub(super) least_bytes: u64,
    pub(super) settings: ReadSettings,
    pub(super) kind: Option<FileKind>,
    pub(super) evidence: String,
    pub(super) assumptions: Option<Assumptions>,
    pub(super) rows: RowCounts,
    pub(super) unit: RowUnit,
    pub(super) diagnostics: Diagnostics,
    columns: Vec<ColumnRead>,
    pub(super) fingerprint: u64,
    /// Rows in use that other files have as well and that are counted there.
    pub(super) n_in_others: u64,
    /// Complaints that only all files together give.
    pub(super) of_others: Vec<ProblemCode>,
}

pub(super) enum Stage {
    Waiting,
    Reading(Box<Intake>),
    /// Read, but not in use before the user has answered.
    Asking(Question),
    /// A building file that may replace the one in use.
    AskingForBuildings(Box<BuildingFile>),
    Ready,
    Cancelled,
    Failed,
}

impl Stage {
    /// Whether more of the file is wanted.
    pub(super) fn is_being_read(&self) -> bool {
        matches!(self, Self::Waiting | Self::Reading(_))
    }

    /// Whether the user can still stop the file.
    pub(super) fn is_open(&self) -> bool {
        self.is_being_read() || matches!(self, Self::Asking(_) | Self::AskingForBuildings(_))
    }
}

impl File {
    /// A file that waits to be read.
    pub(super) fn new(ticket: FileTicket, parent: Option<FileId>) -> Self {
        Self {
            ticket,
            parent,
            stage: Stage::Waiting,
            done_bytes: 0,
            least_bytes: 0,
            settings: ReadSettings::default(),
            kind: None,
            evidence: String::new(),
            assumptions: None,
            rows: RowCounts::default(),
            unit: RowUnit::default(),
            diagnostics: Diagnostics::default(),
            columns: Vec::new(),
            fingerprint: 0,
            n_in_others: 0,
            of_others: Vec::new(),
        }
    }

    /// Takes what was read. Gives what is to come into use.
    pub(super) fn take(&mut self, loaded: Loaded) -> (Content, Vec<CallVersion>) {
        self.kind = Some(loaded.result.kind);
        self.evidence = loaded.evidence;
        self.fingerprint = loaded.fingerprint;
        self.assumptions = Some(loaded.assumptions);
        self.rows = loaded.result.rows;
        self.unit = loaded.result.unit;
        self.diagnostics = loaded.result.diagnostics;
        self.columns = loaded.result.columns;
        (loaded.result.content, loaded.result.calls)
    }

    /// What the columns will take in the end, if they take so much by now.
    pub(super) fn projected(&self, n_bytes: usize) -> u64 {
        let share = self.ticket.size_bytes as f64 / self.done_bytes.max(1) as f64;
        #[expect(clippy::cast_sign_loss, reason = "all sizes are above zero")]
        let n_bytes = (n_bytes as f64 * share.max(1.0)) as u64;
        n_bytes
    }

    /// Leaves the session as if the file had not been read.
    pub(super) fn leave(&mut self, stage: Stage) {
        self.stage = stage;
        self.least_bytes = 0;
        self.rows = RowCounts::default();
        self.diagnostics = Diagnostics::default();
        self.columns = Vec::new();
        self.evidence = String::new();
        self.assumptions = None;
        self.n_in_others = 0;
        self.of_others = Vec::new();
    }

    /// Stays out of use: all its rows are known from a file with the same bytes.
    pub(super) fn repeat(&mut self) {
        self.stage = Stage::Failed;
        self.rows.duplicates += self.rows.used;
        self.rows.used = 0;
        self.diagnostics.file(ProblemCode::SameFileTwice);
    }

    /// Whether it stays out of use for another one with the same bytes.
    pub(super) fn is_copy(&self) -> bool {
        self.diagnostics.has(ProblemCode::SameFileTwice)
    }

    /// What tells the file from all others that have not the very same bytes.
    pub(super) fn bytes(&self) -> (u64, u64) {
        (self.fingerprint, self.ticket.size_bytes)
    }

    /// The buildings of a file that asks whether it may replace the one in use; it asks no more.
    pub(super) fn take_buildings(&mut self) -> Option<BuildingFile> {
        match std::mem::replace(&mut self.stage, Stage::Ready) {
            Stage::AskingForBuildings(buildings) => Some(*buildings),
            other => {
                self.stage = other;
                None
            }
        }
    }

    /// Waits for the user's word. Nothing of the file is in use.
    pub(super) fn ask(&mut self, question: Question) {
        self.stage = Stage::Asking(question);
    }

    /// Whether one of its headings is spoken of, or may be as long as they are not known.
    pub(super) fn has_heading_of(&mut self, choices: &[ColumnChoice]) -> bool {
        // What a column map says holds for other files.
        if self.kind == Some(FileKind::ColumnMap) {
            return false;
        }
        let columns = match &mut self.stage {
            Stage::Waiting | Stage::Cancelled => &[],
            Stage::Reading(intake) if intake.kind().is_none() => return !choices.is_empty(),
            Stage::Reading(intake) => intake.columns(),
            _ => &*self.columns,
        };
        let is_named =
            |read: &ColumnRead| choices.iter().any(|choice| choice.heading == read.heading);
        columns.iter().any(is_named)
    }

    /// Whether its rows count.
    pub(super) fn is_in_use(&self) -> bool {
        matches!(self.stage, Stage::Ready)
    }

    /// Whether it is in use, and is not left out as a whole because of other files.
    pub(super) fn is_counted(&self) -> bool {
        self.is_in_use() && !self.of_others.contains(&ProblemCode::GroupsNotCounted)
    }

    /// The user's word on this file, and behind it what column maps say.
    pub(super) fn settings_with(&self, maps: Vec<ColumnChoice>) -> ReadSettings {
        let mut settings = self.settings.clone();
        settings.columns.extend(maps);
        settings
    }

    /// The settings with an order of day and month.
    pub(super) fn settings_with_day_first(&self, is_day_first: bool) -> ReadSettings {
        ReadSettings {
            date_order: Some(if is_day_first {
                DateOrder::DayFirst
            } else {
                DateOrder::MonthFirst
            }),
            ..self.settings.clone()
        }
    }

    /// Orders files by themselves, whichever was read first.
    pub(super) fn order(&self) -> (&str, u64, u64) {
        let ticket = &self.ticket;
        (&ticket.name, ticket.size_bytes, self.fingerprint)
    }

    /// What redaction may look at.
    pub(super) fn as_read(&self) -> ReadFile<'_> {
        ReadFile {
            id: self.ticket.id,
            kind: self.kind,
            columns: &self.columns,
            n_rejected: self.rows.rejected,
            diagnostics: &self.diagnostics,
        }
    }

    /// The file as a role may see it. `in_use` is the name of the building file in use.
    pub(super) fn card(&self, role: Role, in_use: &str) -> FileCard {
        let mut rows = self.rows;
        // An attendance report in JSON is one record with many rows: those are no count of records.
        let are_counted = self.unit == RowUnit::Row || self.kind == Some(FileKind::CallRecords);
        let n_in_others = if are_counted { self.n_in_others } else { 0 };
        let n_repeated = n_in_others.min(rows.used);
        rows.used -= n_repeated;
        rows.duplicates += n_repeated;
        let mut diagnostics = self.diagnostics.kinds_only();
        for code in &self.of_others {
            diagnostics.file_times(*code, self.n_in_others.max(1));
        }
        FileCard {
            id: self.ticket.id,
            name: self.ticket.name.clone(),
            // The size of a gzip file's content is hearsay, and that of the demo tenant not known before.
            size_bytes: self.ticket.size_bytes.max(self.done_bytes),
            kind: self.kind,
            evidence: self.evidence.clone(),
            parent: self.parent,
            state: match &self.stage {
                Stage::Waiting => FileState::Waiting,
                Stage::Reading(_) => FileState::Reading {
                    done_bytes: self.done_bytes,
                },
                Stage::Asking(question) => FileState::Asking(question.clone()),
                Stage::AskingForBuildings(_) => FileState::Asking(Question::ReplaceBuildings {
                    in_use: in_use.to_owned(),
                }),
                Stage::Ready => FileState::Ready,
                Stage::Cancelled => FileState::Cancelled,
                Stage::Failed => FileState::Failed,
            },
            rows,
            unit: self.unit,
            assumptions: self.assumptions,
            settings: redact::settings(role, &self.settings),
            has_columns: role > Role::Specialist
                && self.unit == RowUnit::Row
                && !self.columns.is_empty(),
            problems: redact::problems(role, &diagnostics, &self.columns),
        }
    }
}
