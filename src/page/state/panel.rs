//! What can be open above a view.

/// A panel that says something of the page itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    /// What the seal is, and how to check it.
    Seal,
    /// How the page looks, what it keeps, and how to forget everything.
    Settings,
}
