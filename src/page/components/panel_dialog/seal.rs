//! What the seal keeps from happening, since when, what was tried, and how to check all that.

use yew::{Html, html};

use crate::page::components::HOST_MAY_ASK;
use crate::page::document;
use crate::page::views::{ViewProps, ways_to_check};
use crate::page::words::counted;

/// The seal.
pub(super) fn seal(props: &ViewProps) -> Html {
    let Some(seal) = &props.state.seal else {
        return html! {};
    };
    let tried = match seal.n_refused {
        0 => "No attempt to reach anybody was made.".to_owned(),
        n => format!(
            "The browser stopped {} to reach somebody.",
            counted(u64::from(n), "attempt", "attempts")
        ),
    };
    html! {
        <>
            <p>
                { format!("Since {} the browser lets this page reach no server, not even the one it came from.", seal.since) }
                { " " }<strong class="seal-count">{ tried }</strong>
                if props.state.may_be_asked() {
                    { " " }<strong>{ HOST_MAY_ASK }</strong>
                }
            </p>
            <h3>{ "What is blocked" }</h3>
            <ul>
                <li>{ "requests and connections of every kind, from the page and from the engine that reads your files" }</li>
                <li>{ "pictures, fonts, styles, scripts and frames from anywhere" }</li>
                <li>{ "forms, and text of a file that poses as part of the page" }</li>
            </ul>
            <h3>{ "Check it yourself" }</h3>
            { ways_to_check() }
            <details class="policies">
                <summary>{ "The policies, word by word" }</summary>
                { for document::policies().into_iter().map(|policy| html! { <pre tabindex="0">{ policy }</pre> }) }
            </details>
            <p class="quiet">
                { "What no page can block: the browser itself and its extensions can read every page, and you \
                   can leave this one. callscope makes no link out of your files." }
            </p>
        </>
    }
}
