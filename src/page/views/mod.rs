//! What `main` can show. A view draws the state and tells what the user does.

mod building;
mod buildings;
mod files;
mod help;
mod overview;
mod people;
mod reading;
mod sources;
mod stopped;
mod streams;
mod welcome;

use std::rc::Rc;

use yew::{Callback, Html, Properties, html};

use super::state::{Action, Screen, State, View};

pub(crate) use help::ways_to_check;

use building::Building;
use buildings::Buildings;
use files::Files;
use help::Help;
use overview::Overview;
use people::People;
use reading::Reading;
use stopped::Stopped;
use streams::Streams;
use welcome::Welcome;

/// What every view gets.
#[derive(Clone, Properties)]
pub(crate) struct ViewProps {
    /// What is drawn.
    pub(crate) state: Rc<State>,
    /// Told what the user does.
    pub(crate) act: Callback<Action>,
}

impl PartialEq for ViewProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.act == other.act
    }
}

/// Draws what is to be shown.
pub(crate) fn screen(shown: Screen, state: &Rc<State>, act: &Callback<Action>) -> Html {
    let (state, act) = (state.clone(), act.clone());
    match shown {
        Screen::Welcome => html! { <Welcome {state} {act} /> },
        Screen::Reading => html! { <Reading {state} {act} /> },
        Screen::Files | Screen::Answers(View::Files) => html! { <Files {state} {act} /> },
        Screen::Help | Screen::Answers(View::Help) => html! { <Help {state} {act} /> },
        Screen::Stopped(stop) => html! { <Stopped {stop} {act} /> },
        Screen::Answers(View::Overview) => html! { <Overview {state} {act} /> },
        Screen::Answers(View::Buildings) => html! { <Buildings {state} {act} /> },
        Screen::Answers(View::People) => html! { <People {state} {act} /> },
        Screen::Answers(View::Streams) => html! { <Streams {state} {act} /> },
    }
}
