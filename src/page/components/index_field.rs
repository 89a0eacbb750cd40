//! A labelled select whose first option stands for no choice.

use yew::{AttrValue, Callback, Html};

use super::select_field::select_field;

/// Draws the select: `first` is the option for no choice, `chosen` tells which of the others is chosen.
pub(crate) fn index_field(
    id: AttrValue,
    label: &'static str,
    first: AttrValue,
    names: &[&'static str],
    chosen: Option<usize>,
    on_choose: &Callback<Option<usize>>,
) -> Html {
    let first = (AttrValue::default(), first);
    let others = names.iter().enumerate();
    let others = others.map(|(idx, name)| (idx.to_string().into(), AttrValue::from(*name)));
    let choices: Vec<_> = std::iter::once(first).chain(others).collect();
    let on_choose = on_choose.reform(|idx: usize| idx.checked_sub(1));
    let chosen = chosen.map_or(0, |idx| idx + 1);
    select_field(id, label, &choices, chosen, on_choose)
}
