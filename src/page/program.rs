//! What workers start from, as the page's starter brings it: the engine's program, and the one that opens packages.
//!
//! Whether a part stands in the document or comes from its address is the starter's matter (`www/starter.js`).
//! After loading, the page needs no server any more, and is sealed.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessagePort, Worker};

use super::dropping::Chosen;
use crate::protocol::HelperKind;
use crate::starter;

/// The programs, ready to be started any number of times without a server.
pub(crate) struct Programs {
    engine: Program,
    /// `None` if it could not be loaded.
    unpacker: Option<Program>,
}

struct Program {
    trusted_address: JsValue,
    program: JsValue,
}

impl Programs {
    /// Loads everything, and compiles the engine's program.
    pub(crate) async fn load() -> Result<Self, JsValue> {
        let loaded = JsFuture::from(ask("load")?).await?;
        let program = |name: &str| {
            let parts: Array = Reflect::get(&loaded, &name.into())?.dyn_into()?;
            Ok::<_, JsValue>(Program {
                trusted_address: parts.get(0),
                program: parts.get(1),
            })
        };
        Ok(Self {
            engine: program("engine")?,
            unpacker: Some(program("unpacker")?)
                .filter(|unpacker| !unpacker.program.is_undefined()),
        })
    }

    /// Starts an engine. It takes commands at once.
    pub(crate) fn start_engine(&self) -> Result<Worker, JsValue> {
        self.engine.start()
    }

    /// Starts a helper of the engine's, which it talks to through the other end of this port.
    pub(crate) fn start_helper(
        &self,
        kind: HelperKind,
        port: &MessagePort,
    ) -> Result<Worker, JsValue> {
        let program = match kind {
            HelperKind::Reader => Some(&self.engine),
            HelperKind::Unpacker => self.unpacker.as_ref(),
        };
        let worker = program.ok_or(JsValue::UNDEFINED)?.start()?;
        worker.post_message_with_transfer(&JsValue::UNDEFINED, &Array::of1(port))?;
        Ok(worker)
    }
}

impl Program {
    fn start(&self) -> Result<Worker, JsValue> {
        starter::start(&self.trusted_address, &self.program)
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
