//! Dates and times in UTC, from milliseconds since 1970. Knows no time zone and no clock.
//!
//! The calendar is Howard Hinnant's `civil_from_days`: <https://howardhinnant.github.io/date_algorithms.html>

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const MS_PER_MINUTE: i64 = 60_000;
const MS_PER_DAY: i64 = 86_400_000;

/// A day: "1 Mar 2026".
pub(crate) fn date(epoch_ms: i64) -> String {
    let (year, month_idx, day) = civil(epoch_ms.div_euclid(MS_PER_DAY));
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

/// Year, month (from 0) and day of a day since 1970.
fn civil(day: i64) -> (i64, usize, i64) {
    const DAYS_PER_ERA: i64 = 146_097;
    // Years start in March, so that the leap day is the last one.
    let day = day + 719_468;
    let era = day.div_euclid(DAYS_PER_ERA);
    let day_of_era = day.rem_euclid(DAYS_PER_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month_idx = usize::try_from((march_month + 2) % 12).unwrap_or_default();
    let year = year_of_era + era * 400 + i64::from(month_idx < 2);
    (year, month_idx, day_of_month)
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
