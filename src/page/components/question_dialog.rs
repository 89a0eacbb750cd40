//! Asks before a new building file replaces the one in use.

use web_sys::{Event, HtmlDialogElement};
use yew::{Html, function_component, html, use_effect_with, use_node_ref};

use crate::page::state::Action;
use crate::page::views::ViewProps;
use crate::protocol::Question;

#[function_component]
pub(crate) fn ReplaceDialog(props: &ViewProps) -> Html {
    let dialog = use_node_ref();
    let question = props.state.files.question().map(|(card, question)| {
        let Question::ReplaceBuildings { in_use } = question;
        (card.id, card.name.clone(), in_use.clone())
    });
    use_effect_with(
        (dialog.clone(), question.as_ref().map(|(id, _, _)| *id)),
        |(dialog, asking)| {
            let Some(dialog) = dialog.cast::<HtmlDialogElement>() else {
                return;
            };
            if asking.is_none() {
                dialog.close();
            } else if !dialog.open() {
                // Fails only for a dialog that is open already.
                let _ = dialog.show_modal();
            }
        },
    );
    let reply = |yes: bool| {
        let file = question.as_ref().map_or(0, |(id, _, _)| *id);
        props.act.reform(move |()| Action::Reply { file, yes })
    };
    let (replace, keep) = (reply(true), reply(false));
    let oncancel = {
        let keep = keep.clone();
        move |event: Event| {
            event.prevent_default();
            keep.emit(());
        }
    };
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="replace-title" {oncancel}>
            if let Some((_, name, in_use)) = &question {
                <h2 id="replace-title">{ "Replace the building file?" }</h2>
                <p>
                    <strong><bdi>{ name.clone() }</bdi></strong>{ " is a building file. Only one is in use at a time; now it is " }
                    <strong><bdi>{ in_use.clone() }</bdi></strong>{ "." }
                </p>
                <div class="dialog-buttons">
                    <button type="button" class="button primary" onclick={replace.reform(|_| ())}>
                        { "Replace" }
                    </button>
                    <button type="button" class="button" autofocus=true onclick={keep.reform(|_| ())}>
                        { "Keep the present one" }
                    </button>
                </div>
            }
        </dialog>
    }
}
