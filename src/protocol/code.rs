//! The names of codes, in files and for other pages.

use std::fmt::Debug;

/// A rule, a reason or a kind in the spelling of the dashboard's reasons: `UnknownHeading` is `unknown-heading`.
pub fn code_name(code: impl Debug) -> String {
    let name = format!("{code:?}");
    let mut words = String::new();
    for (idx, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && idx > 0 {
            words.push('-');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
