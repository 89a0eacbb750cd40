//! Files: every file of the session, and that none of its rows was lost.

use yew::{Html, function_component, html, use_state_eq};

use super::ViewProps;
use crate::page::components::{Tone, file_cards, notice, privacy, view_title};
use crate::page::state::{State, View};
use crate::page::words::{LEFT_OUT, count, counted, is_in_use, needs_attention, sum_sentence};
use crate::protocol::{FileCard, FileKind, FileState};

/// Which files are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Attention,
    InUse,
    NotInUse,
}

impl Filter {
    const ALL: [Self; 4] = [Self::All, Self::Attention, Self::InUse, Self::NotInUse];

    fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Attention => "Need attention",
            Self::InUse => "In use",
            Self::NotInUse => "Not in use",
        }
    }

    fn takes(self, card: &FileCard) -> bool {
        match self {
            Self::All => true,
            Self::Attention => needs_attention(card),
            Self::InUse => is_in_use(card) && !is_opened_package(card),
            Self::NotInUse => !is_in_use(card),
        }
    }
}

/// What was in it counts, not the package itself.
fn is_opened_package(card: &FileCard) -> bool {
    card.kind == Some(FileKind::Package) && card.state == FileState::Ready
}

#[function_component]
pub(crate) fn Files(props: &ViewProps) -> Html {
    let state = &props.state;
    let cards = &state.files.cards;
    let filter = use_state_eq(|| Filter::All);
    let n_of = |filter: Filter| {
        let files = cards.iter().filter(|card| !is_opened_package(card));
        files.filter(|card| filter.takes(card)).count()
    };
    // A filter whose last file has gone would show an empty page.
    let shown = if n_of(*filter) == 0 {
        Filter::All
    } else {
        *filter
    };
    html! {
        <>
            { view_title(View::Files.title()) }
            <p class="lead">
                { "What each file turned out to be, and what became of its rows. Drop more files or whole \
                   folders anywhere." }
            </p>
            { whole(state) }
            if state.has_left_out {
                { notice(Tone::Warning, LEFT_OUT) }
            }
            if cards.len() > 1 {
                <fieldset class="filter-bar">
                    <legend class="visually-hidden">{ "Which files are listed" }</legend>
                    { for Filter::ALL.into_iter().map(|each| {
                        let set = filter.setter();
                        let n_files = n_of(each);
                        html! {
                            <label class="filter-choice">
                                <input
                                    type="radio"
                                    name="files-shown"
                                    checked={each == shown}
                                    disabled={n_files == 0}
                                    onchange={move |_| set.set(each)}
                                />
                                <span>{ each.name() }{ " (" }{ count(n_files as u64) }{ ")" }</span>
                            </label>
                        }
                    }) }
                </fieldset>
            }
            { file_cards(props, |card| shown.takes(card)) }
            { privacy(state, false) }
        </>
    }
}

/// What all files add up to.
fn whole(state: &State) -> Html {
    let is_package = |card: &&FileCard| card.kind == Some(FileKind::Package);
    let n_files = state
        .files
        .cards
        .iter()
        .filter(|card| !is_package(card))
        .count();
    let cards = state.files.cards.iter();
    let n_in_use = cards
        .filter(|card| is_in_use(card) && !is_package(card))
        .count();
    let Some(sum) = sum_sentence(&state.files.cards).filter(|_| n_files > 1) else {
        return Html::default();
    };
    let verb = if n_in_use == 1 { "is" } else { "are" };
    html! {
        <p class="files-sum">
            <strong>
                { format!("{} of {} {verb} in use. ", count(n_in_use as u64),
                    counted(n_files as u64, "file", "files")) }
            </strong>
            { sum }
        </p>
    }
}
