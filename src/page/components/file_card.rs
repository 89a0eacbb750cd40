//! A file: what it is, where reading stands, what became of its rows, what is wrong with it, how it was read.

mod body;
mod how_read;
mod kind_remedy;

use web_sys::Element;
use yew::{
    Callback, Event, Html, Properties, TargetCast, classes, function_component, html, use_state_eq,
};

use super::{Icon, icon};
use crate::page::state::Action;
use crate::page::views::ViewProps;
use crate::page::words::{
    bytes, card_kind, gist, is_repeated, needs_attention, reading_percent, state_word,
};
use crate::protocol::{FileCard as Card, FileKind, FileState};
use body::body;

pub(super) use body::columns_button_id;

/// From so many files on, each of them is a line that opens.
const N_COMPACT: usize = 7;

#[derive(Properties, PartialEq)]
pub(crate) struct FileCardProps {
    /// The file.
    pub(crate) card: Card,
    /// Most of it is behind a click.
    pub(crate) is_compact: bool,
    /// A file is being made for the user.
    pub(crate) is_saving: bool,
    /// Told what the user wants.
    pub(crate) act: Callback<Action>,
}

/// The files of the session, each behind the package that it came in.
#[function_component]
pub(crate) fn FileCards(props: &ViewProps) -> Html {
    file_cards(props, |_| true)
}

/// Those files that are wanted, and the packages that they came in.
pub(crate) fn file_cards(props: &ViewProps, is_wanted: impl Fn(&Card) -> bool) -> Html {
    let cards = &props.state.files.cards;
    let is_shown = |card: &&Card| {
        is_wanted(card)
            || card.kind == Some(FileKind::Package)
                && cards
                    .iter()
                    .any(|member| member.parent == Some(card.id) && is_wanted(member))
    };
    html! {
        <ul class="file-cards" aria-label="Files">
            { for cards.iter().filter(is_shown).map(|card| html! {
                <FileCard
                    key={card.id}
                    card={card.clone()}
                    is_compact={cards.len() >= N_COMPACT}
                    is_saving={props.state.download.is_some()}
                    act={props.act.clone()}
                />
            }) }
        </ul>
    }
}

#[function_component]
pub(crate) fn FileCard(props: &FileCardProps) -> Html {
    let card = &props.card;
    let title_id = format!("file-{}", card.id);
    let is_open = use_state_eq(|| false);
    let set_open = is_open.setter();
    let ontoggle = move |event: Event| {
        // What opens within the body tells it here as well.
        if let Some(details) = event.target_dyn_into::<Element>()
            && details.class_name() == "file-more"
        {
            set_open.set(details.has_attribute("open"));
        }
    };
    let is_asking = matches!(card.state, FileState::Asking(_));
    let has_attention = needs_attention(card);
    html! {
        <li
            class={classes!(
                "file-card",
                class_of(card),
                has_attention.then_some("has-attention"),
                card.parent.map(|_| "is-member"),
                props.is_compact.then_some("is-compact"),
            )}
            aria-labelledby={title_id.clone()}
        >
            <div class="file-head">
                { icon(sign_of(card.kind)) }
                <div class="file-names">
                    { title(props, title_id) }
                    <p class="quiet">
                        { card_kind(card) }
                        if card.size_bytes != 0 {
                            { " · " }{ bytes(card.size_bytes) }
                        }
                    </p>
                </div>
                <p class="file-state">{ state_mark(card, has_attention) }</p>
                { button(props) }
            </div>
            if let Some(percent) = reading_percent(card) {
                <div class="file-progress">
                    <progress max="100" value={percent.to_string()} aria-label={format!("Reading {}", card.name)} />
                    <span class="quiet">{ percent }{ " %" }</span>
                </div>
            }
            if !props.is_compact || is_asking {
                { body(props) }
            } else if let Some(gist) = gist(card) {
                <details class="file-more" {ontoggle}>
                    <summary>
                        <span>{ gist }</span>
                        <span class="visually-hidden">{ format!(" Details of {}", card.name) }</span>
                    </summary>
                    if *is_open {
                        <div class="file-body">{ body(props) }</div>
                    }
                </details>
            }
        </li>
    }
}

/// A member's title is one level below that of its package.
fn title(props: &FileCardProps, id: String) -> Html {
    let name = props.card.name.clone();
    if props.card.parent.is_some() {
        html! { <h3 {id}>{ name }</h3> }
    } else {
        html! { <h2 {id}>{ name }</h2> }
    }
}

fn button(props: &FileCardProps) -> Html {
    let (id, name) = (props.card.id, &props.card.name);
    let (word, label, action) = match props.card.state {
        FileState::Waiting | FileState::Reading { .. } | FileState::Asking(_) => (
            "Cancel",
            format!("Cancel reading {name}"),
            Action::Cancel(id),
        ),
        FileState::Ready | FileState::Cancelled | FileState::Failed => {
            ("Remove", format!("Remove {name}"), Action::Remove(id))
        }
    };
    let onclick = props.act.reform(move |_| action.clone());
    html! { <button type="button" class="button" aria-label={label} {onclick}>{ word }</button> }
}

fn sign_of(kind: Option<FileKind>) -> Icon {
    match kind {
        Some(FileKind::Buildings) => Icon::Buildings,
        Some(FileKind::Package) => Icon::Package,
        Some(
            FileKind::CqdStreams
            | FileKind::CqdGroups
            | FileKind::CallRecords
            | FileKind::CallRecordInsights,
        ) => Icon::Streams,
        Some(FileKind::UserActivity | FileKind::Attendance | FileKind::AttendanceEvents) => {
            Icon::People
        }
        _ => Icon::Files,
    }
}

fn state_mark(card: &Card, has_attention: bool) -> Html {
    let sign = match card.state {
        FileState::Ready if has_attention => Some(Icon::Warning),
        FileState::Ready => Some(Icon::Good),
        FileState::Failed if is_repeated(card) => Some(Icon::Unclassified),
        FileState::Failed => Some(Icon::Error),
        FileState::Asking(_) => Some(Icon::Help),
        FileState::Cancelled => Some(Icon::Unclassified),
        FileState::Waiting | FileState::Reading { .. } => None,
    };
    html! {
        <>
            { sign.map(icon) }
            { state_word(card) }
            if card.state == FileState::Ready && has_attention {
                { ", see below" }
            }
        </>
    }
}

fn class_of(card: &Card) -> &'static str {
    match card.state {
        FileState::Failed if is_repeated(card) => "is-cancelled",
        FileState::Waiting | FileState::Reading { .. } => "is-reading",
        FileState::Asking(_) => "is-asking",
        FileState::Ready => "is-ready",
        FileState::Cancelled => "is-cancelled",
        FileState::Failed => "is-failed",
    }
}
