//! A dash where there is no figure, and the reason for it.

use yew::{Html, html};

/// Why nobody can say how many people there are.
pub(crate) const NOBODY_NAMED: &str = "not known: the exports name nobody";

/// Draws the dash.
pub(crate) fn not_known(why: &'static str) -> Html {
    html! { <span role="img" aria-label={why} title={why}>{ "–" }</span> }
}
