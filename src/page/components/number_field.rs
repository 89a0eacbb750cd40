//! A labelled number that may be left empty.

use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, InputEvent, Properties, TargetCast, function_component, html, use_state,
};

#[derive(Properties, PartialEq)]
pub(crate) struct NumberFieldProps {
    /// Id of the input.
    pub(crate) id: &'static str,
    /// What the number is, with its unit.
    pub(crate) label: &'static str,
    /// Where the number starts.
    pub(crate) value: Option<f64>,
    /// Told the new number; `None` if the field is empty or holds none.
    pub(crate) on_number: Callback<Option<f64>>,
}

#[function_component]
pub(crate) fn NumberField(props: &NumberFieldProps) -> Html {
    // The text is kept as typed: "0." must not turn into "0" while somebody types.
    let text = use_state(|| {
        props
            .value
            .map(|value| value.to_string())
            .unwrap_or_default()
    });
    let is_refused = !text.is_empty() && number_in(&text).is_none();
    let hint_id = format!("{}-hint", props.id);
    let (set_text, on_number) = (text.setter(), props.on_number.clone());
    let oninput = move |event: InputEvent| {
        let typed = event
            .target_dyn_into::<HtmlInputElement>()
            .map(|input| input.value())
            .unwrap_or_default();
        let number = number_in(&typed);
        set_text.set(typed);
        on_number.emit(number);
    };
    html! {
        <div class="field">
            <label for={props.id}>{ props.label }</label>
            <input
                id={props.id}
                type="number"
                inputmode="decimal"
                min="0"
                step="any"
                autocomplete="off"
                placeholder="not used"
                value={(*text).clone()}
                aria-invalid={is_refused.then_some("true")}
                aria-describedby={is_refused.then(|| hint_id.clone())}
                {oninput}
            />
            if is_refused {
                <p id={hint_id} class="field-hint">{ "Not used: a limit is 0 or more." }</p>
            }
        </div>
    }
}

fn number_in(typed: &str) -> Option<f64> {
    let number = typed.parse().ok()?;
    (0.0..f64::INFINITY).contains(&number).then_some(number)
}
