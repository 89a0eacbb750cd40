//! A session: the files, one role, and answers. Remembers nothing about the screen.

mod answers;
mod file;
mod stock;

use std::collections::BTreeSet;

use super::formats::{Content, Intake, Order, RANGE_BYTES, Range, RangeRead, ReaderId, Rest};
use super::merging::Outcome;
use super::model::calls::CallVersion;
use super::redact::Drawn;
use super::report::Facts;
use crate::protocol::{
    ColumnChoice, FileCard, FileId, FileKind, FileTicket, Memory, ProblemCode, Question,
    ReadSettings, Role, RowUnit, member_id,
};
pub use answers::Writing;
use file::{File, Stage};
use stock::Stock;

/// Columns may take so much; a 32-bit program has 4 GiB in all, and reports need their share.
const MAX_COLUMN_BYTES: usize = 3 << 30;

/// The files in use and the role that everything is redacted for.
pub struct Session {
    role: Role,
    /// People are found and named by their whole names only.
    needs_whole_names: bool,
    files: Vec<File>,
    /// Members that are not wanted, should their package be opened again.
    unwanted: BTreeSet<FileId>,
    stock: Stock,
    /// Files that have to be fed once more from their start.
    to_read_again: Vec<FileId>,
    facts: Facts,
    drawn: Drawn,
    /// What became of rows that several files have; out of date while `None`.
    outcomes: Option<Vec<Outcome>>,
    /// The building file that was in use when it was last to be read again.
    buildings_again: Option<FileId>,
    /// So often the files or the role have changed.
    n_changes: u32,
}

impl Session {
    /// A session without files.
    pub fn new(role: Role) -> Self {
        Self {
            role,
            needs_whole_names: false,
            files: Vec::new(),
            unwanted: BTreeSet::new(),
            stock: Stock::default(),
            to_read_again: Vec::new(),
            facts: Facts::default(),
            drawn: Drawn::default(),
            outcomes: None,
            buildings_again: None,
            n_changes: 0,
        }
    }

    /// Redacts for this role from now on; a role never rises.
    pub fn lower_role(&mut self, role: Role) {
        self.role = self.role.min(role);
        self.n_changes += 1;
    }

    /// Lets people be found and named by their whole names only, in every role, as long as the session lasts.
    pub fn require_whole_names(&mut self) {
        self.needs_whole_names = true;
        self.n_changes += 1;
    }

    /// The role, or this one if it is lower and names are hidden.
    fn role_unless_named(&self, lower: Role) -> Role {
        if self.needs_whole_names {
            self.role.min(lower)
        } else {
            self.role
        }
    }

    /// Lists a file that is going to be read.
    pub fn open(&mut self, ticket: FileTicket) {
        self.files.push(File::new(ticket, None));
    }

    /// Lists the members of a package. Gives the id of each one that is to be read.
    pub fn package(&mut self, id: FileId, members: Vec<(String, u64)>) -> Vec<Option<FileId>> {
        let Some(at) = self.files.iter().position(|file| file.ticket.id == id) else {
            return members.iter().map(|_| None).collect();
        };
        let n_members = members.len() as u64;
        let mut ids = Vec::new();
        let mut listed = Vec::new();
        for (idx, (name, size_bytes)) in members.into_iter().enumerate() {
            let member = member_id(id, idx).filter(|member| !self.unwanted.contains(member));
            let is_known = |member: &FileId| self.file(*member).is_some();
            let wanted = match member {
                // Opened again for the sake of some members: the others stay as they are.
                Some(member) if is_known(&member) => self.wants(member).then_some(member),
                Some(member) => {
                    let ticket = FileTicket {
                        id: member,
                        name,
                        size_bytes,
                    };
                    listed.push(File::new(ticket, Some(id)));
                    Some(member)
                }
                None => None,
            };
            ids.push(wanted);
        }
        let behind = at + 1;
        self.files.splice(behind..behind, listed);
        if let Some(file) = self.file_mut(id) {
            file.stage = Stage::Ready;
            file.kind = Some(FileKind::Package);
            file.unit = RowUnit::File;
            file.rows.read = n_members;
            file.rows.used = n_members;
            file.done_bytes = file.ticket.size_bytes;
        }
        ids
    }

