//! The last answer to one kind of question, and the question that is on its way.

use std::rc::Rc;

/// At most one question of a kind is on its way; the old answer stays until the new one comes.
#[derive(Debug, Clone)]
pub(crate) struct Slot<Query, View> {
    asked: Option<(u32, Asked<Query>)>,
    answered: Option<(Asked<Query>, Option<Rc<View>>)>,
    /// A question has to wait before it can be put.
    is_held: bool,
}

/// A question, and the state of knowledge it was put to.
#[derive(Debug, Clone)]
struct Asked<Query> {
    query: Query,
    generation: u32,
}

impl<Query, View> Default for Slot<Query, View> {
    fn default() -> Self {
        Self {
            asked: None,
            answered: None,
            is_held: false,
        }
    }
}

impl<Query: Clone + PartialEq, View> Slot<Query, View> {
    /// The question is neither answered nor is another one on its way.
    pub(super) fn needs(&self, query: &Query, generation: u32) -> bool {
        let is_answered = self
            .answered
            .as_ref()
            .is_some_and(|(asked, _)| asked.query == *query && asked.generation == generation);
        self.asked.is_none() && !is_answered
    }

    /// Notes whether a question that is needed has to wait.
    pub(super) fn hold(&mut self, is_held: bool) {
        self.is_held = is_held;
    }

    /// Notes that the question was put under this ticket.
    pub(super) fn ask(&mut self, ticket: u32, query: &Query, generation: u32) {
        self.asked = Some((
            ticket,
            Asked {
                query: query.clone(),
                generation,
            },
        ));
    }

    /// Takes the answer to this ticket; `None` says that the role may not ask. A stale one is dropped.
    pub(super) fn take(&mut self, ticket: u32, view: Option<View>) {
        if let Some((_, asked)) = self.asked.take_if(|(awaited, _)| *awaited == ticket) {
            self.answered = Some((asked, view.map(Rc::new)));
        }
    }

    /// The last answer.
    pub(crate) fn view(&self) -> Option<&Rc<View>> {
        self.answered.as_ref().and_then(|(_, view)| view.as_ref())
    }

    /// The role may not ask this.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.answered, Some((_, None)))
    }

    /// An answer is on its way, or will be.
    pub(crate) fn is_awaited(&self) -> bool {
        self.asked.is_some() || self.is_held
    }

    /// Forgets answer and question; what still comes in is dropped.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
