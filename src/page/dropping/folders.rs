//! Folders: every file of the user's in them, in the order of their paths.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransferItemList, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

use super::{Chosen, Picked};
use crate::unpack::is_of_the_system;

/// Whoever drops a whole disk gets no more than this.
const MAX_FILES: usize = 2_000;

/// Folders in folders are looked into so deep.
const MAX_DEPTH: usize = 10;

/// What was dropped, files and folders.
pub(super) fn entries_of(list: &DataTransferItemList) -> Vec<FileSystemEntry> {
    (0..list.length())
        .filter_map(|idx| list.get(idx)?.webkit_get_as_entry().ok()?)
        .collect()
}

/// All files among these and in their folders, as far as they can be read.
pub(super) async fn files_in(mut entries: Vec<FileSystemEntry>) -> Picked {
    let mut files = Vec::new();
    let mut has_more = false;
    sort_backwards(&mut entries);
    while let Some(entry) = entries.pop() {
        let path = path_of(&entry);
        if !is_the_users_own(&path) {
            continue;
        }
        if files.len() == MAX_FILES {
            has_more = true;
            break;
        }
        // Browsers do not agree on the names of these classes.
        if entry.is_directory() {
            if parts(&path).count() > MAX_DEPTH {
                has_more = true;
                continue;
            }
            let (mut inside, is_all) = entries_in(entry.unchecked_ref()).await;
            has_more |= !is_all;
            sort_backwards(&mut inside);
            entries.append(&mut inside);
        } else if let Ok(file) = file_of(&entry).await {
            files.push(Chosen { path, file });
        } else {
            has_more = true;
        }
    }
    Picked { files, has_more }
}

/// Leaves out what systems and programs keep beside the user's files, and orders the rest.
pub(super) fn keep_the_users_own(mut files: Vec<Chosen>) -> Picked {
    files.retain(|chosen| is_the_users_own(&chosen.path));
    let n_own = files.len();
    files.retain(|chosen| parts(&chosen.path).count() <= MAX_DEPTH + 1);
    files.sort_by(|one, other| parts(&one.path).cmp(parts(&other.path)));
    files.truncate(MAX_FILES);
    let has_more = files.len() < n_own;
    Picked { files, has_more }
}

/// The last one is looked at first.
fn sort_backwards(entries: &mut [FileSystemEntry]) {
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.name()));
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
}

fn path_of(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

fn is_the_users_own(path: &str) -> bool {
    !is_of_the_system(path) && !parts(path).any(|part| part.starts_with('.'))
}

/// What is in a folder, and whether that is all: the browser tells it in portions, the last of which is empty.
async fn entries_in(folder: &FileSystemDirectoryEntry) -> (Vec<FileSystemEntry>, bool) {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let portion = Promise::new(&mut |resolve, reject| {
            // A failure to start is told like any other.
            let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
        });
        let Ok(portion) = JsFuture::from(portion).await else {
            return (entries, false);
        };
        let portion: Array = portion.unchecked_into();
        if portion.length() == 0 {
            return (entries, true);
        }
        entries.extend(
            portion
                .iter()
                .map(JsCast::unchecked_into::<FileSystemEntry>),
        );
    }
}

async fn file_of(entry: &FileSystemEntry) -> Result<File, JsValue> {
    let entry: &FileSystemFileEntry = entry.unchecked_ref();
    let file = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    Ok(JsFuture::from(file).await?.unchecked_into())
}
