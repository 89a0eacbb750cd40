//! The files that are being read, while another view is shown.

use yew::{Html, function_component, html};

use crate::page::state::{Action, Phase};
use crate::page::views::ViewProps;
use crate::page::words::reading_percent;
use crate::protocol::FileCard;

#[function_component]
pub(crate) fn ReadingStrip(props: &ViewProps) -> Html {
    if props.state.phase != Phase::Reading {
        return Html::default();
    }
    html! {
        <section class="reading-strip" aria-label="Being read">
            <ul>
                { for props.state.files.cards.iter().filter_map(|card| {
                    reading_percent(card).map(|percent| line(props, card, percent))
                }) }
            </ul>
        </section>
    }
}

fn line(props: &ViewProps, card: &FileCard, percent: u64) -> Html {
    let id = card.id;
    let onclick = props.act.reform(move |_| Action::Cancel(id));
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
