//! The engine's shell in the browser: takes commands, reads files slice by slice, sends events.
//!
//! Reading waits for each slice, so that requests and cancellations are answered in between.

mod kept;
mod package;
mod queue;
mod reading;
mod source;
mod unpacker;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::demo::DEMO_NAMES;
use crate::engine::session::Session;
use crate::protocol::{Command, Event, FileId, FileTicket, Role};
use kept::{Kept, Origin};
use package::Open;
use queue::{Job, Queue};
use source::Source;
use unpacker::Unpacker;

/// What the worker holds.
struct Worker {
    session: Session,
    queue: Queue,
    kept: Kept,
    unpacker: Option<Unpacker>,
    open_package: Option<Open>,
}

type Shared = Rc<RefCell<Worker>>;

/// Listens: first for what opens packages, then for commands. The worker's program does nothing else.
pub fn start() {
    let mut shared: Option<Shared> = None;
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(worker) = &shared else {
            shared = Some(Rc::new(RefCell::new(Worker::new(&event.data()))));
            return;
        };
        let parts: Array = event.data().unchecked_into();
        let command = serde_wasm_bindgen::from_value(parts.get(0));
        let handles: Array = parts.get(1).unchecked_into();
        obey(
            worker,
            command.expect("both ends are built together"),
            &handles,
        );
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

fn obey(shared: &Shared, command: Command, handles: &Array) {
    let mut worker = shared.borrow_mut();
    match command {
        Command::Start(role) => {
            worker.session = Session::new(role);
            return send(&Event::Started);
        }
        Command::Ask { ticket, request } => {
            let response = worker.session.answer(&request);
            return send(&Event::Answer { ticket, response });
        }
        Command::LowerRole(role) => worker.session.lower_role(role),
        Command::Cancel(file) => worker.session.cancel(file),
        Command::Remove(file) => {
            worker.session.remove(file);
            worker.kept.forget(file);
        }
        Command::Reply { file, yes } => worker.session.reply(file, yes),
        Command::Reread { file, settings } => worker.session.reread(file, settings),
        Command::Open(tickets) => {
            for (ticket, handle) in tickets.into_iter().zip(handles.iter()) {
                let file: File = handle.unchecked_into();
                let origin = Origin::Handle(file.clone());
                worker.open(ticket, Source::Handle(file), origin);
            }
        }
        Command::OpenDemo(ids) => {
            for (idx, (id, name)) in ids.into_iter().zip(DEMO_NAMES).enumerate() {
                let ticket = FileTicket {
                    id,
                    name: name.to_owned(),
                    size_bytes: 0,
                };
                worker.open(ticket, Source::Demo(idx), Origin::Demo(idx));
            }
        }
    }
    worker.queue_again();
    worker.end_unwanted();
    worker.report_files();
    let is_idle = worker.queue.begin();
    drop(worker);
    if is_idle {
        wasm_bindgen_futures::spawn_local(reading::read_all(Rc::clone(shared)));
    }
}

impl Worker {
    /// A worker without a session to speak of; packages can be opened if the page said with what.
    fn new(unpacker: &JsValue) -> Self {
        Self {
            session: Session::new(Role::Specialist),
            queue: Queue::default(),
            kept: Kept::default(),
            unpacker: Unpacker::of(unpacker),
            open_package: None,
        }
    }

    fn open(&mut self, ticket: FileTicket, source: Source, origin: Origin) {
        self.kept.keep(ticket.id, ticket.name.clone(), origin);
        self.queue.push(Job {
            file: ticket.id,
            name: ticket.name.clone(),
            source,
            only: None,
        });
        self.session.open(ticket);
    }

    /// Queues what the session wants to read again; a member of a package by itself.
    fn queue_again(&mut self) {
        for file in self.session.to_read_again() {
            if let Some(job) = self.kept.job(file) {
                self.queue.push(job);
            }
        }
    }

    /// Whether to go on reading a file: it is wanted, and is not to be read from its start once more.
    fn goes_on_with(&self, file: FileId) -> bool {
        self.session.wants(file) && !self.queue.holds(file)
    }

    /// Ends the opening of a package that nobody waits for any more.
    fn end_unwanted(&self) {
        if let Some(open) = &self.open_package {
            open.end_unless(|file| self.goes_on_with(file));
        }
    }

    fn report_files(&mut self) {
        send(&Event::Files(self.session.cards()));
    }
}

fn send(event: &Event) {
    let value = serde_wasm_bindgen::to_value(event).expect("events are plain data");
    scope()
        .post_message(&value)
        .expect("plain data can be posted");
}

#[expect(clippy::cast_sign_loss, reason = "no file is smaller than nothing")]
fn size_of(file: &File) -> u64 {
    file.size() as u64
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
