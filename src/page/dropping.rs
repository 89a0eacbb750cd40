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

/// What happens while files are dragged.
pub(crate) enum Drag {
    /// Files are over the page.
    Over,
    /// They have left it.
    Left,
    /// They were dropped.
    Dropped(Vec<Chosen>),
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
pub(crate) fn files_of(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    let files = (0..list.length()).filter_map(|idx| list.get(idx));
    let mut chosen: Vec<Chosen> = files.map(Chosen::of).collect();
    if chosen.iter().any(|chosen| chosen.path.contains('/')) {
        folders::keep_the_users_own(&mut chosen);
    }
    chosen.into_iter().map(|chosen| chosen.file).collect()
}

impl Chosen {
    /// A file that was picked, alone or with its folder.
    pub(crate) fn of(file: File) -> Self {
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
        let files = files_of(transfer.files());
        on_drag.emit(Drag::Dropped(files.into_iter().map(Chosen::of).collect()));
    }
}

fn holds_files(transfer: &DataTransfer) -> bool {
    transfer.types().includes(&"Files".into(), 0)
}
