//! A labelled select over a list of choices.

use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, function_component, html};

use super::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct SelectFieldProps {
    /// Id of the select.
    pub(crate) id: AttrValue,
    /// What is chosen.
    pub(crate) label: &'static str,
    /// What can be chosen: its code in the document, and what the user reads.
    pub(crate) choices: Vec<(AttrValue, AttrValue)>,
    /// Which of them is chosen.
    pub(crate) chosen: usize,
    /// Told the new choice.
    pub(crate) on_choose: Callback<usize>,
}

#[function_component]
pub(crate) fn SelectField(props: &SelectFieldProps) -> Html {
    let on_choose = props.on_choose.clone();
    let onchange = move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let idx = select.map(|select| usize::try_from(select.selected_index()));
        if let Some(Ok(idx)) = idx {
            on_choose.emit(idx);
        }
    };
    let chosen = props.choices.get(props.chosen);
    let code = chosen.map(|(code, _)| code.as_str().to_owned());
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ props.label }</label>
            <span class="select">
                <select id={props.id.clone()} ~value={code.unwrap_or_default()} {onchange} autocomplete="off">
                    { for props.choices.iter().enumerate().map(|(idx, (code, name))| html! {
                        <option value={code.clone()} selected={idx == props.chosen}>
                            { name.clone() }
                        </option>
                    }) }
                </select>
                { icon(Icon::Chevron) }
            </span>
        </div>
    }
}
