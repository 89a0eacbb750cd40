//! The promise, and where it says how to check it.

use yew::{Html, html};

use super::{Icon, icon};
use crate::page::document;
use crate::page::state::{HelpPart, State};

/// What is out of the page's hands, where it `may_be_asked`.
pub(crate) const HOST_MAY_ASK: &str =
    "The page around this one may ask for what you see here, and pass it on.";

/// Whether a page around this one is answered, or may still come to ask.
pub(crate) fn may_come_to_be_asked(state: &State) -> bool {
    state.terms.may_answer && document::is_embedded()
}

/// Draws it; a link leads to how it is checked, unless that stands beside it.
pub(crate) fn privacy(state: &State, is_explained: bool) -> Html {
    html! {
        <p class="privacy">
            { icon(Icon::Lock) }
            <span>
                { "Your files stay on this machine: they are read in this browser tab and sent nowhere. " }
                if state.may_be_asked() {
                    <strong>{ HOST_MAY_ASK }</strong>{ " " }
                } else if state.seal.is_some() && !may_come_to_be_asked(state) {
                    <strong>{ "Sealed: nothing leaves this page." }</strong>{ " " }
                }
                if !is_explained {
                    <a href={HelpPart::Privacy.hash()}>{ "How to check this" }</a>
                }
            </span>
        </p>
    }
}
