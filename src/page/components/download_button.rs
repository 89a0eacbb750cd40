//! Asks for a table as a CSV file.

use yew::{Callback, Html, Properties, function_component, html};

use super::{Icon, icon};
use crate::page::state::{Action, TableName};

#[derive(Properties, PartialEq)]
pub(crate) struct DownloadButtonProps {
    /// Which table.
    pub(crate) table: TableName,
    /// What the button says.
    #[prop_or("Download CSV")]
    pub(crate) words: &'static str,
    /// A file is being made.
    pub(crate) is_busy: bool,
    /// Told the wish.
    pub(crate) act: Callback<Action>,
}

#[function_component]
pub(crate) fn DownloadButton(props: &DownloadButtonProps) -> Html {
    let table = props.table;
    let onclick = props.act.reform(move |_| Action::Download(table));
    html! {
        <button type="button" class="button" aria-disabled={props.is_busy.then_some("true")} {onclick}>
            { icon(Icon::Download) }{ props.words }
        </button>
    }
}
