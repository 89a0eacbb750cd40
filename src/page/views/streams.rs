//! Streams: one by one, the latest first, with the reason for each verdict.

mod row;

use yew::{Callback, Html, function_component, html};

use super::ViewProps;
use crate::page::components::{Icon, LongTable, download_button, icon, view_title};
use crate::page::scroll::row_in;
use crate::page::state::{Action, TableName, View};
use crate::page::words::{building_name, counted, nothing_counted};
use row::{columns, stream_row};

#[function_component]
pub(crate) fn Streams(props: &ViewProps) -> Html {
    let (state, act) = (&props.state, &props.act);
    let streams = &state.streams;
    html! {
        <>
            <div class="view-head">
                { view_title(View::Streams.title()) }
                <p class="found">
                    { streams.slot.view().map(|view| counted(u64::from(view.n_all), "stream", "streams")) }
                </p>
                if let Some(building) = &streams.query.building {
                    <p class="filter">
                        { "Only " }<strong>{ building_name(building) }</strong>
                        <button type="button" class="button subtle" onclick={act.reform(|_| Action::ShowStreams(None))}>
                            { icon(Icon::Close) }{ "Show all streams" }
                        </button>
                    </p>
                }
                { download_button(state, TableName::Streams, "CSV", act) }
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
        nothing_counted(&state.choices, "No stream of this kind is in the files.")
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
