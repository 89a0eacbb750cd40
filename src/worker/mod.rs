//! The engine's shell in the browser: takes commands, reads files slice by slice, sends events.
//!
//! The same program is a reader, if that is what it is told first.
//!
//! Reading waits for each slice, so that requests and cancellations are answered in between.

mod helpers;
mod kept;
mod package;
mod pause;
mod pool;
mod queue;
mod ranges;
mod reader;
mod reading;
mod source;
mod stream;
mod unpacker;
mod writing;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::demo::DEMO_NAMES;
use crate::engine::fields::Catalog;
use crate::engine::session::Session;
use crate::protocol::{Command, Event, FileId, FileTicket, ProblemCode, Role, Word};
use crate::starter;
use crate::wire::{packed, unpacked};
use helpers::Helpers;
use kept::{Kept, Origin};
use package::Open;
use pool::Pool;
use queue::{Job, Queue};
use source::Source;

/// What the worker holds.
struct Worker {
    session: Session,
    queue: Queue,
    kept: Kept,
    helpers: Rc<Helpers>,
    /// The readers, and what they read in ranges.
    pool: Option<Pool>,
    /// The big files that are read in order beside the others.
    in_order: Vec<FileId>,
    open_package: Option<Open>,
    /// So often everything was read.
    n_endings: u32,
    /// When the page last heard how far reading is.
    reported_ms: f64,
}

/// The page hears so often how far reading is.
const REPORT_EVERY_MS: f64 = 100.0;

type Shared = Rc<RefCell<Worker>>;

/// Listens for commands. The worker's program does nothing else, unless its first message makes it a reader.
pub fn start() {
    let mut shared: Option<Shared> = None;
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if shared.is_none()
            && let Some(port) = starter::port_of(&event)
        {
            return reader::start(&port);
        }
        let worker = shared.get_or_insert_with(|| {
            starter::hear_refusals(&scope(), || send(&Event::Refused)).forget();
            Worker::start()
        });
        let parts: Array = event.data().unchecked_into();
        let command = unpacked(&parts.get(0));
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
            send(&Event::Started);
            return Catalog::prepare();
        }
        Command::Ask { ticket, request } => {
            if let Some(writing) = worker.session.begin_writing(&request) {
                return spawn_local(writing::write(Rc::clone(shared), ticket, writing));
            }
            let response = worker.session.answer(&request);
            return send(&Event::Answer { ticket, response });
        }
        Command::RequireWholeNames => worker.session.require_whole_names(),
        Command::HelperGone(id, loss) => return worker.helpers.lose(id, loss),
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
    let was_at_work = worker.is_at_work();
    worker.queue_again();
    worker.end_unwanted();
    worker.report_files();
    drop(worker);
    if was_at_work {
        reading::go_on(shared);
    } else {
        reading::begin(shared);
    }
}

impl Worker {
    /// A worker without a session to speak of.
    fn start() -> Shared {
        let helpers = Rc::<Helpers>::default();
        let shared = Rc::new(RefCell::new(Self {
            session: Session::new(Role::Specialist),
            queue: Queue::default(),
            kept: Kept::default(),
            helpers: Rc::clone(&helpers),
            pool: None,
            in_order: Vec::new(),
            open_package: None,
            n_endings: 0,
            reported_ms: 0.0,
        }));
        // Readers start while the page draws.
        let pool = Pool::start(&shared, &helpers);
        pool.rehearse();
        shared.borrow_mut().pool = Some(pool);
        shared
    }

    fn open(&mut self, ticket: FileTicket, source: Source, origin: Origin) {
        self.kept.keep(ticket.id, ticket.name.clone(), origin);
        self.queue.push(Job {
            file: ticket.id,
            name: ticket.name.clone(),
            source,
            only: None,
            is_package: false,
        });
        self.session.open(ticket);
    }

    /// Queues what the session wants to read again; a member of a package by itself.
    fn queue_again(&mut self) {
        let files = self.session.to_read_again();
        self.end_ranges(&files);
        for file in files {
            if let Some(job) = self.kept.job(file) {
                self.queue.push(job);
            }
        }
    }

    /// Whether reading one file after the other has to be started.
    fn begin_reading(&mut self) -> bool {
        self.queue_again();
        self.queue.begin(self.may_begin_big())
    }

    /// The next file.
    fn next_job(&mut self) -> Option<(usize, Job)> {
        self.queue_again();
        self.queue.next(self.may_begin_big())
    }

    /// Whether a big file may be begun: none is read in order, and readers have too little to do with those in hand.
    fn may_begin_big(&self) -> bool {
        let is_idle = self.pool.as_ref().is_none_or(|pool| pool.idle().is_some());
        let in_ranges = self.in_ranges();
        let are_given = in_ranges.iter().all(|file| self.session.are_given(*file));
        self.in_order.is_empty() && (in_ranges.is_empty() || is_idle && are_given)
    }

    /// Whether any file is being read.
    fn is_at_work(&self) -> bool {
        self.queue.is_busy() || !self.in_order.is_empty() || !self.in_ranges().is_empty()
    }

    /// The files that readers have in hand.
    fn in_ranges(&self) -> Vec<FileId> {
        self.pool.as_ref().map_or_else(Vec::new, Pool::files)
    }

    /// Whether to go on reading a file: it is wanted, and is not to be read from its start once more.
    fn goes_on_with(&self, file: FileId) -> bool {
        self.session.wants(file) && !self.queue.holds(file)
    }

    /// Ends the reading of a file or a package that nobody waits for any more.
    fn end_unwanted(&mut self) {
        let mut unwanted = self.in_ranges();
        unwanted.retain(|file| !self.goes_on_with(*file));
        self.end_ranges(&unwanted);
        if let Some(open) = &self.open_package {
            open.end_unless(|file| self.goes_on_with(file));
        }
    }

    /// Ends a file, and queues what is to be read again for its sake.
    fn finish(&mut self, file: FileId) {
        self.session.finish(file);
        self.queue_again();
    }

    fn fail(&mut self, file: FileId, code: ProblemCode) {
        self.session.fail(file, code);
        self.report_files();
    }

    /// Reports the files, unless that was done a moment ago and all that is new is how far reading is.
    fn report_progress(&mut self) {
        if !self.session.is_reading() || js_sys::Date::now() - self.reported_ms > REPORT_EVERY_MS {
            self.report_files();
        }
    }

    fn report_files(&mut self) {
        self.reported_ms = js_sys::Date::now();
        if let Some(cards) = self.session.early_cards() {
            // The page draws while the rest is found out.
            send(&Event::Files(cards));
            if !self.session.settle() {
                return;
            }
        }
        send(&Event::Files(self.session.cards()));
    }
}

fn send(event: &Event) {
    say(&Word::Event(event));
}

fn say<E: Serialize>(word: &Word<E>) {
    scope()
        .post_message(&packed(word))
        .expect("bytes can be posted");
}

#[expect(clippy::cast_sign_loss, reason = "no file is smaller than nothing")]
fn size_of(file: &File) -> u64 {
    file.size() as u64
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
