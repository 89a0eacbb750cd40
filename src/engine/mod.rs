//! What is known about a set of files. No browser, no clock, no input or output.

pub mod diagnostic;
pub mod fields;
pub mod formats;
pub mod location;
pub mod merging;
pub mod model;
pub mod quality;
pub mod redact;
pub mod rehearsal;
pub mod report;
pub mod session;
pub(crate) mod sorting;
