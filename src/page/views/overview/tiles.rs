//! The figures of the whole, each with its name.

use yew::{Html, html};

use crate::page::components::{NOBODY_NAMED, not_known};
use crate::page::words::{
    calls_sentence, count, decimal, files_sentence, n_with_content, period_sentence,
    telephone_sentence,
};
use crate::protocol::{Figures, OverviewView, Withheld};

/// A tile has room for so much.
const MOST_LETTERS: usize = 48;

/// Draws the tiles. What cannot be known or shown has none.
pub(super) fn tiles(view: &OverviewView) -> Html {
    let total = view.total.filter(|total| total.n_streams != 0);
    let buildings = if total.is_some() {
        "Buildings with streams"
    } else {
        "Buildings"
    };
    let files = files_sentence(&view.files);
    let is_short = files.len() <= MOST_LETTERS;
    let n_files = count(n_with_content(&view.files));
    html! {
        <>
        <dl class="tiles">
            { tile("Files in use", if is_short { files.clone() } else { n_files }) }
            if let Some(period) = &view.period {
                { tile("Period (UTC)", period_sentence(period)) }
            }
            if let Some(calls) = &view.calls {
                if calls.n_calls > 0 {
                    { tile("Calls", calls_sentence(calls)) }
                }
                if let Some(telephone) = telephone_sentence(calls) {
                    { tile("Telephone calls", telephone) }
                }
            }
            if let Some(total) = &total {
                { tile("Streams", count(total.n_streams)) }
                { tile("People", people(total)) }
            }
            if view.withheld == Withheld::No {
                { tile(buildings, count(view.n_buildings)) }
            }
            { tile("Networks in the building file", count(view.n_networks)) }
            if let Some(total) = &total {
                { means(total) }
            }
        </dl>
        if !is_short {
            <p class="quiet">{ format!("In use: {files}.") }</p>
        }
        </>
    }
}

fn people(total: &Figures) -> Html {
    total.n_people.map_or_else(
        || not_known(NOBODY_NAMED),
        |n_people| count(n_people).into(),
    )
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

fn tile(name: &'static str, value: impl Into<Html>) -> Html {
    html! { <div class="tile"><dt>{ name }</dt><dd>{ value.into() }</dd></div> }
}
