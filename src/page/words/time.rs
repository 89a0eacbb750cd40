//! Dates and times in UTC, from milliseconds since 1970. Knows no time zone and no clock.

use crate::calendar::{Date, MS_PER_DAY};

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

#[cfg(test)]
mod tests {
    use super::{date, date_time};

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
