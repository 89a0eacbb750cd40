//! What the text of a cell says: blank, number, range. Times are read by `time`.
//!
//! The conventions are those of Call Quality Dashboard exports: .NET numbers, ranges such as
//! `065: [2 - 3)`, and a handful of words for "nothing"; and those of spreadsheets in any language.

pub use callscope_kernel::cells::number;

use crate::protocol::DecimalMark;

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
        // Services of .NET write the first moment of their calendar for "no time".
        19 | 20 | 28 => cell.starts_with(b"0001-01-01T00:00:00"),
        36 => cell == b"00000000-0000-0000-0000-000000000000",
        _ => false,
    }
}

/// What points and commas within a number mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Marks {
    /// A point stands before decimals; a comma alone is no part of a number. What separates cells is a comma.
    Point,
    /// A point or a comma stands before decimals, as each number shows.
    #[default]
    Either,
    /// As the user says: this mark stands before decimals, the other one groups thousands.
    Only(DecimalMark),
}

/// A number as an export in some language has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    /// The number; of a percentage the figure before its sign.
    pub value: f64,
    /// A percent sign stands behind it.
    pub is_percent: bool,
    /// A comma stands before its decimals.
    pub has_decimal_comma: bool,
}

/// A number, or a number with a percent sign.
pub fn written_number(cell: &[u8], marks: Marks) -> Option<Written> {
    let (digits, is_percent) = match cell.strip_suffix(b"%") {
        Some(rest) => (rest.trim_ascii(), true),
        None => (cell, false),
    };
    let plain = match marks {
        Marks::Only(DecimalMark::Comma) => None,
        _ => number(digits),
    };
    let (value, has_decimal_comma) = match plain {
        Some(value) => (value, false),
        None => marked_number(digits, marks)?,
    };
    Some(Written {
        value,
        is_percent,
        has_decimal_comma,
    })
}

/// A number with commas, or with points that group thousands; whether its decimals follow a comma.
fn marked_number(cell: &[u8], marks: Marks) -> Option<(f64, bool)> {
    let last = cell.iter().rposition(|byte| matches!(byte, b'.' | b','));
    let is_both = cell.contains(&b'.') && cell.contains(&b',');
    let decimal = match marks {
        Marks::Only(DecimalMark::Comma) => b',',
        Marks::Only(DecimalMark::Point) => b'.',
        // Where both stand the last one is the decimal mark.
        _ if is_both => cell[last?],
        Marks::Either => b',',
        // Here a comma can only group thousands.
        Marks::Point => b'.',
    };
    let group = if decimal == b',' { b'.' } else { b',' };
    let (whole, decimals) = match memchr::memchr(decimal, cell) {
        Some(at) => (&cell[..at], Some(&cell[at + 1..])),
        None => (cell, None),
    };
    let mut parts = whole.split(|byte| *byte == group);
    let mut plain = parts.next()?.to_vec();
    let n_lead = plain.iter().filter(|byte| byte.is_ascii_digit()).count();
    if whole.contains(&group) && !(1..=3).contains(&n_lead) {
        return None;
    }
    for part in parts {
        if part.len() != 3 {
            return None;
        }
        plain.extend_from_slice(part);
    }
    if let Some(decimals) = decimals {
        plain.push(b'.');
        plain.extend_from_slice(decimals);
    }
    Some((number(&plain)?, decimal == b',' && decimals.is_some()))
}

/// A value as far as an export tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// The value itself.
    Exactly(f64),
    /// From the first value, included, to the second, not included.
    Between(f64, f64),
}

impl Reading {
    /// Whether no part of it is below 0.
    pub fn is_measured(&self) -> bool {
        let (Self::Exactly(low) | Self::Between(low, _)) = self;
        *low >= 0.0
    }
}

/// A number, or a range as dimensions have it: `065: [2 - 3)`,
/// `254: [1000 - 1500]`, `066: [3–4)`. An empty range is its one value. What
/// has a percent sign is read as a fraction, unless the values are `in_percent` anyhow.
pub fn reading(cell: &[u8], in_percent: bool) -> Option<Reading> {
    if let Some(written) = written_number(cell, Marks::Point) {
        return Some(Reading::Exactly(if written.is_percent && !in_percent {
            written.value / 100.0
        } else {
            written.value
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

#[cfg(test)]
mod tests {
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
            "0001-01-01T00:00:00Z",
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
    fn marks_mean_what_the_file_allows() {
        let point = Marks::Only(DecimalMark::Point);
        let comma = Marks::Only(DecimalMark::Comma);
        for (cell, marks, expected) in [
            ("31,5", Marks::Either, Some((31.5, false))),
            ("1,5 %", Marks::Either, Some((1.5, true))),
            ("12.5", Marks::Either, Some((12.5, false))),
            ("1.234,5", Marks::Either, Some((1234.5, false))),
            ("1,234.5", Marks::Point, Some((1234.5, false))),
            ("-1.234.567,25", Marks::Either, Some((-1_234_567.25, false))),
            ("1,2,3", Marks::Either, None),
            ("12,34.5", Marks::Either, None),
            (",234.5", Marks::Either, None),
            ("31,5", Marks::Point, None),
            ("1,234", Marks::Point, Some((1234.0, false))),
            ("21,15", Marks::Point, None),
            ("1,234", point, Some((1234.0, false))),
            ("1,234", comma, Some((1.234, false))),
            ("1.234", comma, Some((1234.0, false))),
            ("1.5", comma, None),
            ("7", comma, Some((7.0, false))),
        ] {
            let found = written_number(cell.as_bytes(), marks);
            let found = found.map(|found| (found.value, found.is_percent));
            assert_eq!(found, expected, "{cell} {marks:?}");
        }
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
                reading(cell.as_bytes(), false),
                Some(Reading::Between(low, high)),
                "{cell}"
            );
        }
        for (cell, in_percent, value) in [
            ("12.5", false, 12.5),
            ("12.5", true, 12.5),
            ("12.5%", false, 0.125),
            ("12.5 %", true, 12.5),
            ("062: [0 - 0)", false, 0.0),
        ] {
            let read = reading(cell.as_bytes(), in_percent);
            assert_eq!(read, Some(Reading::Exactly(value)), "{cell} {in_percent}");
        }
        assert_eq!(reading(b"[a - b)", false), None);
    }
}
