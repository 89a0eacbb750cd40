//! A share with its 95 % Wilson interval: honest for few streams, where the usual interval is not.
//!
//! <https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval>

use crate::protocol::Rate;

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Poor / (Poor + Good) in percent; `None` if nothing was judged.
pub fn poor_rate(n_poor: u64, n_good: u64) -> Option<Rate> {
    let n = (n_poor + n_good) as f64;
    if n == 0.0 {
        return None;
    }
    let share = n_poor as f64 / n;
    let center = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Some(Rate {
        percent: 100.0 * share,
        // At the ends the interval touches 0 or 100 exactly; rounding must not carry it beyond.
        low: if n_poor == 0 {
            0.0
        } else {
            100.0 * (center - half) / scale
        },
        high: if n_good == 0 {
            100.0
        } else {
            100.0 * (center + half) / scale
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(n_poor: u64, n_good: u64) -> Option<(f64, f64, f64)> {
        let round = |value: f64| (value * 1000.0).round() / 1000.0;
        poor_rate(n_poor, n_good)
            .map(|rate| (round(rate.percent), round(rate.low), round(rate.high)))
    }

    /// Expected values from the closed formula in 50 digits.
    #[test]
    fn the_interval_is_that_of_wilson() {
        assert_eq!(rounded(0, 12), Some((0.0, 0.0, 24.249)));
        assert_eq!(rounded(12, 0), Some((100.0, 75.751, 100.0)));
        assert_eq!(rounded(10, 90), Some((10.0, 5.523, 17.437)));
        assert_eq!(rounded(0, 0), None);
    }
}
