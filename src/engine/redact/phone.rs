//! Hides the end of a phone number. The examples of Microsoft's pages keep the start: `15552823***`.

/// So many digits are hidden.
const N_HIDDEN: usize = 3;

/// The number with its last digits as asterisks. One that is masked already passes as it stands: masked
/// again it would lose more digits than the mask says.
///
/// Text that is no number is hidden as a whole: a gateway may put a name there.
pub(crate) fn masked(number: &str) -> String {
    let is_of_number =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '.' | '/' | '-');
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

/// Whether a sign-in name or SIP address is a phone number: `+15552823456@sbc.contoso.com;user=phone`.
pub(crate) fn is_number(name: &str) -> bool {
    let (local, parameters) = name.split_once(['@', ';']).unwrap_or((name, ""));
    let digits = local.strip_prefix("tel:").unwrap_or(local);
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let is_phone = parameters.contains("user=phone") || digits.len() < local.len();
    let n_digits = digits.chars().filter(char::is_ascii_digit).count();
    let has_only_digits = digits
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '*' | '-' | '.'));
    n_digits >= 3 && has_only_digits && (is_phone || n_digits >= 7)
}

/// The number at the start of a sign-in name or SIP address that is one.
pub(crate) fn number_in(name: &str) -> &str {
    let local = name.split_once(['@', ';']).map_or(name, |(local, _)| local);
    local.strip_prefix("tel:").unwrap_or(local)
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
        ] {
            assert!(is_number(name), "{name}");
        }
        for name in [
            "anna@contoso.com",
            "p10@contoso.com",
            "8a3c1f52-0000-4e6c-9d1e-0f5a3c2b1d10",
            "123@contoso.com",
        ] {
            assert!(!is_number(name), "{name}");
        }
        assert_eq!(
            number_in("+14445556789@sbc.contoso.com;user=phone"),
            "+14445556789"
        );
    }
}
