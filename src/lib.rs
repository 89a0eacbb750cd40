//! callscope reads Microsoft Teams call exports in the browser and shows which buildings have bad calls.
//!
//! Reading order: `protocol` is what page and worker say to each other; `calendar` is what both need of
//! dates; `engine` knows the files; `worker` is its shell in the browser; `page` draws and never sees the
//! engine.

pub mod protocol;

pub mod calendar;

pub mod engine;

pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod worker;