    /// Takes the next slice of a file; whether more of it is wanted.
    pub fn feed(&mut self, id: FileId, slice: &[u8]) -> bool {
        let used_bytes = self.used_bytes_without(id);
        let maps = self.stock.column_choices();
        let Some(file) = self.file_mut(id) else {
            return false;
        };
        if matches!(file.stage, Stage::Waiting) {
            file.stage = Stage::Reading(Box::new(Intake::new(file.settings_with(maps))));
        }
        let Stage::Reading(intake) = &mut file.stage else {
            return false;
        };
        intake.feed(slice);
        file.done_bytes += slice.len() as u64;
        file.kind = intake.kind();
        intake.evidence().clone_into(&mut file.evidence);
        file.rows = intake.rows();
        let n_bytes = intake.n_bytes();
        if used_bytes + n_bytes > MAX_COLUMN_BYTES {
            let needed_bytes = file.projected(n_bytes);
            self.fail_for_memory(id, needed_bytes);
            return false;
        }
        !intake.is_refused()
    }

    /// Goes on with a file in ranges, if it can be read so after its first slice. Gives the settings for the
    /// readers. A file that cannot fit into memory fails here, before it is read.
    pub fn begin_ranges(&mut self, id: FileId) -> Option<ReadSettings> {
        let used_bytes = self.used_bytes_without(id);
        let maps = self.stock.column_choices();
        let file = self.file_mut(id)?;
        let mut settings = file.settings_with(maps);
        let size_bytes = file.ticket.size_bytes;
        let Stage::Reading(intake) = &mut file.stage else {
            return None;
        };
        // Readers need not find out once more what the file is.
        settings.kind = intake.kind();
        settings.delimiter = intake.delimiter();
        let least_bytes = intake.least_bytes(size_bytes);
        let can_be = intake.begin_ranges(size_bytes, RANGE_BYTES);
        file.least_bytes = least_bytes;
        if used_bytes as u64 + least_bytes > MAX_COLUMN_BYTES as u64 {
            self.fail_for_memory(id, least_bytes);
            return None;
        }
        can_be.then_some(settings)
    }

    /// The next ranges of a file for one of so many readers, in a row; none if all are given, or too many wait
    /// for their turn.
    pub fn next_run(&mut self, id: FileId, n_readers: u32) -> Vec<Range> {
        match self.file_mut(id).map(|file| &mut file.stage) {
            Some(Stage::Reading(intake)) => intake.next_run(n_readers),
            _ => Vec::new(),
        }
    }

    /// Whether readers have all ranges of a file.
    pub fn are_given(&self, id: FileId) -> bool {
        match self.file(id).map(|file| &file.stage) {
            Some(Stage::Reading(intake)) => intake.are_given(),
            _ => true,
        }
    }

    /// Lets a range be read once more: its reader is gone.
    pub fn give_again(&mut self, id: FileId, range: Range) {
        if let Some(file) = self.file_mut(id)
            && let Stage::Reading(intake) = &mut file.stage
        {
            intake.give_again(range);
        }
    }

    /// Takes what a reader made of a range. Gives what is to be done with the rest of the file.
    pub fn take_range(&mut self, id: FileId, reader: ReaderId, read: RangeRead) -> Rest {
        let used_bytes = self.used_bytes_without(id);
        let Some(file) = self.file_mut(id) else {
            return Rest::Nothing;
        };
        let Stage::Reading(intake) = &mut file.stage else {
            return Rest::Nothing;
        };
        let (rest, done_bytes) = intake.take_range(reader, read);
        file.done_bytes = match rest {
            Rest::InOrder(from) => from,
            _ => done_bytes,
        };
        file.rows = intake.rows();
        let n_bytes = intake.n_bytes();
        if used_bytes + n_bytes > MAX_COLUMN_BYTES {
            let needed_bytes = file.projected(n_bytes);
            self.fail_for_memory(id, needed_bytes);
            return Rest::Nothing;
        }
        rest
    }

    /// Ends a file: it comes into use, or the user is asked, or it fails.
    pub fn finish(&mut self, id: FileId) {
        self.finish_reading(id);
        self.fill_places();
    }

