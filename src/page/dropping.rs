//! Files that are dragged over the page and dropped anywhere on it.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, File, FileList, window};
use yew::Callback;

/// What happens while files are dragged.
pub(crate) enum Drag {
    /// Files are over the page.
    Over,
    /// They have left it.
    Left,
    /// They were dropped.
    Dropped(Vec<File>),
}

/// Listens on the whole window. The listeners end with the list.
pub(crate) fn listen(on_drag: &Callback<Drag>) -> Vec<EventListener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    ["dragenter", "dragover", "dragleave", "drop"]
        .into_iter()
        .map(|kind| {
            let on_drag = on_drag.clone();
            // Without this the browser would show the file in place of the page.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, kind, options, move |event| {
                let event: &DragEvent = event.unchecked_ref();
                let Some(transfer) = event.data_transfer().filter(holds_files) else {
                    return;
                };
                event.prevent_default();
                match kind {
                    "drop" => on_drag.emit(Drag::Dropped(files_of(transfer.files()))),
                    "dragleave" if event.related_target().is_none() => on_drag.emit(Drag::Left),
                    "dragenter" => on_drag.emit(Drag::Over),
                    _ => {}
                }
            })
        })
        .collect()
}

/// The files of a list.
pub(crate) fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|idx| list.get(idx)).collect())
        .unwrap_or_default()
}

fn holds_files(transfer: &DataTransfer) -> bool {
    transfer.types().includes(&"Files".into(), 0)
}
