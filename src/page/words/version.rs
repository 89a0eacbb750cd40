//! Words about versions of the page.

/// The browser has the files of a new version.
pub(crate) const NEW_VERSION: &str = "A new version is ready.";
