//! The engine is gone: says so, and offers to start again.

use yew::{Callback, Html, Properties, function_component, html};

use crate::page::components::view_title;
use crate::page::state::{Action, Stop};

#[derive(Properties, PartialEq)]
pub(crate) struct StoppedProps {
    /// Why it is gone.
    pub(crate) stop: Stop,
    /// Told what the user does.
    pub(crate) act: Callback<Action>,
}

#[function_component]
pub(crate) fn Stopped(props: &StoppedProps) -> Html {
    let (title, words) = match props.stop {
        Stop::NotLoaded => (
            "The engine could not be loaded",
            "A part of this page did not arrive, or is not the one that was published and was not run. \
             Check the connection to the place you opened it from, then try again. Your files are untouched.",
        ),
        Stop::WorkerFailed => (
            "The engine has stopped",
            "It made a mistake or ran out of memory. Your files are untouched, and nothing of them is \
             kept. Restart to read them again; if it stops once more, start afresh and add one file at \
             a time.",
        ),
    };
    html! {
        <section class="stopped" role="alert">
            { view_title(title) }
            <p>{ words }</p>
            <div class="stopped-buttons">
                <button type="button" class="button primary" onclick={props.act.reform(|_| Action::Restart)}>
                    { "Restart" }
                </button>
                <button type="button" class="button" onclick={props.act.reform(|_| Action::StartAfresh)}>
                    { "Start afresh without files" }
                </button>
            </div>
        </section>
    }
}
