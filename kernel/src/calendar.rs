//! Days of the Gregorian calendar by number. Knows no time zone and no clock.
//!
//! The algorithms are Howard Hinnant's: <https://howardhinnant.github.io/date_algorithms.html>. Years
//! start in March, so that the leap day is the last one.

/// Milliseconds of a day.
pub const MS_PER_DAY: i64 = 86_400_000;

const DAYS_PER_ERA: i64 = 146_097;

/// Days from the first day of year 0, which starts in March, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// A day. Months and days count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// The month, 1 to 12.
    pub month: i64,
    /// The day of the month.
    pub day: i64,
}

impl Date {
    /// Days since 1970-01-01; `None` if there is no such day.
    pub fn days_since_1970(self) -> Option<i64> {
        const DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let Self { year, month, day } = self;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let month_idx = usize::try_from(month - 1).ok()?;
        let n_days = DAYS.get(month_idx)? + i64::from(is_leap && month == 2);
        if day < 1 || day > n_days {
            return None;
        }
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970)
    }

    /// The day that is so many days after 1970-01-01.
    pub fn from_days_since_1970(days: i64) -> Self {
        let days = days + DAYS_TO_1970;
        let era = days.div_euclid(DAYS_PER_ERA);
        let day_of_era = days.rem_euclid(DAYS_PER_ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = (march_month + 2) % 12 + 1;
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn every_day_of_eight_centuries_follows_the_one_before() {
        let first = Date {
            year: 1600,
            month: 1,
            day: 1,
        };
        let start = first.days_since_1970().expect("there is such a day");
        for days in start..start + 2 * 146_097 {
            let date = Date::from_days_since_1970(days);
            assert_eq!(date.days_since_1970(), Some(days), "{date:?}");
        }
        assert_eq!(start, -135_140);
    }
}
