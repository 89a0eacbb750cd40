//! The files that are being read, while another view is shown.

use yew::{Callback, Html, html};

use crate::page::state::{Action, Phase, State};
use crate::page::words::reading_percent;
use crate::protocol::FileCard;

/// Draws them.
pub(super) fn reading_strip(state: &State, act: &Callback<Action>) -> Html {
    if state.phase != Phase::Reading {
        return Html::default();
    }
    html! {
        <section class="reading-strip" aria-label="Being read">
            <ul>
                { for state.files.cards.iter().filter_map(|card| {
                    reading_percent(card).map(|percent| line(act, card, percent))
                }) }
            </ul>
        </section>
    }
}

fn line(act: &Callback<Action>, card: &FileCard, percent: u64) -> Html {
    let id = card.id;
    let onclick = act.reform(move |_| Action::Cancel(id));
    html! {
        <li key={id}>
            <span class="strip-name">{ card.name.clone() }</span>
            <progress max="100" value={percent.to_string()} aria-label={format!("Reading {}", card.name)} />
            <span class="strip-percent">{ percent }{ " %" }</span>
            <button type="button" class="button" aria-label={format!("Cancel reading {}", card.name)} {onclick}>
                { "Cancel" }
            </button>
        </li>
    }
}
