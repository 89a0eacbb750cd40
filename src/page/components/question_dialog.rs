//! Asks what only the user can know about a file, one question after the other.

use web_sys::{Event, HtmlDialogElement, HtmlInputElement};
use yew::{
    Callback, Html, Properties, TargetCast, function_component, html, use_effect_with,
    use_node_ref, use_state_eq,
};

use crate::page::state::Action;
use crate::page::views::ViewProps;
use crate::page::words::counted;
use crate::protocol::{FileId, Question};

/// Shows the question of the first file that asks. Escape leaves that file out, like its last button.
#[function_component]
pub(crate) fn QuestionDialog(props: &ViewProps) -> Html {
    let dialog = use_node_ref();
    let asking = props.state.files.question();
    let id = asking.map(|(card, _)| card.id);
    use_effect_with((dialog.clone(), id), |(dialog, id)| {
        let Some(dialog) = dialog.cast::<HtmlDialogElement>() else {
            return;
        };
        // Opened anew for each question, so that the focus starts at its first answer.
        dialog.close();
        if id.is_some() {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    });
    let oncancel = props.act.reform(move |event: Event| {
        event.prevent_default();
        Action::Cancel(id.unwrap_or_default())
    });
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="question-title" {oncancel}>
            if let Some((card, question)) = asking {
                { match question {
                    Question::ReplaceBuildings { in_use } => {
                        replace(card.id, &card.name, in_use, &props.act)
                    }
                    Question::DayFirst { column } => html! {
                        <DayFirst
                            key={card.id}
                            file={card.id}
                            name={card.name.clone()}
                            column={*column}
                            others={props.state.files.others_asking_for_day(card.id)}
                            act={props.act.clone()}
                        />
                    },
                } }
            }
        </dialog>
    }
}

fn replace(file: FileId, name: &str, in_use: &str, act: &Callback<Action>) -> Html {
    let replace = act.reform(move |_| Action::Reply { file, yes: true });
    let keep = act.reform(move |_| Action::Cancel(file));
    html! {
        <>
            <h2 id="question-title">{ "Replace the building file?" }</h2>
            <p>
                <strong><bdi>{ name.to_owned() }</bdi></strong>
                { " is a building file. Only one is in use at a time; now it is " }
                <strong><bdi>{ in_use.to_owned() }</bdi></strong>{ "." }
            </p>
            <div class="dialog-buttons">
                <button type="button" class="button primary" onclick={replace}>{ "Replace" }</button>
                <button type="button" class="button" autofocus=true onclick={keep}>
                    { "Keep the present one" }
                </button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DayFirstProps {
    /// The file that asks.
    file: FileId,
    /// Its name.
    name: String,
    /// The column with the dates, from 1.
    column: u32,
    /// Further files with the same question.
    others: Vec<FileId>,
    /// Told the answer.
    act: Callback<Action>,
}

#[function_component]
fn DayFirst(props: &DayFirstProps) -> Html {
    let is_for_all = use_state_eq(|| true);
    let answer = |is_day_first: bool| {
        let mut files = vec![props.file];
        if *is_for_all {
            files.extend(&props.others);
        }
        props.act.reform(move |_| Action::AnswerDayFirst {
            files: files.clone(),
            is_day_first,
        })
    };
    let file = props.file;
    let leave_out = props.act.reform(move |_| Action::Cancel(file));
    let set_for_all = is_for_all.setter();
    let onchange = move |event: yew::Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            set_for_all.set(input.checked());
        }
    };
    html! {
        <>
            <h2 id="question-title">{ "Is 03/04/2026 the 3rd of April or the 4th of March?" }</h2>
            <p>
                { format!("Column {} of ", props.column) }
                <strong><bdi>{ props.name.clone() }</bdi></strong>
                { " holds dates like this one, and none of them tells which number is the day." }
            </p>
            if !props.others.is_empty() {
                <p class="dialog-choice">
                    <input id="same-for-others" type="checkbox" checked={*is_for_all} {onchange} />
                    <label for="same-for-others">
                        { "The same answer for " }
                        { counted(props.others.len() as u64, "other file that asks", "other files that ask") }
                    </label>
                </p>
            }
            <div class="dialog-buttons">
                <button type="button" class="button primary" onclick={answer(true)}>
                    { "3rd of April" }
                </button>
                <button type="button" class="button primary" onclick={answer(false)}>
                    { "4th of March" }
                </button>
                <button type="button" class="button" onclick={leave_out}>{ "Do not use this file" }</button>
            </div>
        </>
    }
}
