//! Since when the page reaches no server, and what was tried since it was opened.

use super::State;

/// The seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seal {
    /// The time of day at which it was set, as the browser writes it.
    pub(crate) since: String,
    /// So often the browser refused something.
    pub(crate) n_refused: u32,
}

impl Seal {
    /// A seal that was set at this time of day.
    pub(crate) fn new(since: String) -> Self {
        Self {
            since,
            n_refused: 0,
        }
    }
}

impl State {
    /// One attempt more was refused.
    pub(super) fn count_refusal(&mut self) {
        if let Some(seal) = &mut self.seal {
            seal.n_refused += 1;
        }
    }
}
