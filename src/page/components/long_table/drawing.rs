//! What a long table is made of: headings, rows, room for the rows that are not in the document.

use yew::{Callback, Html, MouseEvent, classes, html};

use super::LongTableProps;
use crate::page::components::{Icon, icon};
use crate::page::scroll::Drawn;
use crate::page::words::count;

/// A column.
#[derive(Clone, PartialEq)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) title: &'static str,
    /// What helps to read its cells.
    pub(crate) hint: Option<&'static str>,
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

/// Draws a heading, with a button where the table can be sorted by it.
pub(super) fn heading(column: &Column) -> Html {
    let hint = column
        .hint
        .map(|hint| html! { <span class="column-hint">{ hint }</span> });
    let Some(sorting) = &column.sorting else {
        return html! { <th scope="col" class={column.class}>{ column.title }{ hint }</th> };
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
                { column.title }{ sorted.map(|(_, sign)| icon(sign)) }
            </button>
            { hint }
        </th>
    }
}

/// The rows around these that are there without asking: what can be printed.
pub(super) fn at_hand(props: &LongTableProps, drawn: Drawn) -> Drawn {
    let is_at_hand = |idx: &u32| props.row.emit(*idx).is_some();
    let before = (0..drawn.start_idx).rev().take_while(is_at_hand);
    let after = (drawn.start_idx..props.n_rows).take_while(is_at_hand);
    Drawn {
        start_idx: before.last().unwrap_or(drawn.start_idx),
        end_idx: after.last().map_or(drawn.start_idx, |idx| idx + 1),
        ..Drawn::default()
    }
}

/// Which rows are on paper.
pub(super) fn printed_rows(drawn: Drawn, n_rows: u32) -> String {
    format!(
        "Rows {} to {} of {}. The CSV file holds all of them.",
        count(u64::from(drawn.start_idx) + 1),
        count(u64::from(drawn.end_idx)),
        count(u64::from(n_rows))
    )
}

/// Draws the rows on the screen, and room for the others.
///
/// Everything in it has a key. Were there one thing without, all rows would be made anew whenever the table moves.
pub(super) fn body(props: &LongTableProps, drawn: Drawn) -> Html {
    let rows = (drawn.start_idx..drawn.end_idx).map(|idx| row(props, idx));
    let above = spacer(props, "above", drawn.above_px).into_iter();
    let below = spacer(props, "below", drawn.below_px);
    above.chain(rows).chain(below).collect()
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
fn spacer(props: &LongTableProps, key: &'static str, height_px: f64) -> Option<Html> {
    (height_px > 0.0).then(|| {
        html! {
            <tr {key} class="spacer" aria-hidden="true">
                <td colspan={props.columns.len().to_string()} height={height_px.round().to_string()}></td>
            </tr>
        }
    })
}
