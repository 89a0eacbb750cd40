//! Good, Poor or Unclassified: an icon and the word, so that no color is needed.

use yew::{Html, html};

use super::{Icon, icon};
use crate::page::words::verdict_word;
use crate::protocol::Verdict;

/// Draws the verdict.
pub(crate) fn verdict_mark(verdict: Verdict) -> Html {
    let (class, sign) = match verdict {
        Verdict::Good => ("verdict good", Icon::Good),
        Verdict::Poor => ("verdict poor", Icon::Poor),
        Verdict::Unclassified => ("verdict unclassified", Icon::Unclassified),
    };
    html! { <span class={class}>{ icon(sign) }{ verdict_word(verdict) }</span> }
}
