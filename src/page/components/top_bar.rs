//! The bar at the top: the product's name, the seal, the settings, the way to add files.

use yew::{Callback, Html, MouseEvent, html};

use super::add_files::add_files;
use super::{Icon, icon};
use crate::page::dropping::Picked;
use crate::page::state::{Action, Panel};

/// Draws it. `act` is told what the user does, `on_choose` the files that were chosen.
pub(super) fn top_bar(
    is_sealed: bool,
    act: &Callback<Action>,
    on_choose: &Callback<Picked>,
) -> Html {
    let show = |panel| act.reform(move |_: MouseEvent| Action::ShowPanel(Some(panel)));
    html! {
        <header class="top-bar">
            <p class="brand">
                <svg class="brand-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
                    <path d="M3 21V8l7-3v16M10 10h6v11M2 21h15" />
                    <path d="M19 6a6 6 0 0 1 0 9M16.5 8a3.2 3.2 0 0 1 0 5" />
                </svg>
                <span class="brand-name">{ "callscope" }</span>
                <span class="brand-claim">{ "Call quality by building" }</span>
            </p>
            if is_sealed {
                <button type="button" class="top-button" aria-haspopup="dialog" onclick={show(Panel::Seal)}>
                    { icon(Icon::Lock) }{ "Sealed" }
                </button>
            }
            <button type="button" class="top-button" aria-haspopup="dialog" onclick={show(Panel::Settings)}>
                { icon(Icon::Settings) }<span class="top-word">{ "Settings" }</span>
            </button>
            { add_files(on_choose.clone()) }
        </header>
    }
}
