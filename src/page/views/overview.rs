//! Overview: the whole in plain words, and the buildings to look at first.

mod tiles;
mod worst;

use yew::{Html, function_component, html};

use super::ViewProps;
use crate::page::components::{Tone, notice, view_title};
use crate::page::state::{HelpPart, View};
use crate::page::words::{
    NO_STREAM, classifier_name, has_streams, judged_sentence, not_mapped_sentence, nothing_counted,
    unclassified_sentence, withheld_sentence,
};
use crate::protocol::{FileKind, OverviewView};
use tiles::tiles;
use worst::worst;

#[function_component]
pub(crate) fn Overview(props: &ViewProps) -> Html {
    let slot = &props.state.overview;
    html! {
        <div class="overview" aria-busy={slot.is_awaited().then_some("true")}>
            { view_title(View::Overview.title()) }
            if let Some(view) = slot.view() {
                { missing_file(view) }
                if let Some(words) = withheld_sentence(view.withheld) {
                    { notice(Tone::Note, words) }
                } else if has_streams(&view.files) {
                    { whole(props, view) }
                }
                { tiles(view) }
                { worst(view, &props.act) }
            } else {
                <p class="quiet">{ "Counting." }</p>
            }
        </div>
    }
}

fn missing_file(view: &OverviewView) -> Html {
    let words = if !view.files.contains(&FileKind::Buildings) {
        "There is no building file yet, so no stream has a building. Add the one from the Teams admin \
         center › Analytics & reports › Building and endpoint data."
    } else if !has_streams(&view.files) {
        "There is no file with call quality yet. Add an export of the Call Quality Dashboard, best with one \
         row for each stream, or call records of Microsoft Graph."
    } else {
        return Html::default();
    };
    notice(Tone::Warning, words)
}

fn whole(props: &ViewProps, view: &OverviewView) -> Html {
    let choices = props.state.choices;
    let Some(total) = view.total.filter(|total| total.n_streams != 0) else {
        let words = nothing_counted(&choices, NO_STREAM);
        return html! { <p class="headline">{ words }</p> };
    };
    html! {
        <section class="whole" aria-label="The whole">
            <p class="headline">{ judged_sentence(&total, choices.media) }</p>
            <p>
                { unclassified_sentence(&total) }{ " " }
                { not_mapped_sentence(view) }
            </p>
            <p class="quiet">
                { "Judged by " }{ classifier_name(choices.classifier) }
                { ". " }
                if total.poor.is_some() {
                    { "In brackets stands the 95 % interval: 19 of 20 such ranges hold the true share. " }
                }
                <a href={HelpPart::Verdicts.hash()}>{ "What Good and Poor mean" }</a>
            </p>
        </section>
    }
}
