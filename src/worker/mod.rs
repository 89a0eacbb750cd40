//! The engine's shell in the browser.
