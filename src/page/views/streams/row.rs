//! A stream as a row: its verdict and why, its measurements, its two ends as far as the role may know.

use yew::{Html, html};

use crate::page::components::{Column, Icon, Row, icon, verdict_mark};
use crate::page::words::{count, date_time, decimal, mapping_key, person_name, rule_name};
use crate::protocol::{EndView, Place, Role, StreamRow};

/// The specialist sees neither addresses nor places of a single stream, so their columns are left out.
pub(super) fn columns(role: Role) -> Vec<Column> {
    let column = |title, class| Column {
        title,
        hint: None,
        class,
        sorting: None,
    };
    let mut columns = vec![
        column("Ended", "name-column time-column"),
        column("Verdict", "verdict-column"),
        column("Why", "reason-column"),
        column("Round trip (ms)", "number-column long-title"),
        column("Jitter (ms)", "number-column middle-title"),
        column("Loss (%)", "number-column"),
    ];
    let ends = [
        [
            "Second end",
            "Second building",
            "Second address",
            "Second connection",
        ],
        [
            "First end",
            "First building",
            "First address",
            "First connection",
        ],
    ];
    for [person, place, address, connection] in ends {
        columns.push(column(person, "person-column"));
        if role != Role::Specialist {
            columns.push(column(place, "wide-column"));
            columns.push(column(address, "wide-column"));
        }
        columns.push(column(connection, "text-column long-title"));
    }
    columns.push(column("Media", "short-column"));
    columns
}

/// Draws a stream.
pub(super) fn stream_row(row: &StreamRow, role: Role) -> Row {
    let why: Vec<&str> = row.rules.iter().copied().map(rule_name).collect();
    let mut cells = vec![
        row.end_ms
            .map_or_else(|| "no time".to_owned(), date_time)
            .into(),
        verdict_mark(row.verdict),
        clipped(why.join(", ")),
        decimal(row.round_trip_ms, 0).into(),
        decimal(row.jitter_ms, 1).into(),
        decimal(row.packet_loss_percent, 2).into(),
    ];
    // The second end is the client where the first one is a server.
    for end in [&row.second, &row.first] {
        cells.push(who(end));
        if role != Role::Specialist {
            cells.push(end.place.as_ref().map_or_else(absent, place));
            cells.push(address(end));
        }
        cells.push(end.connection.clone().map_or_else(absent, Html::from));
    }
    cells.push(row.media.clone().into());
    Row {
        is_open: false,
        cells,
    }
}

fn who(end: &EndView) -> Html {
    let parts: Vec<&str> = end
        .person
        .as_ref()
        .map(person_name)
        .into_iter()
        .chain(end.phone.as_deref())
        .collect();
    if parts.is_empty() {
        absent()
    } else {
        clipped(parts.join(", "))
    }
}

fn address(end: &EndView) -> Html {
    let subnet = end.subnet.as_ref().map(|subnet| format!("subnet {subnet}"));
    let parts: Vec<String> = end.address.clone().into_iter().chain(subnet).collect();
    if parts.is_empty() {
        absent()
    } else {
        clipped(parts.join(", "))
    }
}

fn place(place: &Place) -> Html {
    let found = format!(", {}, line {}", mapping_key(place.key), count(place.line));
    // Names are set apart, so that one that runs from right to left turns no neighbor round.
    html! {
        <span title={format!("{}{found}", place.building)}>
            if place.subnet_says.is_some() {
                <span class="place-differs">{ icon(Icon::Warning) }</span>
            }
            <bdi>{ place.building.clone() }</bdi>
            { found.clone() }
            if let Some(other) = &place.subnet_says {
                { "; the subnet says " }<bdi>{ other.clone() }</bdi>
            }
        </span>
    }
}

fn absent() -> Html {
    html! { <span class="quiet">{ "–" }</span> }
}

fn clipped(words: String) -> Html {
    html! { <span title={words.clone()}>{ words }</span> }
}
