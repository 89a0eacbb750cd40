//! The inputs for files and for a folder. Every other way of choosing leads to them.

use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, TargetCast, html};

use super::{Icon, icon};
use crate::page::document::ADD_FILES_ID;
use crate::page::dropping::{Picked, files_of};

/// Id of the input for a folder.
const ADD_FOLDER_ID: &str = "add-folder";

/// Draws the inputs; `on_choose` is told the files.
pub(crate) fn add_files(on_choose: Callback<Picked>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        on_choose.emit(files_of(input.files()));
        // Emptied, so that the same file can be chosen again.
        input.set_value("");
    });
    html! {
        <div class="add-files">
            <input
                id={ADD_FILES_ID}
                class="visually-hidden"
                type="file"
                multiple=true
                onchange={onchange.clone()}
            />
            <label for={ADD_FILES_ID}>{ icon(Icon::Add) }{ "Add files" }</label>
            <input
                id={ADD_FOLDER_ID}
                class="visually-hidden"
                type="file"
                webkitdirectory=true
                {onchange}
            />
            <label for={ADD_FOLDER_ID}>{ icon(Icon::Add) }{ "Add folder" }</label>
        </div>
    }
}
