//! A labelled day, which may be left open.

use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, TargetCast, html};

use crate::page::words::{day, day_in};
use crate::protocol::Days;

/// Draws the field. The calendar of the browser offers the days that are among these.
pub(super) fn day_field(
    id: &'static str,
    label: &'static str,
    chosen: Option<i32>,
    among: Days,
    on_day: &Callback<Option<i32>>,
) -> Html {
    let oninput = on_day.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        day_in(&input.value())
    });
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <input
                {id}
                type="date"
                autocomplete="off"
                min={among.first.map(day)}
                max={among.last.map(day)}
                value={chosen.map(day).unwrap_or_default()}
                {oninput}
            />
        </div>
    }
}
