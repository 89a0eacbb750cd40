//! Which column each property of a call record is: the lines of `properties.tsv`. Knows names, not values.
//!
//! The properties are those of <https://learn.microsoft.com/graph/api/resources/callrecords-callrecord> and
//! of the objects within it, in all their versions. A line without a column is a property that is known but
//! has a reader of its own, or no use here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::engine::fields::{Catalog, FieldId};
use crate::engine::model::by_text::ByText;

/// Whose property it is: stands for the star in the name of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The call, its sessions, segments, media and streams.
    Call,
    /// The end that called.
    Caller,
    /// The end that was called.
    Callee,
    /// Who set up the meeting.
    Organizer,
}

const SIDES: [Side; 4] = [Side::Call, Side::Caller, Side::Callee, Side::Organizer];

impl Side {
    fn prefix(self) -> &'static str {
        match self {
            Self::Call => "",
            Self::Caller => "Caller",
            Self::Callee => "Callee",
            Self::Organizer => "Organizer",
        }
    }
}

/// For each kind of object, with a tab and each of its properties, the column for each side.
static PROPERTIES: LazyLock<ByText<[Option<FieldId>; SIDES.len()]>> = LazyLock::new(|| {
    let fields = Catalog::CallRecordInsights.fields();
    let mut all = ByText::default();
    for line in include_str!("properties.tsv").lines().skip(1) {
        let Some((property, column)) = line.rsplit_once('\t') else {
            panic!("three cells are expected in {line}");
        };
        let field = |side: Side| fields.id_of(&column.replace('*', side.prefix()));
        *all.of(property.as_bytes()) = SIDES.map(field);
    }
    all
});

/// What is known of a property.
pub(super) enum Property {
    /// It is this column.
    Column(FieldId),
    /// It has a reader of its own, or no use here.
    NoColumn,
    /// Nothing.
    Unknown,
}

/// What is known of a property of an object.
pub(super) fn property(object: &'static str, side: Side, name: &str) -> Property {
    let columns = PROPERTIES.get([object, name].join("\t").as_bytes());
    match columns.map(|columns| columns[side as usize]) {
        Some(Some(column)) => Property::Column(column),
        Some(None) => Property::NoColumn,
        None => Property::Unknown,
    }
}

/// So many properties that are not known are named; a file of nothing else is no export.
const MAX_NAMED: usize = 40;

/// A name that is longer is cut.
const MAX_NAME_LETTERS: usize = 120;

/// Properties that are not known, and how often each was seen.
#[derive(Debug, Default)]
pub(super) struct Unknown(BTreeMap<String, u64>);

impl Unknown {
    /// Notes a property. Annotations such as `@odata.type` are no properties.
    pub(super) fn note(&mut self, property: &str) {
        if property.contains("@odata.") {
            return;
        }
        if let Some(n_times) = self.0.get_mut(property) {
            *n_times += 1;
        } else if self.0.len() < MAX_NAMED {
            let name = property.chars().take(MAX_NAME_LETTERS).collect();
            *self.0.entry(name).or_default() += 1;
        }
    }

    /// The names with their numbers, in the order of the alphabet.
    pub(super) fn into_named(self) -> impl Iterator<Item = (String, u64)> {
        self.0.into_iter()
    }
}
