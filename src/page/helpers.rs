//! The helpers of the engine. The page starts and ends them; what they and the engine say to each other goes
//! through ports that the page hands on and does not keep.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{MessagePort, Worker};
use yew::Callback;

use super::link::tell;
use super::program::Programs;
use super::running::Running;
use crate::protocol::{Command, HelperCall, HelperId, HelperKind, Loss};

/// The helpers of one engine.
pub(super) struct Helpers {
    programs: Rc<Programs>,
    engine: Worker,
    on_refusal: Callback<()>,
    running: Vec<(HelperId, Running)>,
}

impl Helpers {
    /// None yet. Of what the seal refuses them is told.
    pub(super) fn new(programs: &Rc<Programs>, engine: &Worker, on_refusal: Callback<()>) -> Self {
        Self {
            programs: Rc::clone(programs),
            engine: engine.clone(),
            on_refusal,
            running: Vec::new(),
        }
    }

    /// Does what the engine wants.
    pub(super) fn obey(&mut self, call: HelperCall, ports: &Array) {
        match call {
            HelperCall::Start(id, kind) => {
                let started = self.start(id, kind, ports);
                if started.is_none() {
                    tell_of_loss(&self.engine, id, Loss::NotStarted);
                }
            }
            HelperCall::End(id) => {
                self.running.retain(|(known, _)| *known != id);
            }
        }
    }

    fn start(&mut self, id: HelperId, kind: HelperKind, ports: &Array) -> Option<()> {
        let port: MessagePort = ports.get(0).dyn_into().ok()?;
        let worker = self.programs.start_helper(kind, &port).ok()?;
        let on_refusal = self.on_refusal.clone();
        let failed = |name| {
            let engine = self.engine.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&worker, name, options, move |event| {
                // The engine deals with it: for the page it is no failure.
                event.prevent_default();
                tell_of_loss(&engine, id, Loss::Failed);
            })
        };
        let listeners = [
            EventListener::new(&worker, "message", move |_| on_refusal.emit(())),
            failed("error"),
            failed("messageerror"),
        ];
        self.running.push((id, Running::new(worker, listeners)));
        Some(())
    }
}

fn tell_of_loss(engine: &Worker, id: HelperId, loss: Loss) {
    // Fails for no engine; one that has ended does not hear it.
    let _ = tell(engine, &Command::HelperGone(id, loss), &Array::new());
}
