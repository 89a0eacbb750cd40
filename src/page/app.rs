//! The root: holds the state, carries out what actions want done, draws the frame.

use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{File, window};
use yew::{Callback, Component, Context, Html, html};

use super::components::Frame;
use super::document;
use super::dropping::{self, Chosen, Drag, Picked};
use super::embedding::{self, Configuration, Host, Refusal, configuration_in};
use super::link::Link;
use super::offline;
use super::options::Options;
use super::program::{self, Programs};
use super::settings;
use super::state::{Action, Effect, NewFile, Phase, Remark, Screen, Seal, Setting, State, Stop};
use crate::starter;

/// The root component.
pub(crate) struct App {
    state: Rc<State>,
    link: Link,
    options: Options,
    host: Host,
    act: Callback<Action>,
    on_choose: Callback<Picked>,
    /// The programs are on their way.
    is_loading: bool,
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
    /// All that comes from servers is there.
    Loaded(Loaded),
    /// A program could not be loaded; what the host says could.
    NotLoaded(Option<String>),
    /// Another page says something.
    Heard(Array),
    /// The content has another height.
    Resized(Array),
    /// The user chose files.
    Chosen(Picked),
    /// Files are dragged.
    Dragged(Drag),
    /// Anything else.
    Act(Action),
}

