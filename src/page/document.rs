//! What the page does to its document apart from drawing: the seal, the address, the focus, saving.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, Url, window};

use super::state::View;
use super::theme::Theme;
use crate::protocol::Download;

/// Id of the title of what `main` shows.
pub(crate) const TITLE_ID: &str = "view-title";

/// Id of the title of the building that is open.
pub(crate) const BUILDING_TITLE_ID: &str = "building-title";

/// Id of the button that opened it.
pub(crate) const OPENED_ID: &str = "opened-building";

/// Id of the file input.
pub(crate) const ADD_FILES_ID: &str = "add-files";

/// The second policy. Policies only add up: from here on the page reaches no server, not even its own.
/// Workers inherit it; they may still run WebAssembly.
const SEAL: &str =
    "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:; img-src data: blob:";

/// Cuts the page off from every server.
pub(crate) fn seal() -> Result<(), JsValue> {
    let document = window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let meta = document.create_element("meta")?;
    meta.set_attribute("http-equiv", "Content-Security-Policy")?;
    meta.set_attribute("content", SEAL)?;
    document.head().ok_or(JsValue::NULL)?.append_child(&meta)?;
    Ok(())
}

/// The view that the address names; without a name, or with an unknown one, the Overview.
pub(crate) fn view_in_address() -> View {
    let hash = window().and_then(|window| window.location().hash().ok());
    hash.and_then(|hash| View::of_hash(&hash))
        .unwrap_or_default()
}

/// Lets the address name this view.
pub(crate) fn name_in_address(view: View) {
    if let Some(window) = window()
        && view_in_address() != view
    {
        // Fails only where the document is being left.
        let _ = window.location().set_hash(view.hash());
    }
}

/// Lets the window's title name what is shown.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(&format!("{title} – callscope"));
    }
}

/// Draws in this theme from now on; `None` leaves it to the system.
pub(crate) fn set_theme(theme: Option<Theme>) {
    let document = window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        // Fails for no attribute with a valid name.
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme.code()),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// Moves the focus to the element with this id, or to the title if there is none.
pub(crate) fn focus(id: &str) {
    if let Some(element) = element::<HtmlElement>(id).or_else(|| element(TITLE_ID)) {
        // Fails for no HTML element.
        let _ = element.focus();
    }
}

/// What had the focus is no longer in the document.
pub(crate) fn is_focus_lost() -> bool {
    let document = window().and_then(|window| window.document());
    document.is_some_and(|document| {
        let focused = document.active_element();
        focused.is_none() || focused == document.body().map(Into::into)
    })
}

/// Opens the browser's own dialog for choosing files.
pub(crate) fn choose_files() {
    if let Some(input) = element::<HtmlElement>(ADD_FILES_ID) {
        input.click();
    }
}

/// Lets the user save a file.
pub(crate) fn save(download: &Download) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    let bytes = Uint8Array::from(&download.bytes[..]);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&download.name);
    link.click();
    Url::revoke_object_url(&address)
}

fn element<Kind: JsCast>(id: &str) -> Option<Kind> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
