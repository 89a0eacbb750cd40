//! What a page around this one, and the deployment, decide about the session; what that page asks.

use super::{Effect, Phase, State};
use crate::page::embedding::Refusal;
use crate::protocol::{Download, Role, Sheet};

/// So many questions of the page around this one may wait for their answers.
const MAX_QUESTIONS: usize = 16;

/// What was decided about the session before its first file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The role at the start.
    pub(crate) role: Role,
    /// The highest role there can be, if the role is locked.
    pub(crate) highest: Option<Role>,
    /// People are found and named by their whole names only.
    pub(crate) needs_whole_names: bool,
    /// The page around this one may be answered.
    pub(crate) may_answer: bool,
}

/// Something that the page could not do as it was told. Shown, and told to the page around this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remark {
    /// The configuration file was not understood.
    BadConfiguration,
    /// An option of the address was not understood.
    BadOption,
    /// The building file of the host could not be loaded.
    NoLocations,
}

impl Remark {
    /// Its name in messages.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::BadConfiguration => "bad-configuration",
            Self::BadOption => "bad-option",
            Self::NoLocations => "no-locations",
        }
    }
}

/// Questions of the page around this one that wait for an answer: the worker's ticket, that page's number.
#[derive(Debug, Clone, Default)]
pub(super) struct HostQuestions {
    /// A page that may ask is there.
    is_connected: bool,
    waiting: Vec<(u32, u32)>,
    dropped: Vec<u32>,
}

impl HostQuestions {
    /// Answers that still come in belong to another role or session.
    pub(super) fn drop_all(&mut self) {
        self.dropped
            .extend(self.waiting.drain(..).map(|(_, id)| id));
    }

    fn take(&mut self, ticket: u32) -> Option<u32> {
        let at = self
            .waiting
            .iter()
            .position(|(known, _)| *known == ticket)?;
        Some(self.waiting.swap_remove(at).1)
    }
}

impl State {
    /// Takes on what was decided elsewhere. A role that is locked already is never locked to a higher one.
    pub(super) fn settle(&mut self, terms: Terms) -> Vec<Effect> {
        let known = self.terms;
        let both = [known.highest, terms.highest];
        self.terms = Terms {
            highest: both.into_iter().flatten().min(),
            needs_whole_names: known.needs_whole_names || terms.needs_whole_names,
            ..terms
        };
        // What the user chose while the page was still loading stays, unless it is too high.
        let role = if self.has_chosen_role {
            self.role
        } else {
            terms.role
        };
        if self.allowed(role) == self.role {
            return Vec::new();
        }
        self.restart(role)
    }

    /// The role, or the highest one there can be.
    pub(super) fn allowed(&self, role: Role) -> Role {
        self.terms.highest.map_or(role, |highest| role.min(highest))
    }

    /// The role that people are found and named for.
    pub(crate) fn named_for(&self) -> Role {
        if self.terms.needs_whole_names {
            Role::Specialist
        } else {
            self.role
        }
    }

    /// A page around this one may talk to it, and does. False if that is known.
    pub(crate) fn connect_host(&mut self) -> bool {
        !std::mem::replace(&mut self.host_questions.is_connected, true)
    }

    /// Whether there is a page around this one that is answered.
    pub(crate) fn may_be_asked(&self) -> bool {
        self.terms.may_answer && self.host_questions.is_connected
    }

    /// Puts a question of the page around this one.
    pub(super) fn ask_for_host(&mut self, id: u32, sheet: Sheet) -> Vec<Effect> {
        let refusal = match self.phase {
            _ if !self.terms.may_answer => Some(Refusal::NotAllowed),
            Phase::Stopped(_) => Some(Refusal::Stopped),
            _ if !self.is_answering => Some(Refusal::NoFiles),
            _ if self.host_questions.waiting.len() == MAX_QUESTIONS => Some(Refusal::Busy),
            _ => None,
        };
        if let Some(refusal) = refusal {
            return vec![Effect::AnswerHost(id, Err(refusal))];
        }
        let ticket = self.asker.new_ticket();
        self.host_questions.waiting.push((ticket, id));
        self.ask_for_file(ticket, sheet)
    }

    /// The answer to a question of the page around this one; `None` if the ticket is of another question.
    pub(super) fn answer_host(
        &mut self,
        ticket: u32,
        answer: Result<Download, Refusal>,
    ) -> Option<Effect> {
        let id = self.host_questions.take(ticket)?;
        Some(Effect::AnswerHost(id, answer))
    }

    /// Refusals of questions whose answers would belong to another role or session, or never come.
    pub(super) fn interrupted(&mut self) -> impl Iterator<Item = Effect> + use<> {
        let dropped = std::mem::take(&mut self.host_questions.dropped);
        let refusal = match self.phase {
            Phase::Stopped(_) => Refusal::Stopped,
            _ => Refusal::Interrupted,
        };
        dropped
            .into_iter()
            .map(move |id| Effect::AnswerHost(id, Err(refusal)))
    }
}
