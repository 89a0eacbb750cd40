//! The columns of a file: what each is read as, and a field for it to choose.

mod row;

use std::rc::Rc;

use web_sys::{Event, HtmlDialogElement, HtmlInputElement};
use yew::{
    Callback, Html, Properties, TargetCast, function_component, html, use_effect_with, use_mut_ref,
    use_node_ref, use_state_eq,
};

use super::file_card::columns_button_id;
use super::{Icon, icon, search_field};
use crate::page::document;
use crate::page::state::{Action, Drafts, is_being_read, is_understood};
use crate::page::views::ViewProps;
use crate::page::words::{columns_sentence, counted};
use crate::protocol::{ColumnMeaning, ColumnView, ColumnsView, FileCard};
use row::{FIELDS_ID, Row};

/// Shows the columns of the file that the user asked for.
#[function_component]
pub(crate) fn ColumnsDialog(props: &ViewProps) -> Html {
    let dialog = use_node_ref();
    let columns = &props.state.columns;
    let card = columns.shown.and_then(|file| props.state.files.card(file));
    let id = card.map(|card| card.id);
    let last = use_mut_ref(|| None);
    use_effect_with((dialog.clone(), id), move |(dialog, id)| {
        let Some(dialog) = dialog.cast::<HtmlDialogElement>() else {
            return;
        };
        let last = last.replace(*id);
        if id.is_none() {
            dialog.close();
            // The button that opened it has been drawn anew if the file was read again.
            if let Some(last) = last.filter(|_| document::is_focus_lost()) {
                document::focus(&columns_button_id(last));
            }
        } else if !dialog.open() {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    });
    let oncancel = props.act.reform(|event: Event| {
        event.prevent_default();
        Action::HideColumns
    });
    html! {
        <dialog ref={dialog} class="dialog wide" aria-labelledby="columns-title" {oncancel}>
            if let Some(card) = card {
                <Columns
                    key={card.id}
                    card={card.clone()}
                    view={columns.slot.view().cloned()}
                    is_refused={columns.slot.is_refused()}
                    drafts={columns.drafts.clone()}
                    is_saving={props.state.download.is_some()}
                    act={props.act.clone()}
                />
            }
        </dialog>
    }
}

#[derive(Properties, PartialEq)]
struct ColumnsProps {
    /// The file.
    card: FileCard,
    /// Its columns, once they are known.
    view: Option<Rc<ColumnsView>>,
    /// The role may not see them.
    is_refused: bool,
    /// What is not applied yet.
    drafts: Drafts,
    /// A file is being made for the user.
    is_saving: bool,
    /// Told what the user chooses.
    act: Callback<Action>,
}

#[function_component]
fn Columns(props: &ColumnsProps) -> Html {
    let close = props.act.reform(|_| Action::HideColumns);
    html! {
        <>
            <div class="panel-head">
                <h2 id="columns-title" tabindex="-1" autofocus=true>
                    { "Columns of " }<bdi>{ props.card.name.clone() }</bdi>
                </h2>
                <button type="button" class="button subtle" aria-label="Close" onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            if let Some(view) = &props.view {
                <Table
                    card={props.card.clone()}
                    view={view.clone()}
                    drafts={props.drafts.clone()}
                    act={props.act.clone()}
                />
                { foot(props, view) }
            } else if props.is_refused && !is_being_read(&props.card.state) {
                <p>{ "This role may not see the columns." }</p>
            } else {
                <p class="quiet">{ "Looking at the columns." }</p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct TableProps {
    card: FileCard,
    view: Rc<ColumnsView>,
    drafts: Drafts,
    act: Callback<Action>,
}

#[function_component]
fn Table(props: &TableProps) -> Html {
    let n_open = props
        .view
        .columns
        .iter()
        .filter(|column| !is_understood(column))
        .count();
    let search = use_state_eq(String::new);
    let is_short = use_state_eq(|| n_open != 0);
    let (set_search, set_short) = (search.setter(), is_short.setter());
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            set_short.set(input.checked());
        }
    };
    let rows = ordered(&props.view.columns)
        .into_iter()
        .filter(|(_, column)| !*is_short || is_of_interest(column, &props.drafts))
        .filter(|(_, column)| is_found(column, &search));
    let decided = &props.card.settings.columns;
    let rows: Vec<Html> = rows
        .map(|(idx, column)| html! {
            <Row
                key={idx}
                {idx}
                column={column.clone()}
                decided={decided.iter().find(|choice| choice.heading == column.heading).cloned()}
                draft={props.drafts.of(&column.heading, decided)}
                view={props.view.clone()}
                act={props.act.clone()}
            />
        })
        .collect();
    html! {
        <>
            <p>
                { columns_sentence(props.view.columns.len(), n_open) }
                { " Give a column the field that it stands for; it is then read like that field." }
            </p>
            <div class="columns-filter">
                { search_field(
                    "search-columns",
                    "Search the columns",
                    "Part of a heading",
                    (*search).clone().into(),
                    &Callback::from(move |words| set_search.set(words)),
                ) }
                <label class="check">
                    <input type="checkbox" checked={*is_short} {onchange} />
                    { "Only those not understood or chosen by you" }
                </label>
            </div>
            <div class="table-place" role="region" aria-label="Columns" tabindex="0">
                if rows.is_empty() {
                    <p class="table-empty">{ "No such column." }</p>
                } else {
                    <table class="plain-table columns-table">
                        <caption class="visually-hidden">{ "Columns" }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ "Column" }</th>
                                <th scope="col">{ "Read as" }</th>
                                <th scope="col">{ "Field" }</th>
                            </tr>
                        </thead>
                        <tbody>{ rows }</tbody>
                    </table>
                }
            </div>
            <datalist id={FIELDS_ID}>
                { for props.view.fields.iter().map(|field| html! { <option value={field.clone()} /> }) }
            </datalist>
        </>
    }
}

/// The columns with their places from 1, those that nobody understands first.
fn ordered(columns: &[ColumnView]) -> Vec<(usize, &ColumnView)> {
    let mut ordered: Vec<_> = (1..).zip(columns).collect();
    ordered.sort_by_key(|(_, column)| is_understood(column));
    ordered
}

fn is_of_interest(column: &ColumnView, drafts: &Drafts) -> bool {
    let is_known = matches!(column.meaning, ColumnMeaning::Known(_));
    !is_known || drafts.has(&column.heading)
}

fn is_found(column: &ColumnView, search: &str) -> bool {
    let heading = column.heading.to_lowercase();
    heading.contains(search.trim().to_lowercase().as_str())
}

fn foot(props: &ColumnsProps, view: &ColumnsView) -> Html {
    let id = props.card.id;
    let n_ready = props.drafts.n_ready(&view.fields);
    let is_chosen = |column: &&ColumnView| {
        matches!(
            column.meaning,
            ColumnMeaning::Chosen(_) | ColumnMeaning::LeftOut
        )
    };
    let n_chosen = view.columns.iter().filter(is_chosen).count();
    let is_reading = is_being_read(&props.card.state);
    let can_apply = n_ready != 0 && !is_reading;
    let can_save = n_chosen != 0 && n_ready == 0 && !is_reading && !props.is_saving;
    let unless = |is_refused: bool, action: Action| {
        let act = props.act.clone();
        move |_| {
            if !is_refused {
                act.emit(action.clone());
            }
        }
    };
    let apply = unless(!can_apply, Action::ApplyColumns);
    let save = unless(!can_save, Action::SaveColumnMap(id));
    let close = props.act.reform(|_| Action::HideColumns);
    let n_open = props.drafts.n() - n_ready;
    let status = if is_reading {
        "Reading the file again with your choices.".to_owned()
    } else if n_ready != 0 {
        format!("{} to apply.", counted(n_ready as u64, "choice", "choices"))
    } else if n_open != 0 {
        "What you typed is no field’s name yet.".to_owned()
    } else if n_chosen != 0 {
        let read = counted(n_chosen as u64, "column is", "columns are");
        format!(
            "{read} read as you chose. Save that as a file and drop it next time: it serves other files with such columns too."
        )
    } else {
        String::new()
    };
    html! {
        <div class="columns-foot">
            <p role="status" class="quiet">{ status }</p>
            <div class="dialog-buttons">
                <button
                    type="button"
                    class="button primary"
                    aria-disabled={(!can_apply).then_some("true")}
                    onclick={apply}
                >
                    { "Apply" }
                </button>
                <button
                    type="button"
                    class="button"
                    aria-disabled={(!can_save).then_some("true")}
                    onclick={save}
                >
                    { icon(Icon::Download) }{ "Save as a file" }
                </button>
                <button type="button" class="button" onclick={close}>{ "Done" }</button>
            </div>
        </div>
    }
}
