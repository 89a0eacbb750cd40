//! People: who has poor streams, as far as the role may know.

use yew::{Callback, Html, function_component, html};

use super::ViewProps;
use crate::page::charts::Scale;
use crate::page::components::{
    Column, Figure, LongTable, Row, Sorting, Tone, download_button, notice, search_field,
    view_title,
};
use crate::page::scroll::row_in;
use crate::page::state::{Action, TableName, View};
use crate::page::words::{count, counted, nothing_counted, person_name, phone_number};
use crate::protocol::{PeopleView, PersonColumn, PersonRow, Role};

#[function_component]
pub(crate) fn People(props: &ViewProps) -> Html {
    let state = &props.state;
    let act = &props.act;
    let is_specialist = state.named_for() == Role::Specialist;
    html! {
        <>
            <div class="view-head">
                { view_title(View::People.title()) }
                <p class="found">{ state.people.slot.view().map(|view| found(view)) }</p>
                { search_field(
                    "search-people",
                    "Search people",
                    if is_specialist { "Whole sign-in name" } else { "Name or sign-in name" },
                    state.people.query.search.clone().into(),
                    &act.reform(Action::SearchPeople),
                ) }
                { download_button(state, TableName::People, "CSV", act) }
            </div>
            if is_specialist {
                { notice(
                    Tone::Note,
                    "Here one name at a time is shown: type the whole sign-in name of the person who \
                     asked for help. A part of a name finds nobody.",
                ) }
            }
            { table(props) }
        </>
    }
}

fn table(props: &ViewProps) -> Html {
    let state = props.state.clone();
    let people = &props.state.people;
    let n_rows = people.slot.view().map_or(0, |view| view.n_found);
    let when_empty = match people.slot.view() {
        None => "Counting.",
        Some(view) if view.n_all == 0 => {
            nothing_counted(&state.choices, "The files name nobody with streams.")
        }
        Some(_) => "Nobody fits the search.",
    };
    let row = Callback::from(move |idx| {
        let view = state.people.slot.view()?;
        let row = row_in(&view.rows, view.first_idx, idx)?;
        Some(person_row(row))
    });
    html! {
        <LongTable
            id="people-caption"
            caption={View::People.title()}
            columns={columns(props)}
            {n_rows}
            {row}
            on_scrolled={props.act.reform(|(first_idx, n_rows)| {
                Action::Scrolled { table: TableName::People, first_idx, n_rows }
            })}
            order={format!("{:?} {}", people.query.sort, people.query.search)}
            is_busy={people.slot.is_awaited()}
            {when_empty}
        />
    }
}

fn columns(props: &ViewProps) -> Vec<Column> {
    let sort = props.state.people.query.sort;
    let sorting = |column: PersonColumn| Sorting {
        descending: (sort.by == column).then_some(sort.descending),
        on_click: props.act.reform(move |_| Action::SortPeople(column)),
    };
    // A specialist's list is never sorted by name: the order alone would tell names apart.
    let by_name =
        (props.state.named_for() != Role::Specialist).then(|| sorting(PersonColumn::Person));
    let mut columns = vec![Column {
        title: "Person",
        hint: None,
        class: "name-column wide-name",
        sorting: by_name,
    }];
    columns.extend(
        Figure::of_a_person()
            .map(|figure| figure.column(Scale::Persons, column_of(figure).map(sorting))),
    );
    columns.push(Column {
        title: "Phone",
        hint: None,
        class: "text-column",
        sorting: None,
    });
    columns
}

fn person_row(row: &PersonRow) -> Row {
    let name = person_name(&row.person);
    let mut cells = vec![html! { <span title={name.to_owned()}>{ name }</span> }];
    cells.extend(Figure::of_a_person().map(|figure| figure.cell(&row.figures, Scale::Persons)));
    cells.push(phone_number(row.phone.as_ref()).into());
    Row {
        is_open: false,
        cells,
    }
}

fn found(view: &PeopleView) -> String {
    let all = counted(u64::from(view.n_all), "person", "people");
    if view.n_found == view.n_all {
        all
    } else {
        format!("{} of {all}", count(u64::from(view.n_found)))
    }
}

fn column_of(figure: Figure) -> Option<PersonColumn> {
    Some(match figure {
        Figure::PoorPercent => PersonColumn::PoorPercent,
        Figure::Streams => PersonColumn::Streams,
        Figure::Good => PersonColumn::Good,
        Figure::Poor => PersonColumn::Poor,
        Figure::Unclassified => PersonColumn::Unclassified,
        Figure::People => return None,
        Figure::RoundTrip => PersonColumn::RoundTrip,
        Figure::Jitter => PersonColumn::Jitter,
        Figure::PacketLoss => PersonColumn::PacketLoss,
    })
}
