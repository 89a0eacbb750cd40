//! What each role sees of each kind of knowledge.
//!
//! From the table of roles of Teams' call analytics and the list of personal fields of the dashboard:
//! <https://learn.microsoft.com/microsoftteams/use-call-analytics-to-troubleshoot-poor-call-quality>,
//! <https://learn.microsoft.com/microsoftteams/cqd-data-and-reports>. Where the two differ the stricter
//! one holds. `docs/roles.md` gives the reasons.

use crate::engine::fields::Sensitivity;
use crate::protocol::Role;

/// How much of a value crosses over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// As the export holds it.
    Plain,
    /// The last digits as asterisks.
    Masked,
    /// "Internal User" or "External User"; only the person who was searched for by the whole name is named.
    Kind,
    /// Nothing.
    Nothing,
}

/// The rows of the table: knowledge, then specialist, engineer, administrator.
const TABLE: [(Sensitivity, [Show; 3]); 9] = {
    use Sensitivity as S;
    use Show::{Kind, Masked, Nothing, Plain};
    [
        (S::Open, [Plain, Plain, Plain]),
        (S::Person, [Kind, Plain, Plain]),
        (S::Phone, [Masked, Masked, Plain]),
        (S::Address, [Nothing, Plain, Plain]),
        (S::Place, [Nothing, Plain, Plain]),
        (S::Device, [Nothing, Plain, Plain]),
        (S::Debug, [Nothing, Plain, Plain]),
        (S::Text, [Nothing, Plain, Plain]),
        (S::Identifier, [Nothing, Plain, Plain]),
    ]
};

/// What a role sees of a kind of knowledge about a single stream or person. Groups of streams follow
/// `small_groups`.
pub fn show(role: Role, sensitivity: Sensitivity) -> Show {
    let column = match role {
        Role::Specialist => 0,
        Role::Engineer => 1,
        Role::Administrator => 2,
    };
    TABLE
        .iter()
        .find(|(known, _)| *known == sensitivity)
        .map_or(Show::Nothing, |(_, shows)| shows[column])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fields::fields;

    #[test]
    fn every_field_has_its_line() {
        for (_, field) in fields().iter() {
            let is_listed = TABLE.iter().any(|(known, _)| *known == field.sensitivity);
            assert!(is_listed, "{} has no line", field.name);
        }
    }

    /// Pinned: whoever changes the table changes a promise.
    #[test]
    fn the_table_is_the_one_that_was_promised() {
        let words = |show| match show {
            Show::Plain => "plain",
            Show::Masked => "masked",
            Show::Kind => "kind",
            Show::Nothing => "-",
        };
        let table: String = TABLE
            .iter()
            .map(|(sensitivity, shows)| {
                format!("{sensitivity:?}: {}\n", shows.map(words).join(", "))
            })
            .collect();
        expect_test::expect![[r#"
            Open: plain, plain, plain
            Person: kind, plain, plain
            Phone: masked, masked, plain
            Address: -, plain, plain
            Place: -, plain, plain
            Device: -, plain, plain
            Debug: -, plain, plain
            Text: -, plain, plain
            Identifier: -, plain, plain
        "#]]
        .assert_eq(&table);
    }

    #[test]
    fn a_higher_role_never_sees_less() {
        let rank = |show| match show {
            Show::Nothing => 0,
            Show::Kind | Show::Masked => 1,
            Show::Plain => 2,
        };
        for (_, shows) in TABLE {
            assert!(rank(shows[0]) <= rank(shows[1]) && rank(shows[1]) <= rank(shows[2]));
        }
    }
}
