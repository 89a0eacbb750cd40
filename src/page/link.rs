//! The page's end of the wire: one worker at a time, the file handles it may read, and its reports.

use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, MessageEvent, Worker};
use yew::Callback;

use super::helpers::Helpers;
use super::program::Programs;
use super::running::Running;
use super::state::{Action, Stop};
use crate::protocol::{Command, Event, FileId, Role, Word};
use crate::wire::{packed, unpacked};

/// The page's end of the wire.
pub(crate) struct Link {
    programs: Option<Rc<Programs>>,
    /// The engine; its helpers end with it.
    worker: Option<Running>,
    /// What is to be told once there is a worker.
    waiting: Vec<Command>,
    /// People are found and named by their whole names only, in every session.
    needs_whole_names: bool,
    handles: Vec<(FileId, File)>,
    act: Callback<Action>,
}

impl Link {
    /// A link without programs; reports go to `act`.
    pub(crate) fn new(act: Callback<Action>) -> Self {
        Self {
            programs: None,
            worker: None,
            waiting: vec![Command::Start(Role::default())],
            needs_whole_names: false,
            handles: Vec::new(),
            act,
        }
    }

    /// The programs are there and need no loading.
    pub(crate) fn is_loaded(&self) -> bool {
        self.programs.is_some()
    }

    /// Lets people be found and named by their whole names only, in every session that starts from now on.
    pub(crate) fn require_whole_names(&mut self) {
        self.needs_whole_names = true;
    }

    /// Takes the programs and starts the session that was waiting for them.
    pub(crate) fn install(&mut self, programs: Programs) {
        self.programs = Some(Rc::new(programs));
        self.run();
    }

    /// Ends the session, if there is one, and starts another for this role.
    pub(crate) fn start(&mut self, role: Role) {
        self.worker = None;
        self.waiting = vec![Command::Start(role)];
        self.run();
    }

    /// Tells the worker, now or as soon as there is one.
    pub(crate) fn tell(&mut self, command: Command) {
        let Some(running) = &self.worker else {
            self.waiting.push(command);
            return;
        };
        let files = match &command {
            Command::Open(tickets) => tickets
                .iter()
                .filter_map(|ticket| self.handle(ticket.id))
                .collect(),
            _ => Array::new(),
        };
        if tell(&running.worker, &command, &files).is_err() {
            self.fail();
        }
    }

    /// Ends the worker.
    pub(crate) fn end(&mut self) {
        self.worker = None;
    }

    /// Keeps the handle of a file under its id, so that a new session can read it again.
    pub(crate) fn keep(&mut self, id: FileId, file: File) {
        self.handles.push((id, file));
    }

    /// Forgets the handles of all other files.
    pub(crate) fn keep_only(&mut self, is_kept: impl Fn(FileId) -> bool) {
        self.handles.retain(|(id, _)| is_kept(*id));
    }

    fn handle(&self, id: FileId) -> Option<&File> {
        let mut handles = self.handles.iter();
        handles.find_map(|(known, file)| (*known == id).then_some(file))
    }

    fn fail(&mut self) {
        self.end();
        self.act.emit(Action::Stopped(Stop::WorkerFailed));
    }

    fn run(&mut self) {
        let Some(programs) = &self.programs else {
            return;
        };
        let Ok(worker) = programs.start_engine() else {
            self.fail();
            return;
        };
        let listeners = listeners(&worker, programs, &self.act);
        self.worker = Some(Running::new(worker, listeners));
        for command in std::mem::take(&mut self.waiting) {
            let is_start = matches!(command, Command::Start(_));
            self.tell(command);
            if is_start && self.needs_whole_names {
                self.tell(Command::RequireWholeNames);
            }
        }
    }
}

/// Tells an engine, with the file handles that belong to it.
pub(super) fn tell(engine: &Worker, command: &Command, files: &Array) -> Result<(), JsValue> {
    engine.post_message(&Array::of2(&packed(command), files))
}

fn listeners(
    worker: &Worker,
    programs: &Rc<Programs>,
    act: &Callback<Action>,
) -> [EventListener; 3] {
    let mut helpers = Helpers::new(programs, worker, act.reform(|()| Action::Refused));
    let on_event = act.clone();
    let on_failure = act.reform(|()| Action::Stopped(Stop::WorkerFailed));
    let (on_nonsense, on_garbled) = (on_failure.clone(), on_failure.clone());
    [
        EventListener::new(worker, "message", move |event| {
            let message: &MessageEvent = event.unchecked_ref();
            match unpacked::<Word<Event>>(&message.data()) {
                Some(Word::Event(event)) => on_event.emit(Action::Told(event)),
                Some(Word::Call(call)) => helpers.obey(call, &message.ports()),
                None => on_nonsense.emit(()),
            }
        }),
        EventListener::new(worker, "error", move |_| on_failure.emit(())),
        EventListener::new(worker, "messageerror", move |_| on_garbled.emit(())),
    ]
}
