//! A sentence that stands out from the rest: an icon, a word for its tone, the sentence.

use yew::{Html, html};

use super::{Icon, icon};

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good to know.
    Note,
    /// Figures are less than they could be.
    Warning,
}

/// Draws the notice.
pub(crate) fn notice(tone: Tone, words: impl Into<Html>) -> Html {
    let (class, sign, word) = match tone {
        Tone::Note => ("notice note", Icon::Note, "Note"),
        Tone::Warning => ("notice warning", Icon::Warning, "Warning"),
    };
    html! {
        <div class={class}>
            { icon(sign) }
            <p><span class="visually-hidden">{ word }{ ": " }</span>{ words.into() }</p>
        </div>
    }
}
