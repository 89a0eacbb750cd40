//! All native tests of the engine, seen from outside: files in, answers out.

mod astray;
mod csv_suite;
mod dialects;
mod files;
mod formats;
#[path = "../../benches/generate/mod.rs"]
mod generate;
mod graph;
mod graph_canary;
mod grouped;
mod intake;
mod json_suite;
mod location;
mod merging;
mod object_ids;
mod overlap;
mod packing;
mod pasted;
mod people;
mod quality;
mod redaction;
mod reports;
mod roles;
mod session;
mod sheets;
mod telephone;
mod tidy;
mod unpack;
mod writing;
