//! The page: draws what the worker answers. Never sees the engine.

#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod accent;
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod embedding;
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod options;
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod scroll;
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod state;
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod theme;
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "drawn in the browser only")
)]
mod words;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod charts;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod document;
#[cfg(target_arch = "wasm32")]
mod dropping;
#[cfg(target_arch = "wasm32")]
mod helpers;
#[cfg(target_arch = "wasm32")]
mod link;
#[cfg(target_arch = "wasm32")]
mod offline;
#[cfg(target_arch = "wasm32")]
mod panic;
#[cfg(target_arch = "wasm32")]
mod program;
#[cfg(target_arch = "wasm32")]
mod running;
#[cfg(target_arch = "wasm32")]
mod settings;
#[cfg(target_arch = "wasm32")]
mod views;

/// Draws the page into the document.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    panic::show_panics();
    yew::Renderer::<app::App>::new().render();
}
