//! What answers carry besides their files: the one source for our server and for the files that tell other servers.

mod hosting;
mod policy;

use crate::failure::Failure;
use std::fs;
use std::path::Path;

pub(crate) use hosting::write;
pub(crate) use policy::{lock_hosted, lock_one_file};

/// The page that is one file.
pub(crate) const ONE_FILE: &str = "callscope.html";

/// What other pages load to embed this one.
pub(crate) const EMBED_KIT: &str = "callscope.js";

/// What keeps the page's files in the browser.
pub(crate) const KEEPER: &str = "service-worker.js";

/// The files whose headers are not those of all others.
pub(crate) const EXCEPTIONS: &[&str] = &[ONE_FILE, EMBED_KIT, KEEPER];

/// What is the same for every file.
const COMMON: &[(&str, &str)] = &[
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-DNS-Prefetch-Control", "off"),
    // Frames ignore it; the page opens no window, and is opened by none that it would talk to.
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", PERMISSIONS),
];

/// Every power of the browser that the page has no use for; copying to the clipboard stays.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    captured-surface-control=(), clipboard-read=(), compute-pressure=(), \
    cross-origin-isolated=(), deferred-fetch=(), deferred-fetch-minimal=(), \
    digital-credentials-create=(), digital-credentials-get=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), \
    identity-credentials-get=(), idle-detection=(), keyboard-map=(), language-detector=(), \
    language-model=(), local-fonts=(), local-network=(), local-network-access=(), \
    loopback-network=(), magnetometer=(), microphone=(), midi=(), \
    on-device-speech-recognition=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    private-state-token-issuance=(), private-state-token-redemption=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), \
    serial=(), speaker-selection=(), storage-access=(), summarizer=(), sync-xhr=(), \
    translator=(), unload=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// Browsers heed it in a header only. Whoever embeds the page in another intranet names that here.
const FRAME_ANCESTORS: &str = "frame-ancestors 'self'";

/// A header's name and value.
pub(crate) type Header = (&'static str, String);

/// The policies of the built pages, as they stand in them.
pub(crate) struct Policies {
    page: String,
    one_file: Option<String>,
}

impl Policies {
    /// Reads the pages in a folder; the one file may be absent.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let page = fs::read_to_string(folder.join("index.html"))
            .map_err(Failure::about("The page is not built"))?;
        let one_file = fs::read_to_string(folder.join(ONE_FILE)).ok();
        let of_page = |page: &String| policy::of_page(page).map(str::to_owned);
        Ok(Self {
            page: of_page(&page)?,
            one_file: one_file.as_ref().map(of_page).transpose()?,
        })
    }

    /// The headers of a file.
    pub(crate) fn headers_of(&self, file: &str) -> Vec<Header> {
        let policy = match &self.one_file {
            Some(one_file) if file == ONE_FILE => one_file,
            _ => &self.page,
        };
        // Names often stay from release to release. Browsers look once in a while for another keeper by themselves,
        // a moment after the page is opened; what they have asked a moment ago they do not ask again.
        let caching = match file {
            KEEPER => "max-age=86400",
            _ => "no-cache",
        };
        // Nobody else's page may use the programs; to embed the page is what the kit is for.
        let readers = match file {
            EMBED_KIT => "cross-origin",
            _ => "same-origin",
        };
        let mut headers: Vec<Header> = COMMON
            .iter()
            .map(|&(name, value)| (name, value.to_owned()))
            .collect();
        headers.extend([
            ("Cross-Origin-Resource-Policy", readers.to_owned()),
            ("Cache-Control", caching.to_owned()),
            (
                "Content-Security-Policy",
                format!("{policy}; {FRAME_ANCESTORS}"),
            ),
        ]);
        headers
    }
}

/// The media type of a file. Browsers compile a program while it is loading only if it comes as one.
pub(crate) fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{EMBED_KIT, KEEPER, ONE_FILE, Policies, media_type};
    use std::path::Path;

    fn value(file: &str, name: &str) -> String {
        let policies = Policies {
            page: "of the page".to_owned(),
            one_file: Some("of one file".to_owned()),
        };
        let headers = policies.headers_of(file);
        let (_, value) = headers
            .into_iter()
            .find(|(header, _)| *header == name)
            .expect("every file has it");
        value
    }

    #[test]
    fn each_page_has_its_own_policy_and_only_this_host_may_frame_it() {
        let name = "Content-Security-Policy";
        assert_eq!(
            value("worker.js", name),
            "of the page; frame-ancestors 'self'"
        );
        assert_eq!(value(ONE_FILE, name), "of one file; frame-ancestors 'self'");
    }

    #[test]
    fn only_what_browsers_ask_for_by_themselves_is_kept_for_a_day() {
        assert_eq!(value("index.html", "Cache-Control"), "no-cache");
        assert_eq!(value(KEEPER, "Cache-Control"), "max-age=86400");
    }

    #[test]
    fn only_the_embed_kit_is_for_other_pages() {
        let name = "Cross-Origin-Resource-Policy";
        assert_eq!(value("worker_bg.wasm", name), "same-origin");
        assert_eq!(value(EMBED_KIT, name), "cross-origin");
    }

    #[test]
    fn programs_are_sent_as_what_browsers_compile_while_loading() {
        assert_eq!(media_type(Path::new("worker_bg.wasm")), "application/wasm");
    }
}
