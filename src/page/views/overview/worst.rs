//! The buildings to look at first.

use yew::{Callback, Html, html};

use crate::page::charts::{Scale, rate_bar};
use crate::page::state::Action;
use crate::page::words::{building_name, count, counted, no_worst_sentence, place_of, rate};
use crate::protocol::{BuildingRow, FileKind, OverviewView, Withheld};

/// Draws the ranking, or why there is none.
pub(super) fn worst(view: &OverviewView, act: &Callback<Action>) -> Html {
    let has_buildings = view.files.contains(&FileKind::Buildings);
    if view.n_with_ends == 0 || view.withheld != Withheld::No || !has_buildings {
        return Html::default();
    }
    if view.worst.is_empty() {
        return html! {
            <p class="quiet">{ no_worst_sentence(view.n_ranked, view.n_enough_streams) }</p>
        };
    }
    let enough = counted(view.n_enough_streams, "judged stream", "judged streams");
    html! {
        <section class="worst" aria-labelledby="worst-title">
            <h2 id="worst-title">{ "Look here first" }</h2>
            <p class="quiet">
                { format!("Buildings with at least {enough}, ranked by the lower end of the interval: \
                           what is bad beyond chance comes first. Each {}.", Scale::Places.end_words()) }
            </p>
            <ol>{ for view.worst.iter().map(|row| building(row, act)) }</ol>
        </section>
    }
}

fn building(row: &BuildingRow, act: &Callback<Action>) -> Html {
    let group = row.group.clone();
    let onclick = act.reform(move |_| Action::OpenBuilding(group.clone()));
    let figures = &row.figures;
    let judged = counted(figures.n_good + figures.n_poor, "stream", "streams");
    html! {
        <li>
            <div class="worst-name">
                <button type="button" class="link" {onclick}>{ building_name(&row.group) }</button>
                <span class="quiet">{ place_of(row) }</span>
            </div>
            if let Some(poor) = &figures.poor {
                { rate_bar(poor, Scale::Places) }
                <span class="worst-rate">{ rate(poor) }</span>
            }
            <span class="quiet worst-count">{ format!("{} of {judged}", count(figures.n_poor)) }</span>
        </li>
    }
}
