//! What a length of time in a cell says: `PT1M6.1191588S`, `00:01:06`, `1.02:03:04`, `1h 30m 51s`, `66`.
//!
//! ISO 8601 is the form of Microsoft Graph and of usage reports, `d.hh:mm:ss.fffffff` that of .NET, and
//! the words are those of attendance reports. Whatever else stands there is not guessed at: `47:03` may
//! be hours or minutes, and `59 Min.` is a word of a language.

/// The unit that a field is kept in, and that a bare number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Milliseconds,
    Seconds,
    Minutes,
}

/// A tenth of a microsecond, the finest that .NET and Graph write.
const TICKS_PER_SECOND: u128 = 10_000_000;

/// Units with their seconds, the longest first.
const UNITS: [(u8, u128); 4] = [(b'D', 86_400), (b'H', 3600), (b'M', 60), (b'S', 1)];

impl Unit {
    /// The unit that the table of fields names.
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "ms" => Self::Milliseconds,
            "minutes" => Self::Minutes,
            _ => Self::Seconds,
        }
    }

    fn n_ticks(self) -> u128 {
        match self {
            Self::Milliseconds => TICKS_PER_SECOND / 1000,
            Self::Seconds => TICKS_PER_SECOND,
            Self::Minutes => TICKS_PER_SECOND * 60,
        }
    }
}

/// A length of time in the unit of its field; a bare number is in that unit already.
pub(crate) fn read(cell: &[u8], unit: Unit) -> Option<f64> {
    if let Some(value) = super::cell::number(cell) {
        return Some(value);
    }
    let (is_negative, rest) = match cell.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let ticks = iso(rest).or_else(|| clock(rest)).or_else(|| words(rest))?;
    // One division of whole numbers: the nearest number there is, the same on every road to it.
    let value = ticks as f64 / unit.n_ticks() as f64;
    Some(if is_negative { -value } else { value })
}

/// `PT1H2M3.5S`, `P1DT2H`. Months and years have no length.
fn iso(text: &[u8]) -> Option<u128> {
    let rest = text.strip_prefix(b"P")?;
    let (days, time) = match memchr::memchr(b'T', rest) {
        // Behind the T something must stand.
        Some(at) if at + 1 < rest.len() => (&rest[..at], &rest[at + 1..]),
        Some(_) => return None,
        None => (rest, &b""[..]),
    };
    if rest.is_empty() {
        return None;
    }
    Some(in_units(days, &UNITS[..1])? + in_units(time, &UNITS[1..])?)
}

/// `1h 30m 51s`; parts that are zero are left out.
fn words(text: &[u8]) -> Option<u128> {
    if text.is_empty() {
        return None;
    }
    in_units(&text.to_ascii_uppercase(), &UNITS)
}

/// Numbers with their units, each unit at most once and in order.
fn in_units(text: &[u8], units: &[(u8, u128)]) -> Option<u128> {
    let mut ticks = 0;
    let mut text = text.trim_ascii();
    for (unit, n_seconds) in units {
        if let Some(at) = memchr::memchr(*unit, text) {
            ticks += ticks_of(text[..at].trim_ascii_end())? * n_seconds;
            text = text[at + 1..].trim_ascii_start();
        }
    }
    text.is_empty().then_some(ticks)
}

/// `hh:mm:ss`, `hh:mm:ss.fffffff`, `d.hh:mm:ss`.
fn clock(text: &[u8]) -> Option<u128> {
    let mut parts = text.splitn(3, |byte| *byte == b':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let (days, hours) = match memchr::memchr(b'.', hours) {
        Some(at) => (whole(&hours[..at])?, whole(&hours[at + 1..])?),
        None => (0, whole(hours)?),
    };
    let (minutes, seconds) = (whole(minutes)?, ticks_of(seconds)?);
    let is_clock = minutes < 60 && seconds < 60 * TICKS_PER_SECOND;
    is_clock.then(|| (days * 86_400 + hours * 3600 + minutes * 60) * TICKS_PER_SECOND + seconds)
}

