//! A table of any length: only the rows on the screen are in the document. On paper, all that are at hand.

mod drawing;

use gloo_events::EventListener;
use web_sys::{Element, window};
use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, Properties, TargetCast, function_component,
    html, use_effect_with, use_force_update, use_node_ref, use_state_eq,
};

use crate::page::scroll::{Position, Scroll};
pub(crate) use drawing::{Column, Row, Sorting};
use drawing::{at_hand, body, heading, printed_rows};

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
    /// Told which rows are drawn: the first one, and how many.
    pub(crate) on_scrolled: Callback<(u32, u32)>,
    /// Goes back to the top when this changes.
    pub(crate) order: AttrValue,
    /// New rows are on their way.
    pub(crate) is_busy: bool,
    /// Stands where there is no row.
    pub(crate) when_empty: AttrValue,
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
    let position = use_state_eq(Position::default);
    let is_printing = use_state_eq(|| false);
    let drawn = if *is_printing {
        at_hand(props, scroll.at(*position))
    } else {
        scroll.at(*position)
    };
    let place = use_node_ref();

    let update = use_force_update();
    use_effect_with((), move |()| {
        let listener = window()
            .map(|window| EventListener::new(&window, "resize", move |_| update.force_update()));
        move || drop(listener)
    });
    let set_printing = is_printing.setter();
    use_effect_with((), move |()| {
        let listeners = window().map(|window| {
            [("beforeprint", true), ("afterprint", false)].map(|(name, is_printing)| {
                let set = set_printing.clone();
                EventListener::new(&window, name, move |_| set.set(is_printing))
            })
        });
        move || drop(listeners)
    });
    use_effect_with((place.clone(), props.order.clone()), |(place, _)| {
        if let Some(place) = place.cast::<Element>() {
            place.set_scroll_top(0);
        }
    });
    let on_scrolled = props.on_scrolled.clone();
    use_effect_with(
        (drawn.start_idx, drawn.end_idx, *is_printing),
        move |(start, end, is_printing)| {
            if !is_printing {
                on_scrolled.emit((*start, *end - *start));
            }
        },
    );

    let onscroll = {
        let (old, set) = (drawn, position.setter());
        move |event: Event| {
            let Some(place) = event.target_dyn_into::<Element>() else {
                return;
            };
            let position = Position::of(place.scroll_top(), place.client_height());
            if scroll.at(position) != old {
                set.set(position);
            }
        }
    };
    let onkeydown = {
        let place = place.clone();
        move |event: KeyboardEvent| {
            let target = event.target_dyn_into::<Element>();
            let Some(place) = place
                .cast::<Element>()
                .filter(|place| target.as_ref() == Some(place))
            else {
                return;
            };
            let position = Position::of(place.scroll_top(), place.client_height());
            if let Some(way_px) = scroll.way_of_key(&event.key(), position.box_px) {
                event.prevent_default();
                place.set_scroll_top((position.top_px + way_px).round() as i32);
            }
        }
    };
    html! {
        <div
            class="table-place"
            ref={place}
            role="region"
            aria-labelledby={props.id}
            tabindex="0"
            {onscroll}
            {onkeydown}
        >
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
            if *is_printing && drawn.end_idx - drawn.start_idx < props.n_rows {
                <p class="printed-rows">{ printed_rows(drawn, props.n_rows) }</p>
            }
        </div>
    }
}
