//! A table of any length: only the rows on the screen are in the document.

use gloo_events::EventListener;
use web_sys::{Element, MouseEvent, window};
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, classes, function_component, html,
    use_effect_with, use_force_update, use_node_ref, use_state_eq,
};

use super::{Icon, icon};
use crate::page::scroll::{Drawn, Scroll};

#[derive(Properties, PartialEq)]
pub(crate) struct LongTableProps {
    /// Id of the caption.
    pub(crate) id: &'static str,
    /// The table's name.
    pub(crate) caption: AttrValue,
    /// The columns, the one that names the row first.
    pub(crate) columns: Vec<Column>,
    /// Rows of the whole table.
    pub(crate) n_rows: u32,
    /// Gives a row, if it is at hand.
    pub(crate) row: Callback<u32, Option<Row>>,
    /// Told which rows are on the screen: the first one, and how many.
    pub(crate) on_scrolled: Callback<(u32, u32)>,
    /// Goes back to the top when this changes.
    pub(crate) order: AttrValue,
    /// New rows are on their way.
    pub(crate) is_busy: bool,
    /// Stands where there is no row.
    pub(crate) when_empty: AttrValue,
}

/// A column.
#[derive(Clone, PartialEq)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) title: &'static str,
    /// Its width and alignment.
    pub(crate) class: &'static str,
    /// How the table is sorted by it, if it can be.
    pub(crate) sorting: Option<Sorting>,
}

/// How a table is sorted by a column.
#[derive(Clone, PartialEq)]
pub(crate) struct Sorting {
    /// Whether the highest comes first; `None` if the table is sorted by another column.
    pub(crate) descending: Option<bool>,
    /// Told a click on the heading.
    pub(crate) on_click: Callback<MouseEvent>,
}

/// A row.
pub(crate) struct Row {
    /// Its details are shown.
    pub(crate) is_open: bool,
    /// As many as there are columns.
    pub(crate) cells: Vec<Html>,
}

#[function_component]
pub(crate) fn LongTable(props: &LongTableProps) -> Html {
    let height_px = window()
        .and_then(|window| window.inner_height().ok()?.as_f64())
        .unwrap_or_default();
    let scroll = Scroll {
        n_rows: props.n_rows,
        n_visible: Scroll::rows_in(height_px),
    };
    let scroll_top_px = use_state_eq(|| 0.0);
    let drawn = scroll.at(*scroll_top_px);
    let place = use_node_ref();

    let update = use_force_update();
    use_effect_with((), move |()| {
        let listener = window()
            .map(|window| EventListener::new(&window, "resize", move |_| update.force_update()));
        move || drop(listener)
    });
    use_effect_with((place.clone(), props.order.clone()), |(place, _)| {
        if let Some(place) = place.cast::<Element>() {
            place.set_scroll_top(0);
        }
    });
    let on_scrolled = props.on_scrolled.clone();
    use_effect_with(
        (drawn.first_visible_idx, scroll),
        move |(first_idx, scroll)| {
            on_scrolled.emit((*first_idx, scroll.n_visible));
        },
    );

    let onscroll = {
        let (old, set) = (drawn, scroll_top_px.setter());
        move |event: Event| {
            let Some(place) = event.target_dyn_into::<Element>() else {
                return;
            };
            let top_px = f64::from(place.scroll_top());
            if scroll.at(top_px) != old {
                set.set(top_px);
            }
        }
    };
    html! {
        <div class="table-place" ref={place} role="region" aria-labelledby={props.id} tabindex="0" {onscroll}>
            <table
                class="long-table"
                aria-rowcount={(props.n_rows + 1).to_string()}
                aria-busy={props.is_busy.then_some("true")}
            >
                <caption id={props.id}><span class="visually-hidden">{ props.caption.clone() }</span></caption>
                <colgroup>{ for props.columns.iter().map(|column| html! { <col class={column.class} /> }) }</colgroup>
                <thead>
                    <tr aria-rowindex="1">{ for props.columns.iter().map(heading) }</tr>
                </thead>
                <tbody>{ body(props, drawn) }</tbody>
            </table>
            if props.n_rows == 0 {
                <p class="table-empty">{ props.when_empty.clone() }</p>
            }
        </div>
    }
}

fn heading(column: &Column) -> Html {
    let Some(sorting) = &column.sorting else {
        return html! { <th scope="col" class={column.class}>{ column.title }</th> };
    };
    let sorted = sorting.descending.map(|descending| {
        if descending {
            ("descending", Icon::Down)
        } else {
            ("ascending", Icon::Up)
        }
    });
    html! {
        <th scope="col" class={column.class} aria-sort={sorted.map(|(word, _)| word)}>
            <button type="button" onclick={sorting.on_click.clone()}>
                { column.title }{ for sorted.map(|(_, sign)| icon(sign)) }
            </button>
        </th>
    }
}

fn body(props: &LongTableProps, drawn: Drawn) -> Html {
    html! {
        <>
            { spacer(props, drawn.above_px) }
            { for (drawn.start_idx..drawn.end_idx).map(|idx| row(props, idx)) }
            { spacer(props, drawn.below_px) }
        </>
    }
}

fn row(props: &LongTableProps, idx: u32) -> Html {
    let row = props.row.emit(idx);
    let is_open = row.as_ref().is_some_and(|row| row.is_open);
    let cells = row.map_or_else(|| vec![html! { "…" }; props.columns.len()], |row| row.cells);
    html! {
        <tr key={idx} class={classes!(is_open.then_some("is-open"))} aria-rowindex={(idx + 2).to_string()}>
            { for props.columns.iter().zip(cells).enumerate().map(|(column_idx, (column, cell))| {
                if column_idx == 0 {
                    html! { <th scope="row" class={column.class}>{ cell }</th> }
                } else {
                    html! { <td class={column.class}>{ cell }</td> }
                }
            }) }
        </tr>
    }
}

/// Room for rows that are not in the document.
fn spacer(props: &LongTableProps, height_px: f64) -> Html {
    if height_px <= 0.0 {
        return Html::default();
    }
    html! {
        <tr class="spacer" aria-hidden="true">
            <td colspan={props.columns.len().to_string()} height={height_px.round().to_string()}></td>
        </tr>
    }
}
