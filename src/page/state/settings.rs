//! What the user may keep from visit to visit: looks and limits, nothing of any file.

use super::{CQD_CURRENT, Effect, FIRST_BUILDINGS_SORT, FIRST_PEOPLE_SORT, State, View};
use crate::page::theme::Theme;
use crate::protocol::{Choices, Classifier, Limits, Role};

/// The settings that can be kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Settings {
    /// How the page looks.
    pub(crate) theme: Option<Theme>,
    /// What makes a stream poor.
    pub(crate) classifier: Classifier,
    /// The user's own limits.
    pub(crate) limits: Limits,
}

/// What is decided about them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Setting {
    /// The user chooses how the page looks.
    Theme(Option<Theme>),
    /// The settings of an earlier visit are there.
    Recalled(Settings),
    /// The user wants the settings to be kept in this browser, or no longer.
    Remember(bool),
    /// The user wants nothing to be left: no file, no setting, nothing in the browser.
    ForgetEverything,
}

impl State {
    /// Puts a decision in force.
    pub(super) fn set(&mut self, setting: Setting) -> Vec<Effect> {
        match setting {
            Setting::Theme(theme) => self.wear(theme),
            Setting::Recalled(settings) => self.recall(settings),
            Setting::Remember(yes) => self.remember(yes),
            Setting::ForgetEverything => self.forget_everything(),
        }
    }

    fn settings(&self) -> Settings {
        // What a role took away stays kept.
        let kept = self.kept.map(|kept| kept.classifier).filter(|kept| {
            let is_taken = matches!(kept, Classifier::Custom(_)) && self.role == Role::Specialist;
            is_taken && self.choices.classifier == Classifier::default()
        });
        Settings {
            theme: self.theme,
            classifier: kept.unwrap_or(self.choices.classifier),
            limits: self.custom_limits,
        }
    }

    /// The settings, if they are to be kept and are no longer what is kept.
    pub(super) fn settings_to_keep(&mut self) -> Option<Effect> {
        let settings = self.settings();
        let kept = self.kept.as_mut().filter(|kept| **kept != settings)?;
        *kept = settings;
        Some(Effect::Keep(settings))
    }

    fn wear(&mut self, theme: Option<Theme>) -> Vec<Effect> {
        self.theme = theme;
        vec![Effect::Wear(theme)]
    }

    /// Takes the settings of an earlier visit. A role without limits of its own goes without them.
    fn recall(&mut self, settings: Settings) -> Vec<Effect> {
        self.kept = Some(settings);
        self.custom_limits = settings.limits;
        self.set_choices(Choices {
            classifier: settings.classifier,
            ..self.choices
        });
        self.keep_choices_within_role();
        self.wear(settings.theme)
    }

    fn remember(&mut self, yes: bool) -> Vec<Effect> {
        let settings = self.settings();
        self.kept = yes.then_some(settings);
        vec![if yes {
            Effect::Keep(settings)
        } else {
            Effect::Drop
        }]
    }

    /// Back to how the page was when it was opened for the first time. The role stays: it must not rise.
    fn forget_everything(&mut self) -> Vec<Effect> {
        self.files.clear();
        self.kept = None;
        self.panel = None;
        self.custom_limits = CQD_CURRENT;
        self.has_left_out = false;
        self.set_choices(Choices::default());
        self.buildings.query.sort = FIRST_BUILDINGS_SORT;
        self.people.query.sort = FIRST_PEOPLE_SORT;
        let mut effects = vec![Effect::Forget];
        effects.extend(self.wear(None));
        effects.extend(self.restart(self.role));
        effects.extend(self.go(View::default()));
        self.announce("Everything is forgotten.");
        effects
    }
}
