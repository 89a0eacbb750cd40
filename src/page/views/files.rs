//! Files: every file of the session, and that none of its rows was lost.

use yew::{Html, function_component, html};

use super::ViewProps;
use crate::page::components::{FileCards, Privacy, view_title};
use crate::page::state::View;

#[function_component]
pub(crate) fn Files(props: &ViewProps) -> Html {
    let state = &props.state;
    html! {
        <>
            { view_title(View::Files.title()) }
            <p class="lead">
                { "What each file turned out to be, and what became of its rows. Drop more files anywhere." }
            </p>
            <FileCards state={state.clone()} act={props.act.clone()} />
            <Privacy is_sealed={state.is_sealed} />
        </>
    }
}
