//! The only door to the page: report and role in, protocol view out, built field by field.
//!
//! It adds, never removes: a field is invisible until somebody writes its line here and its test.

mod csv;
mod door;
mod drawn;
mod end;
mod files;
mod people;
mod phone;
mod places;
mod small_groups;
mod streams;
mod table;

pub use csv::StreamsFile;
pub use door::Door;
pub use drawn::Drawn;
pub use files::{ReadFile, column_map, columns, problems, rejected, settings};
pub use table::{Show, show};
