//! The files of the session: how the worker last reported them, and where they came from.

use super::decisions::Decisions;
use super::phase::is_being_read;
use super::{NewFile, Phase};
use crate::protocol::{
    Command, FileCard, FileId, FileKind, FileState, FileTicket, Question, ReadSettings, RowCounts,
    RowUnit,
};

/// The files of the session.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    /// As the worker last reported them, then those it has not mentioned yet.
    pub(crate) cards: Vec<FileCard>,
    sources: Vec<Source>,
    unreported: Vec<FileId>,
    decisions: Decisions,
    rereading: Vec<Rereading>,
    next_id: FileId,
    /// The building file that is in use, or was when it was last to be read again.
    buildings: Option<FileId>,
}

/// A file in use that is read again.
#[derive(Debug, Clone)]
struct Rereading {
    file: FileId,
    /// The worker has heard of it: what it reported before was on its way.
    is_heard: bool,
}

/// Where a file came from, so that a new session can open it again.
#[derive(Debug, Clone, PartialEq)]
enum Source {
    Handle(FileTicket),
    Demo([FileId; 2]),
}

impl Files {
    /// The id that the next file will have.
    pub(crate) fn next_id(&self) -> FileId {
        self.next_id
    }

    /// The phase that the files give.
    pub(crate) fn phase(&self) -> Phase {
        Phase::of(&self.cards)
    }

    /// Ids of the files that answers are made of. One that is read again counts until that has ended, so
    /// that figures do not come without it first.
    pub(crate) fn in_use(&self) -> Vec<FileId> {
        let is_in_use =
            |card: &&FileCard| card.state == FileState::Ready || self.is_read_again(card.id);
        let in_use = self.cards.iter().filter(is_in_use);
        in_use.map(|card| card.id).collect()
    }

    /// Whether files have been read again since this was last asked.
    pub(super) fn end_rereading(&mut self) -> bool {
        let n_before = self.rereading.len();
        let cards = &self.cards;
        self.rereading.retain_mut(|again| {
            let card = cards.iter().find(|card| card.id == again.file);
            card.is_some_and(|card| {
                let is_in_hand =
                    is_being_read(&card.state) || matches!(card.state, FileState::Asking(_));
                let was_heard = again.is_heard;
                again.is_heard |= is_in_hand;
                is_in_hand || !was_heard
            })
        });
        self.rereading.len() < n_before
    }

    /// Whether a file is being read again that answers were made of.
    pub(super) fn is_rereading(&self) -> bool {
        !self.rereading.is_empty()
    }

    fn is_read_again(&self, file: FileId) -> bool {
        self.rereading.iter().any(|again| again.file == file)
    }

    fn read_again(&mut self, file: FileId, is_heard: bool) {
        self.rereading.retain(|again| again.file != file);
        self.rereading.push(Rereading { file, is_heard });
    }

    /// Forgets headings of files, until the worker says which ones the role may see.
    pub(super) fn forget_headings(&mut self) {
        for card in &mut self.cards {
            card.has_columns = false;
            for problem in &mut card.problems {
                problem.heading = None;
            }
        }
    }

    /// How many files are in use: packages only hold others.
    pub(crate) fn n_in_use(&self) -> usize {
        let is_in_use = |card: &&FileCard| {
            card.state == FileState::Ready && card.kind != Some(FileKind::Package)
        };
        self.cards.iter().filter(is_in_use).count()
    }

    /// The card of a file.
    pub(crate) fn card(&self, id: FileId) -> Option<&FileCard> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The first file that waits for the user's word, and its question.
    pub(crate) fn question(&self) -> Option<(&FileCard, &Question)> {
        self.cards.iter().find_map(|card| match &card.state {
            FileState::Asking(question) => Some((card, question)),
            _ => None,
        })
    }

    /// Further files that wait to be told which number of a date is the day.
    pub(crate) fn others_asking_for_day(&self, asking: FileId) -> Vec<FileId> {
        let asks = |card: &&FileCard| {
            card.id != asking && matches!(card.state, FileState::Asking(Question::DayFirst { .. }))
        };
        self.cards.iter().filter(asks).map(|card| card.id).collect()
    }

    /// Takes in files that the user chose.
    pub(crate) fn open(&mut self, files: Vec<NewFile>) -> Command {
        let mut tickets = Vec::new();
        for file in files {
            let ticket = FileTicket {
                id: self.new_id(),
                name: file.name,
                size_bytes: file.size_bytes,
            };
            self.add_source(Source::Handle(ticket.clone()));
            tickets.push(ticket);
        }
        Command::Open(tickets)
    }

    /// Takes in the demo tenant.
    pub(crate) fn open_demo(&mut self) -> Command {
        let ids = [self.new_id(), self.new_id()];
        self.add_source(Source::Demo(ids));
        Command::OpenDemo(ids)
    }

    /// Notes how a file is to be read from now on.
    pub(crate) fn reread(&mut self, file: FileId, settings: ReadSettings) -> Command {
        if let Some(card) = self.cards.iter_mut().find(|card| card.id == file) {
            let was_ready =
                std::mem::replace(&mut card.state, FileState::Waiting) == FileState::Ready;
            card.settings = settings.clone();
            if was_ready || self.is_read_again(file) {
                self.read_again(file, false);
            }
        }
        self.decisions.set(file, settings.clone());
        Command::Reread { file, settings }
    }

