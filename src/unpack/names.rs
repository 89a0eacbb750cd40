//! Names inside packages and folders: what may be shown, and what nobody put there.

/// Longer names are cut at their beginning.
const MAX_LETTERS: usize = 200;

/// Written by systems beside the user's files.
const OF_THE_SYSTEM: &[&str] = &[".ds_store", "thumbs.db", "desktop.ini"];

/// A name that can be shown: one line, no letters that turn others around.
pub(super) fn shown(name: &str) -> String {
    let letters: Vec<char> = name
        .trim_start_matches("./")
        .trim_start_matches('/')
        .chars()
        .map(|letter| {
            if is_visible(letter) {
                letter
            } else {
                '\u{FFFD}'
            }
        })
        .collect();
    match letters.len().checked_sub(MAX_LETTERS) {
        None | Some(0) => letters.into_iter().collect(),
        Some(n_cut) => std::iter::once('…')
            .chain(letters.into_iter().skip(n_cut))
            .collect(),
    }
}

/// Whether an operating system wrote the file of this path for itself.
pub fn is_of_the_system(path: &str) -> bool {
    let is_resource_fork = |part: &str| part == "__MACOSX" || part.starts_with("._");
    path.rsplit(['/', '\\']).next().is_some_and(|name| {
        OF_THE_SYSTEM.contains(&name.to_lowercase().as_str()) || name.is_empty()
    }) || path.split(['/', '\\']).any(is_resource_fork)
}

/// A name from a zip file: UTF-8, or the letters of the first IBM PC.
pub(super) fn decoded(raw: &[u8]) -> String {
    std::str::from_utf8(raw).map_or_else(
        |_| raw.iter().map(|byte| letter_of_437(*byte)).collect(),
        str::to_owned,
    )
}

fn letter_of_437(byte: u8) -> char {
    const FROM_128: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»\
        ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
        αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
    match byte.checked_sub(128) {
        None => char::from(byte),
        Some(idx) => FROM_128.chars().nth(usize::from(idx)).unwrap_or('\u{FFFD}'),
    }
}

fn is_visible(letter: char) -> bool {
    let is_bidi_control = matches!(
        letter,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    !letter.is_control() && !is_bidi_control && !matches!(letter, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_one_line_that_reads_forwards() {
        assert_eq!(
            shown("a\r\nb\u{202E}vsc.exe"),
            "a\u{FFFD}\u{FFFD}b\u{FFFD}vsc.exe"
        );
        assert_eq!(shown("./monday/calls.csv"), "monday/calls.csv");
        assert_eq!(shown("//etc/passwd"), "etc/passwd");
        assert_eq!(shown(&"x".repeat(201)), format!("…{}", "x".repeat(200)));
    }

    #[test]
    fn files_of_systems_are_known_wherever_they_lie() {
        for path in [
            "a/.DS_Store",
            "THUMBS.DB",
            "__MACOSX/a/calls.csv",
            "a\\desktop.ini",
            "folder/",
            "._a.csv",
        ] {
            assert!(is_of_the_system(path), "{path}");
        }
        for path in ["calls.csv", "a/b.csv", "thumbs.db.csv"] {
            assert!(!is_of_the_system(path), "{path}");
        }
    }

    #[test]
    fn names_that_are_not_utf_8_are_those_of_the_first_pc() {
        assert_eq!(decoded(b"Geb\x84ude.csv"), "Gebäude.csv");
        assert_eq!(decoded("Gebäude.csv".as_bytes()), "Gebäude.csv");
        assert_eq!(decoded(b"\xFF\xFE"), "\u{A0}■");
    }
}
