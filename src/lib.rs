//! callscope reads Microsoft Teams call exports in the browser and shows which buildings have bad calls.
//!
//! Reading order: `protocol` is what page and worker say to each other; `calendar` is what both need of
//! dates; `engine` knows the files; `demo` makes files to try it with, `unpack` opens packages;
//! `wire` is how values cross; `worker` is the engine's shell in the browser; `page` draws and never sees the engine.

pub mod protocol;

pub use callscope_kernel::calendar;

pub mod engine;

pub mod demo;

pub mod unpack;

#[cfg(target_arch = "wasm32")]
mod starter;
#[cfg(target_arch = "wasm32")]
pub mod wire;

pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod worker;
