//! The Content-Security-Policy: written here once, carried by the page and by every answer of the server.
//!
//! Workers start from `blob:` addresses, because those inherit the page's policy on every host.

use crate::digest;
use crate::failure::Failure;

/// Of the page that lies beside its parts. It may start one worker by its address, before it is sealed: what keeps
/// its files; trusted types let no other address through.
const HOSTED: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; \
    img-src 'self' data: blob:; \
    font-src 'self'; \
    worker-src 'self' blob:; \
    connect-src 'self'; \
    form-action 'none'; \
    base-uri 'none'; \
    object-src 'none'; \
    frame-src 'none'; \
    manifest-src 'self'; \
    require-trusted-types-for 'script'; \
    trusted-types callscope";

/// Of the page that is one file: nothing but what is in it, from the start.
const ONE_FILE: &str = "default-src 'none'; \
    script-src 'wasm-unsafe-eval' {scripts}; \
    style-src {styles}; \
    img-src data: blob:; \
    font-src 'none'; \
    worker-src blob:; \
    connect-src 'none'; \
    form-action 'none'; \
    base-uri 'none'; \
    object-src 'none'; \
    frame-src 'none'; \
    manifest-src 'none'; \
    require-trusted-types-for 'script'; \
    trusted-types callscope";

const META: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Writes the policy into the page that lies beside its parts, before everything that it governs.
pub(crate) fn lock_hosted(page: &str) -> Result<String, Failure> {
    lock(page, HOSTED)
}

/// Writes the policy into the page that is one file. Whatever script and style stands in it is allowed.
pub(crate) fn lock_one_file(page: &str) -> Result<String, Failure> {
    let digests = |element| {
        let digests = inline(page, element).into_iter().map(source_of);
        digests.collect::<Vec<_>>().join(" ")
    };
    let policy = ONE_FILE
        .replace("{scripts}", &digests("script"))
        .replace("{styles}", &digests("style"));
    lock(page, &policy)
}

fn lock(page: &str, policy: &str) -> Result<String, Failure> {
    let locked = page.replacen("<head>", &format!("<head>\n{META}{policy}\">"), 1);
    of_page(&locked)?;
    Ok(locked)
}

/// The policy that stands in a page. Fails if there is none, or if the page holds what it forbids.
pub(crate) fn of_page(page: &str) -> Result<&str, Failure> {
    let policy = page
        .split_once("<head>")
        .and_then(|(_, head)| head.trim_start().strip_prefix(META)?.split_once('"'))
        .map(|(policy, _)| policy)
        .ok_or_else(|| Failure("The page's head does not begin with its policy.".to_owned()))?;
    for element in ["script", "style"] {
        for text in inline(page, element) {
            if !policy.contains(&source_of(text)) {
                return Err(Failure(format!(
                    "The page's policy forbids this {element} inside it; move it into a file:\n{text}"
                )));
            }
        }
    }
    Ok(policy)
}

/// How a policy names what stands in a page.
fn source_of(text: &str) -> String {
    format!("'{}'", digest::sha256(text.as_bytes()))
}

/// What these elements hold, those aside that refer to a file or hold data, which is never run.
fn inline<'page>(page: &'page str, element: &str) -> Vec<&'page str> {
    let lower = page.to_ascii_lowercase();
    let (opening, closing) = (format!("<{element}"), format!("</{element}"));
    let mut texts = Vec::new();
    let mut from = 0;
    while let Some(tag) = lower[from..].find(&opening).map(|idx| from + idx) {
        let Some(start) = lower[tag..].find('>').map(|idx| tag + idx + 1) else {
            break;
        };
        let end = lower[start..]
            .find(&closing)
            .map_or(page.len(), |idx| start + idx);
        let aside = [
            " src=",
            " type=\"application/json\"",
            " type=\"text/plain\"",
        ];
        if !aside.iter().any(|word| lower[tag..start].contains(word)) {
            texts.push(&page[start..end]);
        }
        from = end;
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::{inline, lock_hosted, lock_one_file, of_page};

    fn page(head: &str) -> String {
        format!("<!DOCTYPE html>\n<head>\n<meta charset=\"utf-8\">\n{head}</head><body></body>")
    }

    #[test]
    fn the_policy_is_the_first_thing_in_the_head() {
        for locked in [lock_hosted(&page("")), lock_one_file(&page(""))] {
            let locked = locked.expect("nothing is forbidden");
            let (_, head) = locked.split_once("<head>\n").expect("there is a head");
            assert!(head.starts_with("<meta http-equiv=\"Content-Security-Policy\""));
            let policy = of_page(&locked).expect("the policy was just written");
            assert!(!policy.contains("unsafe-inline"));
        }
    }

    #[test]
    fn beside_its_parts_the_page_may_hold_neither_script_nor_style() {
        for forbidden in ["<SCRIPT>alert(1)</SCRIPT>", "<style>p{}</style>"] {
            assert!(lock_hosted(&page(forbidden)).is_err(), "{forbidden}");
        }
    }

    #[test]
    fn one_file_allows_what_stands_in_it_by_its_digest() {
        let built = page("<script>alert(1)</script><style>p{}</style>");
        let locked = lock_one_file(&built).expect("all of it is allowed");
        let policy = of_page(&locked).expect("the policy was just written");
        assert!(policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
        assert!(of_page(&locked.replace("alert(1)", "alert(2)")).is_err());
        assert!(of_page(&locked.replace("p{}", "a{}")).is_err());
    }

    #[test]
    fn a_page_without_a_policy_is_refused() {
        assert!(of_page(&page("")).is_err());
    }

    #[test]
    fn scripts_from_files_and_data_are_not_inline() {
        let page = "<script src=\"a.js\"></script><script type=\"text/plain\">a</script>\
            <script type=\"application/json\">{}</script><script>b</script>";
        assert_eq!(inline(page, "script"), ["b"]);
    }
}
