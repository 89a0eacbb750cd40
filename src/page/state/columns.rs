//! The columns of one file while the user says what they are: the answer, and what is not applied yet.

use std::collections::BTreeMap;

use super::Slot;
use crate::protocol::{ColumnChoice, ColumnMeaning, ColumnView, ColumnsView, FileId};

/// The columns of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    /// The file whose columns are shown.
    pub(crate) shown: Option<FileId>,
    /// What they are read as.
    pub(crate) slot: Slot<FileId, ColumnsView>,
    /// What the user chose since; kept while the same file is shown again.
    pub(crate) drafts: Drafts,
    drafts_of: Option<FileId>,
}

impl Columns {
    /// Shows the columns of a file.
    pub(super) fn show(&mut self, file: FileId) {
        if self.drafts_of != Some(file) {
            self.drafts = Drafts::default();
        }
        self.drafts_of = Some(file);
        self.slot.forget();
        self.shown = Some(file);
    }

    /// Shows them no longer.
    pub(super) fn hide(&mut self) {
        self.shown = None;
        self.slot.forget();
    }
}

/// What a column is to be read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Draft {
    /// As its heading says.
    Automatic,
    /// As the field of this name, if there is one.
    Field(String),
    /// Not at all.
    LeftOut,
}

/// Choices that are not applied yet, by heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drafts {
    of_heading: BTreeMap<String, Draft>,
}

impl Drafts {
    /// What is chosen for a heading: the draft, or what was decided before.
    pub(crate) fn of(&self, heading: &str, decided: &[ColumnChoice]) -> Draft {
        let draft = self.of_heading.get(heading).cloned();
        draft.unwrap_or_else(|| decided_draft(heading, decided))
    }

    /// Chooses for a heading. What equals the decision is no draft.
    pub(super) fn set(&mut self, heading: String, draft: Draft, decided: &[ColumnChoice]) {
        if draft == decided_draft(&heading, decided) {
            self.of_heading.remove(&heading);
        } else {
            self.of_heading.insert(heading, draft);
        }
    }

    /// Whether something is chosen for a heading that is not applied yet.
    pub(crate) fn has(&self, heading: &str) -> bool {
        self.of_heading.contains_key(heading)
    }

    /// How many drafts there are.
    pub(crate) fn n(&self) -> usize {
        self.of_heading.len()
    }

    /// How many drafts can be applied: all but names of no field.
    pub(crate) fn n_ready(&self, fields: &[String]) -> usize {
        let is_ready = |draft: &&Draft| match draft {
            Draft::Field(name) => field_named(fields, name).is_some(),
            Draft::Automatic | Draft::LeftOut => true,
        };
        self.of_heading.values().filter(is_ready).count()
    }

    /// The decisions with the drafts that can be applied, which are then no drafts any more.
    pub(super) fn apply(
        &mut self,
        decided: &[ColumnChoice],
        fields: &[String],
    ) -> Vec<ColumnChoice> {
        let mut choices = decided.to_vec();
        for (heading, draft) in std::mem::take(&mut self.of_heading) {
            let field = match &draft {
                Draft::Automatic | Draft::LeftOut => None,
                Draft::Field(name) => field_named(fields, name).cloned(),
            };
            if field.is_none() && matches!(draft, Draft::Field(_)) {
                self.of_heading.insert(heading, draft);
                continue;
            }
            choices.retain(|choice| choice.heading != heading);
            if draft != Draft::Automatic {
                choices.push(ColumnChoice { heading, field });
            }
        }
        choices
    }
}

/// The field of this name, without regard to case.
pub(crate) fn field_named<'fields>(
    fields: &'fields [String],
    name: &str,
) -> Option<&'fields String> {
    let name = name.trim();
    fields.iter().find(|field| field.eq_ignore_ascii_case(name))
}

/// The column is read as the user chose or its heading says; nobody has to look at it.
pub(crate) fn is_understood(column: &ColumnView) -> bool {
    match column.meaning {
        ColumnMeaning::Known(_) | ColumnMeaning::Chosen(_) | ColumnMeaning::LeftOut => true,
        ColumnMeaning::Ambiguous | ColumnMeaning::Unknown | ColumnMeaning::Repeated(_) => false,
    }
}

fn decided_draft(heading: &str, decided: &[ColumnChoice]) -> Draft {
    let choice = decided.iter().find(|choice| choice.heading == heading);
    choice.map_or(Draft::Automatic, |choice| {
        choice.field.clone().map_or(Draft::LeftOut, Draft::Field)
    })
}

#[cfg(test)]
mod tests {
    use super::{Draft, Drafts};
    use crate::protocol::ColumnChoice;

    fn choice(heading: &str, field: Option<&str>) -> ColumnChoice {
        ColumnChoice {
            heading: heading.to_owned(),
            field: field.map(str::to_owned),
        }
    }

    fn fields() -> Vec<String> {
        ["Avg Jitter", "Avg Round Trip"].map(str::to_owned).to_vec()
    }

    #[test]
    fn choices_for_other_headings_stay() {
        let decided = [
            choice("Delay", Some("Avg Round Trip")),
            choice("Note", None),
        ];
        let mut drafts = Drafts::default();
        drafts.set(
            "Jit".to_owned(),
            Draft::Field("avg jitter ".to_owned()),
            &decided,
        );
        drafts.set("Note".to_owned(), Draft::Automatic, &decided);
        assert_eq!(drafts.n_ready(&fields()), 2);
        assert_eq!(
            drafts.apply(&decided, &fields()),
            [
                choice("Delay", Some("Avg Round Trip")),
                choice("Jit", Some("Avg Jitter"))
            ]
        );
        assert_eq!(drafts, Drafts::default());
    }

    #[test]
    fn a_name_of_no_field_is_not_applied_and_stays_as_typed() {
        let mut drafts = Drafts::default();
        let typed = Draft::Field("Avg".to_owned());
        drafts.set("Jit".to_owned(), typed.clone(), &[]);
        assert_eq!(drafts.n_ready(&fields()), 0);
        assert_eq!(drafts.apply(&[], &fields()), []);
        assert_eq!(drafts.of("Jit", &[]), typed);
    }

    #[test]
    fn going_back_to_the_decision_leaves_nothing_to_apply() {
        let decided = [choice("Note", None)];
        let mut drafts = Drafts::default();
        drafts.set(
            "Note".to_owned(),
            Draft::Field("Avg Jitter".to_owned()),
            &decided,
        );
        drafts.set("Note".to_owned(), Draft::LeftOut, &decided);
        assert_eq!(drafts, Drafts::default());
        assert_eq!(drafts.of("Note", &decided), Draft::LeftOut);
        assert_eq!(drafts.of("Else", &decided), Draft::Automatic);
    }
}
