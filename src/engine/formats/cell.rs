//! What the text of a cell says: blank, number, range, time.
//!
//! The conventions are those of Call Quality Dashboard exports: .NET numbers, UTC times, ranges such as
//! `065: [2 - 3)`, and a handful of words for "nothing".

use crate::calendar::{Date, MS_PER_DAY};

/// Whether the cell says nothing. The dashboard, its templates and its scripts have many words for that.
pub fn is_blank(cell: &[u8]) -> bool {
    match cell.len() {
        0 => true,
        1 => cell == b"-",
        3 => cell.eq_ignore_ascii_case(b"NaN"),
        4 => cell.eq_ignore_ascii_case(b"null"),
        6 => cell.eq_ignore_ascii_case(b"<null>") || cell.eq_ignore_ascii_case(b"(null)"),
        7 => cell.eq_ignore_ascii_case(b"(blank)") || cell == b"0.0.0.0",
        17 => cell.eq_ignore_ascii_case(b"MissingDeviceName"),
        36 => cell == b"00000000-0000-0000-0000-000000000000",
        _ => false,
    }
}

/// A decimal number as .NET and spreadsheets write it in English: `12.5`, `-3`, `1E-05`.
pub fn number(cell: &[u8]) -> Option<f64> {
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, cell),
    };
    let mut mantissa = 0u64;
    let mut n_digits = 0;
    let mut n_decimals = None;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                n_digits += 1;
                n_decimals = n_decimals.map(|n| n + 1);
            }
            b'.' if n_decimals.is_none() => n_decimals = Some(0),
            _ => return number_by_library(cell),
        }
        // Beyond 15 digits the quotient below is no longer exact.
        if n_digits > 15 {
            return number_by_library(cell);
        }
    }
    if n_digits == 0 {
        return None;
    }
    // Both are exact, so that the quotient is the nearest number there is: the same as the library's.
    let value = mantissa as f64 / POWERS_OF_TEN[n_decimals.unwrap_or(0)];
    Some(if is_negative { -value } else { value })
}

const POWERS_OF_TEN: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

fn number_by_library(cell: &[u8]) -> Option<f64> {
    // The library also reads words such as `inf`, which no export means as a number.
    if !cell
        .iter()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'))
    {
        return None;
    }
    let value: f64 = std::str::from_utf8(cell).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// What a comma within a number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comma {
    /// It separates cells; a number with a comma is none.
    NoNumber,
    /// It stands before the decimals: `12,5`.
    Decimal,
}

/// A number, or a number with a percent sign: then the flag is set and the value is in percent.
pub fn number_or_percent(cell: &[u8], comma: Comma) -> Option<(f64, bool)> {
    let (digits, has_sign) = match cell.strip_suffix(b"%") {
        Some(rest) => (rest.trim_ascii(), true),
        None => (cell, false),
    };
    let value = number(digits).or_else(|| match comma {
        Comma::Decimal => number_with_comma(digits),
        Comma::NoNumber => None,
    });
    value.map(|value| (value, has_sign))
}

fn number_with_comma(cell: &[u8]) -> Option<f64> {
    let at = memchr::memchr(b',', cell)?;
    let mut with_point = cell.to_vec();
    with_point[at] = b'.';
    // A thousands separator as well leaves it open which is which.
    number(&with_point).filter(|_| !cell.contains(&b'.'))
}

/// A value as far as an export tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// The value itself.
    Exactly(f64),
    /// From the first value, included, to the second, not included.
    Between(f64, f64),
}

/// A number, a percentage as a fraction, or a range as dimensions have it: `065: [2 - 3)`,
/// `254: [1000 - 1500]`, `066: [3–4)`. An empty range is its one value.
pub fn reading(cell: &[u8]) -> Option<Reading> {
    if let Some((value, has_sign)) = number_or_percent(cell, Comma::NoNumber) {
        return Some(Reading::Exactly(if has_sign {
            value / 100.0
        } else {
            value
        }));
    }
    let text = std::str::from_utf8(cell).ok()?;
    let inside = text.split_once('[')?.1;
    let inside = inside.strip_suffix([')', ']'])?;
    // The first separator that leaves two numbers: a minus sign may stand before either of them.
    inside
        .match_indices(['-', '–'])
        .filter(|(at, _)| *at > 0)
        .find_map(|(at, separator)| {
            let low = number(inside[..at].trim().as_bytes())?;
            let high = number(inside[at + separator.len()..].trim().as_bytes())?;
            Some(if low < high {
                Reading::Between(low, high)
            } else {
                Reading::Exactly(low)
            })
        })
}

/// Milliseconds since 1970 UTC of a date, or of a date and time: ISO 8601, a blank in place of the `T`,
/// or the English form of .NET, `10/31/2026 2:05:06 PM`, which is known by its AM or PM.
pub fn time_ms(cell: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(cell).ok()?;
    let (date, rest) = match text.split_once(['T', ' ']) {
        Some((date, rest)) => (date, rest.trim()),
        None => (text, ""),
    };
    if date.contains('/') {
        return english_time_ms(date, rest);
    }
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 {
        return None;
    }
    let days = days_since_1970(year, month, day)?;
    if rest.is_empty() {
        return Some(days * MS_PER_DAY);
    }
    let (clock, offset_minutes) = split_offset(rest)?;
    Some(days * MS_PER_DAY + clock_ms(clock)? - offset_minutes * 60_000)
}

fn english_time_ms(date: &str, rest: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (clock, half) = rest.rsplit_once(' ')?;
    let half_ms = match half {
        "AM" => 0,
        "PM" => MS_PER_DAY / 2,
        _ => return None,
    };
    let ms = clock_ms(clock)?;
    let hour_ms = 3_600_000;
    if !(hour_ms..13 * hour_ms).contains(&ms) || year.len() != 4 {
        return None;
    }
    let days = days_since_1970(year, month, day)?;
    Some(days * MS_PER_DAY + ms % (12 * hour_ms) + half_ms)
}

