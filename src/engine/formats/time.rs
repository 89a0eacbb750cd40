//! What a date, or a date and time, of a cell says. Knows the forms of services and spreadsheets.
//!
//! Most forms say by themselves which number is the day: ISO 8601, a year in front, points between.
//! `03/04/2026` does not; then the whole file has to decide, and both readings are kept until it has.

use crate::calendar::{Date, MS_PER_DAY};

/// What a cell says, in milliseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeReading {
    /// This time.
    Exactly(i64),
    /// A form that leaves the order of day and month open; a side is `None` if it is no date in that order.
    ByOrder {
        /// With the day first.
        day_first: Option<i64>,
        /// With the month first.
        month_first: Option<i64>,
    },
}

/// Reads a date, or a date and time. A time without an offset is UTC, as all these exports have it.
pub fn time(cell: &[u8]) -> Option<TimeReading> {
    let text = std::str::from_utf8(cell).ok()?;
    let border = |letter: char| letter == 'T' || letter.is_whitespace();
    let (date, rest) = match text.find(border) {
        Some(at) => {
            let rest = &text[at..];
            (&text[..at], rest.trim_start_matches('T').trim())
        }
        None => (text, ""),
    };
    let date = date.trim_end_matches(',');
    let separator = date.chars().find(|letter| !letter.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let mut parts = date.splitn(3, separator);
    let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
    let ms = time_of_day_ms(rest)?;
    let at = |days: Option<i64>| Some(days? * MS_PER_DAY + ms);
    if one.len() == 4 {
        return at(days_since_1970(one, two, three)).map(TimeReading::Exactly);
    }
    let year = full_year(three)?;
    let day_first = at(days_since_1970(&year, two, one));
    if separator == '.' {
        return day_first.map(TimeReading::Exactly);
    }
    let month_first = at(days_since_1970(&year, one, two));
    match (day_first, month_first) {
        (None, None) => None,
        (Some(day), Some(month)) if day == month => Some(TimeReading::Exactly(day)),
        _ => Some(TimeReading::ByOrder {
            day_first,
            month_first,
        }),
    }
}

/// Services and spreadsheets write the years of this century with two digits.
fn full_year(year: &str) -> Option<String> {
    match year.len() {
        4 => Some(year.to_owned()),
        2 => Some(format!("20{year}")),
        _ => None,
    }
}

/// Milliseconds of `14:05:06.1234567Z`, `2:05 PM`, `14:05:06 +02:00` and so on, before midnight UTC where
/// an offset says so; 0 for no time at all.
fn time_of_day_ms(rest: &str) -> Option<i64> {
    if rest.is_empty() {
        return Some(0);
    }
    let upper = rest.to_ascii_uppercase();
    let rest = upper.trim_end_matches(" UTC").trim_end_matches(" GMT");
    let half_ms = MS_PER_DAY / 2;
    for (half, offset_ms) in [("AM", 0), ("PM", half_ms)] {
        if let Some(clock) = rest.strip_suffix(half) {
            let ms = clock_ms(clock.trim_end())?;
            let hour_ms = 3_600_000;
            let is_half_day = (hour_ms..13 * hour_ms).contains(&ms);
            return is_half_day.then(|| ms % half_ms + offset_ms);
        }
    }
    let (clock, offset_minutes) = split_offset(rest)?;
    Some(clock_ms(clock)? - offset_minutes * 60_000)
}

/// A time of day, and what stands behind it: `Z`, `+02:00` or nothing, which is UTC.
fn split_offset(rest: &str) -> Option<(&str, i64)> {
    if let Some(clock) = rest.strip_suffix('Z') {
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
        Some(seconds) => seconds.split_once(['.', ',']).unwrap_or((seconds, "")),
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
    use callscope_kernel::cells::service_time;
    use proptest::prelude::*;

    use super::*;

    fn ms(cell: &str) -> Option<i64> {
        match time(cell.as_bytes())? {
            TimeReading::Exactly(ms) => Some(ms),
            TimeReading::ByOrder { .. } => None,
        }
    }

    proptest! {
        #[test]
        fn times_of_services_are_read_as_all_times_are(
            cell in "[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z?",
        ) {
            let found = service_time(cell.as_bytes());
            let is_early = cell.starts_with('0');
            prop_assert_eq!(found, ms(&cell).filter(|_| !is_early));
        }
    }

    #[test]
    fn times_that_say_all_by_themselves_are_read_in_each_form() {
        let expected = Some(1_793_455_506_000);
        for form in [
            "2026-10-31T14:05:06Z",
            "2026-10-31 14:05:06",
            "2026-10-31T14:05:06.0000000",
            "2026-10-31T16:05:06+02:00",
            "2026-10-31 14:05:06 +00:00",
            "2026/10/31 2:05:06 PM",
            "31.10.2026 14:05:06",
            "31.10.26, 14:05:06",
            "2026-10-31 14:05:06 UTC",
        ] {
            assert_eq!(ms(form), expected, "{form}");
        }
        assert_eq!(ms("2026-10-31T14:05:06.789123"), Some(1_793_455_506_789));
        assert_eq!(ms("1970-01-01"), Some(0));
        assert_eq!(ms("1969-12-31T23:59:59.999Z"), Some(-1));
        assert_eq!(ms("2024-02-29"), Some(1_709_164_800_000));
        assert_eq!(ms("1/1/2026 12:00:00 AM"), ms("2026-01-01"));
    }

    #[test]
    fn an_open_order_gives_both_readings() {
        let read = |cell: &str| match time(cell.as_bytes()).expect("a date") {
            TimeReading::Exactly(ms) => [Some(ms); 2],
            TimeReading::ByOrder {
                day_first,
                month_first,
            } => [day_first, month_first],
        };
        let day = |text: &str| ms(text);
        assert_eq!(read("03/04/2026"), [day("2026-04-03"), day("2026-03-04")]);
        assert_eq!(
            read("10/31/2026 2:05:06 PM"),
            [None, Some(1_793_455_506_000)]
        );
        assert_eq!(
            read("7/22/26, 7:00:11\u{202F}PM"),
            [None, day("2026-07-22 19:00:11")]
        );
        assert_eq!(read("31-10-2026 14:05"), [day("2026-10-31 14:05"), None]);
    }

    #[test]
    fn what_is_no_time_is_none() {
        for word in [
            "",
            "2026-02-29",
            "2026-13-01",
            "32/10/2026 14:05",
            "13/13/2026",
            "soon",
            "2026-10-31T25:00",
            "10/31/2026 14:05 PM",
            "1/2/3",
            "2026",
            "10:31",
        ] {
            assert_eq!(time(word.as_bytes()), None, "{word}");
        }
    }
}
