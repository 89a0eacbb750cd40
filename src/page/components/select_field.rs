//! A labelled select over a list of choices.

use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Event, Html, TargetCast, html};

use super::{Icon, icon};

/// Draws the select. Of each choice its code in the document is given, and what the user reads; `chosen` is the place
/// of the one that holds now.
pub(crate) fn select_field(
    id: AttrValue,
    label: &'static str,
    choices: &[(AttrValue, AttrValue)],
    chosen: usize,
    on_choose: Callback<usize>,
) -> Html {
    let onchange = move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let idx = select.map(|select| usize::try_from(select.selected_index()));
        if let Some(Ok(idx)) = idx {
            on_choose.emit(idx);
        }
    };
    let code = choices
        .get(chosen)
        .map(|(code, _)| code.as_str().to_owned());
    html! {
        <div class="field" key={id.to_string()}>
            <label for={id.clone()}>{ label }</label>
            <span class="select">
                <select {id} ~value={code.unwrap_or_default()} {onchange} autocomplete="off">
                    { for choices.iter().enumerate().map(|(idx, (code, name))| html! {
                        <option value={code.clone()} selected={idx == chosen}>
                            { name.clone() }
                        </option>
                    }) }
                </select>
                { icon(Icon::Chevron) }
            </span>
        </div>
    }
}
