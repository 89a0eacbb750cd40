//! A labelled select whose first option stands for no choice.

use yew::{AttrValue, Callback, Html, Properties, function_component, html};

use super::select_field::SelectField;

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
    let first = (AttrValue::default(), props.first.clone());
    let others = props.choices.iter().enumerate();
    let others = others.map(|(idx, name)| (idx.to_string().into(), AttrValue::from(*name)));
    html! {
        <SelectField
            id={props.id.clone()}
            label={props.label}
            choices={std::iter::once(first).chain(others).collect::<Vec<_>>()}
            chosen={props.chosen.map_or(0, |idx| idx + 1)}
            on_choose={props.on_choose.reform(|idx: usize| idx.checked_sub(1))}
        />
    }
}
