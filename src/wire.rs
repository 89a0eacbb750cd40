//! How values cross between the programs: as bytes without names, since all programs are built together.

use js_sys::Uint8Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// The value as it crosses.
pub fn packed<T: Serialize>(value: &T) -> Uint8Array {
    let bytes = postcard::to_allocvec(value).expect("what crosses is plain data");
    Uint8Array::from(&bytes[..])
}

/// The value that crossed; `None` if this is no value of that type.
pub fn unpacked<T: DeserializeOwned>(message: &JsValue) -> Option<T> {
    let bytes: &Uint8Array = message.dyn_ref()?;
    postcard::from_bytes(&bytes.to_vec()).ok()
}
