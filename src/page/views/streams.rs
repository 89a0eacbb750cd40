//! Streams: one by one, the latest first, with the reason for each verdict.

use yew::{Callback, Html, function_component, html};

use super::ViewProps;
use crate::page::components::{
    Column, DownloadButton, Icon, LongTable, Row, icon, verdict_mark, view_title,
};
use crate::page::scroll::row_in;
use crate::page::state::{Action, TableName, View};
use crate::page::words::{
    building_name, counted, date_time, decimal, mapping_key, person_name, rule_name,
};
use crate::protocol::{EndView, Place, Role, StreamRow};

#[function_component]
pub(crate) fn Streams(props: &ViewProps) -> Html {
    let (state, act) = (&props.state, &props.act);
    let streams = &state.streams;
    html! {
        <>
            <div class="view-head">
                { view_title(View::Streams.title()) }
                <p class="found">
                    { for streams.slot.view().map(|view| counted(u64::from(view.n_all), "stream", "streams")) }
                </p>
                if let Some(building) = &streams.query.building {
                    <p class="filter">
                        { "Only " }<strong>{ building_name(building) }</strong>
                        <button type="button" class="button subtle" onclick={act.reform(|_| Action::ShowStreams(None))}>
                            { icon(Icon::Close) }{ "Show all streams" }
                        </button>
                    </p>
                }
                <DownloadButton
                    table={TableName::Streams}
                    is_busy={state.download.is_some()}
                    act={act.clone()}
                />
            </div>
            if streams.slot.is_refused() {
                <p>{ "This role does not see these streams." }</p>
            } else {
                { table(props) }
            }
        </>
    }
}

fn table(props: &ViewProps) -> Html {
    let state = props.state.clone();
    let streams = &props.state.streams;
    let role = state.role;
    let n_rows = streams.slot.view().map_or(0, |view| view.n_all);
    let when_empty = if streams.slot.view().is_none() {
        "Counting."
    } else {
        "No stream of this kind is in the files."
    };
    let row = Callback::from(move |idx| {
        let view = state.streams.slot.view()?;
        let row = row_in(&view.rows, view.first_idx, idx)?;
        Some(stream_row(row, role))
    });
    html! {
        <LongTable
            id="streams-caption"
            caption={View::Streams.title()}
            columns={columns(role)}
            {n_rows}
            {row}
            on_scrolled={props.act.reform(|(first_idx, n_rows)| {
                Action::Scrolled { table: TableName::Streams, first_idx, n_rows }
            })}
            order={format!("{:?}", streams.query.building)}
            is_busy={streams.slot.is_awaited()}
            {when_empty}
        />
    }
}

/// The specialist sees neither addresses nor places of a single stream, so their columns are left out.
fn columns(role: Role) -> Vec<Column> {
    let column = |title, class| Column {
        title,
        class,
        sorting: None,
    };
    let mut columns = vec![
        column("Ended", "name-column time-column"),
        column("Verdict", "verdict-column"),
        column("Why", "reason-column"),
        column("Media", "short-column"),
        column("Round trip (ms)", "number-column long-title"),
        column("Jitter (ms)", "number-column long-title"),
        column("Loss (%)", "number-column"),
    ];
    let ends = [
        [
            "First end",
            "First address",
            "First building",
            "First connection",
        ],
        [
            "Second end",
            "Second address",
            "Second building",
            "Second connection",
        ],
    ];
    for [person, address, place, connection] in ends {
        columns.push(column(person, "person-column"));
        if role != Role::Specialist {
            columns.push(column(address, "text-column"));
            columns.push(column(place, "wide-column"));
        }
        columns.push(column(connection, "text-column"));
    }
    columns
}

fn stream_row(row: &StreamRow, role: Role) -> Row {
    let why: Vec<&str> = row.rules.iter().copied().map(rule_name).collect();
    let mut cells = vec![
        row.end_ms
            .map_or_else(|| "no time".to_owned(), date_time)
            .into(),
        verdict_mark(row.verdict),
        clipped(why.join(", ")),
        row.media.clone().into(),
        decimal(row.round_trip_ms, 0).into(),
        decimal(row.jitter_ms, 1).into(),
        decimal(row.packet_loss_percent, 2).into(),
    ];
    for end in [&row.first, &row.second] {
        cells.push(who(end));
        if role != Role::Specialist {
            cells.push(clipped(address(end)));
            cells.push(end.place.as_ref().map_or_else(absent, place));
        }
        cells.push(end.connection.clone().map_or_else(absent, Html::from));
    }
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

fn address(end: &EndView) -> String {
    match (&end.address, &end.subnet) {
        (Some(address), _) => address.clone(),
        (None, Some(subnet)) => format!("subnet {subnet}"),
        (None, None) => "–".to_owned(),
    }
}

fn place(place: &Place) -> Html {
    let how = format!("{}, line {}", mapping_key(place.key), place.line);
    html! {
        <span class="place" title={format!("{} ({how})", place.building)}>
            { place.building.clone() }{ " " }
            <span class="quiet">{ how }</span>
            if let Some(other) = &place.subnet_says {
                <span class="place-differs">{ icon(Icon::Warning) }{ "subnet says " }{ other.clone() }</span>
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
