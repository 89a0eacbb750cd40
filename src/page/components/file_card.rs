//! A file: what it is, where reading stands, what became of its rows, what is wrong with it.

use yew::{Callback, Html, Properties, classes, function_component, html};

use super::problem_list::ProblemList;
use super::{Icon, icon};
use crate::page::state::Action;
use crate::page::views::ViewProps;
use crate::page::words::{bytes, card_kind, reading_percent, row_equation, state_word};
use crate::protocol::{FileCard as Card, FileKind, FileState};

#[derive(Properties, PartialEq)]
pub(crate) struct FileCardProps {
    /// The file.
    pub(crate) card: Card,
    /// Told what the user wants.
    pub(crate) act: Callback<Action>,
}

/// All files of the session.
#[function_component]
pub(crate) fn FileCards(props: &ViewProps) -> Html {
    let cards = &props.state.files.cards;
    html! {
        <ul class="file-cards" aria-label="Files">
            { for cards.iter().map(|card| html! {
                <FileCard key={card.id} card={card.clone()} act={props.act.clone()} />
            }) }
        </ul>
    }
}

#[function_component]
pub(crate) fn FileCard(props: &FileCardProps) -> Html {
    let card = &props.card;
    let title_id = format!("file-{}", card.id);
    html! {
        <li class={classes!("file-card", class_of(&card.state))} aria-labelledby={title_id.clone()}>
            <div class="file-head">
                { icon(if card.kind == Some(FileKind::Buildings) { Icon::Buildings } else { Icon::Files }) }
                <div class="file-names">
                    <h2 id={title_id}>{ card.name.clone() }</h2>
                    <p class="quiet">
                        { card_kind(card) }
                        if card.size_bytes != 0 {
                            { " · " }{ bytes(card.size_bytes) }
                        }
                    </p>
                </div>
                <p class="file-state">{ state_mark(&card.state) }</p>
                { button(props) }
            </div>
            if let Some(percent) = reading_percent(card) {
                <div class="file-progress">
                    <progress max="100" value={percent.to_string()} aria-label={format!("Reading {}", card.name)} />
                    <span class="quiet">{ percent }{ " %" }</span>
                </div>
            }
            if card.rows.read != 0 {
                <p class="file-rows">{ row_equation(&card.rows) }</p>
            }
            if !card.evidence.is_empty() {
                <p class="quiet">{ card.evidence.clone() }</p>
            }
            <ProblemList problems={card.problems.clone()} />
        </li>
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

fn state_mark(state: &FileState) -> Html {
    let sign = match state {
        FileState::Ready => Some(Icon::Good),
        FileState::Failed => Some(Icon::Error),
        FileState::Asking(_) => Some(Icon::Help),
        FileState::Cancelled => Some(Icon::Unclassified),
        FileState::Waiting | FileState::Reading { .. } => None,
    };
    html! { <>{ for sign.map(icon) }{ state_word(state) }</> }
}

fn class_of(state: &FileState) -> &'static str {
    match state {
        FileState::Waiting | FileState::Reading { .. } => "is-reading",
        FileState::Asking(_) => "is-asking",
        FileState::Ready => "is-ready",
        FileState::Cancelled => "is-cancelled",
        FileState::Failed => "is-failed",
    }
}
