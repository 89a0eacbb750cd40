//! Numbers as English readers expect them: 38,112 and 2.7 %. The marks may be those of another language.

use std::cell::Cell;

use crate::protocol::Rate;

/// What stands where the export says nothing.
const ABSENT: &str = "–";

thread_local! {
    /// What stands between thousands, and before decimals.
    static MARKS: Cell<[char; 2]> = const { Cell::new([',', '.']) };
}

/// Takes the marks from 12345.6 as a language writes it; keeps the present ones if they cannot be told.
pub(crate) fn take_marks(written: &str) {
    let mut marks = written.split(|c: char| c.is_ascii_digit());
    let mut mark = || {
        let mut letters = marks.find(|mark| !mark.is_empty())?.chars();
        letters.next().filter(|_| letters.next().is_none())
    };
    if let (Some(thousands), Some(decimals), None) = (mark(), mark(), mark()) {
        MARKS.set([thousands, decimals]);
    }
}

/// A count with thousands separators.
pub(crate) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// A count with its noun: "1 file", "3 files".
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    let noun = if n == 1 { one } else { many };
    format!("{} {noun}", count(n))
}

/// A measure with so many decimals, or a dash where there is none.
pub(crate) fn decimal(value: Option<f64>, n_decimals: usize) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else {
        return ABSENT.to_owned();
    };
    let text = format!("{:.n_decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_negative = value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let sign = if is_negative { "−" } else { "" };
    let mut words = sign.to_owned() + &grouped(whole);
    if !fraction.is_empty() {
        words.push(MARKS.get()[1]);
        words += fraction;
    }
    words
}

/// A rate: "2.7 %".
pub(crate) fn percent(rate: &Rate) -> String {
    format!("{} %", decimal(Some(rate.percent), decimals_of(rate)))
}

/// The interval of a rate: "2.6 to 2.9 %".
pub(crate) fn interval(rate: &Rate) -> String {
    let n_decimals = decimals_of(rate);
    let low = decimal(Some(rate.low), n_decimals);
    let high = decimal(Some(rate.high), n_decimals);
    format!("{low} to {high} %")
}

/// A rate with its interval: "2.7 % (2.6 to 2.9 %)".
pub(crate) fn rate(rate: &Rate) -> String {
    format!("{} ({})", percent(rate), interval(rate))
}

/// A file's size.
pub(crate) fn bytes(n_bytes: u64) -> String {
    const STEPS: [(&str, f64); 3] = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)];
    let size = n_bytes as f64;
    STEPS.iter().find(|(_, step)| *step <= size).map_or_else(
        || counted(n_bytes, "byte", "bytes"),
        |(unit, step)| {
            format!(
                "{} {unit}",
                decimal(Some(size / step), usize::from(size / step < 100.0))
            )
        },
    )
}

/// Small rates get a second decimal, so that they do not read as none.
fn decimals_of(rate: &Rate) -> usize {
    if 0.0 < rate.percent && rate.percent < 1.0 && rate.high < 10.0 {
        2
    } else {
        1
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx != 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(MARKS.get()[0]);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{bytes, count, counted, decimal, rate, take_marks};
    use crate::protocol::Rate;

    #[test]
    fn counts_are_grouped_by_thousands() {
        let counts = [0, 12, 999, 1_000, 38_112, 1_000_000].map(count);
        assert_eq!(counts, ["0", "12", "999", "1,000", "38,112", "1,000,000"]);
    }

    #[test]
    fn numbers_are_written_with_the_marks_of_a_language() {
        // Each test has a thread, and so marks, of its own.
        for (written, expected) in [
            ("12.345,6", ["38.112", "2,7"]),
            ("12\u{202f}345,6", ["38\u{202f}112", "2,7"]),
            ("12’345.6", ["38’112", "2.7"]),
            // What cannot be told changes nothing.
            ("12345,6", ["38’112", "2.7"]),
            ("١٢٬٣٤٥٫٦", ["38’112", "2.7"]),
            ("12 000 345,6", ["38’112", "2.7"]),
        ] {
            take_marks(written);
            assert_eq!(
                [count(38_112), decimal(Some(2.71), 1)],
                expected,
                "{written}"
            );
        }
    }

    #[test]
    fn a_noun_agrees_with_its_count() {
        assert_eq!(counted(1, "file", "files"), "1 file");
        assert_eq!(counted(0, "file", "files"), "0 files");
    }

    #[test]
    fn a_measure_that_is_absent_is_a_dash() {
        assert_eq!(decimal(None, 1), "–");
        assert_eq!(decimal(Some(f64::NAN), 1), "–");
    }

    #[test]
    fn a_measure_rounds_and_keeps_its_sign() {
        assert_eq!(decimal(Some(1234.56), 1), "1,234.6");
        assert_eq!(decimal(Some(-2.0), 0), "−2");
        assert_eq!(decimal(Some(-0.01), 1), "0.0");
    }

    #[test]
    fn a_rate_is_shown_with_its_interval() {
        let poor = Rate {
            percent: 2.713,
            low: 2.55,
            high: 2.88,
        };
        assert_eq!(rate(&poor), "2.7 % (2.5 to 2.9 %)");
    }

    #[test]
    fn a_small_rate_does_not_read_as_none() {
        let poor = Rate {
            percent: 0.04,
            low: 0.01,
            high: 0.09,
        };
        assert_eq!(rate(&poor), "0.04 % (0.01 to 0.09 %)");
    }

    #[test]
    fn no_poor_stream_reads_as_none() {
        let poor = Rate {
            percent: 0.0,
            low: 0.0,
            high: 8.57,
        };
        assert_eq!(rate(&poor), "0.0 % (0.0 to 8.6 %)");
    }

    #[test]
    fn sizes_have_units() {
        let sizes = [1, 999, 1_500, 12_345_678, 300_000_000, 2_000_000_000].map(bytes);
        assert_eq!(
            sizes,
            [
                "1 byte",
                "999 bytes",
                "1.5 kB",
                "12.3 MB",
                "300 MB",
                "2.0 GB"
            ]
        );
    }
}
