//! What is shown when the page's own program fails. Says where in the program, never what it was about.

use web_sys::{console, window};

const WORDS: &str = "callscope has stopped because of a mistake in its own page. Your files are untouched. \
                     Reload this page to start again.";

/// Lets the document say that the page has stopped: the drawing program cannot any more.
pub(crate) fn show_panics() {
    // Not the standard library's own: drawing would replace that one by a hook that prints the message.
    yew::set_custom_panic_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            console::error_1(
                &format!("callscope stopped at {}:{}", place.file(), place.line()).into(),
            );
        }
        show();
    }));
}

fn show() -> Option<()> {
    let document = window()?.document()?;
    if let Ok(Some(main)) = document.query_selector("main") {
        main.set_attribute("data-phase", "stopped").ok()?;
    }
    let notice = document.create_element("p").ok()?;
    notice.set_class_name("page-stopped");
    notice.set_attribute("role", "alert").ok()?;
    notice.set_text_content(Some(WORDS));
    document.body()?.prepend_with_node_1(&notice).ok()
}
