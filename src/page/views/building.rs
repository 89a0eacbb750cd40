//! A building that is open: its figures, its networks, the way to its streams.

use yew::{Callback, Html, KeyboardEvent, function_component, html};

use super::ViewProps;
use crate::page::charts::Scale;
use crate::page::components::{
    Column, Figure, Icon, LongTable, Row, Tone, download_button, icon, notice,
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
            { row.map(summary).unwrap_or_default() }
            { explanation(group) }
            { details(props, group) }
        </section>
    }
}

/// The networks and the ways on, as far as the role may see them.
fn details(props: &ViewProps, group: &BuildingGroup) -> Html {
    let (state, act) = (&props.state, &props.act);
    if matches!(group, BuildingGroup::Together(_)) {
        return Html::default();
    }
    let networks = state.networks.as_ref().and_then(|table| table.slot.view());
    if let Some(words) = networks.and_then(|view| withheld_sentence(view.withheld)) {
        return notice(Tone::Note, words);
    }
    let show_streams = {
        let group = group.clone();
        act.reform(move |_| Action::ShowStreams(Some(group.clone())))
    };
    html! {
        <>
            <div class="panel-buttons">
                if state.role != Role::Specialist {
                    <button type="button" class="button" onclick={show_streams}>
                        { icon(Icon::Streams) }{ "Show streams" }
                    </button>
                }
                { download_button(state, TableName::Networks, "networks", act) }
            </div>
            { table(props, group) }
        </>
    }
}

fn summary(row: &BuildingRow) -> Html {
    let figures = &row.figures;
    let judged = figures.n_good + figures.n_poor;
    let place = place_of(row);
    html! {
        <>
            if !place.is_empty() {
                <p class="quiet">{ place }</p>
            }
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

fn explanation(group: &BuildingGroup) -> Html {
    let words = match group {
        BuildingGroup::Building(_) => return Html::default(),
        BuildingGroup::NotMapped => {
            "Ends that no row of the building file explains: home offices and visitors, or networks \
             that are missing from the file. The list shows the subnets as they were reported."
        }
        BuildingGroup::Together(_) => {
            "Buildings with fewer than 5 people are shown as one, together with the next larger ones \
             where needed, so that nobody can be told apart. Their networks are not shown."
        }
    };
    html! { <p>{ words }</p> }
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
        hint: None,
        class,
        sorting: None,
    };
    let mut columns = vec![column("Network", "name-column")];
    columns.extend(Figure::ALL.map(|figure| figure.column(Scale::Places, None)));
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
                "{} shown as one",
                counted(u64::from(n_together), "network", "networks")
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
