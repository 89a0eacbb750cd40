//! Overview: the whole in plain words, and the buildings to look at first.

use yew::{Html, function_component, html};

use super::ViewProps;
use crate::page::charts::{Scale, rate_bar};
use crate::page::components::{Tone, notice, view_title};
use crate::page::state::{Action, View};
use crate::page::words::{
    building_name, classifier_name, count, counted, decimal, files_sentence, judged_sentence,
    not_mapped_sentence, period_sentence, place_of, rate, unclassified_sentence,
};
use crate::protocol::{BuildingRow, Figures, FileKind, OverviewView};

#[function_component]
pub(crate) fn Overview(props: &ViewProps) -> Html {
    let slot = &props.state.overview;
    html! {
        <div class="overview" aria-busy={slot.is_awaited().then_some("true")}>
            { view_title(View::Overview.title()) }
            if let Some(view) = slot.view() {
                { whole(props, view) }
                { missing_files(view) }
                { tiles(view) }
                { worst(props, view) }
            } else {
                <p class="quiet">{ "Counting." }</p>
            }
        </div>
    }
}

fn whole(props: &ViewProps, view: &OverviewView) -> Html {
    let choices = props.state.choices;
    let Some(total) = view.total.filter(|total| total.n_streams != 0) else {
        let words = if view.total.is_some() {
            "No stream of the chosen media is in the files."
        } else {
            "There are too few people in the files to show totals to this role."
        };
        return html! { <p class="headline">{ words }</p> };
    };
    html! {
        <section class="whole" aria-label="The whole">
            <p class="headline">{ judged_sentence(&total, choices.media) }</p>
            <p>
                { for unclassified_sentence(&total) }{ " " }
                { for not_mapped_sentence(view) }
            </p>
            <p class="quiet">
                { "Judged by " }{ classifier_name(choices.classifier) }
                { ". The range in brackets is the 95 % interval: the truth behind a share of so many \
                   streams lies in it 19 times out of 20. " }
                <a href={View::Help.hash()}>{ "What Good and Poor mean" }</a>
            </p>
        </section>
    }
}

fn missing_files(view: &OverviewView) -> Html {
    if !view.files.contains(&FileKind::Buildings) {
        notice(
            Tone::Warning,
            "There is no building file yet, so no stream has a building. Add the one from Teams admin \
             center › Analytics & reports › Building and endpoint data.",
        )
    } else if !view.files.contains(&FileKind::CqdStreams) {
        notice(
            Tone::Warning,
            "There is no stream export yet. Add one from the Call Quality Dashboard: a report with one \
             row for each stream.",
        )
    } else {
        Html::default()
    }
}

fn tiles(view: &OverviewView) -> Html {
    let total = view.total.unwrap_or_default();
    let period = view
        .period
        .as_ref()
        .map_or_else(|| "not in the files".to_owned(), period_sentence);
    html! {
        <dl class="tiles">
            { tile("Files in use", files_sentence(&view.files)) }
            { tile("Period (UTC)", period) }
            if view.total.is_some() {
                { tile("Streams", count(total.n_streams)) }
                { tile("People", count(total.n_people)) }
            }
            { tile("Buildings with streams", count(view.n_buildings)) }
            { tile("Networks in the building file", count(view.n_networks)) }
            if view.total.is_some() {
                { means(&total) }
            }
        </dl>
    }
}

fn means(total: &Figures) -> Html {
    html! {
        <>
            { tile("Mean round trip", with_unit(total.mean_round_trip_ms, 0, "ms")) }
            { tile("Mean jitter", with_unit(total.mean_jitter_ms, 1, "ms")) }
            { tile("Mean packet loss", with_unit(total.mean_packet_loss_percent, 2, "%")) }
        </>
    }
}

fn with_unit(value: Option<f64>, n_decimals: usize, unit: &str) -> String {
    let number = decimal(value, n_decimals);
    if value.is_some() {
        format!("{number} {unit}")
    } else {
        number
    }
}

fn tile(name: &'static str, value: String) -> Html {
    html! { <div class="tile"><dt>{ name }</dt><dd>{ value }</dd></div> }
}

fn worst(props: &ViewProps, view: &OverviewView) -> Html {
    let enough = counted(view.n_enough_streams, "judged stream", "judged streams");
    if view.worst.is_empty() {
        return html! {
            <p class="quiet">{ format!("No building has {enough} yet, too few for a ranking.") }</p>
        };
    }
    html! {
        <section class="worst" aria-labelledby="worst-title">
            <h2 id="worst-title">{ "Look here first" }</h2>
            <p class="quiet">
                { format!("Buildings with at least {enough}, ranked by the lower end of the interval: \
                           what is bad beyond chance comes first.") }
            </p>
            <ol>{ for view.worst.iter().map(|row| worst_building(props, row)) }</ol>
        </section>
    }
}

fn worst_building(props: &ViewProps, row: &BuildingRow) -> Html {
    let group = row.group.clone();
    let onclick = props
        .act
        .reform(move |_| Action::OpenBuilding(group.clone()));
    let figures = &row.figures;
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
            <span class="quiet worst-count">
                { format!("{} of {}", count(figures.n_poor), counted(figures.n_good + figures.n_poor, "stream", "streams")) }
            </span>
        </li>
    }
}
