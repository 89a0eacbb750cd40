//! Keeps the settings in the browser's storage, and removes whatever the page left in the browser.
//!
//! Some pages have no storage: in a sandboxed frame, or where the user switched it off.

use wasm_bindgen::JsValue;
use web_sys::{Storage, window};

use super::program;
use super::state::{Settings, settings_in, text_of};

const NAME: &str = "callscope.settings";

/// Whether this browser keeps anything for the page.
pub(crate) fn can_be_kept() -> bool {
    storage().is_some()
}

/// The settings of an earlier visit. What cannot be read counts as none.
pub(crate) fn recall() -> Option<Settings> {
    settings_in(&storage()?.get_item(NAME).ok()??)
}

/// Keeps the settings.
pub(crate) fn keep(settings: &Settings) -> Result<(), JsValue> {
    let text = text_of(settings);
    storage().ok_or(JsValue::NULL)?.set_item(NAME, &text)
}

/// Keeps the settings no longer.
pub(crate) fn drop() {
    if let Some(storage) = storage() {
        // Fails for no name.
        let _ = storage.remove_item(NAME);
    }
}

/// Removes everything that the browser keeps for the page, its own files as well.
pub(crate) fn forget() {
    drop();
    // Fails only where the browser keeps none.
    let _ = program::call("forget", &JsValue::UNDEFINED);
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}
