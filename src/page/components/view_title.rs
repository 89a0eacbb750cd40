//! The title of what `main` shows. Takes the focus when the view changes.

use yew::{Html, html};

use crate::page::document::TITLE_ID;

/// Draws the title.
pub(crate) fn view_title(title: &str) -> Html {
    html! { <h1 id={TITLE_ID} tabindex="-1">{ title.to_owned() }</h1> }
}
