//! The program that opens packages and makes the demo tenant: started for one of them, ended with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, MessageEvent, Worker};

use crate::protocol::ProblemCode;
use crate::unpack::shell::{Ended, Opened};
use crate::wire::unpacked;

/// The program while it runs; it ends with its owner.
pub(super) struct Running {
    worker: Worker,
    answer: Rc<Answer>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    on_failure: Option<Closure<dyn FnMut(Event)>>,
}

/// The one answer that is waited for.
#[derive(Default)]
struct Answer {
    resolve: RefCell<Option<Function>>,
    has_ended: Cell<bool>,
}

/// The program ended before it answered.
pub(super) struct Gone;

/// What comes of a member.
pub(super) enum Next {
    /// The next bytes.
    Slice(Vec<u8>),
    /// All of it was read, or why it cannot be.
    End(Ended),
}

impl Running {
    /// The program in this worker.
    pub(super) fn new(worker: Worker) -> Self {
        let answer = Rc::<Answer>::default();
        let (answered, failed) = (Rc::clone(&answer), Rc::clone(&answer));
        let on_message = Closure::new(move |event: MessageEvent| answered.give(&event.data()));
        let on_failure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // Otherwise it would count as a failure of the engine.
            event.prevent_default();
            failed.end();
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_failure.as_ref().unchecked_ref()));
        Self {
            worker,
            answer,
            _on_message: on_message,
            on_failure: Some(on_failure),
        }
    }

    /// Opens a package.
    pub(super) async fn open(&self, file: &File, name: &str) -> Result<Opened, Gone> {
        let answer = self.ask(&Array::of2(file, &name.into())).await?;
        unpacked(&answer).ok_or(Gone)
    }

    /// The next slice of a member.
    pub(super) async fn next(&self, idx: usize) -> Result<Next, Gone> {
        let answer = self.ask(&(idx as f64).into()).await?;
        match answer.dyn_into::<ArrayBuffer>() {
            Ok(buffer) => Ok(Next::Slice(Uint8Array::new(&buffer).to_vec())),
            Err(ended) => unpacked(&ended).map(Next::End).ok_or(Gone),
        }
    }

    /// A file of the demo tenant.
    pub(super) async fn demo_file(&self, idx: usize) -> Result<Vec<u8>, Gone> {
        let answer = self.ask(&idx.to_string().into()).await?;
        let buffer = answer.dyn_into::<ArrayBuffer>().map_err(|_| Gone)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// Ends it at once, whatever it is doing.
    pub(super) fn end(&self) {
        self.worker.terminate();
        self.answer.end();
    }

    async fn ask(&self, message: &JsValue) -> Result<JsValue, Gone> {
        if self.answer.has_ended.get() {
            return Err(Gone);
        }
        let promise = Promise::new(&mut |resolve, _| {
            self.answer.resolve.replace(Some(resolve));
        });
        self.worker.post_message(message).map_err(|_| Gone)?;
        let answer = JsFuture::from(promise).await.map_err(|_| Gone)?;
        if answer.is_undefined() {
            Err(Gone)
        } else {
            Ok(answer)
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
        self.worker.set_onmessage(None);
        // A second failure may be on its way, and without anybody to hear it it would be the engine's.
        if let Some(on_failure) = self.on_failure.take() {
            on_failure.forget();
        }
    }
}

impl Answer {
    fn give(&self, answer: &JsValue) {
        if let Some(resolve) = self.resolve.take() {
            // Resolving a promise never throws.
            let _ = resolve.call1(&JsValue::UNDEFINED, answer);
        }
    }

    fn end(&self) {
        self.has_ended.set(true);
        self.give(&JsValue::UNDEFINED);
    }
}

/// A program that is gone without having been ended met bytes that it could not stand.
impl From<Gone> for ProblemCode {
    fn from(_: Gone) -> Self {
        Self::DamagedPackage
    }
}
