//! The engine's shell in the browser: takes commands, reads files slice by slice, sends events.
//!
//! Reading waits for each slice, so that requests and cancellations are answered in between.

mod queue;
mod reading;
mod source;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::engine::demo::demo_files;
use crate::engine::session::Session;
use crate::protocol::{Command, Event, FileTicket, Role};
use queue::Queue;
use source::Source;

/// What the worker holds.
struct Worker {
    session: Session,
    queue: Queue,
}

type Shared = Rc<RefCell<Worker>>;

/// Listens for commands. The worker's program does nothing else.
pub fn start() {
    let worker: Shared = Rc::new(RefCell::new(Worker {
        session: Session::new(Role::Specialist),
        queue: Queue::default(),
    }));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let parts: Array = event.data().unchecked_into();
        let command = serde_wasm_bindgen::from_value(parts.get(0));
        let handles: Array = parts.get(1).unchecked_into();
        obey(
            &worker,
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
        Command::Remove(file) => worker.session.remove(file),
        Command::Reply { file, yes } => worker.session.reply(file, yes),
        Command::Open(tickets) => {
            for (ticket, handle) in tickets.into_iter().zip(handles.iter()) {
                let file: File = handle.unchecked_into();
                worker.open(ticket, Source::Handle(file));
            }
        }
        Command::OpenDemo(ids) => {
            for (id, file) in ids.into_iter().zip(demo_files()) {
                let ticket = FileTicket {
                    id,
                    name: file.name.to_owned(),
                    size_bytes: file.bytes.len() as u64,
                };
                worker.open(ticket, Source::Bytes(file.bytes));
            }
        }
    }
    worker.report_files();
    let is_idle = worker.queue.begin();
    drop(worker);
    if is_idle {
        wasm_bindgen_futures::spawn_local(reading::read_all(Rc::clone(shared)));
    }
}

impl Worker {
    fn open(&mut self, ticket: FileTicket, source: Source) {
        self.queue.push(ticket.id, source);
        self.session.open(ticket);
    }

    fn report_files(&self) {
        send(&Event::Files(self.session.cards()));
    }
}

fn send(event: &Event) {
    let value = serde_wasm_bindgen::to_value(event).expect("events are plain data");
    scope()
        .post_message(&value)
        .expect("plain data can be posted");
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
