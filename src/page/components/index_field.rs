//! A labelled select whose first option stands for no choice.

use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, function_component, html};

use super::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct IndexFieldProps {
    /// Id of the select.
    pub(crate) id: AttrValue,
    /// What is chosen.
    pub(crate) label: &'static str,
    /// The option for no choice.
    pub(crate) first: AttrValue,
    /// What can be chosen.
    pub(crate) choices: Vec<&'static str>,
    /// Which of them is chosen.
    pub(crate) chosen: Option<usize>,
    /// Told the new choice.
    pub(crate) on_choose: Callback<Option<usize>>,
}

#[function_component]
pub(crate) fn IndexField(props: &IndexFieldProps) -> Html {
    let onchange = props.on_choose.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        select.value().parse().ok()
    });
    let code = |idx: Option<usize>| idx.map(|idx| idx.to_string()).unwrap_or_default();
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ props.label }</label>
            <span class="select">
                <select id={props.id.clone()} ~value={code(props.chosen)} {onchange} autocomplete="off">
                    <option value="" selected={props.chosen.is_none()}>{ props.first.clone() }</option>
                    { for props.choices.iter().enumerate().map(|(idx, name)| html! {
                        <option value={code(Some(idx))} selected={props.chosen == Some(idx)}>{ *name }</option>
                    }) }
                </select>
                { icon(Icon::Chevron) }
            </span>
        </div>
    }
}
