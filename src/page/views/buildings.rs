//! Buildings: which of them have poor streams, and how sure that is.

use yew::{Callback, Html, function_component, html};

use super::{Building, ViewProps};
use crate::page::charts::Scale;
use crate::page::components::{
    Column, Figure, LongTable, Row, Sorting, Tone, download_button, not_known, notice,
    search_field, view_title,
};
use crate::page::document::OPENED_ID;
use crate::page::scroll::row_in;
use crate::page::state::{Action, State, TableName, View};
use crate::page::words::{
    NO_STREAM, building_name, count, counted, nothing_counted, withheld_sentence,
};
use crate::protocol::{BuildingColumn, BuildingRow, BuildingsView};

#[function_component]
pub(crate) fn Buildings(props: &ViewProps) -> Html {
    let state = &props.state;
    let act = &props.act;
    let view = state.buildings.slot.view();
    if let Some(words) = view.and_then(|view| withheld_sentence(view.withheld)) {
        return html! {
            <>
                <div class="view-head">{ view_title(View::Buildings.title()) }</div>
                { notice(Tone::Note, words) }
            </>
        };
    }
    html! {
        <>
            <div class="view-head">
                { view_title(View::Buildings.title()) }
                <p class="found">{ view.map(|view| found(view)) }</p>
                { search_field(
                    "search-buildings",
                    "Search buildings",
                    "Building, city, country, region",
                    state.buildings.query.search.clone().into(),
                    &act.reform(Action::SearchBuildings),
                ) }
                { download_button(state, TableName::Buildings, "CSV", act) }
            </div>
            <div class={if state.networks.is_some() { "side-by-side" } else { "alone" }}>
                { table(props) }
                if state.networks.is_some() {
                    <Building state={state.clone()} act={act.clone()} />
                }
            </div>
        </>
    }
}

fn table(props: &ViewProps) -> Html {
    let state = props.state.clone();
    let query = &props.state.buildings.query;
    let n_rows = state.buildings.slot.view().map_or(0, |view| view.n_found);
    let when_empty = match state.buildings.slot.view() {
        None => "Counting.",
        Some(view) if view.n_all == 0 => nothing_counted(&state.choices, NO_STREAM),
        Some(_) => "No building fits the search.",
    };
    let row = {
        let (state, act) = (state.clone(), props.act.clone());
        Callback::from(move |idx| {
            let view = state.buildings.slot.view()?;
            let row = row_in(&view.rows, view.first_idx, idx)?;
            Some(building_row(row, &state, &act))
        })
    };
    html! {
        <LongTable
            id="buildings-caption"
            caption={View::Buildings.title()}
            columns={columns(props)}
            {n_rows}
            {row}
            on_scrolled={props.act.reform(|(first_idx, n_rows)| {
                Action::Scrolled { table: TableName::Buildings, first_idx, n_rows }
            })}
            order={format!("{:?} {}", query.sort, query.search)}
            is_busy={state.buildings.slot.is_awaited()}
            {when_empty}
        />
    }
}

fn columns(props: &ViewProps) -> Vec<Column> {
    let sort = props.state.buildings.query.sort;
    let sorting = |column: BuildingColumn| {
        Some(Sorting {
            descending: (sort.by == column).then_some(sort.descending),
            on_click: props.act.reform(move |_| Action::SortBuildings(column)),
        })
    };
    let text = |title, column| Column {
        title,
        hint: None,
        class: "text-column",
        sorting: sorting(column),
    };
    let name = Column {
        title: "Building",
        hint: None,
        class: "name-column",
        sorting: sorting(BuildingColumn::Building),
    };
    let mut columns = vec![name];
    columns
        .extend(Figure::ALL.map(|figure| figure.column(Scale::Places, sorting(column_of(figure)))));
    columns.push(Column {
        title: "Networks",
        hint: None,
        class: "number-column",
        sorting: sorting(BuildingColumn::Networks),
    });
    columns.push(text("City", BuildingColumn::City));
    columns.push(text("Country", BuildingColumn::Country));
    columns
}

fn building_row(row: &BuildingRow, state: &State, act: &Callback<Action>) -> Row {
    let is_open = state
        .networks
        .as_ref()
        .is_some_and(|table| table.query.building == row.group);
    let group = row.group.clone();
    let onclick = act.reform(move |_| Action::OpenBuilding(group.clone()));
    let name = building_name(&row.group);
    let id = (state.last_opened.as_ref() == Some(&row.group)).then_some(OPENED_ID);
    let button = html! {
        <button
            {id}
            type="button"
            class="link"
            aria-expanded={is_open.to_string()}
            title={name.clone()}
            {onclick}
        >
            { name }
        </button>
    };
    let mut cells = vec![button];
    cells.extend(Figure::ALL.map(|figure| figure.cell(&row.figures, Scale::Places)));
    cells.push(row.n_networks.map_or_else(
        || not_known("not shown for buildings shown as one"),
        |n_networks| count(n_networks).into(),
    ));
    cells.push(row.city.clone().into());
    cells.push(row.country.clone().into());
    Row { is_open, cells }
}

fn found(view: &BuildingsView) -> String {
    let all = counted(u64::from(view.n_all), "row", "rows");
    let found = if view.n_found == view.n_all {
        all
    } else {
        format!("{} of {all}", count(u64::from(view.n_found)))
    };
    if view.n_without_streams == 0 || view.n_all == 0 {
        return found;
    }
    let others = counted(
        u64::from(view.n_without_streams),
        "building has",
        "buildings have",
    );
    format!("{found}; {others} no streams of this kind")
}

fn column_of(figure: Figure) -> BuildingColumn {
    match figure {
        Figure::PoorPercent => BuildingColumn::PoorPercent,
        Figure::Streams => BuildingColumn::Streams,
        Figure::Good => BuildingColumn::Good,
        Figure::Poor => BuildingColumn::Poor,
        Figure::Unclassified => BuildingColumn::Unclassified,
        Figure::People => BuildingColumn::People,
        Figure::RoundTrip => BuildingColumn::RoundTrip,
        Figure::Jitter => BuildingColumn::Jitter,
        Figure::PacketLoss => BuildingColumn::PacketLoss,
    }
}
