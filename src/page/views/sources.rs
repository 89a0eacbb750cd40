//! Where each kind of file comes from, for the empty page and for Help.

use yew::{Html, html};

use crate::page::words::{Piece, SOURCES, WRAPPINGS, pieces};

/// Draws the kinds of files with the ways to get them.
pub(super) fn sources() -> Html {
    html! {
        <div class="sources">
            { for SOURCES.iter().map(|source| html! {
                <section>
                    <h3>{ source.title }</h3>
                    <p>{ source.purpose }</p>
                    <ul>{ for source.ways.iter().map(|way| html! { <li>{ sentence(way) }</li> }) }</ul>
                    if let Some(remark) = source.remark {
                        <p class="quiet">{ sentence(remark) }</p>
                    }
                </section>
            }) }
        </div>
    }
}

/// Draws the kinds of files in short; the last one is of this page's own making.
pub(super) fn kinds() -> Html {
    let foreign = &SOURCES[..SOURCES.len() - 1];
    html! {
        <>
            <ul class="kinds">
                { for foreign.iter().map(|source| html! {
                    <li><strong>{ source.title }</strong>{ " " }<span>{ source.purpose }</span></li>
                }) }
            </ul>
            <p class="quiet">{ WRAPPINGS }</p>
        </>
    }
}

fn sentence(words: &'static str) -> Html {
    let piece = |piece| match piece {
        Piece::Plain(words) => html! { { words } },
        Piece::Click(words) => html! { <strong>{ words }</strong> },
        Piece::Literal(words) => html! { <code>{ words }</code> },
    };
    pieces(words).into_iter().map(piece).collect()
}
