//! The page's own files as the browser keeps them: hears of a new version, and changes to it.
//!
//! Which files those are, and how they are kept, is the matter of `www/service-worker.js`.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::window;
use yew::Callback;

use super::program;
use super::state::Action;

/// Tells when the browser has the files of a new version.
pub(crate) fn listen(act: &Callback<Action>) -> Option<EventListener> {
    let act = act.clone();
    let window = window()?;
    Some(EventListener::new(
        &window,
        "callscope-new-version",
        move |_| act.emit(Action::NewVersion),
    ))
}

/// Loads the page anew, in its new version.
pub(crate) fn update() {
    // Fails only where the document is being left.
    let _ = program::call("update", &JsValue::UNDEFINED);
}