    fn finish_reading(&mut self, id: FileId) {
        let has_buildings = self.buildings().is_some_and(|in_use| in_use != id);
        let maps = self.stock.column_choices();
        let Some(file) = self.file_mut(id) else {
            return;
        };
        let intake = match std::mem::replace(&mut file.stage, Stage::Failed) {
            Stage::Reading(intake) => *intake,
            // A file without bytes was never fed.
            Stage::Waiting => Intake::new(file.settings_with(maps)),
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
        let order = loaded.result.order;
        let (content, calls) = file.take(loaded);
        if !is_usable(file) {
            return;
        }
        let are_rows = matches!(content, Content::Streams(_) | Content::Records(_));
        if are_rows
            && !matches!(order, Order::Open(_))
            && let Some(copy) = self.in_use_too_early(id)
        {
            self.withdraw(copy);
            if let Some(copy) = self.file_mut(copy) {
                copy.repeat();
            }
        }
        let is_repeated = self.in_use_already(id).is_some();
        let Some(file) = self.file_mut(id) else {
            return;
        };
        match content {
            _ if is_repeated => file.repeat(),
            _ if matches!(order, Order::Open(_)) => {
                let Order::Open(column) = order else { return };
                file.ask(Question::DayFirst {
                    column: column as u32 + 1,
                });
            }
            Content::Buildings(buildings) if has_buildings => {
                file.stage = Stage::AskingForBuildings(Box::new(buildings));
            }
            content => self.use_content(id, content, calls),
        }
    }

    /// Gives up a file that cannot be read on.
    pub fn fail(&mut self, id: FileId, code: ProblemCode) {
        if let Some(file) = self.file_mut(id) {
            file.leave(Stage::Failed);
            file.diagnostics.file(code);
        }
        self.fill_places();
    }

    fn fail_for_memory(&mut self, id: FileId, needed_bytes: u64) {
        let used_bytes = self.used_bytes_without(id) as u64;
        if let Some(file) = self.file_mut(id) {
            file.leave(Stage::Failed);
            file.diagnostics.lacks_memory(Memory {
                file_bytes: file.ticket.size_bytes,
                needed_bytes,
                used_bytes,
                most_bytes: MAX_COLUMN_BYTES as u64,
            });
        }
        self.fill_places();
    }

    /// How much memory columns take, those of this file left out.
    fn used_bytes_without(&self, id: FileId) -> usize {
        let others = self.files.iter().filter(|file| file.ticket.id != id);
        let being_read = others.map(|file| match &file.stage {
            Stage::Reading(intake) => intake.n_bytes().max(file.least_bytes as usize),
            _ => 0,
        });
        self.stock.n_bytes + being_read.sum::<usize>()
    }

    /// Stops reading a file; nothing of it is in use.
    pub fn cancel(&mut self, id: FileId) {
        if let Some(file) = self.file_mut(id)
            && file.stage.is_open()
        {
            file.leave(Stage::Cancelled);
        }
        self.fill_places();
    }

    /// Forgets a file, and all that came in it.
    pub fn remove(&mut self, id: FileId) {
        self.forget(id);
        self.fill_places();
    }

    fn forget(&mut self, id: FileId) {
        let is_gone = |file: &File| file.ticket.id == id || file.parent == Some(id);
        let gone: Vec<FileId> = self
            .files
            .iter()
            .filter(|file| is_gone(file))
            .map(|file| file.ticket.id)
            .collect();
        self.files.retain(|file| !is_gone(file));
        self.unwanted.insert(id);
        for id in gone {
            self.withdraw(id);
        }
        self.to_read_again
            .retain(|id| self.files.iter().any(|file| file.ticket.id == *id));
    }

    /// Lets files take the place of one that is out of use: a copy of it is read, and if no building file is in use,
    /// one that asks to replace it comes into use.
    fn fill_places(&mut self) {
        while let Some((copy, settings)) = self.copy_of_nothing() {
            self.reread(copy, settings);
        }
        if self.buildings().is_some() {
            return;
        }
        let mut files = self.files.iter_mut();
        let asking = files.find_map(|file| Some((file.ticket.id, file.take_buildings()?)));
        if let Some((id, buildings)) = asking {
            self.use_content(id, Content::Buildings(buildings), Vec::new());
        }
    }

    /// The building file that is in use, or is being read again.
    fn buildings(&self) -> Option<FileId> {
        let again = self.buildings_again.filter(|id| self.wants(*id));
        self.stock.buildings_of.or(again)
    }

    /// A copy of a file of which no copy is in use or may come into use.
    fn copy_of_nothing(&self) -> Option<(FileId, ReadSettings)> {
        let is_kept = |copy: &File| {
            let is_kept = |file: &File| file.is_in_use() || file.stage.is_open();
            let mut files = self.files.iter();
            files.any(|file| is_kept(file) && file.bytes() == copy.bytes())
        };
        let mut copies = self.files.iter().filter(|file| file.is_copy());
        let copy = copies.find(|copy| !is_kept(copy))?;
        Some((copy.ticket.id, copy.settings.clone()))
    }

    /// Reads a file again as the user says.
    pub fn reread(&mut self, id: FileId, settings: ReadSettings) {
        if self.stock.buildings_of == Some(id) {
            self.buildings_again = Some(id);
        }
        self.withdraw(id);
        if let Some(file) = self.file_mut(id) {
            file.leave(Stage::Waiting);
            file.done_bytes = 0;
            file.kind = None;
            file.settings = settings;
            self.to_read_again.push(id);
        }
    }

    /// Files that have to be fed once more from their start, for a new setting, answer or column map. Whoever
    /// feeds files asks for them after each command and each file.
    pub fn to_read_again(&mut self) -> Vec<FileId> {
        std::mem::take(&mut self.to_read_again)
    }

    /// The user's word on the question that a file asks.
    pub fn reply(&mut self, id: FileId, yes: bool) {
        let Some(file) = self.file_mut(id) else {
            return;
        };
        if let Stage::Asking(Question::DayFirst { .. }) = file.stage {
            let settings = file.settings_with_day_first(yes);
            self.reread(id, settings);
        } else if let Some(buildings) = file.take_buildings() {
            if !yes {
                return file.leave(Stage::Cancelled);
            }
            if let Some(replaced) = self.buildings() {
                let bytes = self.file(replaced).map(File::bytes);
                self.forget(replaced);
                // Nor are copies of it wanted.
                let copies = self.files.iter_mut();
                for copy in copies.filter(|file| file.is_copy() && Some(file.bytes()) == bytes) {
                    copy.leave(Stage::Cancelled);
                }
            }
            self.use_content(id, Content::Buildings(buildings), Vec::new());
            self.fill_places();
        }
    }

    /// Whether the file still wants to be read.
    pub fn wants(&self, id: FileId) -> bool {
        self.file(id).is_some_and(|file| file.stage.is_being_read())
    }

    /// Whether a file waits or is being read.
    pub fn is_reading(&self) -> bool {
        self.files.iter().any(|file| file.stage.is_being_read())
    }

    /// All files as they stand before it is found out what only all files together tell; none if that may change any
    /// number. With one file of rows there is nothing but a complaint that may come to them.
    pub fn early_cards(&self) -> Option<Vec<FileCard>> {
        let is_early = self.outcomes.is_none() && !self.is_reading();
        let is_alone = self.stock.ids().count() == 1 && !self.are_marked();
        (is_early && is_alone).then(|| self.cards_so_far())
    }

    /// All files as they stand.
    pub fn cards(&mut self) -> Vec<FileCard> {
        if !self.is_reading() {
            self.settle();
        }
        self.cards_so_far()
    }

    fn cards_so_far(&self) -> Vec<FileCard> {
        self.files.iter().map(|file| self.card(file)).collect()
    }

    /// Cells of a file may hold names, and so may its headings, where a file has none.
    fn role_of_files(&self) -> Role {
        self.role_unless_named(Role::Specialist)
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.iter().find(|file| file.ticket.id == id)
    }

    fn file_mut(&mut self, id: FileId) -> Option<&mut File> {
        self.files.iter_mut().find(|file| file.ticket.id == id)
    }

    /// Another file in use that has the very same bytes.
    fn in_use_already(&self, id: FileId) -> Option<FileId> {
        let this = self.file(id).map(File::bytes);
        let mut others = self.files.iter().filter(|other| other.ticket.id != id);
        let same = others.find(|other| other.is_in_use() && Some(other.bytes()) == this);
        same.map(|other| other.ticket.id)
    }

    /// Such a file that is listed behind this one. Which of the two was read first is chance.
    fn in_use_too_early(&self, id: FileId) -> Option<FileId> {
        let copy = self.in_use_already(id)?;
        let mut listed = self.files.iter().map(|file| file.ticket.id);
        let first = listed.find(|listed| [id, copy].contains(listed));
        (first == Some(id)).then_some(copy)
    }

    /// Takes the content of a file into use.
    fn use_content(&mut self, id: FileId, content: Content, calls: Vec<CallVersion>) {
        let Some(file) = self.file_mut(id) else {
            return;
        };
        let kind = file.kind;
        file.stage = Stage::Ready;
        if let Content::ColumnMap(choices) = &content {
            self.read_mapped_again(&choices.clone());
        }
        let order = |id: FileId| {
            self.files
                .iter()
                .find(|file| file.ticket.id == id)
                .map(File::order)
        };
        self.stock.take(id, kind, content, calls, order);
        self.forget_answers();
    }

    /// Takes a file out of use.
    fn withdraw(&mut self, id: FileId) {
        let choices = self.stock.withdraw(id);
        self.read_mapped_again(&choices);
        self.forget_answers();
    }

    /// A column map has come or gone: files that have one of its headings are to be read with it or without.
    fn read_mapped_again(&mut self, choices: &[ColumnChoice]) {
        let files = self.files.iter_mut();
        let concerned = files.filter_map(|file| file.has_heading_of(choices).then_some(&*file));
        let concerned: Vec<_> = concerned
            .map(|file| (file.ticket.id, file.settings.clone()))
            .collect();
        for (id, settings) in concerned {
            self.reread(id, settings);
        }
    }

    /// Lets answers be worked out once more.
    pub(crate) fn forget_answers(&mut self) {
        self.n_changes += 1;
        self.facts = Facts::default();
        self.drawn = Drawn::default();
        self.outcomes = None;
    }

    /// Whether anything is told of a file that only all files together tell.
    fn are_marked(&self) -> bool {
        let is_marked = |file: &File| !file.of_others.is_empty() || file.n_in_others > 0;
        self.files.iter().any(is_marked)
    }

    /// Finds rows that several files have, and what only all files together tell. Gives whether any file is told of.
    pub fn settle(&mut self) -> bool {
        if self.outcomes.is_some() {
            return self.are_marked();
        }
        let outcomes = self.stock.outcomes();
        let matches_nothing = self.stock.buildings_match_nothing(&mut self.facts);
        for file in &mut self.files {
            file.of_others = Vec::new();
            file.n_in_others = 0;
            if matches_nothing && self.stock.buildings_of == Some(file.ticket.id) {
                file.of_others.push(ProblemCode::BuildingsMatchNothing);
            }
        }
        for (id, outcome) in self.stock.ids().zip(&outcomes) {
            if let Some(file) = self.files.iter_mut().find(|file| file.ticket.id == id) {
                file.n_in_others = outcome.n_repeated;
                file.of_others.extend(outcome.complaint);
            }
        }
        self.outcomes = Some(outcomes);
        self.are_marked()
    }

    fn card(&self, file: &File) -> FileCard {
        let in_use = self.buildings().and_then(|id| self.file(id));
        file.card(
            self.role_of_files(),
            in_use.map_or("", |file| &file.ticket.name),
        )
    }
}

/// A file that complains like this is not used at all.
fn is_usable(file: &File) -> bool {
    let refusals = [
        ProblemCode::Empty,
        ProblemCode::GroupsWithoutCounts,
        ProblemCode::TooManyColumns,
    ];
    let is_of_no_use = file.rows.read > 0 && file.rows.used + file.rows.duplicates == 0;
    !is_of_no_use && !refusals.into_iter().any(|code| file.diagnostics.has(code))
}
