//! A labelled select over a list of choices.

use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, Properties, TargetCast, function_component, html};

use super::{Icon, icon};
use crate::page::words::Choice;

#[derive(Properties, PartialEq)]
pub(crate) struct SelectFieldProps<Value: PartialEq> {
    /// Id of the select.
    pub(crate) id: &'static str,
    /// What is chosen.
    pub(crate) label: &'static str,
    /// What can be chosen.
    pub(crate) choices: Vec<Choice<Value>>,
    /// What is chosen now.
    pub(crate) value: Value,
    /// Told the new choice.
    pub(crate) on_choose: Callback<Value>,
}

#[function_component]
pub(crate) fn SelectField<Value: Copy + PartialEq + 'static>(
    props: &SelectFieldProps<Value>,
) -> Html {
    let (choices, on_choose) = (props.choices.clone(), props.on_choose.clone());
    let onchange = move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else {
            return;
        };
        if let Some(choice) = choices.iter().find(|choice| choice.code == select.value()) {
            on_choose.emit(choice.value);
        }
    };
    let present = props
        .choices
        .iter()
        .find(|choice| choice.value == props.value);
    let code = present.map_or("", |choice| choice.code);
    html! {
        <div class="field">
            <label for={props.id}>{ props.label }</label>
            <span class="select">
                <select id={props.id} ~value={code} {onchange} autocomplete="off">
                    { for props.choices.iter().map(|choice| html! {
                        <option value={choice.code} selected={choice.code == code}>
                            { choice.name }
                        </option>
                    }) }
                </select>
                { icon(Icon::Chevron) }
            </span>
        </div>
    }
}
