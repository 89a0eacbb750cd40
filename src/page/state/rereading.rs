//! What the user decides about files that are read, and reading them again for it.

use super::phase::is_being_read;
use super::{Draft, Effect, State, View};
use crate::protocol::{FileId, FileState, ReadSettings};

impl State {
    /// Reads a file in another way. What its columns are is decided elsewhere and stays.
    pub(super) fn set_reading(&mut self, file: FileId, mut settings: ReadSettings) -> Vec<Effect> {
        let Some(card) = self.files.card(file) else {
            return Vec::new();
        };
        settings.columns.clone_from(&card.settings.columns);
        let mut effects = self.reread(file, settings);
        // Elsewhere the file would leave the screen as soon as it is read.
        if self.view != View::Files {
            effects.extend(self.go(View::Files));
        }
        effects
    }

    /// Notes what a column of the file shown is.
    pub(super) fn draft_column(&mut self, heading: String, draft: Draft) {
        let shown = self.columns.shown.and_then(|file| self.files.card(file));
        if let Some(card) = shown {
            let decided = &card.settings.columns;
            self.columns.drafts.set(heading, draft, decided);
        }
    }

    /// Reads the file shown with what was noted about its columns.
    pub(super) fn apply_columns(&mut self) -> Vec<Effect> {
        let shown = self.columns.shown.and_then(|file| self.files.card(file));
        let (Some(card), Some(view)) = (shown, self.columns.slot.view()) else {
            return Vec::new();
        };
        let columns = &mut self.columns.drafts;
        if columns.n_ready(&view.fields) == 0 {
            return Vec::new();
        }
        let settings = ReadSettings {
            columns: columns.apply(&card.settings.columns, &view.fields),
            ..card.settings.clone()
        };
        self.reread(card.id, settings)
    }

    /// A file that is gone, or that has no columns any more, shows none.
    pub(super) fn leave_columns_of_lost_file(&mut self) {
        let Some(file) = self.columns.shown else {
            return;
        };
        let is_lost = self.files.card(file).is_none_or(|card| {
            let may_have_columns = card.has_columns || is_being_read(&card.state);
            !may_have_columns || card.state == FileState::Cancelled
        });
        if is_lost {
            self.columns.hide();
        }
    }

    fn reread(&mut self, file: FileId, settings: ReadSettings) -> Vec<Effect> {
        let command = self.files.reread(file, settings);
        self.set_phase(self.files.phase());
        vec![Effect::Tell(command)]
    }
}
