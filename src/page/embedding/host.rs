//! The wire to the page around this one: hears its messages, answers exactly the window and origin that asked.

use gloo_events::EventListener;
use js_sys::{Array, ArrayBuffer, Function, JsString, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{File, HtmlElement, MessageEvent, ResizeObserver, Window, window};
use yew::Callback;

use super::Configuration;
use super::message::{self, Message, Refusal, VERSION};
use super::news::{Herald, News};
use super::value::{Record, Value};
use crate::page::document;
use crate::page::state::{State, Stop};
use crate::page::words::ROLES;
use crate::protocol::{Download, Role};

/// A message has no longer list, no more keys, no longer text and is not deeper.
const MAX_ITEMS: u32 = 1_000;
const MAX_UNITS: u32 = 1_000;
const MAX_DEPTH: u32 = 4;

/// The wire to the page around this one. There is none where there is no such page.
pub(crate) struct Host {
    /// `None` until it is known who may talk to this page.
    configuration: Option<Configuration>,
    connection: Option<Connection>,
    herald: Herald,
    n_refused: u32,
    _listener: Option<EventListener>,
}

/// Who has connected.
struct Connection {
    window: Window,
    origin: String,
}

impl Host {
    /// Listens, if there is a page around this one.
    pub(crate) fn new(on_message: Callback<MessageEvent>) -> Self {
        let window = window().filter(|_| document::is_embedded());
        let listener = window.map(|window| {
            EventListener::new(&window, "message", move |event| {
                on_message.emit(event.unchecked_ref::<MessageEvent>().clone());
            })
        });
        Self {
            configuration: None,
            connection: None,
            herald: Herald::default(),
            n_refused: 0,
            _listener: listener,
        }
    }

    /// Whoever may talk to the page is heard from now on.
    pub(crate) fn settle(&mut self, configuration: Configuration) {
        self.configuration = Some(configuration);
    }

    /// What a message says, and the number by which it wants to be answered. Refuses all that is not allowed.
    pub(crate) fn hear(
        &mut self,
        event: &MessageEvent,
        state: &State,
    ) -> Option<(Option<u32>, Message<File>)> {
        let configuration = self.configuration.as_ref()?;
        let source = event.source().map(JsValue::from);
        let parent = window()?.parent().ok()??;
        let own = window()?.location().origin().ok()?;
        let is_parent = source.is_some_and(|source| Object::is(&source, &parent));
        if !is_parent || !configuration.allows(&event.origin(), &own) {
            self.refuse();
            return None;
        }
        let from = Connection {
            window: parent,
            origin: event.origin(),
        };
        match message::read(value_of(&event.data(), MAX_DEPTH)) {
            Ok((id, Message::Connect)) => {
                let is_known = self.connection.is_some();
                self.connection = Some(from);
                self.tell("connected", id, &[]);
                if !is_known {
                    self.herald = Herald::default();
                    self.tell_news(state);
                    self.tell_height();
                }
                None
            }
            Ok(read) if self.connection.is_some() => Some(read),
            Ok((id, _)) => {
                self.refuse();
                from.tell("refused", id, &[("code", "not-connected".into())]);
                None
            }
            Err(refusal) => {
                self.refuse();
                if let Some((id, refusal)) = refusal {
                    from.tell("refused", id, &[("code", refusal.code().into())]);
                }
                None
            }
        }
    }

    /// Answers a message.
    pub(crate) fn answer(&self, id: Option<u32>, answer: Result<Option<&Download>, Refusal>) {
        match answer {
            Ok(None) => self.tell("done", id, &[]),
            Ok(Some(download)) => {
                let bytes = Uint8Array::from(&download.bytes[..]).buffer();
                let name = download.name.as_str().into();
                self.tell("done", id, &[("name", name), ("bytes", bytes.into())]);
            }
            Err(refusal) => self.tell("refused", id, &[("code", refusal.code().into())]),
        }
    }

    /// Tells what has happened since it last told.
    pub(crate) fn tell_news(&mut self, state: &State) {
        if self.connection.is_none() {
            return;
        }
        for news in self.herald.news(state) {
            match news {
                News::Ready => {
                    let role = role_code(state.role).into();
                    let is_locked = state.terms.highest.is_some().into();
                    self.tell("ready", None, &[("role", role), ("locked", is_locked)]);
                }
                News::Loaded { kinds, n_rows } => {
                    let kinds: Array = kinds.iter().map(code_of).collect();
                    let n_files = f64::from(kinds.length()).into();
                    let rows = (n_rows as f64).into();
                    let kinds = kinds.into();
                    self.tell(
                        "loaded",
                        None,
                        &[("files", n_files), ("kinds", kinds), ("rows", rows)],
                    );
                }
                News::OfFile { file, problem } => {
                    let line = problem.line.map(|line| line as f64);
                    let place = [
                        ("code", code_of(&problem.code)),
                        ("file", (file as f64).into()),
                        ("line", line.into()),
                        ("column", problem.column.into()),
                    ];
                    self.tell("problem", None, &place);
                }
                News::Remark(remark) => self.tell_problem(remark.code()),
                News::Stopped(Stop::NotLoaded) => self.tell_problem("not-loaded"),
                News::Stopped(Stop::WorkerFailed) => self.tell_problem("engine-failed"),
            }
        }
    }

    /// Tells how high the content is.
    pub(crate) fn tell_height(&self) {
        let height_px = content().map(|content| f64::from(content.offset_height()));
        self.tell("height", None, &[("px", height_px.into())]);
    }

    fn tell_problem(&self, code: &str) {
        self.tell("problem", None, &[("code", code.into())]);
    }

    fn tell(&self, kind: &str, id: Option<u32>, content: &[(&str, JsValue)]) {
        if let Some(connection) = &self.connection {
            connection.tell(kind, id, content);
        }
    }

    /// Counts what was refused, where tests and developers can see it.
    fn refuse(&mut self) {
        self.n_refused = self.n_refused.saturating_add(1);
        document::mark_root("data-refused-messages", &self.n_refused.to_string());
    }
}

impl Connection {
    fn tell(&self, kind: &str, id: Option<u32>, content: &[(&str, JsValue)]) {
        let message = Object::new();
        let envelope = [
            ("callscope", VERSION.into()),
            ("type", kind.into()),
            ("id", id.into()),
        ];
        for (key, value) in envelope.iter().chain(content) {
            if !value.is_undefined() {
                // Fails for no plain object.
                let _ = Reflect::set(&message, &(*key).into(), value);
            }
        }
        // Fails only where the window has gone.
        let _ = self.window.post_message(&message, &self.origin);
    }
}

/// Calls back whenever the height of the content changes.
pub(crate) fn watch_height(on_change: Callback<()>) {
    let changed = Closure::<dyn Fn()>::new(move || on_change.emit(()));
    let changed: Function = changed.into_js_value().unchecked_into();
    if let (Ok(observer), Some(content)) = (ResizeObserver::new(&changed), content()) {
        observer.observe(&content);
    }
}

fn content() -> Option<HtmlElement> {
    window()?.document()?.body()
}

/// The name of a kind or a problem: `UnknownHeading` becomes `unknown-heading`.
fn code_of<Code: Serialize>(code: &Code) -> JsValue {
    let name = serde_wasm_bindgen::to_value(code).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('-');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words.into()
}

fn role_code(role: Role) -> &'static str {
    let choice = ROLES.iter().find(|choice| choice.value == role);
    choice.map_or("", |choice| choice.code)
}

