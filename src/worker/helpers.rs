//! The workers that do a part of the engine's work: readers, and what opens packages.
//!
//! The page starts them at the engine's wish; they and the engine talk through a port of their own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use crate::protocol::{Event, HelperCall, HelperId, HelperKind, Loss, Word};
use crate::wire::packed;

/// Whom to tell of a loss.
type OnLoss = Box<dyn Fn(Loss)>;

/// All of them, by whom to tell of their loss.
#[derive(Default)]
pub(super) struct Helpers {
    next_id: Cell<HelperId>,
    on_loss: RefCell<Vec<(HelperId, OnLoss)>>,
}

/// One of them; it ends with its owner.
pub(super) struct Helper {
    id: HelperId,
    port: MessagePort,
    all: Rc<Helpers>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Helpers {
    /// Starts one. It can be told something at once; whether it could be started at all shows later.
    pub(super) fn start(
        self: &Rc<Self>,
        kind: HelperKind,
        mut on_message: impl FnMut(HelperId, JsValue) + 'static,
        on_loss: impl Fn(HelperId, Loss) + 'static,
    ) -> Helper {
        let id = self.next_id.replace(self.next_id.get() + 1);
        let channel = MessageChannel::new().expect("workers have channels");
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            on_message(id, event.data());
        });
        let port = channel.port1();
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_loss = Box::new(move |loss| on_loss(id, loss));
        self.on_loss.borrow_mut().push((id, on_loss));
        let start = Word::<Event>::Call(HelperCall::Start(id, kind));
        super::scope()
            .post_message_with_transfer(&packed(&start), &Array::of1(&channel.port2()))
            .expect("a fresh port can be handed over");
        Helper {
            id,
            port,
            all: Rc::clone(self),
            _on_message: on_message,
        }
    }

    /// Hears that one is gone.
    pub(super) fn lose(&self, id: HelperId, loss: Loss) {
        let all = self.on_loss.borrow();
        if let Some((_, on_loss)) = all.iter().find(|(known, _)| *known == id) {
            on_loss(loss);
        }
    }
}

impl Helper {
    pub(super) fn id(&self) -> HelperId {
        self.id
    }

    pub(super) fn tell(&self, message: &JsValue) {
        self.port
            .post_message(message)
            .expect("handles and plain data can be posted");
    }

    /// Gives it a buffer, which is empty here afterwards.
    pub(super) fn hand_over(&self, buffer: &ArrayBuffer) {
        self.port
            .post_message_with_transferable(buffer, &Array::of1(buffer))
            .expect("a buffer of this worker's own can be transferred");
    }

    /// Ends it at once, whatever it is doing.
    pub(super) fn end(&self) {
        let mut all = self.all.on_loss.borrow_mut();
        let n_before = all.len();
        all.retain(|(known, _)| *known != self.id);
        if all.len() < n_before {
            self.port.close();
            super::say(&Word::<Event>::Call(HelperCall::End(self.id)));
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.end();
        self.port.set_onmessage(None);
    }
}
