//! What limits tell of columns of numbers, some rows at a time. Of what they tell the highest is the worst.

use std::ops::Range;

use wide::{i16x8, i32x8, u8x16};

use crate::blocks::{self, BLOCK_ROWS};
use crate::numbers::{Numbers, Parts, Whole};

/// Nothing can be said of a row.
pub const SILENT: u8 = 0;
/// The limit is kept.
pub const KEPT: u8 = 1;
/// The limit is passed.
pub const PASSED: u8 = 2;

/// What is told of the rows of a block.
pub type Told = [u8; BLOCK_ROWS];

/// So many rows are looked at together.
const N_LANES: usize = 16;

/// When a value passes a limit. What is not a number does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// Strictly above it.
    Above(f64),
    /// At it or above.
    From(f64),
    /// Strictly below it.
    Below(f64),
    /// At it or below.
    UpTo(f64),
}

impl Limit {
    /// Whether the value passes it.
    #[inline]
    pub fn is_passed_by(self, value: f64) -> bool {
        match self {
            Self::Above(limit) => value > limit,
            Self::From(limit) => value >= limit,
            Self::Below(limit) => value < limit,
            Self::UpTo(limit) => value <= limit,
        }
    }

    fn is_for_high_values(self) -> bool {
        matches!(self, Self::Above(_) | Self::From(_))
    }
}

/// A column of numbers beside a limit.
#[derive(Debug)]
pub struct Watch<'numbers> {
    values: Parts<'numbers>,
    limit: Limit,
    /// Of whole numbers, the highest one that lies on the lower side of the limit; there may be none.
    last_low: i32,
}

impl<'numbers> Watch<'numbers> {
    /// Of these numbers.
    pub fn new(numbers: &'numbers Numbers, limit: Limit) -> Self {
        let values = numbers.parts();
        let last_low = match values {
            Parts::Short(decimals, _) => i32::from(last_low::<i16>(limit, decimals)),
            Parts::Middle(decimals, _) => last_low::<i32>(limit, decimals),
            Parts::Exact(_) => 0,
        };
        Self {
            values,
            limit,
            last_low,
        }
    }

    /// Puts what the limit tells of these rows, a block of them at most, in the first places.
    #[inline(never)]
    pub fn tell(&self, rows: Range<usize>, told: &mut Told) {
        let is_for_high = self.limit.is_for_high_values();
        match self.values {
            // The limit is one of 16 bits or the one that stands for nothing.
            Parts::Short(_, values) => {
                tell_short(&values[rows], self.last_low as i16, is_for_high, told);
            }
            Parts::Middle(_, values) => {
                tell_middle(&values[rows], self.last_low, is_for_high, told);
            }
            Parts::Exact(values) => {
                for (told, value) in told.iter_mut().zip(&values[rows]) {
                    let is_passed = self.limit.is_passed_by(*value);
                    *told = u8::from(!value.is_nan()) + u8::from(is_passed);
                }
            }
        }
    }
}

fn tell<W: Whole + PartialOrd>(values: &[W], last_low: W, is_for_high: bool, told: &mut [u8]) {
    for (told, value) in told.iter_mut().zip(values) {
        let is_said = u8::from(*value != W::NOTHING);
        let is_passed = u8::from((*value > last_low) == is_for_high);
        *told = is_said + (is_said & is_passed);
    }
}

/// The same, sixteen rows at a time.
fn tell_short(values: &[i16], last_low: i16, is_for_high: bool, told: &mut Told) {
    // A minus sign in front of lanes is a loop in WebAssembly, where lanes taken from nought are one instruction.
    let [nought, nothing, low, is_for_low] =
        [0, i16::NOTHING, last_low, -i16::from(!is_for_high)].map(i16x8::splat);
    tell_lanes(values, last_low, is_for_high, told, |values| {
        let values = i16x8::new(values);
        // What is true is one below zero.
        let is_passed = values.simd_gt(low) ^ is_for_low;
        let is_said = !values.simd_eq(nothing);
        nought - (is_said + (is_said & is_passed))
    });
}

/// The same for wider numbers.
fn tell_middle(values: &[i32], last_low: i32, is_for_high: bool, told: &mut Told) {
    let [nought, nothing, low, is_for_low] =
        [0, i32::NOTHING, last_low, -i32::from(!is_for_high)].map(i32x8::splat);
    tell_lanes(values, last_low, is_for_high, told, |values| {
        let values = i32x8::new(values);
        let is_passed = values.simd_gt(low) ^ is_for_low;
        let is_said = !values.simd_eq(nothing);
        i16x8::from_i32x8_saturate(nought - (is_said + (is_said & is_passed)))
    });
}

/// Puts what is told of half of the lanes at a time into their places, and of the rest row by row.
fn tell_lanes<W: Whole + PartialOrd>(
    values: &[W],
    last_low: W,
    is_for_high: bool,
    told: &mut Told,
    of_half: impl Fn([W; N_LANES / 2]) -> i16x8,
) {
    let (all, rest) = values.as_chunks::<N_LANES>();
    tell(
        rest,
        last_low,
        is_for_high,
        &mut told[N_LANES * all.len()..],
    );
    let (lanes, _) = told.as_chunks_mut::<N_LANES>();
    for (told, values) in lanes.iter_mut().zip(all) {
        let (halves, _) = values.as_chunks();
        *told = u8x16::narrow_i16x8(of_half(halves[0]), of_half(halves[1])).to_array();
    }
}

