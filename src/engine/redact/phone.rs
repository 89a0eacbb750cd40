//! Hides the end of a phone number. The examples of Microsoft's pages keep the start: `15552823***`.

/// So many digits are hidden.
const N_HIDDEN: usize = 3;

/// The number with its last digits as asterisks. One that is masked already passes as it stands: masked
/// again it would lose more digits than the mask says.
///
/// Text that is no number is hidden as a whole: a gateway may put a name there.
pub(crate) fn masked(number: &str) -> String {
    let unmasked = number.trim_end_matches('*');
    let n_asterisks = number.len() - unmasked.len();
    let n_digits = unmasked.chars().filter(char::is_ascii_digit).count();
    if !unmasked.chars().all(is_of_number) || n_digits + n_asterisks == 0 {
        return "***".to_owned();
    }
    if n_asterisks >= N_HIDDEN {
        return number.to_owned();
    }
    let n_shown = (n_digits + n_asterisks).saturating_sub(N_HIDDEN);
    let mut n_seen = 0;
    number
        .chars()
        .map(|c| {
            n_seen += usize::from(c.is_ascii_digit());
            if c.is_ascii_digit() && n_seen > n_shown {
                '*'
            } else {
                c
            }
        })
        .collect()
}

/// Whether a sign-in name or SIP address is a phone number, however it is written: `+15552823456@sbc.contoso.com`,
/// `tel:1555;user=phone`, `4:+1 (555) 282-3456`, `+15552823456 (Anna)`.
pub(crate) fn is_number(name: &str) -> bool {
    let number = number_in(name);
    let behind = number.trim_start_matches(is_of_written_number);
    let written = &number[..number.len() - behind.len()];
    let n_digits = written.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_ascii_lowercase();
    let is_phone = number.trim_start_matches('(').starts_with('+')
        || lower.starts_with("tel:")
        || lower.contains("user=phone");
    let has_gap =
        behind.starts_with(',') || written.ends_with(|c| matches!(c, '(' | ' ') || is_unseen(c));
    // What goes on without a gap is an id, and few digits before words are those of a room or a day.
    n_digits >= 3 && is_phone || n_digits >= 7 && behind.is_empty() || n_digits >= 10 && has_gap
}

/// The number in a sign-in name or SIP address that is one: without domain, and of what colons separate the part with
/// most digits.
pub(crate) fn number_in(name: &str) -> &str {
    let bytes = name.as_bytes();
    let end = bytes.iter().position(|byte| matches!(byte, b'@' | b';'));
    let local = &name[..end.unwrap_or(name.len())];
    let parts = local.as_bytes().split(|byte| *byte == b':');
    let n_digits = |part: &&[u8]| part.iter().filter(|byte| byte.is_ascii_digit()).count();
    let number = parts.max_by_key(n_digits).unwrap_or_default();
    let number = std::str::from_utf8(number).unwrap_or_default();
    number.trim_start_matches(|c: char| c == ' ' || is_unseen(c))
}

/// Blanks of all kinds and marks of direction, as they stand around numbers that were copied.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{A0}' | '\u{2000}'..='\u{206F}' | '\u{3000}' | '\u{FEFF}'
    )
}

fn is_of_written_number(c: char) -> bool {
    is_of_number(c) || c == '*' || is_unseen(c)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '.' | '/' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_three_digits_are_hidden() {
        for (number, expected) in [
            ("15552823456", "15552823***"),
            ("+15552823456", "+15552823***"),
            ("+1 555 282-3456", "+1 555 282-3***"),
            ("+123 45 67", "+123 4* **"),
            ("12", "**"),
            ("", "***"),
        ] {
            assert_eq!(masked(number), expected);
        }
    }

    #[test]
    fn a_mask_passes_as_it_stands_and_is_never_shortened() {
        for (number, expected) in [
            ("+1425555****", "+1425555****"),
            ("15552823***", "15552823***"),
            ("+1555282345*", "+15552823***"),
            ("***", "***"),
        ] {
            assert_eq!(masked(number), expected);
        }
    }

    #[test]
    fn an_asterisk_elsewhere_is_no_mask_and_words_are_no_number() {
        for number in [
            "*675552823456",
            "+15552823456;ext=*12",
            "John Smith *",
            "Internal Revenue Service",
            "tel:+15552823456",
            "+1555****2823456",
        ] {
            assert_eq!(masked(number), "***");
        }
    }

    #[test]
    fn numbers_are_told_from_names() {
        for name in [
            "+15552823456",
            "+14445556789@sbc.contoso.com;user=phone",
            "tel:+1555",
            "15552823456@contoso.com",
            "+1 425 555 0113",
            "(425) 555-0114",
            "+1(425)5550122@contoso.com",
            "4:+14255550112",
            "TEL:+14255550121",
            "Tel:555",
            "sips:+14255550111@contoso.com",
            "sip:+14255550111@sbc.contoso.com;User=Phone",
            "unknown:+14255550121",
            "+14255550130 (Anna)",
            "+14255550130 Anna",
            "\u{202A}+14255550131\u{202C}",
            "+1\u{A0}425\u{A0}555\u{A0}0132",
            "425/5550133",
            "+14255550113x204@contoso.com",
            "+1 425 555 0113, Anna",
            "+14255550113:5060",
            "425 555 0113 Anna",
            "425 555 0113, Anna",
            "(+49) 30 12345 Anna",
        ] {
            assert!(is_number(name), "{name}");
        }
        for name in [
            "anna@contoso.com",
            "p10@contoso.com",
            "8a3c1f52-0000-4e6c-9d1e-0f5a3c2b1d10",
            "123@contoso.com",
            "\u{C9}12345678@contoso.com",
            "12345678-1234-4e6c-9d1e-0f5a3c2b1d10",
            "8:orgid:12345678-1234-4e6c-9d1e-0f5a3c2b1d10",
            "sip:123@contoso.com",
            "Room 42",
            "1234567 Anna Smith",
            "20260115 Town hall",
            "",
            "\u{200B}\u{200B}",
        ] {
            assert!(!is_number(name), "{name}");
        }
        for name in [
            "+14445556789@sbc.contoso.com;user=phone",
            "4:+14445556789",
            "\u{202A}+14445556789@contoso.com",
        ] {
            assert_eq!(number_in(name), "+14445556789");
        }
    }
}
