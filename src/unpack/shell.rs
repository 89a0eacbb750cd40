//! The third program: what the main job does not need, in a worker of its own, started and ended as the engine wants.
//!
//! Its first message brings a port to the engine, through which come three kinds of messages: `[File, name]` opens a package, the index of a member asks for its next slice, and
//! the index of a file of the demo tenant as text asks for that file.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent, MessagePort};

use super::{Package, Reading, SLICE_BYTES};
use crate::demo::demo_files;
use crate::protocol::ProblemCode;
use crate::starter;
use crate::wire::packed;

/// What is answered to the opening of a package: name, size and problem of each member, or why there are none.
pub type Opened = Result<Vec<(String, u64, Option<ProblemCode>)>, ProblemCode>;

/// What is answered in place of a slice: the member has come to its end, or cannot be read on.
pub type Ended = Result<(), ProblemCode>;

/// The package in hand.
struct Shell {
    engine: MessagePort,
    package: Option<Package>,
    reading: Option<(usize, Reading)>,
}

/// Waits for the port to the engine. The program does nothing else.
pub fn start() {
    let on_first = Closure::<dyn FnMut(MessageEvent)>::new(|first: MessageEvent| {
        if let Some(engine) = starter::port_of(&first) {
            starter::tell_of_refusals(&scope());
            listen(&engine);
        }
    });
    scope().set_onmessage(Some(on_first.as_ref().unchecked_ref()));
    on_first.forget();
}

fn listen(engine: &MessagePort) {
    let shell = Rc::new(RefCell::new(Shell {
        engine: engine.clone(),
        package: None,
        reading: None,
    }));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data();
        if let Some(idx) = message.as_f64() {
            shell.borrow_mut().answer_slice(member_idx(idx));
        } else if let Some(idx) = message.as_string() {
            let mut files = demo_files().into_iter();
            let file = idx.parse().ok().and_then(|idx| files.nth(idx));
            shell.borrow().give(&file.unwrap_or_default());
        } else {
            spawn_local(open(Rc::clone(&shell), message.unchecked_into()));
        }
    });
    engine.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

async fn open(shell: Rc<RefCell<Shell>>, message: Array) {
    let file: File = message.get(0).unchecked_into();
    let name = message.get(1).as_string().unwrap_or_default();
    let opened: Opened = match JsFuture::from(file.array_buffer()).await {
        Err(_) => Err(ProblemCode::Unreadable),
        Ok(bytes) => Package::open(Uint8Array::new(&bytes).to_vec(), &name).map(|package| {
            let members = package.members().iter();
            let members = members
                .map(|member| (member.name.clone(), member.size_bytes, member.problem))
                .collect();
            shell.borrow_mut().package = Some(package);
            members
        }),
    };
    shell.borrow().send(&packed(&opened));
}

impl Shell {
    fn answer_slice(&mut self, idx: usize) {
        let ended: Ended = match self.next_slice(idx) {
            Ok(Some(slice)) => {
                return self.give(&slice);
            }
            Ok(None) => Ok(()),
            Err(problem) => Err(problem),
        };
        self.reading = None;
        self.send(&packed(&ended));
    }

    fn next_slice(&mut self, idx: usize) -> Result<Option<Vec<u8>>, ProblemCode> {
        let is_at_hand = matches!(&self.reading, Some((of, _)) if *of == idx);
        if !is_at_hand {
            let package = self.package.as_ref().ok_or(ProblemCode::DamagedPackage)?;
            self.reading = Some((idx, package.read(idx)?));
        }
        let Some((_, reading)) = &mut self.reading else {
            return Ok(None);
        };
        reading.next_slice(SLICE_BYTES)
    }

    fn give(&self, bytes: &[u8]) {
        let buffer = Uint8Array::from(bytes).buffer();
        self.engine
            .post_message_with_transferable(&buffer, &Array::of1(&buffer))
            .expect("a fresh buffer can be transferred");
    }

    fn send(&self, message: &JsValue) {
        self.engine
            .post_message(message)
            .expect("plain data can be posted");
    }
}

#[expect(clippy::cast_sign_loss, reason = "no index is below zero")]
fn member_idx(number: f64) -> usize {
    number as usize
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
