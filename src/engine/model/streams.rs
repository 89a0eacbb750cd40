//! Streams, from whatever export they come.

/// The streams of one export in the fields of the Call Quality Dashboard: a row a stream, or a row a group.
pub type Streams = super::table::Table;
