//! The Content-Security-Policy: written here once, carried by the page and by every answer of the server.
//!
//! Workers start from `blob:` addresses, because those inherit the page's policy on every host.

use crate::failure::Failure;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval' '{starter}'; \
    style-src 'self'; \
    img-src 'self' data: blob:; \
    font-src 'self'; \
    worker-src blob:; \
    connect-src 'self'; \
    form-action 'none'; \
    base-uri 'none'; \
    object-src 'none'; \
    frame-src 'none'; \
    manifest-src 'self'; \
    require-trusted-types-for 'script'; \
    trusted-types callscope";

/// Browsers heed it in a header only.
const HEADER_ONLY: &str = "; frame-ancestors 'self'";

const META: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Writes the policy into a page that trunk has built, before everything that it governs.
///
/// Of the scripts inside the page only trunk's starter is allowed.
pub(crate) fn lock(page: &str) -> Result<String, Failure> {
    let starter = inline_scripts(page)
        .into_iter()
        .find(|script| script.contains("TrunkApplicationStarted"))
        .ok_or_else(|| Failure("trunk wrote no starter script into the page.".to_owned()))?;
    let policy = POLICY.replace("{starter}", &digest(starter));
    let locked = page.replacen("<head>", &format!("<head>\n{META}{policy}\">"), 1);
    of_page(&locked)?;
    Ok(locked)
}

/// The policy that stands in a page. Fails if there is none, or if the page holds a script that it forbids.
pub(crate) fn of_page(page: &str) -> Result<&str, Failure> {
    let policy = page
        .split_once("<head>")
        .and_then(|(_, head)| head.trim_start().strip_prefix(META)?.split_once('"'))
        .map(|(policy, _)| policy)
        .ok_or_else(|| Failure("The page's head does not begin with its policy.".to_owned()))?;
    for script in inline_scripts(page) {
        if !policy.contains(&format!("'{}'", digest(script))) {
            return Err(Failure(format!(
                "The page's policy forbids this script inside it; move the script into a file:\n{script}"
            )));
        }
    }
    Ok(policy)
}

/// The policy as a header of every answer, from the page that is being served.
pub(crate) fn header(page: &str) -> Result<String, Failure> {
    Ok(format!("{}{HEADER_ONLY}", of_page(page)?))
}

fn digest(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script)))
}

fn inline_scripts(page: &str) -> Vec<&str> {
    let lower = page.to_ascii_lowercase();
    let mut scripts = Vec::new();
    let mut from = 0;
    while let Some(tag) = lower[from..].find("<script").map(|idx| from + idx) {
        let Some(start) = lower[tag..].find('>').map(|idx| tag + idx + 1) else {
            break;
        };
        let end = lower[start..]
            .find("</script")
            .map_or(page.len(), |idx| start + idx);
        if !lower[tag..start].contains(" src=") {
            scripts.push(&page[start..end]);
        }
        from = end;
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::{header, inline_scripts, lock, of_page};

    const STARTER: &str = "dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\"));";

    fn page(scripts: &str) -> String {
        format!("<!DOCTYPE html>\n<head>\n<meta charset=\"utf-8\">\n{scripts}</head><body></body>")
    }

    #[test]
    fn the_policy_is_the_first_thing_in_the_head_and_allows_the_starter() {
        let built = page(&format!("<script type=\"module\">{STARTER}</script>"));
        let locked = lock(&built).expect("the page has nothing but the starter");
        let (_, head) = locked.split_once("<head>\n").expect("there is a head");
        assert!(head.starts_with("<meta http-equiv=\"Content-Security-Policy\""));
        let policy = of_page(&locked).expect("the policy was just written");
        assert!(policy.contains("'sha256-OqO3lwr8tltW9umFhlZ/SWsj0uzIsGMyENLlp27ILy4='"));
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn a_second_inline_script_is_refused() {
        let built = page(&format!(
            "<script>{STARTER}</script><SCRIPT>alert(1)</SCRIPT>"
        ));
        let failure = lock(&built).expect_err("only the starter is allowed");
        assert!(failure.0.ends_with("alert(1)"));
    }

    #[test]
    fn a_changed_starter_is_refused() {
        let locked = lock(&page(&format!("<script>{STARTER}</script>"))).expect("it is locked");
        assert!(of_page(&locked.replace("dispatchEvent(", "dispatchEvent( ")).is_err());
    }

    #[test]
    fn a_page_without_a_policy_is_refused() {
        assert!(of_page(&page("")).is_err());
    }

    #[test]
    fn scripts_from_files_are_not_inline() {
        assert_eq!(
            inline_scripts("<script src=\"a.js\"></script><script>b</script>"),
            ["b"]
        );
    }

    #[test]
    fn the_header_says_also_who_may_frame_the_page() {
        let locked = lock(&page(&format!("<script>{STARTER}</script>"))).expect("it is locked");
        let header = header(&locked).expect("it has a policy");
        assert!(header.ends_with("; frame-ancestors 'self'"));
        assert!(!locked.contains("frame-ancestors"));
    }
}
