//! All native tests of the engine, seen from outside: files in, answers out.

mod files;
mod formats;
mod location;
mod quality;
mod redaction;
mod reports;
mod roles;
mod tidy;
