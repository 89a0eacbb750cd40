//! Dates and times in UTC, from milliseconds since 1970. Knows no time zone and no clock.

use super::counted;
use crate::calendar::{Date, MS_PER_DAY};
use crate::protocol::Days;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const MS_PER_MINUTE: i64 = 60_000;

/// A day: "1 Mar 2026".
pub(crate) fn date(epoch_ms: i64) -> String {
    let Date { year, month, day } = Date::from_days_since_1970(epoch_ms.div_euclid(MS_PER_DAY));
    let month_idx = usize::try_from(month - 1).unwrap_or_default();
    format!("{day} {} {year}", MONTHS[month_idx])
}

/// A day and its minute: "1 Mar 2026, 14:05 UTC".
pub(crate) fn date_time(epoch_ms: i64) -> String {
    let minute = epoch_ms.rem_euclid(MS_PER_DAY) / MS_PER_MINUTE;
    format!(
        "{}, {:02}:{:02} UTC",
        date(epoch_ms),
        minute / 60,
        minute % 60
    )
}

/// The day of a time, by its number.
pub(crate) fn day_of(epoch_ms: i64) -> i32 {
    epoch_ms.div_euclid(MS_PER_DAY) as i32
}

/// A day as date fields of browsers have it: "2026-03-01".
pub(crate) fn day(day: i32) -> String {
    let Date { year, month, day } = Date::from_days_since_1970(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day that a date field says; `None` while it is empty or not whole.
pub(crate) fn day_in(text: &str) -> Option<i32> {
    let number = |part: &str| part.parse::<i32>().ok().map(i64::from);
    let mut parts = text.split('-').map(number);
    let date = Date {
        year: parts.next()??,
        month: parts.next()??,
        day: parts.next()??,
    };
    i32::try_from(date.days_since_1970()?).ok()
}

/// Which days count, and how many streams belong to none.
pub(crate) fn days_sentence(days: Days, n_undated: u64) -> String {
    if let (Some(first), Some(last)) = (days.first, days.last)
        && first > last
    {
        return "From is later than To, so no day is left.".to_owned();
    }
    let mut words = "Only streams that ended on these days (UTC) count.".to_owned();
    if n_undated != 0 {
        let left_out = counted(n_undated, "stream is", "streams are");
        words += &format!(" {left_out} left out: the files do not say when.");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{date, date_time, day, day_in, day_of, days_sentence};
    use crate::protocol::Days;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        for number in [-1, 0, 20_513, -700_000, 2_000_000] {
            assert_eq!(day_in(&day(number)), Some(number), "{}", day(number));
        }
        assert_eq!(day(day_of(1_772_373_900_000)), "2026-03-01");
        assert_eq!(day(day_of(-1)), "1969-12-31");
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-13-01",
            "x-1-1",
            "9223372036854775807-01-01",
        ] {
            assert_eq!(day_in(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_choice_of_days_leaves_out_is_told() {
        let days = |first, last| Days {
            first: Some(first),
            last: Some(last),
        };
        assert_eq!(
            days_sentence(days(1, 1), 0),
            "Only streams that ended on these days (UTC) count."
        );
        assert_eq!(
            days_sentence(days(1, 2), 1_204),
            "Only streams that ended on these days (UTC) count. 1,204 streams are left out: the files do not say when."
        );
        assert_eq!(
            days_sentence(days(2, 1), 1_204),
            "From is later than To, so no day is left."
        );
    }

    #[test]
    fn a_time_is_shown_in_utc() {
        assert_eq!(date_time(0), "1 Jan 1970, 00:00 UTC");
        assert_eq!(date_time(1_772_373_900_000), "1 Mar 2026, 14:05 UTC");
    }

    #[test]
    fn leap_days_and_year_ends_are_right() {
        let days = [951_782_400_000, 1_709_164_800_000, 1_735_689_599_999, -1].map(date);
        assert_eq!(
            days,
            ["29 Feb 2000", "29 Feb 2024", "31 Dec 2024", "31 Dec 1969"]
        );
    }
}
