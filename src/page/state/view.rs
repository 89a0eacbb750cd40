//! The views and their names in the address. The address never holds anything from a file.

/// A view of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum View {
    #[default]
    Overview,
    Buildings,
    People,
    Streams,
    Files,
    Help,
}

impl View {
    /// All views, as the navigation lists them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Overview,
        Self::Buildings,
        Self::People,
        Self::Streams,
        Self::Files,
        Self::Help,
    ];

    /// The view's title.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Buildings => "Buildings",
            Self::People => "People",
            Self::Streams => "Streams",
            Self::Files => "Files",
            Self::Help => "Help",
        }
    }

    /// The view's part of the address.
    pub(crate) fn hash(self) -> &'static str {
        match self {
            Self::Overview => "#overview",
            Self::Buildings => "#buildings",
            Self::People => "#people",
            Self::Streams => "#streams",
            Self::Files => "#files",
            Self::Help => "#help",
        }
    }

    /// The view of a code name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| &view.hash()[1..] == name)
    }

    /// The view that an address names, by itself or by a part of it.
    pub(crate) fn of_hash(hash: &str) -> Option<Self> {
        let is_part = HelpPart::of_hash(hash).is_some();
        let view = Self::ALL.into_iter().find(|view| view.hash() == hash);
        view.or(is_part.then_some(Self::Help))
    }
}

/// A part of Help that others lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HelpPart {
    Privacy,
    Verdicts,
    Counting,
    Roles,
}

impl HelpPart {
    /// All of them, in no order that matters.
    pub(crate) const ALL: [Self; 4] = [Self::Privacy, Self::Verdicts, Self::Counting, Self::Roles];

    /// The part's part of the address.
    pub(crate) fn hash(self) -> &'static str {
        match self {
            Self::Privacy => "#help-privacy",
            Self::Verdicts => "#help-verdicts",
            Self::Counting => "#help-counting",
            Self::Roles => "#help-roles",
        }
    }

    /// Id of its title.
    pub(crate) fn id(self) -> &'static str {
        &self.hash()[1..]
    }

    /// The part that an address names.
    pub(crate) fn of_hash(hash: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.hash() == hash)
    }
}
