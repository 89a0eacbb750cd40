//! A labelled search box that tells every keystroke.

use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, Properties, TargetCast, function_component, html,
};

use super::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct SearchFieldProps {
    /// Id of the input.
    pub(crate) id: &'static str,
    /// What is searched.
    pub(crate) label: &'static str,
    /// What may be typed.
    pub(crate) hint: &'static str,
    /// What is typed now.
    pub(crate) value: AttrValue,
    /// Told what is typed.
    pub(crate) on_search: Callback<String>,
}

#[function_component]
pub(crate) fn SearchField(props: &SearchFieldProps) -> Html {
    let oninput = props.on_search.reform(|event: InputEvent| {
        event
            .target_dyn_into::<HtmlInputElement>()
            .map(|input| input.value())
            .unwrap_or_default()
    });
    html! {
        <div class="search">
            <label class="visually-hidden" for={props.id}>{ props.label }</label>
            { icon(Icon::Search) }
            <input
                id={props.id}
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder={props.hint}
                value={props.value.clone()}
                {oninput}
            />
        </div>
    }
}
