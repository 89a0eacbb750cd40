//! The bar at the top: the product's name, the seal, the settings, the way to add files.

use yew::{Callback, Html, MouseEvent, Properties, function_component, html};

use super::add_files::AddFiles;
use super::{Icon, icon};
use crate::page::dropping::Picked;
use crate::page::state::{Action, Panel};

#[derive(Properties, PartialEq)]
pub(crate) struct TopBarProps {
    /// The page can no longer reach any server.
    pub(crate) is_sealed: bool,
    /// Told what the user does.
    pub(crate) act: Callback<Action>,
    /// Told the files that were chosen.
    pub(crate) on_choose: Callback<Picked>,
}

#[function_component]
pub(crate) fn TopBar(props: &TopBarProps) -> Html {
    let show = |panel| {
        props
            .act
            .reform(move |_: MouseEvent| Action::ShowPanel(Some(panel)))
    };
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
            if props.is_sealed {
                <button type="button" class="top-button" aria-haspopup="dialog" onclick={show(Panel::Seal)}>
                    { icon(Icon::Lock) }{ "Sealed" }
                </button>
            }
            <button type="button" class="top-button" aria-haspopup="dialog" onclick={show(Panel::Settings)}>
                { icon(Icon::Settings) }<span class="top-word">{ "Settings" }</span>
            </button>
            <AddFiles on_choose={props.on_choose.clone()} />
        </header>
    }
}
