//! Streams: one by one, the latest first, with the reason for each verdict.

use yew::{Callback, Html, function_component, html};

use super::ViewProps;
use crate::page::components::{
    Column, DownloadButton, Icon, LongTable, Row, icon, verdict_mark, view_title,
};
use crate::page::scroll::row_in;
use crate::page::state::{Action, TableName, View};
use crate::page::words::{
    building_name, count, counted, date_time, decimal, mapping_key, person_name, rule_name,
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

fn stream_row(row: &StreamRow, role: Role) -> Row {
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
    let mut words = format!(
        "{}, {}, line {}",
        place.building,
        mapping_key(place.key),
        count(place.line)
    );
    if let Some(other) = &place.subnet_says {
        words = format!("{words}; the subnet says {other}");
    }
    html! {
        <span title={words.clone()}>
            if place.subnet_says.is_some() {
                <span class="place-differs">{ icon(Icon::Warning) }</span>
            }
            { words }
        </span>
    }
}

fn absent() -> Html {
    html! { <span class="quiet">{ "–" }</span> }
}

fn clipped(words: String) -> Html {
    html! { <span title={words.clone()}>{ words }</span> }
}
