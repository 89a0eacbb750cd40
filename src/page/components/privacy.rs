//! The promise, and where it says how to check it.

use yew::{Html, Properties, function_component, html};

use super::{Icon, icon};
use crate::page::state::HelpPart;

#[derive(Properties, PartialEq)]
pub(crate) struct PrivacyProps {
    /// The page can no longer reach any server.
    pub(crate) is_sealed: bool,
    /// Where the promise stands already says how to check it.
    #[prop_or_default]
    pub(crate) is_explained: bool,
}

#[function_component]
pub(crate) fn Privacy(props: &PrivacyProps) -> Html {
    html! {
        <p class="privacy">
            { icon(Icon::Lock) }
            <span>
                { "Your files stay on this machine: they are read in this browser tab and sent nowhere. " }
                if props.is_sealed {
                    <strong>{ "Sealed: nothing leaves this page." }</strong>{ " " }
                }
                if !props.is_explained {
                    <a href={HelpPart::Privacy.hash()}>{ "How to check this" }</a>
                }
            </span>
        </p>
    }
}
