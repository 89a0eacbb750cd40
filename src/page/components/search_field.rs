//! A labelled search box that tells every keystroke.

use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Html, InputEvent, TargetCast, html};

use super::{Icon, icon};

/// Draws the box: `label` says what is searched, `hint` what may be typed, `value` is what is typed now.
pub(crate) fn search_field(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: AttrValue,
    on_search: &Callback<String>,
) -> Html {
    let oninput = on_search.reform(|event: InputEvent| {
        event
            .target_dyn_into::<HtmlInputElement>()
            .map(|input| input.value())
            .unwrap_or_default()
    });
    html! {
        <div class="search">
            <label class="visually-hidden" for={id}>{ label }</label>
            { icon(Icon::Search) }
            <input
                {id}
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder={hint}
                {value}
                {oninput}
            />
        </div>
    }
}
