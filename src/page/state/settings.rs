//! What the user may keep from visit to visit: looks and limits, nothing of any file.

use super::{CQD_CURRENT, Effect, State, View};
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

impl State {
    fn settings(&self) -> Settings {
        Settings {
            theme: self.theme,
            classifier: self.choices.classifier,
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

    pub(super) fn wear(&mut self, theme: Option<Theme>) -> Vec<Effect> {
        self.theme = theme;
        vec![Effect::Wear(theme)]
    }

    /// Takes the settings of an earlier visit. A role without limits of its own goes without them.
    pub(super) fn recall(&mut self, settings: Settings) -> Vec<Effect> {
        self.kept = Some(settings);
        self.custom_limits = settings.limits;
        let is_custom = matches!(settings.classifier, Classifier::Custom(_));
        if !is_custom || self.role > Role::Specialist {
            self.set_choices(Choices {
                classifier: settings.classifier,
                ..self.choices
            });
        }
        self.wear(settings.theme)
    }

    pub(super) fn remember(&mut self, yes: bool) -> Vec<Effect> {
        let settings = self.settings();
        self.kept = yes.then_some(settings);
        vec![if yes {
            Effect::Keep(settings)
        } else {
            Effect::Forget
        }]
    }

    /// Back to how the page was when it was opened for the first time. The role stays: it must not rise.
    pub(super) fn forget_everything(&mut self) -> Vec<Effect> {
        self.files.clear();
        self.kept = None;
        self.panel = None;
        self.custom_limits = CQD_CURRENT;
        self.has_left_out = false;
        self.set_choices(Choices::default());
        let mut effects = vec![Effect::Forget];
        effects.extend(self.wear(None));
        effects.extend(self.restart(self.role));
        effects.extend(self.go(View::default()));
        self.announce("Everything is forgotten.");
        effects
    }
}
