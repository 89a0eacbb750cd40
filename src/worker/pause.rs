//! Waiting, so that others have their turn.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Waits for so many milliseconds; what has come meanwhile is heard first.
pub(super) async fn pause(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        super::scope()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms)
            .expect("a function can wait");
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}
