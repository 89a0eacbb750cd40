//! Starts this project's programs in workers that obey the page's policy.
//!
//! A worker that is loaded by its address would not obey the policy of the page; one that starts from
//! a blob does, and so does one that such a worker starts.

use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{EventTarget, Worker};

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

/// What makes addresses into something a worker may be started from, where the browser insists on that.
///
/// The engine's own: the page has another, made by its starter.
pub(crate) struct Trust {
    policy: Option<JsValue>,
}

impl Trust {
    /// Fails where the policy of the page forbids it.
    pub(crate) fn new() -> Result<Self, JsValue> {
        let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
        if factory.is_undefined() {
            return Ok(Self { policy: None });
        }
        let only_blobs = Closure::<dyn Fn(String) -> JsValue>::new(|address: String| {
            if address.starts_with("blob:") {
                JsValue::from(address)
            } else {
                JsValue::NULL
            }
        });
        let rules = Object::new();
        Reflect::set(
            &rules,
            &"createScriptURL".into(),
            &only_blobs.into_js_value(),
        )?;
        let create_policy: Function = Reflect::get(&factory, &"createPolicy".into())?.dyn_into()?;
        let policy = create_policy.call2(&factory, &"callscope".into(), &rules)?;
        Ok(Self {
            policy: Some(policy),
        })
    }

    /// The address, trusted.
    pub(crate) fn address(&self, address: &str) -> Result<JsValue, JsValue> {
        let Some(policy) = &self.policy else {
            return Ok(address.into());
        };
        let create_url: Function = Reflect::get(policy, &"createScriptURL".into())?.dyn_into()?;
        create_url.call1(policy, &address.into())
    }
}
