//! Asks for a table as a CSV file.

use yew::{Callback, Html, html};

use super::{Icon, icon};
use crate::page::state::{Action, State, TableName};

/// Draws the button for a table; what it says is "Download" and the thing.
pub(crate) fn download_button(
    state: &State,
    table: TableName,
    thing: &'static str,
    act: &Callback<Action>,
) -> Html {
    let onclick = act.reform(move |_| Action::Download(table));
    let is_busy = state.download.is_some();
    html! {
        <button type="button" class="button" aria-disabled={is_busy.then_some("true")} {onclick}>
            { icon(Icon::Download) }{ "Download " }{ thing }
        </button>
    }
}
