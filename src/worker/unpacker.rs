//! The program that opens packages and makes the demo tenant: started for one of them, ended with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::helpers::{Helper, Helpers};
use crate::protocol::{HelperKind, Loss, ProblemCode};
use crate::unpack::shell::{Ended, Opened};
use crate::wire::unpacked;

/// The program while it runs; it ends with its owner.
pub(super) struct Running {
    helper: Helper,
    answer: Rc<Answer>,
}

/// The one answer that is waited for.
#[derive(Default)]
struct Answer {
    resolve: RefCell<Option<Function>>,
    loss: Cell<Option<Loss>>,
}

/// The program ended before it answered.
pub(super) struct Gone(Loss);

const GARBLED: Gone = Gone(Loss::Failed);

/// What comes of a member.
pub(super) enum Next {
    /// The next bytes.
    Slice(Vec<u8>),
    /// All of it was read, or why it cannot be.
    End(Ended),
}

impl Running {
    /// Starts the program.
    pub(super) fn start(helpers: &Rc<Helpers>) -> Self {
        let answer = Rc::<Answer>::default();
        let (answered, lost) = (Rc::clone(&answer), Rc::clone(&answer));
        let helper = helpers.start(
            HelperKind::Unpacker,
            move |_, message| answered.give(&message),
            move |_, loss| lost.end(loss),
        );
        Self { helper, answer }
    }

    /// Opens a package.
    pub(super) async fn open(&self, file: &File, name: &str) -> Result<Opened, Gone> {
        let answer = self.ask(&Array::of2(file, &name.into())).await?;
        unpacked(&answer).ok_or(GARBLED)
    }

    /// The next slice of a member.
    pub(super) async fn next(&self, idx: usize) -> Result<Next, Gone> {
        let answer = self.ask(&(idx as f64).into()).await?;
        match answer.dyn_into::<ArrayBuffer>() {
            Ok(buffer) => Ok(Next::Slice(Uint8Array::new(&buffer).to_vec())),
            Err(ended) => unpacked(&ended).map(Next::End).ok_or(GARBLED),
        }
    }

    /// A file of the demo tenant.
    pub(super) async fn demo_file(&self, idx: usize) -> Result<Vec<u8>, Gone> {
        let answer = self.ask(&idx.to_string().into()).await?;
        let buffer = answer.dyn_into::<ArrayBuffer>().map_err(|_| GARBLED)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// Ends it at once, whatever it is doing.
    pub(super) fn end(&self) {
        self.helper.end();
        self.answer.end(Loss::Failed);
    }

    async fn ask(&self, message: &JsValue) -> Result<JsValue, Gone> {
        if self.answer.loss.get().is_none() {
            let promise = Promise::new(&mut |resolve, _| {
                self.answer.resolve.replace(Some(resolve));
            });
            self.helper.tell(message);
            // The promise is never rejected.
            if let Ok(answer) = JsFuture::from(promise).await
                && !answer.is_undefined()
            {
                return Ok(answer);
            }
        }
        Err(Gone(self.answer.loss.get().unwrap_or(Loss::Failed)))
    }
}

impl Answer {
    fn give(&self, answer: &JsValue) {
        if let Some(resolve) = self.resolve.take() {
            // Resolving a promise never throws.
            let _ = resolve.call1(&JsValue::UNDEFINED, answer);
        }
    }

    fn end(&self, loss: Loss) {
        self.loss.set(Some(loss));
        self.give(&JsValue::UNDEFINED);
    }
}

/// A program that failed met bytes that it could not stand.
impl From<Gone> for ProblemCode {
    fn from(Gone(loss): Gone) -> Self {
        match loss {
            Loss::NotStarted => Self::NoUnpacker,
            Loss::Failed => Self::DamagedPackage,
        }
    }
}
