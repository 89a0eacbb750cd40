//! Light or dark, where somebody chose. Without a choice the system decides.

/// A theme that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// The theme of a name; the system's is a choice, too: `Some(None)`.
    #[expect(
        clippy::option_option,
        reason = "a name may be none, and may stand for no theme"
    )]
    pub(crate) fn named(name: &str) -> Option<Option<Self>> {
        match name {
            "light" => Some(Some(Self::Light)),
            "dark" => Some(Some(Self::Dark)),
            "system" => Some(None),
            _ => None,
        }
    }

    /// Its name in the document and in options.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}