/// The configuration in a text of JSON; `None` if it is none or says anything that is not understood.
pub(crate) fn configuration_in(text: &str) -> Option<Configuration> {
    let json = js_sys::JSON::parse(text).ok()?;
    Configuration::of(value_of(&json, MAX_DEPTH)).ok()
}

/// A value of JavaScript as a plain one.
fn value_of(value: &JsValue, depth: u32) -> Value<File> {
    if value.is_null() || value.is_undefined() {
        return Value::Nothing;
    }
    if let Some(flag) = value.as_bool() {
        return Value::Flag(flag);
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
    }
    if let Some(text) = value.dyn_ref::<JsString>() {
        let is_short = text.length() <= MAX_UNITS;
        return if is_short {
            Value::Text(text.into())
        } else {
            Value::Other
        };
    }
    if let Some(file) = value.dyn_ref::<File>() {
        return Value::File(file.clone());
    }
    let Some(deeper) = depth.checked_sub(1) else {
        return Value::Other;
    };
    if let Some(list) = value.dyn_ref::<Array>() {
        let is_short = list.length() <= MAX_ITEMS;
        let items = || list.iter().map(|item| value_of(&item, deeper)).collect();
        return if is_short {
            Value::List(items())
        } else {
            Value::Other
        };
    }
    record_of(value, deeper).unwrap_or(Value::Other)
}

/// A plain object; a name with bytes is a file.
fn record_of(value: &JsValue, depth: u32) -> Option<Value<File>> {
    let object: &Object = value.dyn_ref()?;
    let plain = Object::get_prototype_of(&Object::new());
    if !Object::is(&Object::get_prototype_of(object), &plain) {
        return None;
    }
    let entries = Object::entries(object);
    if entries.length() > MAX_ITEMS {
        return None;
    }
    let field = |key: &str| Reflect::get(object, &key.into()).ok();
    if let Some(Ok(bytes)) = field("bytes").map(JsCast::dyn_into::<ArrayBuffer>) {
        let name = field("name")?.as_string()?;
        let parts = Array::of1(&bytes);
        let file = File::new_with_buffer_source_sequence(&parts, &name).ok()?;
        return (entries.length() == 2).then_some(Value::File(file));
    }
    let entries = entries.iter().map(|entry| {
        let entry: Array = entry.unchecked_into();
        let key = entry.get(0).as_string().unwrap_or_default();
        (key, value_of(&entry.get(1), depth))
    });
    Some(Value::Record(Record(entries.collect())))
}
