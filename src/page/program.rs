//! Loads the engine's program once, and starts workers from it that obey the page's policy.
//!
//! A worker that is loaded by its address would not obey the policy of the page; one that starts from
//! a blob does.

use js_sys::{Array, Function, Object, Promise, Reflect, WebAssembly};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, RequestCache, RequestInit, Response, Url, Worker, window};

const GLUE: &str = "worker.js";
const MODULE: &str = "worker_bg.wasm";

/// Stands after the glue: the first message is the module; a failed promise ends the worker like any failure.
const STARTER: &str = "
;onmessage=({data})=>{onmessage=null;wasm_bindgen.initSync({module:data})}
;onunhandledrejection=({reason})=>{setTimeout(()=>{throw reason})}";

/// The engine's program, ready to be started any number of times without a server.
pub(crate) struct Program {
    module: JsValue,
    starter_url: JsValue,
}

impl Program {
    /// Loads and compiles.
    pub(crate) async fn load() -> Result<Self, JsValue> {
        let glue = JsFuture::from(fetch(GLUE).await?.text()?).await?;
        let module = compile().await?;
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(
            &Array::of2(&glue, &JsValue::from_str(STARTER)),
            &options,
        )?;
        let starter_url = trusted(&Url::create_object_url_with_blob(&blob)?)?;
        Ok(Self {
            module,
            starter_url,
        })
    }

    /// Starts a worker. It takes commands at once.
    pub(crate) fn start(&self) -> Result<Worker, JsValue> {
        // The typed constructor would turn the trusted address into a plain string.
        let class: Function = Reflect::get(&js_sys::global(), &"Worker".into())?.dyn_into()?;
        let worker: Worker =
            Reflect::construct(&class, &Array::of1(&self.starter_url))?.dyn_into()?;
        worker.post_message(&self.module)?;
        Ok(worker)
    }
}

async fn fetch(address: &str) -> Result<Response, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let options = RequestInit::new();
    // The two files keep their names from release to release: a cached one may belong to another page.
    options.set_cache(RequestCache::NoCache);
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &options)).await?;
    let response: Response = response.dyn_into()?;
    if response.ok() {
        Ok(response)
    } else {
        Err(JsValue::from_f64(f64::from(response.status())))
    }
}

async fn compile() -> Result<JsValue, JsValue> {
    let response = fetch(MODULE).await?;
    let spare = response.clone()?;
    let streaming = WebAssembly::compile_streaming(&Promise::resolve(&JsValue::from(response)));
    if let Ok(module) = JsFuture::from(streaming).await {
        return Ok(module);
    }
    // Some servers do not know the file's type; then streaming is refused.
    let bytes = JsFuture::from(spare.array_buffer()?).await?;
    JsFuture::from(WebAssembly::compile(&bytes)).await
}

/// The address as something a worker may be started from, where the browser insists on that.
fn trusted(address: &str) -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    if factory.is_undefined() {
        return Ok(address.into());
    }
    let only_blobs = Closure::once_into_js(|address: String| {
        if address.starts_with("blob:") {
            JsValue::from(address)
        } else {
            JsValue::NULL
        }
    });
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), &only_blobs)?;
    let create_policy: Function = Reflect::get(&factory, &"createPolicy".into())?.dyn_into()?;
    let policy = create_policy.call2(&factory, &"callscope".into(), &rules)?;
    let create_url: Function = Reflect::get(&policy, &"createScriptURL".into())?.dyn_into()?;
    create_url.call1(&policy, &address.into())
}
