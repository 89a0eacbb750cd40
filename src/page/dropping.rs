//! Files that the user chose: dragged over the page and dropped anywhere on it, or picked from a list.

mod folders;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, DragEvent, File, FileList, window};
use yew::Callback;

/// A file that the user chose.
pub(crate) struct Chosen {
    /// Its name, after those of the folders in which it was chosen.
    pub(crate) path: String,
    /// Its handle.
    pub(crate) file: File,
}

/// What the user chose at once.
#[derive(Default)]
pub(crate) struct Picked {
    /// The files.
    pub(crate) files: Vec<Chosen>,
    /// Others of the user's own lie too deep in folders, are too many, or cannot be read.
    pub(crate) has_more: bool,
}

/// What happens while files are dragged.
pub(crate) enum Drag {
    /// Files are over the page.
    Over,
    /// They have left it.
    Left,
    /// They were dropped.
    Dropped(Picked),
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
                    "drop" => drop_files(&transfer, &on_drag),
                    "dragleave" if event.related_target().is_none() => on_drag.emit(Drag::Left),
                    "dragenter" => on_drag.emit(Drag::Over),
                    _ => {}
                }
            })
        })
        .collect()
}

/// The files of a list; of a folder's list, those that are the user's own.
pub(crate) fn files_of(list: Option<FileList>) -> Picked {
    let Some(list) = list else {
        return Picked::default();
    };
    let files = (0..list.length()).filter_map(|idx| list.get(idx));
    let chosen: Vec<Chosen> = files.map(Chosen::of).collect();
    if chosen.iter().any(|chosen| chosen.path.contains('/')) {
        return folders::keep_the_users_own(chosen);
    }
    Picked {
        files: chosen,
        has_more: false,
    }
}

impl Chosen {
    /// A file that was picked, alone or with its folder.
    fn of(file: File) -> Self {
        let path = Reflect::get(&file, &"webkitRelativePath".into())
            .ok()
            .and_then(|path| path.as_string())
            .filter(|path| !path.is_empty());
        Self {
            path: path.unwrap_or_else(|| file.name()),
            file,
        }
    }
}

fn drop_files(transfer: &DataTransfer, on_drag: &Callback<Drag>) {
    // What was dropped is known only while the event lasts.
    let entries = folders::entries_of(&transfer.items());
    if entries.iter().any(web_sys::FileSystemEntry::is_directory) {
        on_drag.emit(Drag::Left);
        let on_drag = on_drag.clone();
        spawn_local(async move { on_drag.emit(Drag::Dropped(folders::files_in(entries).await)) });
    } else {
        on_drag.emit(Drag::Dropped(files_of(transfer.files())));
    }
}

fn holds_files(transfer: &DataTransfer) -> bool {
    transfer.types().includes(&"Files".into(), 0)
}
