//! The first files are being read: nothing else to show yet.

use yew::{Html, function_component, html};

use super::ViewProps;
use crate::page::components::{FileCards, view_title};

#[function_component]
pub(crate) fn Reading(props: &ViewProps) -> Html {
    let state = &props.state;
    html! {
        <>
            { view_title(state.view.title()) }
            <p class="lead">{ "Reading your files. This page stays usable meanwhile." }</p>
            <FileCards state={state.clone()} act={props.act.clone()} />
        </>
    }
}
