//! A building that is open: its figures, its networks, the way to its streams.

use yew::{Callback, Html, KeyboardEvent, function_component, html};

use super::ViewProps;
use crate::page::charts::Scale;
use crate::page::components::{
    Column, DownloadButton, Figure, Icon, LongTable, Row, Tone, icon, notice,
};
use crate::page::document::BUILDING_TITLE_ID;
use crate::page::scroll::row_in;
use crate::page::state::{Action, Slot, TableName};
use crate::page::words::{building_name, count, counted, place_of, rate, withheld_sentence};
use crate::protocol::{BuildingGroup, BuildingRow, NetworkRow, Role};

#[function_component]
pub(crate) fn Building(props: &ViewProps) -> Html {
    let (state, act) = (&props.state, &props.act);
    let Some(networks) = &state.networks else {
        return Html::default();
    };
    let group = &networks.query.building;
    let row = state
        .buildings
        .slot
        .view()
        .and_then(|view| view.rows.iter().find(|row| row.group == *group));
    let onkeydown = {
        let act = act.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                act.emit(Action::CloseBuilding);
            }
        }
    };
    let show_streams = {
        let group = group.clone();
        act.reform(move |_| Action::ShowStreams(Some(group.clone())))
    };
    html! {
        <section class="panel" aria-labelledby={BUILDING_TITLE_ID} {onkeydown}>
            <div class="panel-head">
                <h2 id={BUILDING_TITLE_ID} tabindex="-1">{ building_name(group) }</h2>
                <button
                    type="button"
                    class="button subtle"
                    aria-label="Close this building"
                    onclick={act.reform(|_| Action::CloseBuilding)}
                >
                    { icon(Icon::Close) }
                </button>
            </div>
            { for row.map(summary) }
            { for explanation(group) }
            <div class="panel-buttons">
                if state.role != Role::Specialist && !matches!(group, BuildingGroup::Together(_)) {
                    <button type="button" class="button" onclick={show_streams}>
                        { icon(Icon::Streams) }{ "Show streams" }
                    </button>
                }
                <DownloadButton
                    table={TableName::Networks}
                    words="Download networks"
                    is_busy={state.download.is_some()}
                    act={act.clone()}
                />
            </div>
            if networks.slot.view().is_some_and(|view| view.withheld) {
                { notice(Tone::Note, withheld_sentence()) }
            }
            { table(props, group) }
        </section>
    }
}

fn summary(row: &BuildingRow) -> Html {
    let figures = &row.figures;
    let judged = figures.n_good + figures.n_poor;
    html! {
        <>
            <p class="quiet">{ place_of(row) }</p>
            if let Some(poor) = &figures.poor {
                <p>
                    { format!(
                        "{} of {} were poor: {}.",
                        count(figures.n_poor),
                        counted(judged, "judged stream", "judged streams"),
                        rate(poor)
                    ) }
                </p>
            }
        </>
    }
}

fn explanation(group: &BuildingGroup) -> Option<Html> {
    let words = match group {
        BuildingGroup::Building(_) => return None,
        BuildingGroup::NotMapped => {
            "Ends that no row of the building file explains: home offices and visitors, or networks \
             that are missing from the file. The list shows the subnets as they were reported."
        }
        BuildingGroup::Together(_) => {
            "Each of these buildings has fewer than 5 people in the files. They are shown as one, so \
             that nobody can be told apart."
        }
    };
    Some(html! { <p>{ words }</p> })
}

fn table(props: &ViewProps, group: &BuildingGroup) -> Html {
    let state = props.state.clone();
    let slot = props.state.networks.as_ref().map(|table| &table.slot);
    let n_rows = slot
        .and_then(|slot| slot.view())
        .map_or(0, |view| view.n_all);
    let row = Callback::from(move |idx| {
        let view = state.networks.as_ref()?.slot.view()?;
        let row = row_in(&view.rows, view.first_idx, idx)?;
        Some(network_row(row))
    });
    html! {
        <LongTable
            id="networks-caption"
            caption={format!("Networks of {}", building_name(group))}
            columns={columns()}
            {n_rows}
            {row}
            on_scrolled={props.act.reform(|(first_idx, n_rows)| {
                Action::Scrolled { table: TableName::Networks, first_idx, n_rows }
            })}
            order={building_name(group)}
            is_busy={slot.is_some_and(Slot::is_awaited)}
            when_empty={if n_rows == 0 && slot.is_some_and(|slot| slot.view().is_none()) { "Counting." } else { "No network with streams." }}
        />
    }
}

fn columns() -> Vec<Column> {
    let column = |title, class| Column {
        title,
        class,
        sorting: None,
    };
    let mut columns = vec![column("Network", "name-column")];
    columns.extend(Figure::ALL.map(|figure| figure.column(None)));
    columns.push(column("Name", "text-column"));
    columns.push(column("Line", "number-column"));
    columns
}

fn network_row(row: &NetworkRow) -> Row {
    let name = match (row.n_together, row.network.as_str()) {
        (0 | 1, "") => "(not reported)".to_owned(),
        (0 | 1, network) => network.to_owned(),
        (n_together, _) => {
            format!(
                "{} together",
                counted(u64::from(n_together), "small network", "small networks")
            )
        }
    };
    let mut cells = vec![html! { <span title={name.clone()}>{ name }</span> }];
    cells.extend(Figure::ALL.map(|figure| figure.cell(&row.figures, Scale::Places)));
    cells.push(html! { <span title={row.name.clone()}>{ row.name.clone() }</span> });
    cells.push(row.line.map(count).unwrap_or_default().into());
    Row {
        is_open: false,
        cells,
    }
}
