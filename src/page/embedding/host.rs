//! The wire to the page around this one: hears its messages, and answers at exactly the origin that asked.
//!
//! The page's starter listens and speaks; what it passes on are plain values. Here is decided what they mean.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::File;
use yew::Callback;

use super::Configuration;
use super::message::{self, Message, Refusal, VERSION};
use super::news::{Herald, News};
use super::value::{Fields, Value};
use crate::page::document;
use crate::page::program::call;
use crate::page::state::{State, Stop};
use crate::page::words::ROLES;
use crate::protocol::{Download, Role, code_name};

/// The wire to the page around this one. There is none where there is no such page.
#[derive(Default)]
pub(crate) struct Host {
    /// `None` until it is known who may talk to this page.
    configuration: Option<Configuration>,
    /// The origin of who has connected.
    connected: Option<String>,
    herald: Herald,
    height_px: Option<f64>,
    n_refused: u32,
}

impl Host {
    /// Whoever may talk to the page is heard from now on.
    pub(crate) fn settle(&mut self, configuration: Configuration) {
        self.configuration = Some(configuration);
    }

    /// Whether the page around this one may talk to it, and does.
    pub(crate) fn is_connected(&self) -> bool {
        self.connected.is_some()
    }

    /// What a message says, and the number by which it wants to be answered. Refuses all that is not allowed.
    pub(crate) fn hear(
        &mut self,
        heard: &Array,
        state: &State,
    ) -> Option<(Option<u32>, Message<File>)> {
        let configuration = self.configuration.as_ref()?;
        let is_parent = heard.get(0).is_truthy();
        let [origin, own] = [1, 2].map(|idx| heard.get(idx).as_string().unwrap_or_default());
        if !is_parent || !configuration.allows(&origin, &own) {
            self.refuse();
            return None;
        }
        match message::read(fields_of(&heard.get(3))) {
            Ok((id, Message::Connect)) => {
                let is_known = self.connected.replace(origin).is_some();
                self.tell("connected", id, &[]);
                if !is_known {
                    self.tell_news(state);
                    self.tell_height(self.height_px);
                }
                None
            }
            Ok(read) if self.connected.is_some() => Some(read),
            Ok((id, _)) => {
                self.refuse();
                tell(&origin, "refused", id, &[("code", "not-connected".into())]);
                None
            }
            Err(refusal) => {
                self.refuse();
                if let Some((id, refusal)) = refusal {
                    tell(&origin, "refused", id, &[("code", refusal.code().into())]);
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
                let bytes = Uint8Array::from(&download.bytes[..]);
                let name = download.name.as_str().into();
                self.tell("done", id, &[("name", name), ("bytes", bytes.into())]);
            }
            Err(refusal) => self.tell("refused", id, &[("code", refusal.code().into())]),
        }
    }

    /// Tells what has happened since it last told.
    pub(crate) fn tell_news(&mut self, state: &State) {
        if self.connected.is_none() {
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
                    let kinds: Array = kinds
                        .iter()
                        .map(|kind| JsValue::from(code_name(kind)))
                        .collect();
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
                        ("code", code_name(problem.code).into()),
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

    /// Tells how high the content is, if its height counts.
    pub(crate) fn tell_height(&mut self, height_px: Option<f64>) {
        self.height_px = height_px;
        if height_px.is_some() {
            self.tell("height", None, &[("px", height_px.into())]);
        }
    }

    fn tell_problem(&self, code: &str) {
        self.tell("problem", None, &[("code", code.into())]);
    }

    fn tell(&self, kind: &str, id: Option<u32>, content: &[(&str, JsValue)]) {
        if let Some(origin) = &self.connected {
            tell(origin, kind, id, content);
        }
    }

    /// Counts what was refused, where tests and developers can see it.
    fn refuse(&mut self) {
        self.n_refused = self.n_refused.saturating_add(1);
        document::mark_root("data-refused-messages", &self.n_refused.to_string());
    }
}

/// Says something to the page around this one, if it is of this origin.
fn tell(origin: &str, kind: &str, id: Option<u32>, content: &[(&str, JsValue)]) {
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
    // Fails only where that page has gone.
    let _ = call("tell", &Array::of2(&origin.into(), &message));
}

/// Passes on what the page around this one says, if there is one.
pub(crate) fn listen(on_message: Callback<Array>) {
    pass_on("hear", on_message);
}

/// Tells the height of the content, now and whenever it changes.
pub(crate) fn watch_height(on_change: Callback<Array>) {
    pass_on("watchHeight", on_change);
}

fn pass_on(what: &str, callback: Callback<Array>) {
    let closure = Closure::<dyn Fn(Array)>::new(move |heard| callback.emit(heard));
    // Fails only without the page's own starter.
    let _ = call(what, &closure.into_js_value());
}

fn role_code(role: Role) -> &'static str {
    let choice = ROLES.iter().find(|choice| choice.value == role);
    choice.map_or("", |choice| choice.code)
}

/// The configuration in a text of JSON; `None` if it is none or says anything that is not understood.
pub(crate) fn configuration_in(text: &str) -> Option<Configuration> {
    let places = call("settings", &text.into()).ok()?;
    Configuration::of(fields_of(&places)).ok()
}

/// Values that the starter has taken apart: pairs of a place and a plain value.
fn fields_of(places: &JsValue) -> Fields<File> {
    let places: &Array = places.unchecked_ref();
    let fields = places.iter().map(|pair| {
        let pair: Array = pair.unchecked_into();
        let place = pair.get(0).as_string().unwrap_or_default();
        (place, value_of(&pair.get(1)))
    });
    Fields(fields.collect())
}

fn value_of(value: &JsValue) -> Value<File> {
    if value.is_null() {
        return Value::Nothing;
    }
    let text = || value.as_string().map(Value::Text);
    let number = || value.as_f64().map(Value::Number);
    let flag = || value.as_bool().map(Value::Flag);
    let file = || value.dyn_ref().cloned().map(Value::File);
    text()
        .or_else(number)
        .or_else(flag)
        .or_else(file)
        .unwrap_or(Value::Other)
}
