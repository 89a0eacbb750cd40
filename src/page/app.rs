//! The root: holds the state, carries out what actions want done, draws the frame.

use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{File, window};
use yew::{Callback, Component, Context, Html, html};

use super::components::Frame;
use super::document;
use super::dropping::{self, Chosen, Drag, Picked};
use super::link::Link;
use super::offline;
use super::program::Program;
use super::state::{Action, Effect, NewFile, Phase, Screen, State, Stop};

/// The root component.
pub(crate) struct App {
    state: Rc<State>,
    link: Link,
    act: Callback<Action>,
    on_choose: Callback<Picked>,
    is_dragging: bool,
    /// What was drawn last.
    screen: Screen,
    /// What takes the focus when the present state is drawn.
    focus_next: Option<&'static str>,
    _listeners: Vec<EventListener>,
}

/// What reaches the root.
#[expect(clippy::large_enum_variant, reason = "a message lives for a moment")]
pub(crate) enum Message {
    /// The engine's program is there.
    Loaded(Program),
    /// The user chose files.
    Chosen(Picked),
    /// Files are dragged.
    Dragged(Drag),
    /// Anything else.
    Act(Action),
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let mut listeners = dropping::listen(&ctx.link().callback(Message::Dragged));
        if let Some(window) = window() {
            let link = ctx.link().clone();
            listeners.push(EventListener::new(&window, "hashchange", move |_| {
                link.send_message(Message::Act(Action::Show(document::view_in_address())));
            }));
        }
        listeners.extend(offline::listen(&ctx.link().callback(Message::Act)));
        load(ctx);
        let state = State::new(document::view_in_address());
        Self {
            screen: state.screen(),
            state: Rc::new(state),
            link: Link::new(ctx.link().callback(Message::Act)),
            act: ctx.link().callback(Message::Act),
            on_choose: ctx.link().callback(Message::Chosen),
            is_dragging: false,
            focus_next: None,
            _listeners: listeners,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Loaded(program) => {
                // A worker obeys the policies that the page has when it starts.
                if document::seal().is_ok() {
                    self.act(ctx, Action::Sealed);
                }
                self.link.install(program);
            }
            Message::Chosen(picked) => self.open(ctx, picked),
            Message::Dragged(drag) => {
                self.is_dragging = matches!(drag, Drag::Over);
                if let Drag::Dropped(picked) = drag {
                    self.open(ctx, picked);
                }
            }
            Message::Act(action) => {
                let is_scroll = matches!(action, Action::Scrolled { .. });
                let n_effects = self.act(ctx, action);
                // Rows that are at hand are drawn by the table alone.
                return !is_scroll || n_effects != 0;
            }
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! {
            <Frame
                state={self.state.clone()}
                is_dragging={self.is_dragging}
                act={self.act.clone()}
                on_choose={self.on_choose.clone()}
            />
        }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _is_first: bool) {
        document::set_title(self.state.view.title());
        let screen = self.state.screen();
        if screen != self.screen && document::is_focus_lost() {
            self.focus_next.get_or_insert(document::TITLE_ID);
        }
        self.screen = screen;
        if let Some(id) = self.focus_next.take() {
            document::focus(id);
        }
    }
}

impl App {
    /// Applies an action, and does what it wants done. Returns how much that was.
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> usize {
        let is_failure = matches!(action, Action::Stopped(_));
        let effects = Rc::make_mut(&mut self.state).apply(action);
        let n_effects = effects.len();
        for effect in effects {
            match effect {
                Effect::Start(role) => {
                    self.link.start(role);
                    if !self.link.is_loaded() {
                        load(ctx);
                    }
                }
                Effect::Tell(command) => self.link.tell(command),
                Effect::Save(download) => {
                    // Fails only where the browser has no room for another copy, and says so itself.
                    let _ = document::save(&download);
                }
                Effect::Update => offline::update(),
                Effect::Go(view) => document::name_in_address(view),
                Effect::FocusTitle => self.focus_next = Some(document::TITLE_ID),
                Effect::FocusBuilding => self.focus_next = Some(document::BUILDING_TITLE_ID),
                Effect::FocusRow => self.focus_next = Some(document::OPENED_ID),
            }
        }
        if is_failure {
            self.link.end();
        }
        let cards = &self.state.files.cards;
        self.link
            .keep_only(|id| cards.iter().any(|card| card.id == id));
        n_effects
    }

    fn open(&mut self, ctx: &Context<Self>, picked: Picked) {
        if let Phase::Stopped(_) = self.state.phase {
            return;
        }
        let first_id = self.state.files.next_id();
        let mut new_files = Vec::new();
        for (id, Chosen { path, file }) in (first_id..).zip(picked.files) {
            new_files.push(NewFile {
                name: path,
                size_bytes: size_of(&file),
            });
            self.link.keep(id, file);
        }
        self.act(ctx, Action::Open(new_files));
        if picked.has_more {
            self.act(ctx, Action::LeftOut);
        }
    }
}

#[expect(clippy::cast_sign_loss, reason = "no file is smaller than nothing")]
fn size_of(file: &File) -> u64 {
    file.size() as u64
}

fn load(ctx: &Context<App>) {
    ctx.link().send_future(async {
        match Program::load().await {
            Ok(program) => Message::Loaded(program),
            Err(_) => Message::Act(Action::Stopped(Stop::NotLoaded)),
        }
    });
}
