//! Links to the views.

use yew::{Html, html};

use super::{Icon, icon};
use crate::page::state::View;

/// Draws them; `present` is the view that is shown.
pub(super) fn navigation(present: View) -> Html {
    html! {
        <nav class="navigation" aria-label="Views">
            <ul>
                { for View::ALL.into_iter().map(|view| html! {
                    <li>
                        <a href={view.hash()} aria-current={(view == present).then_some("page")}>
                            { icon(icon_of(view)) }{ view.title() }
                        </a>
                    </li>
                }) }
            </ul>
        </nav>
    }
}

fn icon_of(view: View) -> Icon {
    match view {
        View::Overview => Icon::Overview,
        View::Buildings => Icon::Buildings,
        View::People => Icon::People,
        View::Streams => Icon::Streams,
        View::Files => Icon::Files,
        View::Help => Icon::Help,
    }
}
