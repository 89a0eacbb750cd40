//! The user's word on files: how they are read, and which members of packages are not wanted.
//!
//! It is kept apart from the worker's reports, which end with a session and leave out what a role may not see.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::{Command, DateOrder, FileCard, FileId, ReadSettings};

/// The user's word on files.
#[derive(Debug, Clone, Default)]
pub(super) struct Decisions {
    settings: BTreeMap<FileId, ReadSettings>,
    /// Files of a new session that are told their settings once the worker reports them.
    untold: BTreeSet<FileId>,
    removed_members: BTreeSet<FileId>,
}

impl Decisions {
    /// Notes how a file is to be read.
    pub(super) fn set(&mut self, file: FileId, settings: ReadSettings) {
        self.settings.insert(file, settings);
    }

    /// Notes what the first number of a date is in a file, whose other settings are these.
    pub(super) fn set_day_first(&mut self, card: &FileCard, is_day_first: bool) {
        let order = if is_day_first {
            DateOrder::DayFirst
        } else {
            DateOrder::MonthFirst
        };
        let settings = ReadSettings {
            date_order: Some(order),
            ..card.settings.clone()
        };
        self.set(card.id, settings);
    }

    /// Puts the user's word into a card.
    pub(super) fn complete(&self, card: &mut FileCard) {
        if let Some(settings) = self.settings.get(&card.id) {
            card.settings.clone_from(settings);
        }
    }

    /// Forgets a file. A member is left out when its package is opened again.
    pub(super) fn remove(&mut self, card: &FileCard) {
        self.settings.remove(&card.id);
        if card.parent.is_some() {
            self.removed_members.insert(card.id);
        }
    }

    /// What a new session is told before its files.
    pub(super) fn renew(&mut self) -> Vec<Command> {
        self.untold = self.settings.keys().copied().collect();
        let removed = self.removed_members.iter().copied();
        removed.map(Command::Remove).collect()
    }

    /// What the worker has to be told about files that it has just reported for the first time.
    pub(super) fn tell(&mut self, cards: &[FileCard]) -> Vec<Command> {
        let mut commands = Vec::new();
        for card in cards {
            if self.untold.remove(&card.id)
                && let Some(settings) = self.settings.get(&card.id)
            {
                commands.push(Command::Reread {
                    file: card.id,
                    settings: settings.clone(),
                });
            }
        }
        commands
    }
}