/// All that the page loads before it is sealed.
pub(crate) struct Loaded {
    programs: Programs,
    /// The configuration file, word for word; `None` if there is none.
    configuration: Option<String>,
    /// The building file that the address names, or a failure.
    locations: Option<Result<Chosen, JsValue>>,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let mut listeners = dropping::listen(&ctx.link().callback(Message::Dragged));
        if let Some(window) = window() {
            let link = ctx.link().clone();
            listeners.push(EventListener::new(&window, "hashchange", move |_| {
                link.send_message(Message::Act(Action::Show(
                    document::view_in_address().unwrap_or_default(),
                )));
            }));
        }
        if let Some(document) = window().and_then(|window| window.document()) {
            let refused = ctx.link().callback(|()| Message::Act(Action::Refused));
            listeners.push(starter::hear_refusals(&document, move || refused.emit(())));
        }
        listeners.extend(offline::listen(&ctx.link().callback(Message::Act)));
        let options = Options::of(&document::query());
        document::dress(&options);
        if let Some(language) = &options.language {
            document::write_numbers_as_in(language);
        }
        embedding::listen(ctx.link().callback(Message::Heard));
        if options.has_auto_height {
            embedding::watch_height(ctx.link().callback(Message::Resized));
        }
        let view = document::view_in_address().or(options.view);
        let mut state = State::new(view.unwrap_or_default());
        if options.is_misread {
            state.apply(Action::Remark(Remark::BadOption));
        }
        let mut app = Self {
            screen: state.screen(),
            state: Rc::new(state),
            link: Link::new(ctx.link().callback(Message::Act)),
            options,
            host: Host::default(),
            act: ctx.link().callback(Message::Act),
            on_choose: ctx.link().callback(Message::Chosen),
            is_loading: false,
            is_dragging: false,
            focus_next: document::part_in_address(),
            _listeners: listeners,
        };
        if let Some(settings) = settings::recall() {
            app.act(ctx, Action::Set(Setting::Recalled(settings)));
            // A page around this one that chose a look goes first.
            if let Some(theme) = app.options.theme {
                document::set_theme(theme);
            }
        }
        app.load(ctx);
        // A lock without a role is one to the role of the deployment, which is not known yet.
        if !app.options.locks_role_of_deployment() {
            app.settle(ctx, &Configuration::default());
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Loaded(loaded) => {
                // A worker obeys the policies that the page has when it starts.
                if document::seal().is_err() {
                    // Unsealed, no engine is started and no file is read.
                    self.act(ctx, Action::Stopped(Stop::NotLoaded));
                    return true;
                }
                self.configure(ctx, loaded.configuration);
                self.link.install(loaded.programs);
                self.is_loading = false;
                self.act(ctx, Action::Sealed(Seal::new(document::time_of_day())));
                self.open_locations(ctx, loaded.locations);
            }
            Message::NotLoaded(configuration) => {
                // Who may talk to the page is told why it stopped.
                self.configure(ctx, configuration);
                self.act(ctx, Action::Stopped(Stop::NotLoaded));
            }
            Message::Heard(heard) => {
                let message = self.host.hear(&heard, &self.state);
                let is_new =
                    self.host.is_connected() && Rc::make_mut(&mut self.state).connect_host();
                match message {
                    Some((id, message)) => self.obey(ctx, id, message),
                    None => return is_new,
                }
            }
            Message::Resized(height_px) => {
                self.host.tell_height(height_px.get(0).as_f64());
                return false;
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
                        self.load(ctx);
                    }
                }
                Effect::Tell(command) => self.link.tell(command),
                Effect::Save(download) => {
                    // Fails only where the browser has no room for another copy, and says so itself.
                    let _ = document::save(&download);
                }
                Effect::Wear(theme) => document::set_theme(theme),
                Effect::Keep(settings) => {
                    // Fails where there is no room; then the next visit starts without them.
                    let _ = settings::keep(&settings);
                }
                Effect::Drop => settings::drop(),
                Effect::Forget => settings::forget(),
                Effect::Update => offline::update(),
                Effect::Go(view) => document::name_in_address(view),
                Effect::AnswerHost(id, answer) => {
                    let answer = answer.as_ref().map(Some).map_err(|refusal| *refusal);
                    self.host.answer(Some(id), answer);
                }
                Effect::FocusTitle => {
                    let part = document::part_in_address();
                    self.focus_next = Some(part.unwrap_or(document::TITLE_ID));
                }
                Effect::FocusBuilding => self.focus_next = Some(document::BUILDING_TITLE_ID),
                Effect::FocusRow => self.focus_next = Some(document::OPENED_ID),
            }
        }
        if is_failure {
            self.is_loading = false;
            self.link.end();
        }
        let cards = &self.state.files.cards;
        self.link
            .keep_only(|id| cards.iter().any(|card| card.id == id));
        self.host.tell_news(&self.state);
        n_effects
    }

    /// Loads the programs and what the host says, unless they are on their way.
    fn load(&mut self, ctx: &Context<Self>) {
        if std::mem::replace(&mut self.is_loading, true) {
            return;
        }
        let locations = self.options.locations.clone();
        ctx.link().send_future(async {
            match Programs::load().await {
                Ok(programs) => Message::Loaded(Loaded {
                    programs,
                    configuration: program::configuration_text().await,
                    locations: match locations {
                        None => None,
                        Some(path) => Some(program::file_of_host(&path).await),
                    },
                }),
                Err(_) => Message::NotLoaded(program::configuration_text().await),
            }
        });
    }

    /// Puts in force what the deployment says.
    fn configure(&mut self, ctx: &Context<Self>, text: Option<String>) {
        let configuration = match text.map(|text| configuration_in(&text)) {
            None => Configuration::default(),
            Some(Some(configuration)) => configuration,
            Some(None) => {
                self.act(ctx, Action::Remark(Remark::BadConfiguration));
                Configuration::strictest()
            }
        };
        self.settle(ctx, &configuration);
        self.host.settle(configuration);
    }

    /// Puts in force what deployment and address say about the session.
    fn settle(&mut self, ctx: &Context<Self>, configuration: &Configuration) {
        let terms = self.options.terms(configuration);
        self.act(ctx, Action::Settle(terms));
        if terms.needs_whole_names {
            self.link.require_whole_names();
        }
    }

    fn open_locations(&mut self, ctx: &Context<Self>, locations: Option<Result<Chosen, JsValue>>) {
        match locations {
            None => {}
            Some(Ok(file)) => self.open(
                ctx,
                Picked {
                    files: vec![file],
                    has_more: false,
                },
            ),
            Some(Err(_)) => {
                self.act(ctx, Action::Remark(Remark::NoLocations));
            }
        }
    }

    /// Does what the page around this one says.
    fn obey(&mut self, ctx: &Context<Self>, id: Option<u32>, message: embedding::Message<File>) {
        use embedding::Message::{Ask, Connect, Draw, Open, Show};
        match message {
            Connect => {}
            Ask(id, sheet) => {
                self.act(ctx, Action::AskForHost { id, sheet });
                return;
            }
            Open(_) if matches!(self.state.phase, Phase::Stopped(_)) => {
                return self.host.answer(id, Err(Refusal::Stopped));
            }
            Open(files) => {
                let files = files.into_iter().map(|file| Chosen {
                    path: file.name(),
                    file,
                });
                let picked = Picked {
                    files: files.collect(),
                    has_more: false,
                };
                self.open(ctx, picked);
            }
            Show(view) => {
                self.act(ctx, Action::Show(view));
                document::name_in_address(view);
            }
            Draw(theme) => document::set_theme(theme),
        }
        self.host.answer(id, Ok(None));
    }

    fn open(&mut self, ctx: &Context<Self>, picked: Picked) {
        if let Phase::Stopped(_) = self.state.phase {
            // None of them is kept; that the engine has stopped is said once more.
            self.act(ctx, Action::Open(Vec::new()));
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
