//! One column: its heading and first cells, what it is read as, and the field to choose.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, InputEvent, MouseEvent, Properties, TargetCast, classes, function_component,
    html,
};

use crate::page::components::{Icon, icon};
use crate::page::state::{Action, Draft, field_named, is_understood};
use crate::page::words::meaning;
use crate::protocol::{ColumnChoice, ColumnMeaning, ColumnView, ColumnsView};

/// Id of the list of all fields.
pub(super) const FIELDS_ID: &str = "column-fields";

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    /// The column's place, from 1.
    pub(super) idx: usize,
    /// The column.
    pub(super) column: ColumnView,
    /// What the user decided about its heading in this file.
    pub(super) decided: Option<ColumnChoice>,
    /// What is chosen now.
    pub(super) draft: Draft,
    /// All columns, for the fields there are.
    pub(super) view: Rc<ColumnsView>,
    /// Told what is chosen.
    pub(super) act: Callback<Action>,
}

#[function_component]
pub(super) fn Row(props: &RowProps) -> Html {
    let column = &props.column;
    let decided: Vec<ColumnChoice> = props.decided.iter().cloned().collect();
    html! {
        <tr class={classes!((!is_understood(column)).then_some("is-open"))}>
            <th scope="row">
                <span class="column-heading"><bdi>{ heading(column) }</bdi></span>
                <span class="column-place">{ format!("Column {}", props.idx) }</span>
                if !column.samples.is_empty() {
                    <span class="column-samples">
                        { "for example " }
                        { for column.samples.iter().enumerate().map(|(idx, sample)| html! {
                            <>
                                if idx != 0 { { ", " } }
                                <bdi class="sample">{ sample.clone() }</bdi>
                            </>
                        }) }
                    </span>
                }
            </th>
            <td class="column-meaning">
                <p>
                    { icon(if is_understood(column) { Icon::Good } else { Icon::Warning }) }
                    <span>{ meaning(column, &decided) }</span>
                </p>
            </td>
            <td>
                <div class="column-choice">{ input(props) }{ leave_out(props) }{ proposals(props) }</div>
            </td>
        </tr>
    }
}

fn heading(column: &ColumnView) -> String {
    if column.heading.trim().is_empty() {
        "(no heading)".to_owned()
    } else {
        column.heading.clone()
    }
}

fn input(props: &RowProps) -> Html {
    let id = format!("column-{}", props.idx);
    let hint_id = format!("{id}-hint");
    let text = match &props.draft {
        Draft::Field(name) => name.clone(),
        Draft::Automatic | Draft::LeftOut => String::new(),
    };
    let placeholder = match (&props.draft, &props.column.meaning) {
        (Draft::LeftOut, _) => "Left out".to_owned(),
        (_, ColumnMeaning::Known(field)) => field.clone(),
        _ => "Type part of a field’s name".to_owned(),
    };
    let fields = &props.view.fields;
    let typed = text.trim().to_lowercase();
    let is_refused = !typed.is_empty()
        && field_named(fields, &text).is_none()
        && !fields
            .iter()
            .any(|field| field.to_lowercase().contains(&typed));
    let heading = props.column.heading.clone();
    let oninput = props.act.reform(move |event: InputEvent| {
        let typed = event
            .target_dyn_into::<HtmlInputElement>()
            .map(|input| input.value())
            .unwrap_or_default();
        let draft = if typed.is_empty() {
            Draft::Automatic
        } else {
            Draft::Field(typed)
        };
        Action::DraftColumn {
            heading: heading.clone(),
            draft,
        }
    });
    html! {
        <div class="field">
            <label class="visually-hidden" for={id.clone()}>
                { format!("Field for {}", self::heading(&props.column)) }
            </label>
            <input
                {id}
                type="text"
                list={FIELDS_ID}
                autocomplete="off"
                spellcheck="false"
                {placeholder}
                value={text}
                aria-invalid={is_refused.then_some("true")}
                aria-describedby={is_refused.then(|| hint_id.clone())}
                {oninput}
            />
            if is_refused {
                <p id={hint_id} class="field-hint">{ "No field has such a name." }</p>
            }
        </div>
    }
}

fn leave_out(props: &RowProps) -> Html {
    let is_left_out = props.draft == Draft::LeftOut;
    let draft = if is_left_out {
        Draft::Automatic
    } else {
        Draft::LeftOut
    };
    html! {
        <button
            type="button"
            class="chip leave-out"
            aria-pressed={pressed(is_left_out)}
            onclick={choose(props, draft)}
        >
            { "Leave out" }
            <span class="visually-hidden">{ format!(" {}", heading(&props.column)) }</span>
        </button>
    }
}

fn proposals(props: &RowProps) -> Html {
    if props.column.proposals.is_empty() {
        return Html::default();
    }
    let proposal = |field: &String| {
        let draft = Draft::Field(field.clone());
        let is_chosen = props.draft == draft;
        let next = if is_chosen { Draft::Automatic } else { draft };
        html! {
            <button
                type="button"
                class="chip"
                aria-pressed={pressed(is_chosen)}
                onclick={choose(props, next)}
            >
                { field.clone() }
                <span class="visually-hidden">{ format!(" for {}", heading(&props.column)) }</span>
            </button>
        }
    };
    html! { <div class="column-buttons">{ for props.column.proposals.iter().map(proposal) }</div> }
}

fn choose(props: &RowProps, draft: Draft) -> Callback<MouseEvent> {
    let heading = props.column.heading.clone();
    props.act.reform(move |_| Action::DraftColumn {
        heading: heading.clone(),
        draft: draft.clone(),
    })
}

fn pressed(is_pressed: bool) -> &'static str {
    if is_pressed { "true" } else { "false" }
}