/// A number of seconds, with decimals, in ticks; what is finer than a tick is cut off.
fn ticks_of(text: &[u8]) -> Option<u128> {
    let (seconds, decimals) = match memchr::memchr2(b'.', b',', text) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &b"0"[..]),
    };
    if decimals.is_empty() || !decimals.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digit = |idx: usize| decimals.get(idx).map_or(0, |byte| u128::from(byte - b'0'));
    let ticks = (0..7).fold(0, |ticks, idx| ticks * 10 + digit(idx));
    Some(whole(seconds)? * TICKS_PER_SECOND + ticks)
}

fn whole(digits: &[u8]) -> Option<u128> {
    if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = |value, byte: &u8| value * 10 + u128::from(byte - b'0');
    Some(digits.iter().fold(0, value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(cell: &str, seconds: f64) {
        assert_eq!(
            read(cell.as_bytes(), Unit::Seconds),
            Some(seconds),
            "{cell}"
        );
    }

    #[test]
    fn the_forms_of_graph_net_and_attendance_reports_are_read() {
        check("PT1M6.1191588S", 66.119_158_8);
        check("-PT0.5S", -0.5);
        check("PT0S", 0.0);
        check("P1DT2H3M4S", 93_784.0);
        check("P2D", 172_800.0);
        check("00:01:06", 66.0);
        check("00:01:06.1191588", 66.119_158_8);
        check("1.02:03:04", 93_784.0);
        check("-00:00:01.5", -1.5);
        check("26:00:00", 93_600.0);
        check("1h 30m 51s", 5_451.0);
        check("1h 7s", 3_607.0);
        check("51s", 51.0);
        check("1d 2h", 93_600.0);
        check("1 h 30 m", 5_400.0);
        check("219", 219.0);
        check("999999999.00:00:00", 999_999_999.0 * 86_400.0);
    }

    #[test]
    fn what_may_mean_two_things_is_not_read() {
        for cell in [
            "",
            "-",
            "P",
            "PT",
            "P1DT",
            "P1M",
            "PT1M2H",
            "PT1S2S",
            "PT1.S",
            "PT-1S",
            "T1S",
            "47:03",
            "1:60:00",
            "1:00:60",
            "1:2:3:4",
            ":::",
            "59 Min. 0 Sek.",
            "1h30",
            "30m 1h",
            "1h 1h",
            "h",
            "1hour",
            "1,5,5s",
            "--PT1S",
            "9999999999s",
        ] {
            assert_eq!(read(cell.as_bytes(), Unit::Seconds), None, "{cell}");
        }
    }

    #[test]
    fn a_field_keeps_its_unit() {
        assert_eq!(read(b"PT1.5S", Unit::Milliseconds), Some(1500.0));
        assert_eq!(read(b"1h 30m", Unit::Minutes), Some(90.0));
        assert_eq!(read(b"90", Unit::Minutes), Some(90.0));
        assert_eq!(Unit::of("ms"), Unit::Milliseconds);
        assert_eq!(Unit::of("minutes"), Unit::Minutes);
        assert_eq!(Unit::of("seconds"), Unit::Seconds);
    }

    proptest! {
        #[test]
        fn every_form_of_a_length_reads_back_to_the_millisecond(ms in 0u64..100 * 86_400_000, is_negative: bool) {
            let (days, hours) = (ms / 86_400_000, ms / 3_600_000 % 24);
            let (minutes, seconds, rest) = (ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
            let sign = if is_negative { "-" } else { "" };
            for form in [
                format!("{sign}P{days}DT{hours}H{minutes}M{seconds}.{rest:03}S"),
                format!("{sign}PT{}.{rest:03}0000S", ms / 1000),
                format!("{sign}{days}.{hours:02}:{minutes:02}:{seconds:02}.{rest:03}0000"),
                format!("{sign}{days}d {hours}h {minutes}m {seconds}.{rest:03}s"),
            ] {
                let expected = if is_negative { -(ms as f64) } else { ms as f64 };
                prop_assert_eq!(read(form.as_bytes(), Unit::Milliseconds), Some(expected), "{}", form);
                prop_assert_eq!(read(form.as_bytes(), Unit::Seconds), Some(expected / 1000.0), "{}", form);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "[-PTDHMSdhms0-9:., ]{0,24}") {
            if let Some(value) = read(text.as_bytes(), Unit::Seconds) {
                prop_assert!(value.is_finite());
            }
        }
    }
}