/// The last whole number on the lower side of a limit. The numbers that are meant stand in the order of these.
fn last_low<W: Whole>(limit: Limit, decimals: u8) -> W {
    let is_low =
        |whole: &W| limit.is_passed_by(whole.number(decimals)) != limit.is_for_high_values();
    let (mut last, mut step) = (W::NOTHING, 1_i64 << (8 * size_of::<W>() - 1));
    while step > 0 {
        let next = W::of(last.into() + step).filter(is_low);
        if let Some(next) = next {
            last = next;
        } else {
            step /= 2;
        }
    }
    last
}

/// How many numbers pass a limit.
pub fn n_passed(numbers: &Numbers, limit: Limit) -> usize {
    let watch = Watch::new(numbers, limit);
    let mut n_passed = 0;
    let mut told = [SILENT; BLOCK_ROWS];
    blocks::each(numbers.n_rows(), &mut |rows| {
        let n_rows = rows.len();
        watch.tell(rows, &mut told);
        n_passed += count_passed(&told[..n_rows]);
    });
    n_passed
}

#[inline(never)]
fn count_passed(told: &[u8]) -> usize {
    let (lanes, rest) = told.as_chunks::<N_LANES>();
    let passed = |told: &[u8; N_LANES]| u8x16::new(*told).simd_eq(u8x16::splat(PASSED));
    let n_passed = |told| passed(told).to_bitmask().count_ones() as usize;
    let n_rest: usize = rest.iter().map(|told| usize::from(*told == PASSED)).sum();
    lanes.iter().map(n_passed).sum::<usize>() + n_rest
}

/// Where more is told, the worse of both counts.
#[inline(never)]
pub fn take_worse(told: &mut Told, more: &Told) {
    turn(told, more, u8x16::max);
}

/// Where nothing was told, what is told now counts.
#[inline(never)]
pub fn take_next(told: &mut Told, more: &Told) {
    turn(told, more, |told, more| {
        told | more & told.simd_eq(u8x16::splat(SILENT))
    });
}

/// Where the mark is this one, nothing is told.
#[inline(never)]
pub fn silence(told: &mut Told, marks: &Told, mark: u8) {
    turn(told, marks, |told, marks| {
        told & !marks.simd_eq(u8x16::splat(mark))
    });
}

/// That a limit is passed counts only where the other one is, too; else nothing is told.
#[inline(never)]
pub fn take_back(told: &mut Told, other: &Told) {
    let passed = u8x16::splat(PASSED);
    turn(told, other, |told, other| {
        told & (!told.simd_eq(passed) | other.simd_eq(passed))
    });
}

/// Leaves what is told of rows of a kind, and nothing of others.
#[inline(never)]
pub fn keep_kind(told: &mut Told, kinds: &Told, kind: u8) {
    turn(told, kinds, |told, kinds| {
        told & kinds.simd_eq(u8x16::splat(kind))
    });
}

fn turn(all: &mut Told, others: &Told, turned: impl Fn(u8x16, u8x16) -> u8x16) {
    let (all, _) = all.as_chunks_mut::<N_LANES>();
    let (others, _) = others.as_chunks::<N_LANES>();
    for (told, other) in all.iter_mut().zip(others) {
        *told = turned(u8x16::new(*told), u8x16::new(*other)).to_array();
    }
}

/// Puts what stands for each thing that is told in its place, as far as there is room.
#[inline(never)]
pub fn translate<const N: usize>(told: &Told, words: &[u8; N], room: &mut [u8]) {
    for (place, told) in room.iter_mut().zip(told) {
        *place = words[usize::from(*told) % N];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limit() -> impl Strategy<Value = Limit> {
        let at = prop_oneof![
            (-400_i32..400).prop_map(|whole| f64::from(whole) / 100.0),
            Just(327.67),
            Just(-2_147_483_647.0),
            any::<f64>(),
            Just(f64::NAN),
            Just(f64::INFINITY),
            Just(f64::NEG_INFINITY),
        ];
        (at, 0..4).prop_map(|(at, side)| match side {
            0 => Limit::Above(at),
            1 => Limit::From(at),
            2 => Limit::Below(at),
            _ => Limit::UpTo(at),
        })
    }

    fn values() -> impl Strategy<Value = Vec<f64>> {
        let nothing = Just(f64::NAN).boxed();
        let hundredths = (-400_i32..400)
            .prop_map(|whole| f64::from(whole) / 100.0)
            .boxed();
        let short = prop_oneof![
            nothing.clone(),
            hundredths.clone(),
            Just(327.67),
            Just(-327.67)
        ];
        let middle = prop_oneof![
            nothing.clone(),
            Just(-2_147_483_647.0),
            Just(2_147_483_647.0),
            (-9..9_i32).prop_map(f64::from)
        ];
        let exact = prop_oneof![nothing, hundredths, any::<f64>(), Just(f64::INFINITY)];
        let of = |value: BoxedStrategy<f64>| prop::collection::vec(value, 0..1500);
        prop_oneof![of(short.boxed()), of(middle.boxed()), of(exact.boxed())]
    }

    proptest! {
        #[test]
        fn a_limit_tells_of_a_column_what_it_tells_of_each_number(values in values(), limit in limit()) {
            let numbers = Numbers::packed(&values);
            let mut told = Vec::new();
            blocks::each(values.len(), &mut |rows| {
                let (n_rows, mut block) = (rows.len(), [9; BLOCK_ROWS]);
                Watch::new(&numbers, limit).tell(rows, &mut block);
                told.extend_from_slice(&block[..n_rows]);
            });
            let passing = values.iter().filter(|value| limit.is_passed_by(**value));
            prop_assert_eq!(n_passed(&numbers, limit), passing.count());
            let expected = values.iter().map(|value| match (value.is_nan(), limit.is_passed_by(*value)) {
                (true, _) => SILENT,
                (false, false) => KEPT,
                (false, true) => PASSED,
            });
            prop_assert_eq!(told, expected.collect::<Vec<_>>());
        }
    }
}
