//! What single cells say: their text, a number, a time, and what is compared of a heading. All other forms of cells
//! are the engine's business.

use std::borrow::Cow;

use memchr::memchr;

use crate::calendar::{Date, MS_PER_DAY};

/// What programs for Windows write before UTF-8.
pub const BYTE_ORDER_MARK: [u8; 3] = *b"\xEF\xBB\xBF";

/// What a cell says, of how it stands in the file: without its quotes and without blanks around it.
pub fn plain(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(inside) = raw.strip_prefix(b"\"") else {
        return Cow::Borrowed(raw.trim_ascii());
    };
    if let Some(closing) = memchr(b'"', inside)
        && closing + 1 == inside.len()
    {
        return Cow::Borrowed(inside[..closing].trim_ascii());
    }
    Cow::Owned(unquote(inside).trim_ascii().to_vec())
}

/// The text behind an opening quote: doubled quotes halved, the closing one left out.
fn unquote(inside: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(quote) = memchr(b'"', rest) {
        text.extend_from_slice(&rest[..quote]);
        rest = &rest[quote + 1..];
        if rest.first() == Some(&b'"') {
            text.push(b'"');
            rest = &rest[1..];
        } else {
            break;
        }
    }
    text.extend_from_slice(rest);
    text
}

/// A decimal number as .NET and spreadsheets write it in English: `12.5`, `-3`, `1E-05`.
pub fn number(cell: &[u8]) -> Option<f64> {
    if cell.len() <= 8 {
        let mut bytes = [0; 8];
        bytes[..cell.len()].copy_from_slice(cell);
        if let Some(number) = short_number(u64::from_le_bytes(bytes), cell.len()) {
            return Some(number);
        }
    }
    number_by_digits(cell)
}

/// A number of up to eight bytes, the first one lowest: digits with or without a point among them. `None` is
/// no answer.
///
/// Eight digits in a word are added up in three steps: pairs, fours, all.
#[inline]
pub fn short_number(word: u64, n_bytes: usize) -> Option<f64> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let points = word ^ (EACH * 0x2E);
    let points = points.wrapping_sub(EACH) & !points & (EACH * 0x80);
    let (digits, n_digits, n_decimals) = if points == 0 {
        (word, n_bytes, 0)
    } else {
        let at = points.trailing_zeros() / 8;
        let before = word & ((1 << (at * 8)) - 1);
        let behind = word >> (at * 8) >> 8 << (at * 8);
        (before | behind, n_bytes - 1, n_bytes - 1 - at as usize)
    };
    if n_digits == 0 {
        return None;
    }
    let n_blank_bits = 64 - n_digits as u32 * 8;
    let zeros = (EACH * 0x30).checked_shr(n_digits as u32 * 8).unwrap_or(0);
    let digits = (digits << n_blank_bits | zeros) ^ (EACH * 0x30);
    if (digits.wrapping_add(EACH * 0x76) | digits) & (EACH * 0x80) != 0 {
        return None;
    }
    let pairs = digits.wrapping_mul(1 + (10 << 8)) >> 8 & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(1 + (100 << 16)) >> 16 & 0x0000_FFFF_0000_FFFF;
    let all = fours.wrapping_mul(1 + (10_000 << 32)) >> 32;
    Some(all as f64 / POWERS_OF_TEN[n_decimals])
}

fn number_by_digits(cell: &[u8]) -> Option<f64> {
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

/// Reads `2026-10-31T14:05:06` or `2026-10-31 14:05:06Z`, as services write most times, in no time; `None`
/// for any other form.
pub fn service_time(cell: &[u8]) -> Option<i64> {
    let clock = cell.strip_suffix(b"Z").unwrap_or(cell);
    let clock: &[u8; 19] = clock.try_into().ok()?;
    let digits = |at: usize| {
        let (tens, ones) = (
            clock[at].wrapping_sub(b'0'),
            clock[at + 1].wrapping_sub(b'0'),
        );
        (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
    };
    let is_form = clock[4] == b'-'
        && clock[7] == b'-'
        && matches!(clock[10], b'T' | b' ')
        && clock[13] == b':'
        && clock[16] == b':';
    if !is_form {
        return None;
    }
    let date = Date {
        year: digits(0)? * 100 + digits(2)?,
        month: digits(5)?,
        day: digits(8)?,
    };
    let (hours, minutes, seconds) = (digits(11)?, digits(14)?, digits(17)?);
    if hours > 23 || minutes > 59 || seconds > 59 || date.year < 1000 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60 + seconds;
    Some(date.days_since_1970()? * MS_PER_DAY + seconds * 1000)
}

/// The letters and digits of a text of ASCII alone, in lower case, with this in the stead of each percent sign.
#[inline(never)]
pub fn letters_and_digits(text: &str, percent: &str) -> Option<String> {
    let mut found = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            found.push(byte.to_ascii_lowercase());
        } else if byte == b'%' {
            found.extend_from_slice(percent.as_bytes());
        } else if !byte.is_ascii() {
            return None;
        }
    }
    String::from_utf8(found).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        fn short_numbers_are_read_as_the_library_reads_them(text in "[0-9.,\\-+e:/]{0,8}|[0-9]{0,8}|[0-9]{0,4}\\.[0-9]{0,4}") {
            let ours = number(text.as_bytes()).map(f64::to_bits);
            let library = text.parse::<f64>().ok().filter(|value| value.is_finite());
            prop_assert_eq!(ours, library.map(f64::to_bits));
        }

        #[test]
        fn random_bytes_are_read_as_the_library_reads_them(bytes in prop::collection::vec(any::<u8>(), 0..9)) {
            let library = std::str::from_utf8(&bytes).ok().and_then(|text| text.parse::<f64>().ok());
            prop_assert_eq!(number(&bytes), library.filter(|value| value.is_finite()));
        }

        #[test]
        fn the_shortest_form_of_any_number_reads_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(number(format!("{value:e}").as_bytes()), Some(value));
        }
    }
}
