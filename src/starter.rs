//! Starts this project's programs in workers that obey the page's policy.
//!
//! A worker that is loaded by its address would not obey the policy of the page; one that starts from
//! a blob does. The page starts them all: Firefox now and then never comes back to a worker that starts another.

use gloo_events::EventListener;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, EventTarget, MessageEvent, MessagePort, Worker};

/// The second policy. Policies only add up: from here on the page reaches no server, not even its own.
/// Workers inherit it; they may still run WebAssembly.
pub(crate) const SEAL: &str = "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:; \
    img-src data: blob:; form-action 'none'; base-uri 'none'";

/// Tells of each attempt to reach somebody that the seal stops, in the page or in a worker. Most are stopped
/// by more than one policy, and each of these says so.
pub(crate) fn hear_refusals(
    scope: &EventTarget,
    mut tell: impl FnMut() + 'static,
) -> EventListener {
    EventListener::new(scope, "securitypolicyviolation", move |event| {
        let policy = Reflect::get(event, &"originalPolicy".into());
        if policy.is_ok_and(|policy| policy == *SEAL) {
            tell();
        }
    })
}

/// Starts a worker from a trusted address. It takes messages at once.
pub(crate) fn start(trusted_address: &JsValue, program: &JsValue) -> Result<Worker, JsValue> {
    // The typed constructor would turn the trusted address into a plain string.
    let class: Function = Reflect::get(&js_sys::global(), &"Worker".into())?.dyn_into()?;
    let worker: Worker = Reflect::construct(&class, &Array::of1(trusted_address))?.dyn_into()?;
    worker.post_message(program)?;
    Ok(worker)
}

/// In a helper of the engine: the port to the engine, which its first message brings.
pub(crate) fn port_of(first: &MessageEvent) -> Option<MessagePort> {
    first.ports().get(0).dyn_into().ok()
}

/// In a helper of the engine: tells the page of each attempt to reach somebody that the seal stops. It says
/// nothing else to the page.
pub(crate) fn tell_of_refusals(scope: &DedicatedWorkerGlobalScope) {
    let told = scope.clone();
    hear_refusals(scope, move || {
        // Nothing cannot fail to be posted.
        let _ = told.post_message(&JsValue::UNDEFINED);
    })
    .forget();
}
