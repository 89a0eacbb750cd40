//! Phases, and what is forgotten when: after a failure, a new role, a new session.

use super::{Columns, Effect, FIRST_WINDOW, Phase, State, Stop};
use crate::page::words::counted;
use crate::protocol::{Choices, Classifier, Days, Role};

impl State {
    /// Goes to the phase that the files give, and says so.
    pub(super) fn set_phase(&mut self, phase: Phase) {
        if phase == Phase::Empty {
            self.is_answering = false;
        }
        if phase == Phase::Empty && self.phase != phase {
            // What columns are of a file that could not be read can be decided all the same.
            let columns = std::mem::take(&mut self.columns);
            self.forget_answers();
            self.columns = columns;
            self.buildings.query.search.clear();
            // Days are those of the files that have gone.
            self.set_choices(Choices {
                days: Days::default(),
                ..self.choices
            });
        }
        if phase == Phase::Ready {
            self.is_answering = true;
        }
        if phase != self.phase {
            self.announcement = self.phase_words(phase);
        }
        self.phase = phase;
    }

    fn phase_words(&self, phase: Phase) -> String {
        match phase {
            Phase::Empty => "No file is in use.".to_owned(),
            Phase::Reading => "Reading files.".to_owned(),
            Phase::Stopped(_) => "The engine has stopped.".to_owned(),
            Phase::Ready => {
                let n_in_use = self.files.n_in_use() as u64;
                let in_use = counted(n_in_use, "file is in use", "files are in use");
                format!("Finished reading. {in_use}.")
            }
        }
    }

    /// Lets assistive technology say this.
    pub(super) fn announce(&mut self, words: &str) {
        words.clone_into(&mut self.announcement);
    }

    /// The engine is gone. What it said stays known, but no more answers will come.
    pub(super) fn stop(&mut self, stop: Stop) {
        self.is_answering = false;
        self.forget_answers();
        self.set_phase(Phase::Stopped(stop));
    }

    /// Starts a new session for this role with the same files.
    pub(super) fn restart(&mut self, role: Role) -> Vec<Effect> {
        let role = self.allowed(role);
        self.role = role;
        self.keep_choices_within_role();
        self.is_answering = false;
        self.forget_answers();
        let mut effects = vec![Effect::Start(role)];
        effects.extend(self.files.reopen().into_iter().map(Effect::Tell));
        self.set_phase(self.files.phase());
        effects
    }

    /// Takes back what the role may not choose.
    pub(super) fn keep_choices_within_role(&mut self) {
        if self.role == Role::Specialist {
            let mut choices = self.choices;
            choices.days = Days::default();
            if matches!(choices.classifier, Classifier::Custom(_)) {
                choices.classifier = Classifier::default();
            }
            self.set_choices(choices);
        }
    }

    /// Forgets what was said for another role or session, and searches that may name somebody.
    pub(super) fn forget_answers(&mut self) {
        self.asker.outdate();
        self.overview.forget();
        self.buildings.slot.forget();
        self.buildings.query.window = FIRST_WINDOW;
        self.last_opened = None;
        self.networks = None;
        self.people.slot.forget();
        self.people.query.search.clear();
        self.people.query.window = FIRST_WINDOW;
        self.streams.slot.forget();
        self.streams.query.building = None;
        self.streams.query.window = FIRST_WINDOW;
        self.columns = Columns::default();
        self.download = None;
        self.held.clear();
        self.host_questions.drop_all();
    }
}
