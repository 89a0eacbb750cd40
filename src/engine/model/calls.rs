//! Calls that a file has a record of, with or without streams.

/// A record of a call. The service writes it again, with a higher version, when it learns more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallVersion {
    /// The call's id, lower case.
    pub id: String,
    /// Whether the record holds the call's sessions; one that does not takes nothing from one that does.
    pub is_expanded: bool,
    /// The version of the record.
    pub version: u64,
    /// When it began, in milliseconds since 1970 UTC, if the record says.
    pub start_ms: Option<i64>,
    /// When it ended.
    pub end_ms: Option<i64>,
}
