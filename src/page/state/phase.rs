//! Where the page stands. Exactly one phase at any time.

use crate::protocol::{FileCard, FileKind, FileState};

/// Where the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nothing is in use.
    Empty,
    /// A file is being read, waits for its turn, or asks.
    Reading,
    /// Everything is read and something is in use.
    Ready,
    /// The engine is gone.
    Stopped(Stop),
}

/// Why the engine is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The engine's program could not be loaded.
    NotLoaded,
    /// The worker failed.
    WorkerFailed,
}

impl Phase {
    /// The phase that the files alone give.
    pub(crate) fn of(cards: &[FileCard]) -> Self {
        if cards.iter().any(|card| is_in_hand(&card.state)) {
            Self::Reading
        } else if cards.iter().any(holds_something) {
            Self::Ready
        } else {
            Self::Empty
        }
    }

    /// The phase's name in the document.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Stopped(_) => "stopped",
        }
    }
}

/// The file is in use and holds something that can be shown; a package or a column map only serves others.
fn holds_something(card: &FileCard) -> bool {
    use FileKind::{ColumnMap, ExportParameters, Package};
    card.state == FileState::Ready
        && !matches!(card.kind, Some(ColumnMap | ExportParameters | Package))
}

/// The file still changes on its own or waits for the user's word.
pub(crate) fn is_in_hand(state: &FileState) -> bool {
    is_being_read(state) || matches!(state, FileState::Asking(_))
}

/// The file still changes on its own.
pub(crate) fn is_being_read(state: &FileState) -> bool {
    matches!(state, FileState::Waiting | FileState::Reading { .. })
}
