//! The frame that stays whatever happens: top bar, navigation, main, status.

use std::rc::Rc;

use yew::{Callback, Html, MouseEvent, Properties, function_component, html};

use super::{
    ColumnsDialog, PanelDialog, QuestionDialog, Tone, VersionLine, choice_bar::choice_bar,
    navigation::navigation, notice, reading_strip::reading_strip, top_bar::top_bar,
};
use crate::page::document;
use crate::page::dropping::Picked;
use crate::page::state::{Action, Screen, State};
use crate::page::views::screen;
use crate::page::words::remark_sentence;

/// Found in the page's program and nowhere else; the tests of the two programs look for it.
const PROGRAM: &str = "callscope-page-program";

#[derive(Properties)]
pub(crate) struct FrameProps {
    /// What is drawn.
    pub(crate) state: Rc<State>,
    /// Files are dragged over the page.
    pub(crate) is_dragging: bool,
    /// Told what happens.
    pub(crate) act: Callback<Action>,
    /// Told the files that were chosen.
    pub(crate) on_choose: Callback<Picked>,
}

impl PartialEq for FrameProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.is_dragging == other.is_dragging
    }
}

#[function_component]
pub(crate) fn Frame(props: &FrameProps) -> Html {
    let (state, act) = (&props.state, &props.act);
    let shown = state.screen();
    let skip = |event: MouseEvent| {
        // The address names views; it must not name a place within one.
        event.prevent_default();
        document::focus(document::TITLE_ID);
    };
    html! {
        <div class="frame" data-program={PROGRAM}>
            <a class="skip-link" href="#content" onclick={skip}>{ "Skip to content" }</a>
            { top_bar(state.seal.is_some(), act, &props.on_choose) }
            { navigation(state.view) }
            <main id="content" data-phase={state.phase.code()}>
                <VersionLine state={state.clone()} act={act.clone()} />
                <>{ for state.remarks.iter().map(|remark| notice(Tone::Warning, remark_sentence(*remark))) }</>
                { choice_bar(state, act) }
                if matches!(shown, Screen::Answers(_) | Screen::Help) {
                    { reading_strip(state, act) }
                }
                { screen(shown, state, act) }
            </main>
            <p class="visually-hidden" role="status">{ state.announcement.clone() }</p>
            <ColumnsDialog state={state.clone()} act={act.clone()} />
            <QuestionDialog state={state.clone()} act={act.clone()} />
            <PanelDialog state={state.clone()} act={act.clone()} />
            if props.is_dragging {
                <div class="drop-overlay"><p>{ "Drop files anywhere to add them" }</p></div>
            }
        </div>
    }
}
