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
    let typed = use_state(|| {
        let text = props.value.map(|value| value.to_string());
        (text.unwrap_or_default(), props.value)
    });
    let (text, number) = &*typed;
    let is_refused = !text.is_empty() && number.is_none();
    let hint_id = format!("{}-hint", props.id);
    let (set_typed, on_number) = (typed.setter(), props.on_number.clone());
    let oninput = move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        // The browser reads the number: a reader of our own would be a long table.
        let read = |input: HtmlInputElement| (input.value(), limit(input.value_as_number()));
        let (text, number) = input.map(read).unwrap_or_default();
        set_typed.set((text, number));
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
                value={text.clone()}
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

fn limit(number: f64) -> Option<f64> {
    (0.0..f64::INFINITY).contains(&number).then_some(number)
}