    /// Notes what the first number of a date is in a file.
    pub(crate) fn answer_day_first(&mut self, file: FileId, is_day_first: bool) -> Command {
        if let Some(card) = self.cards.iter_mut().find(|card| card.id == file) {
            self.decisions.set_day_first(card, is_day_first);
            self.decisions.complete(card);
            card.state = FileState::Waiting;
        }
        Command::Reply {
            file,
            yes: is_day_first,
        }
    }

    /// Notes that a file is not wanted.
    pub(crate) fn remove(&mut self, file: FileId) -> Command {
        if let Some(card) = self.cards.iter().find(|card| card.id == file) {
            self.decisions.remove(card);
        }
        Command::Remove(file)
    }

    /// Takes in the worker's report. Files that it does not know yet stay on the screen. Gives what the
    /// worker has to be told about files that it has just come to know.
    pub(crate) fn report(&mut self, mut cards: Vec<FileCard>) -> Vec<Command> {
        for card in &mut cards {
            self.decisions.complete(card);
            // The worker reads files again of itself, too.
            let before = self.cards.iter().find(|before| before.id == card.id);
            if before.is_some_and(|before| before.state == FileState::Ready)
                && is_being_read(&card.state)
            {
                self.read_again(card.id, true);
            }
        }
        let commands = self.decisions.tell(&cards);
        self.unreported
            .retain(|id| cards.iter().all(|card| card.id != *id));
        self.cards.retain(|card| self.unreported.contains(&card.id));
        cards.append(&mut self.cards);
        self.cards = cards;
        self.sources.retain(|source| {
            source
                .ids()
                .any(|id| self.cards.iter().any(|card| card.id == id))
        });
        commands
    }

    /// What a new session is told, so that it has the same files.
    pub(crate) fn reopen(&mut self) -> Vec<Command> {
        for card in &self.cards {
            if card.state == FileState::Cancelled {
                self.decisions.remove(card);
            }
        }
        self.cards.retain(|card| card.state != FileState::Cancelled);
        let kept: Vec<FileId> = self.cards.drain(..).map(|card| card.id).collect();
        self.unreported.clear();
        self.rereading.clear();
        let mut commands = self.decisions.renew();
        let mut tickets = Vec::new();
        for source in std::mem::take(&mut self.sources) {
            if !source.ids().any(|id| kept.contains(&id)) {
                continue;
            }
            match &source {
                Source::Handle(ticket) => tickets.push(ticket.clone()),
                Source::Demo(ids) => commands.push(Command::OpenDemo(*ids)),
            }
            for id in source.ids().filter(|id| !kept.contains(id)) {
                commands.push(Command::Remove(id));
            }
            self.add_source(source);
        }
        self.cards.retain(|card| kept.contains(&card.id));
        self.unreported.retain(|id| kept.contains(id));
        if !tickets.is_empty() {
            commands.push(Command::Open(tickets));
        }
        commands
    }

    /// Forgets all files. Ids are not used again.
    pub(crate) fn clear(&mut self) {
        *self = Self {
            next_id: self.next_id,
            ..Self::default()
        };
    }

    /// Whether the building file that was in use no longer is, though it may be read again just now.
    pub(super) fn have_lost_buildings(&mut self) -> bool {
        let is_in_use = |card: &&FileCard| {
            card.kind == Some(FileKind::Buildings) && card.state == FileState::Ready
        };
        let is_being_read =
            |card: &FileCard| matches!(card.state, FileState::Waiting | FileState::Reading { .. });
        let before = self.buildings;
        let in_use = self.cards.iter().find(is_in_use).map(|card| card.id);
        self.buildings = in_use.or(before.filter(|id| {
            let mut cards = self.cards.iter();
            cards.any(|card| card.id == *id && is_being_read(card))
        }));
        before.is_some() && before != self.buildings
    }

    fn new_id(&mut self) -> FileId {
        self.next_id += 1;
        self.next_id - 1
    }

    fn add_source(&mut self, source: Source) {
        let cards = source.waiting_cards();
        self.unreported.extend(cards.iter().map(|card| card.id));
        self.cards.extend(cards);
        self.sources.push(source);
    }
}

impl Source {
    fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        let [first, second] = match self {
            Self::Handle(ticket) => [Some(ticket.id), None],
            Self::Demo(ids) => ids.map(Some),
        };
        first.into_iter().chain(second)
    }

    fn waiting_cards(&self) -> Vec<FileCard> {
        match self {
            Self::Handle(ticket) => {
                vec![waiting_card(
                    ticket.id,
                    ticket.name.clone(),
                    ticket.size_bytes,
                    None,
                )]
            }
            Self::Demo([buildings, streams]) => vec![
                waiting_card(
                    *buildings,
                    "Demo building file".to_owned(),
                    0,
                    Some(FileKind::Buildings),
                ),
                waiting_card(
                    *streams,
                    "Demo stream export".to_owned(),
                    0,
                    Some(FileKind::CqdStreams),
                ),
            ],
        }
    }
}

fn waiting_card(id: FileId, name: String, size_bytes: u64, kind: Option<FileKind>) -> FileCard {
    FileCard {
        id,
        name,
        size_bytes,
        kind,
        evidence: String::new(),
        parent: None,
        state: FileState::Waiting,
        rows: RowCounts::default(),
        unit: RowUnit::default(),
        assumptions: None,
        settings: ReadSettings::default(),
        has_columns: false,
        problems: Vec::new(),
    }
}
