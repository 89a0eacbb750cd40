//! The empty page: invites, explains, promises.

use yew::{Html, function_component, html};

use super::ViewProps;
use super::sources::{kinds, sources};
use crate::page::components::{FileCards, privacy, view_title};
use crate::page::document::choose_files;
use crate::page::state::Action;

#[function_component]
pub(crate) fn Welcome(props: &ViewProps) -> Html {
    let has_cards = !props.state.files.cards.is_empty();
    html! {
        <div class="welcome">
            <section class="invitation">
                <div class="invitation-words">
                    { view_title("See which buildings have bad calls") }
                    <p class="lead">
                        { "callscope puts the calls of Microsoft Teams on your building list, and shows where \
                           they are poor and how sure that is." }
                    </p>
                    <p>
                        { "Drop any of your Teams files anywhere here, best a " }
                        <strong>{ "building file" }</strong>
                        { " and an export of the " }<strong>{ "Call Quality Dashboard" }</strong>
                        { ". Zip files, Excel workbooks and whole folders may come as they are." }
                    </p>
                    { privacy(&props.state, false) }
                    <div class="invitation-buttons">
                        <button type="button" class="button primary large" onclick={|_| choose_files()}>
                            { "Choose files" }
                        </button>
                        <button type="button" class="button large" onclick={props.act.reform(|_| Action::OpenDemo)}>
                            { "Try the demo tenant" }
                        </button>
                    </div>
                </div>
                { picture() }
            </section>
            if has_cards {
                <FileCards state={props.state.clone()} act={props.act.clone()} />
            }
            <section class="what-is-read" aria-labelledby="what-is-read">
                <h2 id="what-is-read">{ "What you can drop" }</h2>
                { kinds() }
                <details class="where-from">
                    <summary>{ "Where do I get these files?" }</summary>
                    { sources() }
                </details>
            </section>
        </div>
    }
}

/// Buildings with bars beneath: decoration only.
fn picture() -> Html {
    html! {
        <svg class="picture" viewBox="0 0 320 240" width="320" height="240" aria-hidden="true">
            <path class="picture-ground" d="M16 168h288" />
            <path class="picture-building" d="M36 168V96l44-18v90zM92 168V60h52v108zM156 168v-58h44v58zM212 168V84l52-20v104z" />
            <path
                class="picture-windows"
                d="M48 108h8M62 104h8M48 126h8M62 126h8M48 144h8M62 144h8M104 78h8M124 78h8M104 98h8M124 98h8M104 118h8M124 118h8M104 138h8M124 138h8M168 126h8M184 126h8M168 146h8M184 146h8M226 98h8M244 94h8M226 118h8M244 118h8M226 140h8M244 140h8"
            />
            <path class="picture-waves" d="M112 46a9 9 0 0 1 12 0M104 36a22 22 0 0 1 28 0M96 26a36 36 0 0 1 44 0" />
            <path class="picture-track" d="M36 192h44M92 192h52M156 192h44M212 192h52" />
            <path class="picture-good" d="M36 192h8M156 192h5M212 192h12" />
            <path class="picture-poor" d="M92 192h34" />
            <path class="picture-whisker" d="M40 186v12M52 186v12M40 192h12M116 186v12M136 186v12M116 192h20M158 186v12M168 186v12M158 192h10M218 186v12M232 186v12M218 192h14" />
        </svg>
    }
}
