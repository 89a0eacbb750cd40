//! Loads the programs of the workers once: the engine's, then the one that opens packages.
//!
//! After that the page needs no server any more, and is sealed.

use js_sys::{Array, Promise, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCache, RequestInit, Response, Worker, window};

use crate::starter::{self, Trust};

const ENGINE_GLUE: &str = "worker.js";
const ENGINE: &str = "worker_bg.wasm";
const UNPACKER_GLUE: &str = "unpack.js";
const UNPACKER: &str = "unpack_bg.wasm";
const CONFIGURATION: &str = "callscope.json";

/// Files wait until the page is sealed: no longer than this for a part that few of them need.
const UNPACKER_MS: u32 = 20_000;

/// The engine's program, ready to be started any number of times without a server.
pub(crate) struct Program {
    module: JsValue,
    trusted_address: JsValue,
    /// What the engine needs to start others: its own address and program, then those of what opens packages,
    /// if that could be loaded.
    helpers: Array,
}

impl Program {
    /// Loads everything, and compiles the engine's program.
    pub(crate) async fn load() -> Result<Self, JsValue> {
        let glue = JsFuture::from(fetch(ENGINE_GLUE, None).await?.text()?).await?;
        let module = compile().await?;
        let address = starter::address_of(&glue)?;
        let helpers = Array::of2(&address.clone().into(), &module);
        if let Ok((address, program)) = unpacker().await {
            helpers.push(&address);
            helpers.push(&program);
        }
        Ok(Self {
            module,
            trusted_address: Trust::new()?.address(&address)?,
            helpers,
        })
    }

    /// Starts a worker. It takes commands at once.
    pub(crate) fn start(&self) -> Result<Worker, JsValue> {
        let worker = starter::start(&self.trusted_address, &self.module)?;
        worker.post_message(&self.helpers)?;
        Ok(worker)
    }
}

/// What the host says in its configuration file, word for word; nothing where there is no such file.
#[expect(dead_code, reason = "nothing can be configured yet")]
pub(crate) async fn configuration_text() -> Option<String> {
    let text = fetch(CONFIGURATION, None).await.ok()?.text().ok()?;
    JsFuture::from(text).await.ok()?.as_string()
}

/// The program is not compiled: most sessions never need it.
async fn unpacker() -> Result<(JsValue, JsValue), JsValue> {
    let patience = AbortSignal::timeout_with_u32(UNPACKER_MS);
    let glue = fetch(UNPACKER_GLUE, Some(&patience)).await?.text()?;
    let glue = JsFuture::from(glue).await?;
    let program = fetch(UNPACKER, Some(&patience)).await?.array_buffer()?;
    let program = JsFuture::from(program).await?;
    let address = starter::address_of(&glue)?;
    Ok((address.into(), program))
}

async fn fetch(address: &str, patience: Option<&AbortSignal>) -> Result<Response, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let options = RequestInit::new();
    // The files keep their names from release to release: a cached one may belong to another page.
    options.set_cache(RequestCache::NoCache);
    options.set_signal(patience);
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &options)).await?;
    let response: Response = response.dyn_into()?;
    if response.ok() {
        Ok(response)
    } else {
        Err(JsValue::from_f64(f64::from(response.status())))
    }
}

async fn compile() -> Result<JsValue, JsValue> {
    let response = fetch(ENGINE, None).await?;
    let spare = response.clone()?;
    let streaming = WebAssembly::compile_streaming(&Promise::resolve(&JsValue::from(response)));
    if let Ok(module) = JsFuture::from(streaming).await {
        return Ok(module);
    }
    // Some servers do not know the file's type; then streaming is refused.
    let bytes = JsFuture::from(spare.array_buffer()?).await?;
    JsFuture::from(WebAssembly::compile(&bytes)).await
}
