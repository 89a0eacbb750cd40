//! The page inside another page: who may talk to it, what may be asked, what is told.
//!
//! Everything is decided in plain Rust; only `host` touches the browser.

mod configuration;
#[cfg(target_arch = "wasm32")]
mod host;
mod message;
mod news;
mod query;
mod value;

pub(crate) use configuration::Configuration;
#[cfg(target_arch = "wasm32")]
pub(crate) use host::{Host, configuration_in, listen, watch_height};
#[cfg(target_arch = "wasm32")]
pub(crate) use message::Message;
pub(crate) use message::Refusal;
