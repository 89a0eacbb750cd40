//! Tells assistive technology what has happened.

use yew::{AttrValue, Html, Properties, function_component, html};

#[derive(Properties, PartialEq)]
pub(crate) struct AnnouncerProps {
    /// What has happened.
    pub(crate) words: AttrValue,
}

#[function_component]
pub(crate) fn Announcer(props: &AnnouncerProps) -> Html {
    html! { <p class="visually-hidden" role="status">{ props.words.clone() }</p> }
}
