//! What workers start from, as the page's starter brings it: the engine's program, and the one that opens packages.
//!
//! Whether a part stands in the document or comes from its address is the starter's matter (`www/starter.js`).
//! After loading, the page needs no server any more, and is sealed.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Worker};

use super::dropping::Chosen;
use crate::starter;

/// The engine's program, ready to be started any number of times without a server.
pub(crate) struct Program {
    module: JsValue,
    trusted_address: JsValue,
    /// What the engine needs to start others: its own script and program, then those of what opens packages,
    /// if that could be loaded.
    helpers: Array,
}

impl Program {
    /// Loads everything, and compiles the engine's program.
    pub(crate) async fn load() -> Result<Self, JsValue> {
        let loaded = JsFuture::from(ask("load")?).await?;
        let part = |name: &str| Reflect::get(&loaded, &name.into());
        Ok(Self {
            module: part("module")?,
            trusted_address: part("trustedAddress")?,
            helpers: part("helpers")?.dyn_into()?,
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
pub(crate) async fn configuration_text() -> Option<String> {
    JsFuture::from(ask("configuration").ok()?)
        .await
        .ok()?
        .as_string()
}

/// A file of the same host, by its path.
pub(crate) async fn file_of_host(path: &str) -> Result<Chosen, JsValue> {
    let file = JsFuture::from(call("hostFile", &path.into())?.dyn_into::<Promise>()?).await?;
    let file: File = file.dyn_into()?;
    Ok(Chosen {
        path: file.name(),
        file,
    })
}

/// Asks the starter for what it calls by this name.
fn ask(name: &str) -> Result<Promise, JsValue> {
    call(name, &JsValue::UNDEFINED)?.dyn_into()
}

/// Calls what the starter calls by this name, with a word for it.
pub(crate) fn call(name: &str, word: &JsValue) -> Result<JsValue, JsValue> {
    let starter = Reflect::get(&js_sys::global(), &"callscope".into())?;
    let function: Function = Reflect::get(&starter, &name.into())?.dyn_into()?;
    function.call1(&starter, word)
}
