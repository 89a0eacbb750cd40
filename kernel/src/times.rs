//! What the times of many rows tell, two rows at a time. Times are milliseconds since 1970.

use std::ops::Range;

use wide::i64x2;

use crate::bits::WORD_BITS;

/// Stands for a time that is not known.
pub const NO_TIME: i64 = i64::MIN;

/// So many rows are looked at together.
const N_LANES: usize = 2;

/// The first one of these times, if any is known.
#[inline(never)]
pub fn first_known(times: &[i64]) -> Option<i64> {
    // One less, what is not known is behind all others.
    let later = |time: i64| time.wrapping_sub(1);
    let (lanes, rest) = times.as_chunks::<N_LANES>();
    let mut first = i64x2::splat(later(NO_TIME));
    let one = i64x2::splat(1);
    for lane in lanes {
        let later = i64x2::new(*lane) - one;
        first = later.simd_lt(first).select(later, first);
    }
    let rest = rest.iter().map(|time| later(*time));
    let first = first.to_array().into_iter().chain(rest).min()?;
    (first != later(NO_TIME)).then(|| first + 1)
}

/// Of how many rows the second time is known and lies before the first one, and of how many both are known and the
/// first one lies before `first_ms`.
#[inline(never)]
pub fn odd(firsts: &[i64], seconds: &[i64], first_ms: i64) -> [u64; 2] {
    let nothing = i64x2::splat(NO_TIME);
    let first_times = i64x2::splat(first_ms);
    let mut n = [i64x2::ZERO; 2];
    let (lanes, rest) = firsts.as_chunks::<N_LANES>();
    let (second_lanes, second_rest) = seconds.as_chunks::<N_LANES>();
    for (first, second) in lanes.iter().zip(second_lanes) {
        let (first, second) = (i64x2::new(*first), i64x2::new(*second));
        // What is not known lies before all that is. What is true is one below zero.
        let is_known = second.simd_gt(nothing);
        n[0] -= is_known & first.simd_gt(second);
        n[1] -= is_known & first.simd_gt(nothing) & first_times.simd_gt(first);
    }
    let mut n = n.map(|lanes| lanes.to_array().iter().sum::<i64>().cast_unsigned());
    for (first, second) in rest.iter().zip(second_rest) {
        let is_known = *second != NO_TIME;
        n[0] += u64::from(is_known && second < first);
        n[1] += u64::from(is_known && *first != NO_TIME && *first < first_ms);
    }
    n
}

/// Looks at the times of some words of rows: leaves out the rows whose time is not one of these, and gives those of
/// them whose time is not known in `timeless`.
#[inline(never)]
pub(crate) fn keep(words: &mut [u64], times: &[i64], kept: &Range<i64>, timeless: &mut [u64]) {
    let (start, end) = (i64x2::splat(kept.start), i64x2::splat(kept.end));
    let nothing = i64x2::splat(NO_TIME);
    let words = words.iter_mut().zip(timeless);
    for ((word, timeless), times) in words.zip(times.chunks(WORD_BITS)) {
        let (mut is_kept, mut is_known) = (0, 0);
        let (lanes, rest) = times.as_chunks::<N_LANES>();
        for (idx, lane) in lanes.iter().enumerate() {
            let (time, shift) = (i64x2::new(*lane), N_LANES * idx);
            let within = time.simd_lt(end) & !time.simd_lt(start);
            is_kept |= u64::from(within.to_bitmask()) << shift;
            is_known |= u64::from(time.simd_gt(nothing).to_bitmask()) << shift;
        }
        if let [time] = rest {
            let shift = times.len() - 1;
            is_kept |= u64::from(kept.contains(time)) << shift;
            is_known |= u64::from(*time != NO_TIME) << shift;
        }
        *timeless = *word & !is_known;
        *word &= is_kept;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn time() -> impl Strategy<Value = i64> {
        prop_oneof![Just(NO_TIME), Just(NO_TIME + 1), Just(i64::MAX), -9_i64..9]
    }

    proptest! {
        #[test]
        fn lanes_tell_what_a_look_at_each_row_tells(
            rows in prop::collection::vec((time(), time()), 0..9),
            first_ms in -9_i64..9,
        ) {
            let (starts, ends): (Vec<_>, Vec<_>) = rows.iter().copied().unzip();
            let known = ends.iter().copied().filter(|end| *end != NO_TIME);
            prop_assert_eq!(first_known(&ends), known.min());
            let known = rows.iter().filter(|(start, end)| *start != NO_TIME && *end != NO_TIME);
            let n_backwards = known.clone().filter(|(start, end)| end < start).count() as u64;
            let n_early = known.filter(|(start, _)| *start < first_ms).count() as u64;
            prop_assert_eq!(odd(&starts, &ends, first_ms), [n_backwards, n_early]);
        }
    }
}
