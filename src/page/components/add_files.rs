//! The file input of the page. Every other way of choosing files leads to it.

use web_sys::{File, HtmlInputElement};
use yew::{Callback, Event, Html, Properties, TargetCast, function_component, html};

use super::{Icon, icon};
use crate::page::document::ADD_FILES_ID;
use crate::page::dropping::files_of;

#[derive(Properties, PartialEq)]
pub(crate) struct AddFilesProps {
    /// Told the files.
    pub(crate) on_choose: Callback<Vec<File>>,
}

#[function_component]
pub(crate) fn AddFiles(props: &AddFilesProps) -> Html {
    let on_choose = props.on_choose.clone();
    let onchange = move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        on_choose.emit(files_of(input.files()));
        // Emptied, so that the same file can be chosen again.
        input.set_value("");
    };
    html! {
        <div class="add-files">
            <input
                id={ADD_FILES_ID}
                class="visually-hidden"
                type="file"
                multiple=true
                {onchange}
            />
            <label for={ADD_FILES_ID}>{ icon(Icon::Add) }{ "Add files" }</label>
        </div>
    }
}
