//! Lets the user say what a file is that was not recognized.

use yew::{Callback, Html, Properties, function_component, html, use_state_eq};

use crate::page::components::index_field;
use crate::page::state::Action;
use crate::page::words::Aspect;
use crate::protocol::FileCard;

#[derive(Properties, PartialEq)]
pub(super) struct KindRemedyProps {
    /// The file.
    pub(super) card: FileCard,
    /// Told what it is.
    pub(super) act: Callback<Action>,
}

/// A button ends the choice: a file that is read as the first kind in the list would take the select away
/// from somebody who moves through it with the keyboard.
#[function_component]
pub(super) fn KindRemedy(props: &KindRemedyProps) -> Html {
    let chosen = use_state_eq(|| Aspect::Kind.chosen_idx(&props.card.settings));
    let (id, settings) = (props.card.id, props.card.settings.clone());
    let idx = *chosen;
    let onclick = props.act.reform(move |_| Action::SetReading {
        file: id,
        settings: Aspect::Kind.choose(&settings, idx),
    });
    let set = chosen.setter();
    html! {
        <div class="remedy">
            <p><strong>{ "Do you know what it is?" }</strong>{ " Then it is read as you say." }</p>
            <div class="remedy-fields">
                { index_field(
                    format!("remedy-{id}").into(),
                    "This file is",
                    "Choose a kind of file".into(),
                    &Aspect::Kind.choices(),
                    idx,
                    &Callback::from(move |idx| set.set(idx)),
                ) }
                <button
                    type="button"
                    class="button primary"
                    disabled={idx.is_none()}
                    {onclick}
                >
                    { "Read it so" }
                </button>
            </div>
        </div>
    }
}