/// `14:05:06.1234567` behind a date, and what stands behind it: `Z`, `+02:00` or nothing, which is UTC.
fn split_offset(rest: &str) -> Option<(&str, i64)> {
    if let Some(clock) = rest.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = rest.rfind(['+', '-']) else {
        return Some((rest, 0));
    };
    let (hours, minutes) = rest[at + 1..].split_once(':')?;
    let minutes = whole(hours)? * 60 + whole(minutes)?;
    let sign = if rest.as_bytes()[at] == b'-' { -1 } else { 1 };
    Some((rest[..at].trim_end(), sign * minutes))
}

fn clock_ms(clock: &str) -> Option<i64> {
    let mut parts = clock.splitn(3, ':');
    let (hours, minutes) = (whole(parts.next()?)?, whole(parts.next()?)?);
    let (seconds, fraction) = match parts.next() {
        Some(seconds) => seconds.split_once('.').unwrap_or((seconds, "")),
        None => ("0", ""),
    };
    let seconds = whole(seconds)?;
    let mut ms = 0;
    for idx in 0..3 {
        let digit = fraction.as_bytes().get(idx).copied().unwrap_or(b'0');
        ms = ms * 10 + i64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    // Services write a leap second, or the end of a day, as 60 or as hour 24; neither is a call's end.
    (hours < 24 && minutes < 60 && seconds < 60)
        .then(|| ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms)
}

fn days_since_1970(year: &str, month: &str, day: &str) -> Option<i64> {
    let date = Date {
        year: whole(year)?,
        month: whole(month)?,
        day: whole(day)?,
    };
    date.days_since_1970()
}

fn whole(digits: &str) -> Option<i64> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_dashboards_words_for_nothing_are_blank() {
        for word in [
            "",
            "-",
            "(Blank)",
            "<null>",
            "(null)",
            "NULL",
            "NaN",
            "0.0.0.0",
            "MissingDeviceName",
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert!(is_blank(word.as_bytes()), "{word}");
        }
        for word in [
            "0",
            "0.0.0.1",
            "Blank",
            "--",
            "00000000-0000-0000-0000-000000000001",
        ] {
            assert!(!is_blank(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn words_and_decimal_commas_are_no_numbers() {
        for word in [
            "", "-", ".", "inf", "nan", "1,5", "1.2.3", "0x10", "12ms", "1e999",
        ] {
            assert_eq!(number(word.as_bytes()), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_the_library_reads_them(text in "-?[0-9]{0,18}(\\.[0-9]{0,18})?") {
            let ours = number(text.as_bytes()).map(f64::to_bits);
            let library = text.parse::<f64>().ok().map(f64::to_bits);
            prop_assert_eq!(ours, library);
        }

        #[test]
        fn the_shortest_form_of_any_number_reads_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(number(format!("{value:e}").as_bytes()), Some(value));
        }
    }

    #[test]
    fn a_comma_is_decimal_only_where_it_separates_no_cells() {
        let number = |cell: &str, comma| number_or_percent(cell.as_bytes(), comma);
        assert_eq!(number("31,5", Comma::Decimal), Some((31.5, false)));
        assert_eq!(number("1,5 %", Comma::Decimal), Some((1.5, true)));
        assert_eq!(number("1.234,5", Comma::Decimal), None);
        assert_eq!(number("1,2,3", Comma::Decimal), None);
        assert_eq!(number("31,5", Comma::NoNumber), None);
    }

    #[test]
    fn ranges_have_a_low_and_a_high_end() {
        for (cell, low, high) in [
            ("065: [2 - 3)", 2.0, 3.0),
            ("012: [-0.01 - 0)", -0.01, 0.0),
            ("254: [1000 - 1500]", 1000.0, 1500.0),
            ("066: [3–4)", 3.0, 4.0),
        ] {
            assert_eq!(
                reading(cell.as_bytes()),
                Some(Reading::Between(low, high)),
                "{cell}"
            );
        }
        assert_eq!(reading(b"12.5"), Some(Reading::Exactly(12.5)));
        assert_eq!(reading(b"062: [0 - 0)"), Some(Reading::Exactly(0.0)));
        assert_eq!(reading(b"12.5%"), Some(Reading::Exactly(0.125)));
        assert_eq!(reading(b"[a - b)"), None);
    }

    #[test]
    fn times_are_read_in_each_form() {
        let expected = Some(1_793_455_506_000);
        for form in [
            "2026-10-31T14:05:06Z",
            "2026-10-31 14:05:06",
            "2026-10-31T14:05:06.0000000",
            "2026-10-31T16:05:06+02:00",
            "10/31/2026 2:05:06 PM",
        ] {
            assert_eq!(time_ms(form.as_bytes()), expected, "{form}");
        }
        assert_eq!(
            time_ms(b"2026-10-31T14:05:06.789123"),
            Some(1_793_455_506_789)
        );
        assert_eq!(time_ms(b"1970-01-01"), Some(0));
        assert_eq!(time_ms(b"1969-12-31T23:59:59.999Z"), Some(-1));
        assert_eq!(time_ms(b"2024-02-29"), Some(1_709_164_800_000));
        assert_eq!(time_ms(b"1/1/2026 12:00:00 AM"), time_ms(b"2026-01-01"));
        for word in [
            "2026-02-29",
            "2026-13-01",
            "31/10/2026 14:05",
            "10/31/2026",
            "soon",
            "2026-10-31T25:00",
        ] {
            assert_eq!(time_ms(word.as_bytes()), None, "{word}");
        }
    }
}
