//! Hides the end of a phone number. The examples of Microsoft's pages keep the start: `15552823***`.

/// So many digits are hidden.
const N_HIDDEN: usize = 3;

/// The number with its last digits as asterisks. One that is masked already passes as it stands: masked
/// again it would lose more digits than the mask says.
///
/// Text without a digit is no number. What a gateway puts there, a name perhaps, is hidden as a whole.
pub(crate) fn masked(number: &str) -> String {
    if number.contains('*') {
        return number.to_owned();
    }
    let n_digits = number.chars().filter(char::is_ascii_digit).count();
    let has_words = number.chars().filter(|c| c.is_alphabetic()).count() > 0;
    if n_digits == 0 || has_words {
        return "***".to_owned();
    }
    let n_shown = n_digits.saturating_sub(N_HIDDEN);
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
            ("+1425555****", "+1425555****"),
            ("15552823***", "15552823***"),
            ("Internal Revenue Service", "***"),
            ("tel:+15552823456", "***"),
        ] {
            assert_eq!(masked(number), expected);
        }
    }
}
