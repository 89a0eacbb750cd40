//! The two ends of a stream, and the fields that tell of them.

use super::{column::TextColumn, streams::Streams};
use crate::engine::fields::{FieldId, fields};

/// First is the server when one side is one; of two of the same kind the order says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The first end.
    First,
    /// The second end: the client of a stream with a server.
    Second,
}

/// Both ends.
pub const ENDS: [End; 2] = [End::First, End::Second];

/// Fields that tell where an end was.
pub const ADDRESS_COLUMNS: [&str; 4] = ["IP Address", "Subnet", "Reflexive Local IP", "Public IP"];

/// Fields that tell who was at an end.
pub const PERSON_COLUMNS: [&str; 3] = ["UPN", "User ObjectId", "Sip Uri"];

/// All other fields of an end that tell who was there, and whether it counts.
pub const OTHER_COLUMNS: [&str; 4] = [
    "Phone Number",
    "Tenant Id",
    "UserType",
    "User Agent Category",
];

/// The field that tells what the programs of both ends are.
pub const PAIR_COLUMN: &str = "Is Server Pair";

impl End {
    /// The field of this end, such as `UPN` for `Second UPN`.
    pub fn field(self, name: &str) -> FieldId {
        let side = match self {
            Self::First => "First",
            Self::Second => "Second",
        };
        let name = format!("{side} {name}");
        fields()
            .id_of(&name)
            .unwrap_or_else(|| panic!("no field is named {name}"))
    }

    /// All fields that tell where this end was, who was there, and whether it counts.
    pub fn telling_fields(self) -> impl Iterator<Item = FieldId> {
        let of_end = ADDRESS_COLUMNS.iter().chain(&PERSON_COLUMNS);
        let of_end = of_end.chain(&OTHER_COLUMNS);
        let of_end = of_end.map(move |name| self.field(name));
        of_end.chain([fields().named(PAIR_COLUMN)])
    }

    /// The texts of a field of this end.
    pub fn text<'streams>(
        self,
        streams: &'streams Streams,
        name: &str,
    ) -> Option<&'streams TextColumn> {
        streams.text(self.field(name))
    }

    /// Whether an export has one of these fields of this end.
    pub fn has_any(self, streams: &Streams, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| streams.columns.contains_key(&self.field(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_an_end_is_known() {
        for end in ENDS {
            assert_eq!(end.telling_fields().count(), 12);
        }
    }
}
