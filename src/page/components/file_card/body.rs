//! What a card says below its head, and what can be done about it.

use yew::{Html, html};

use super::super::problem_list::problem_list;
use super::super::{Icon, icon};
use super::FileCardProps;
use super::how_read::HowRead;
use super::kind_remedy::KindRemedy;
use crate::page::state::Action;
use crate::page::words::{
    counted, is_of_unused_column, n_unused_columns, row_equation, unused_columns_sentence,
    unused_headings, use_sentence,
};
use crate::protocol::{FileId, FileKind, FileState, ProblemCode};

/// Draws the part below the head.
pub(super) fn body(props: &FileCardProps) -> Html {
    let card = &props.card;
    let is_unknown = card.state == FileState::Failed
        && card
            .problems
            .iter()
            .any(|problem| problem.code == ProblemCode::NotRecognized);
    let n_unused = n_unused_columns(card);
    let mut problems = card.problems.clone();
    // Where the columns themselves can be shown, one line stands for all of them.
    problems.retain(|problem| !card.has_columns || !is_of_unused_column(problem));
    html! {
        <>
            if let Some(equation) = row_equation(card) {
                <p class="file-rows">{ equation }</p>
            }
            if !card.evidence.is_empty() {
                <p class="quiet">{ card.evidence.clone() }</p>
            }
            if let Some(words) = use_sentence(card) {
                <p class="quiet">{ words }</p>
            }
            if is_unknown {
                <KindRemedy card={card.clone()} act={props.act.clone()} />
            }
            if card.has_columns && n_unused != 0 {
                <p class="file-unused">
                    { icon(Icon::Warning) }
                    <span>
                        { unused_columns_sentence(n_unused) }{ " " }
                        { columns_link(props, n_unused) }
                        <span class="file-headings">{ unused_headings(card) }</span>
                    </span>
                </p>
            }
            { problem_list(&problems) }
            { buttons(props) }
            if card.kind != Some(FileKind::Package) {
                <HowRead card={card.clone()} act={props.act.clone()} />
            }
        </>
    }
}

/// Id of the button that shows the columns of a file.
pub(in crate::page::components) fn columns_button_id(file: FileId) -> String {
    format!("columns-of-{file}")
}

fn columns_link(props: &FileCardProps, n_unused: u64) -> Html {
    let id = props.card.id;
    let onclick = props.act.reform(move |_| Action::ShowColumns(id));
    let words = if n_unused == 1 {
        "Choose what it is"
    } else {
        "Choose what they are"
    };
    html! { <button type="button" class="link" {onclick}>{ words }</button> }
}

fn buttons(props: &FileCardProps) -> Html {
    let card = &props.card;
    let (id, n_rejected) = (card.id, card.rows.rejected);
    // A package has no rows; what it does not give is named among the complaints.
    let has_rejected = n_rejected != 0 && card.kind != Some(FileKind::Package);
    if !card.has_columns && !has_rejected {
        return Html::default();
    }
    let columns = props.act.reform(move |_| Action::ShowColumns(id));
    let save = props.act.reform(move |_| Action::SaveRejected(id));
    html! {
        <div class="file-buttons">
            if card.has_columns {
                <button id={columns_button_id(id)} type="button" class="button" onclick={columns}>
                    { icon(Icon::Columns) }{ "Columns" }
                    <span class="visually-hidden">{ format!(" of {}", card.name) }</span>
                </button>
            }
            if has_rejected {
                <button
                    type="button"
                    class="button"
                    aria-disabled={props.is_saving.then_some("true")}
                    onclick={save}
                >
                    { icon(Icon::Download) }
                    { "Download the " }{ counted(n_rejected, "row", "rows") }{ " not used" }
                    <span class="visually-hidden">{ format!(" of {}", card.name) }</span>
                </button>
            }
        </div>
    }
}
