//! Says that a new version of the page is ready, and changes to it when the user says so.

use yew::{Html, function_component, html, use_state_eq};

use super::{Icon, icon};
use crate::page::state::{Action, Version};
use crate::page::views::ViewProps;
use crate::page::words::NEW_VERSION;

/// A quiet line. Where files are loaded it asks first: they would have to be dropped again.
#[function_component]
pub(crate) fn VersionLine(props: &ViewProps) -> Html {
    let asks = use_state_eq(|| false);
    if props.state.version == Version::Newest {
        return Html::default();
    }
    let update = props.act.reform(|_| Action::Update);
    let (words, onclick) = if *asks {
        ("Your files have to be dropped again after that.", update)
    } else if props.state.files.cards.is_empty() {
        (NEW_VERSION, update)
    } else {
        let asks = asks.clone();
        (NEW_VERSION, (move |_| asks.set(true)).into())
    };
    html! {
        <section class="notice note version-line" aria-label="Version">
            { icon(Icon::Note) }
            <p role="status">{ words }</p>
            <button type="button" class="button" {onclick}>
                { if *asks { "Update now" } else { "Update" } }
            </button>
            if *asks {
                <button type="button" class="button" onclick={move |_| asks.set(false)}>{ "Not now" }</button>
            }
        </section>
    }
}
