//! What the page does to its document apart from drawing: the seal, the address, the focus, saving.

use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, Url, window};

use super::options::Options;
use super::program::call;
use super::state::{HelpPart, View};
use super::theme::Theme;
use super::words::take_marks;
use crate::protocol::Download;
use crate::starter::SEAL;

/// Id of the title of what `main` shows.
pub(crate) const TITLE_ID: &str = "view-title";

/// Id of the title of the building that is open.
pub(crate) const BUILDING_TITLE_ID: &str = "building-title";

/// Id of the button that opened it.
pub(crate) const OPENED_ID: &str = "opened-building";

/// Id of the file input.
pub(crate) const ADD_FILES_ID: &str = "add-files";

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

/// The policies that bind the page, as they stand in its head.
pub(crate) fn policies() -> Vec<String> {
    let document = window().and_then(|window| window.document());
    let metas = document.and_then(|document| {
        let selector = "meta[http-equiv=Content-Security-Policy]";
        document.query_selector_all(selector).ok()
    });
    let metas = metas.iter().flat_map(|metas| {
        let nodes = (0..metas.length()).filter_map(|idx| metas.get(idx));
        nodes.filter_map(|node| node.dyn_into::<Element>().ok())
    });
    metas
        .filter_map(|meta| meta.get_attribute("content"))
        .collect()
}

/// The time of day, as this browser writes it.
pub(crate) fn time_of_day() -> String {
    Date::new_0().to_locale_time_string("default").into()
}

/// The view that the address names, if it names one.
pub(crate) fn view_in_address() -> Option<View> {
    View::of_hash(&hash())
}

/// Id of the title of the part of Help that the address names, if it names one.
pub(crate) fn part_in_address() -> Option<&'static str> {
    HelpPart::of_hash(&hash()).map(HelpPart::id)
}

fn hash() -> String {
    let hash = window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default()
}

/// Lets the address name this view.
pub(crate) fn name_in_address(view: View) {
    if let Some(window) = window()
        && view_in_address().unwrap_or_default() != view
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

/// Whether another page is around this one.
pub(crate) fn is_embedded() -> bool {
    window().is_some_and(|window| {
        let parent = window.parent().ok().flatten();
        parent.is_some_and(|parent| parent != window)
    })
}

/// What stands behind the question mark of the address.
pub(crate) fn query() -> String {
    let query = window().and_then(|window| window.location().search().ok());
    query.unwrap_or_default()
}

/// Sets an attribute of the document's root.
pub(crate) fn mark_root(name: &str, value: &str) {
    if let Some(root) = root() {
        // Fails for no attribute with a valid name.
        let _ = root.set_attribute(name, value);
    }
}

/// Draws as the page around this one wants it.
pub(crate) fn dress(options: &Options) {
    set_theme(options.theme.flatten());
    for (is_on, name) in [
        (options.is_compact, "data-compact"),
        (options.has_auto_height, "data-auto-height"),
        (options.is_dense, "data-dense"),
        (options.accent.is_some(), "data-accent"),
    ] {
        if is_on {
            mark_root(name, "");
        }
    }
    if let Some(accent) = options.accent {
        for (name, value) in accent.properties() {
            set_property(name, &value);
        }
    }
    if let Some(font) = &options.font {
        set_property("--font", font);
    }
    if let Some(px) = options.radius_px {
        set_property("--radius", &format!("{px}px"));
        set_property("--radius-large", &format!("{}px", 2 * px));
    }
}

fn set_property(name: &str, value: &str) {
    if let Some(root) = root() {
        // The policy forbids styles in attributes, not this. Fails for no property of one's own.
        let _ = root
            .unchecked_ref::<HtmlElement>()
            .style()
            .set_property(name, value);
    }
}

/// Writes numbers with the marks of a language; in the usual way if the browser does not know it.
pub(crate) fn write_numbers_as_in(language: &str) {
    let written = call("numberIn", &language.into()).ok();
    if let Some(text) = written.and_then(|text| text.as_string()) {
        take_marks(&text);
    }
}

/// Draws in this theme from now on; `None` leaves it to the system.
pub(crate) fn set_theme(theme: Option<Theme>) {
    if let Some(root) = root() {
        // Fails for no attribute with a valid name.
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme.code()),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// Moves the focus to the element with this id, or to the title if there is none. It is never taken away from
/// the page around this one.
pub(crate) fn focus(id: &str) {
    let document = window().and_then(|window| window.document());
    let has_focus = document.is_some_and(|document| document.has_focus().unwrap_or(true));
    if is_embedded() && !has_focus {
        return;
    }
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

fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

fn element<Kind: JsCast>(id: &str) -> Option<Kind> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
