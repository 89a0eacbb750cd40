//! A column of numbers, as narrow as what exports write allows, and exact to the last bit.
//!
//! Exports write decimals of few digits: 5.46, 122.4, 53865. Such a number is kept as a whole one and a count of
//! decimals that the column has in common. Divided by its power of ten, a whole number below 2^53 gives the very
//! number that the decimal is read as: both are the nearest one to the same fraction.

use wide::f64x2;

/// The powers of ten by which whole numbers are divided.
const POWERS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/// Numbers; not a number where nothing is said.
#[derive(Debug, Clone)]
pub struct Numbers {
    decimals: u8,
    values: Values,
}

#[derive(Debug, Clone)]
enum Values {
    Short(Vec<i16>),
    Middle(Vec<i32>),
    /// As they are; they have no decimals in common.
    Exact(Vec<f64>),
}

/// How wide values are, from narrow to wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Short,
    Middle,
    Exact,
}

/// Whole numbers as they are kept.
pub(crate) trait Whole: Copy + PartialEq + TryFrom<i64> + Into<i64> {
    /// Stands for a number that nothing is said of.
    const NOTHING: Self;

    #[inline]
    fn of(whole: i64) -> Option<Self> {
        let fitting = Self::try_from(whole).ok()?;
        (fitting != Self::NOTHING).then_some(fitting)
    }

    #[inline]
    fn whole(self) -> Option<i64> {
        (self != Self::NOTHING).then(|| self.into())
    }

    #[inline]
    fn number(self, decimals: u8) -> f64 {
        self.whole().map_or(f64::NAN, |whole| {
            whole as f64 / POWERS[usize::from(decimals)]
        })
    }
}

impl Whole for i16 {
    const NOTHING: Self = Self::MIN;
}

impl Whole for i32 {
    const NOTHING: Self = Self::MIN;
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            decimals: 0,
            values: Values::Short(Vec::new()),
        }
    }
}

/// The parts of a column as they cross between workers.
#[derive(Debug)]
pub enum Parts<'numbers> {
    /// Whole numbers of 16 bits, and how many decimals they have.
    Short(u8, &'numbers [i16]),
    /// The same of 32 bits.
    Middle(u8, &'numbers [i32]),
    /// Numbers as they are.
    Exact(&'numbers [f64]),
}

impl Numbers {
    /// These numbers, in as few bytes as they need.
    #[inline(never)]
    pub fn packed(values: &[f64]) -> Self {
        let Some((decimals, largest)) = common_decimals(values) else {
            return Self::of_exact(values.to_vec());
        };
        let power = POWERS[usize::from(decimals)];
        // The lowest bits are the whole number, below zero as above it.
        let whole = |value: f64| (value * power + ROUNDING).to_bits() as u32;
        let values = if largest <= f64::from(i16::MAX) {
            let short = |value: &f64| {
                if value.is_nan() {
                    i16::NOTHING
                } else {
                    whole(*value).cast_signed() as i16
                }
            };
            Values::Short(values.iter().map(short).collect())
        } else {
            let middle = |value: &f64| {
                if value.is_nan() {
                    i32::NOTHING
                } else {
                    whole(*value).cast_signed()
                }
            };
            Values::Middle(values.iter().map(middle).collect())
        };
        Self { decimals, values }
    }

    /// Numbers as they are, as `parts` gave them.
    pub fn of_exact(values: Vec<f64>) -> Self {
        Self {
            decimals: 0,
            values: Values::Exact(values),
        }
    }

    /// Whole numbers of 16 bits with so many decimals, as `parts` gave them.
    pub fn of_short(decimals: u8, values: Vec<i16>) -> Self {
        Self {
            decimals,
            values: Values::Short(values),
        }
    }

    /// Whole numbers of 32 bits with so many decimals, as `parts` gave them.
    pub fn of_middle(decimals: u8, values: Vec<i32>) -> Self {
        Self {
            decimals,
            values: Values::Middle(values),
        }
    }

    /// The same, to be taken apart.
    pub fn parts(&self) -> Parts<'_> {
        match &self.values {
            Values::Short(values) => Parts::Short(self.decimals, values),
            Values::Middle(values) => Parts::Middle(self.decimals, values),
            Values::Exact(values) => Parts::Exact(values),
        }
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        match &self.values {
            Values::Short(values) => values.len(),
            Values::Middle(values) => values.len(),
            Values::Exact(values) => values.len(),
        }
    }

    /// The number of a row.
    #[inline]
    pub fn get(&self, row: usize) -> f64 {
        match &self.values {
            Values::Short(values) => values[row].number(self.decimals),
            Values::Middle(values) => values[row].number(self.decimals),
            Values::Exact(values) => values[row],
        }
    }

    /// All numbers in order.
    pub fn iter(&self) -> impl Iterator<Item = f64> {
        (0..self.n_rows()).map(|row| self.get(row))
    }

    /// Appends numbers.
    pub fn extend(&mut self, more: &[f64]) {
        self.append(Self::packed(more));
    }

    /// Appends a column.
    pub fn append(&mut self, mut more: Self) {
        let decimals = self.decimals.max(more.decimals);
        self.meet(decimals, more.width());
        more.meet(decimals, self.width());
        self.meet(decimals, more.width());
        match (&mut self.values, &more.values) {
            (Values::Short(all), Values::Short(more)) => all.extend_from_slice(more),
            (Values::Middle(all), Values::Middle(more)) => all.extend_from_slice(more),
            (Values::Exact(all), Values::Exact(more)) => all.extend_from_slice(more),
            _ => unreachable!("both have met"),
        }
    }

    /// Gives all rows beyond the last one no number, so that there are so many.
    pub fn pad(&mut self, n_rows: usize) {
        match &mut self.values {
            Values::Short(values) => values.resize(n_rows, i16::NOTHING),
            Values::Middle(values) => values.resize(n_rows, i32::NOTHING),
            Values::Exact(values) => values.resize(n_rows, f64::NAN),
        }
    }

    /// Puts what `turned` makes of each number in its place.
    pub fn turn(&mut self, turned: impl Fn(f64) -> f64) {
        let values: Vec<f64> = self.iter().map(turned).collect();
        *self = Self::packed(&values);
    }

    /// Keeps the rows for which `is_kept` says so, in order.
    pub fn retain(&mut self, mut is_kept: impl FnMut() -> bool) {
        match &mut self.values {
            Values::Short(values) => values.retain(|_| is_kept()),
            Values::Middle(values) => values.retain(|_| is_kept()),
            Values::Exact(values) => values.retain(|_| is_kept()),
        }
    }

    /// Makes room for so many rows in all.
    pub fn reserve(&mut self, n_rows: usize) {
        let n_more = n_rows.saturating_sub(self.n_rows());
        match &mut self.values {
            Values::Short(values) => values.reserve_exact(n_more),
            Values::Middle(values) => values.reserve_exact(n_more),
            Values::Exact(values) => values.reserve_exact(n_more),
        }
    }

    /// How much memory the numbers take.
    pub fn n_bytes(&self) -> usize {
        match &self.values {
            Values::Short(values) => values.capacity() * size_of::<i16>(),
            Values::Middle(values) => values.capacity() * size_of::<i32>(),
            Values::Exact(values) => values.capacity() * size_of::<f64>(),
        }
    }

    fn width(&self) -> Width {
        match &self.values {
            Values::Short(_) => Width::Short,
            Values::Middle(_) => Width::Middle,
            Values::Exact(_) => Width::Exact,
        }
    }

    /// Takes on these decimals and at least this width; a larger one if the numbers need it.
    #[inline(never)]
    fn meet(&mut self, decimals: u8, width: Width) {
        let n_new = decimals.saturating_sub(self.decimals);
        let width = width.max(self.width());
        if self.width() == Width::Exact || self.width() == width && n_new == 0 {
            return;
        }
        let factor = POWERS[usize::from(n_new)] as i64;
        let mut values = None;
        if width == Width::Short {
            values = self.scaled(factor).map(Values::Short);
        }
        if width <= Width::Middle {
            values = values.or_else(|| self.scaled(factor).map(Values::Middle));
        }
        if let Some(values) = values {
            *self = Self { decimals, values };
            return;
        }
        let mut exact = Vec::with_capacity(self.capacity());
        exact.extend(self.iter());
        *self = Self::of_exact(exact);
    }

    fn scaled<To: Whole>(&self, factor: i64) -> Option<Vec<To>> {
        match &self.values {
            Values::Short(values) => scaled(values, factor),
            Values::Middle(values) => scaled(values, factor),
            Values::Exact(_) => None,
        }
    }

    fn capacity(&self) -> usize {
        match &self.values {
            Values::Short(values) => values.capacity(),
            Values::Middle(values) => values.capacity(),
            Values::Exact(values) => values.capacity(),
        }
    }
}

/// The same numbers times a factor, with as much room; none if one does not fit.
fn scaled<From: Whole, To: Whole>(values: &Vec<From>, factor: i64) -> Option<Vec<To>> {
    let mut scaled = Vec::with_capacity(values.capacity());
    for value in values {
        scaled.push(match value.whole() {
            None => To::NOTHING,
            Some(whole) => To::of(whole * factor)?,
        });
    }
    Some(scaled)
}

/// Added to a number below 2^51, it leaves the nearest whole one in the lowest bits, of two the even one.
const ROUNDING: f64 = ((1_u64 << 52) + (1 << 51)) as f64;

/// The fewest decimals with which all of the numbers are whole ones of 32 bits and come back to the last bit,
/// and the largest of these; none if there are none.
fn common_decimals(values: &[f64]) -> Option<(u8, f64)> {
    let mut decimals = 0;
    let mut largest: f64 = 0.0;
    for values in values.chunks(CHECKED_ROWS) {
        let of_chunk = loop {
            if let Some(of_chunk) = largest_if_back(values, *POWERS.get(decimals)?) {
                break of_chunk;
            }
            decimals += 1;
        };
        largest = largest.max(of_chunk);
    }
    let largest = (largest * POWERS[decimals]).round_ties_even();
    (largest <= f64::from(i32::MAX)).then_some((decimals as u8, largest))
}

/// So many numbers are looked at together, without a branch between them.
const CHECKED_ROWS: usize = 64;

/// How far from zero the numbers lie, if with so many decimals they come back to the last bit; what is no number always
/// does. What is too large to be rounded need not come back: it is too large for a whole number as well.
fn largest_if_back(values: &[f64], power: f64) -> Option<f64> {
    let [power, rounding, zero] = [power, ROUNDING, 0.0].map(f64x2::splat);
    let (mut largest, mut is_odd) = (zero, zero);
    let mut look = |value: f64x2| {
        let whole = value * power + rounding - rounding;
        let is_said = value.simd_eq(value);
        is_odd |= is_said & (whole / power).simd_ne(value);
        // Whole numbers know no zero below zero: all that is left of one is its sign.
        is_odd |= value & value.simd_eq(zero);
        largest = largest.fast_max(value.abs() & is_said);
    };
    let (pairs, rest) = values.as_chunks();
    for pair in pairs {
        look(f64x2::new(*pair));
    }
    if let [last] = rest {
        look(f64x2::new([*last, f64::NAN]));
    }
    let [one, other] = largest.to_array();
    (is_odd.to_bitmask() == 0).then_some(one.max(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bits(values: &[f64]) -> Vec<u64> {
        let all = values
            .iter()
            .map(|value| if value.is_nan() { f64::NAN } else { *value });
        all.map(f64::to_bits).collect()
    }

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            Just(f64::NAN),
            (-400_i32..400).prop_map(f64::from),
            (any::<i32>(), 0_usize..8).prop_map(|(whole, decimals)| format!("{whole}e-{decimals}")
                .parse()
                .expect("a number")),
            (0_i32..100_000).prop_map(|whole| f64::from(whole) / 1000.0),
            any::<f64>(),
        ]
    }

    proptest! {
        #[test]
        fn every_number_comes_back_to_the_last_bit(
            blocks in prop::collection::vec(prop::collection::vec(number(), 0..40), 0..6),
            plain in prop::collection::vec((0_i32..30_000, 0_i32..3), 0..400),
        ) {
            let plain = plain.iter().map(|(whole, decimals)| f64::from(*whole) / 10_f64.powi(*decimals));
            let blocks = std::iter::once(plain.collect()).chain(blocks);
            let mut numbers = Numbers::default();
            let mut all: Vec<f64> = Vec::new();
            for block in blocks {
                numbers.extend(&block);
                all.extend(block);
            }
            prop_assert_eq!(numbers.n_rows(), all.len());
            prop_assert_eq!(bits(&numbers.iter().collect::<Vec<_>>()), bits(&all));
        }
    }

    #[test]
    fn many_numbers_have_the_decimals_and_the_width_of_all() {
        let many = |value: f64| [value; CHECKED_ROWS];
        let rows = [many(3000.0), many(0.01), many(-327.67), many(2.5)];
        for n_rows in 1..=rows.len() {
            let values = rows[..n_rows].concat();
            let numbers = Numbers::packed(&values);
            assert!(!matches!(numbers.parts(), Parts::Exact(_)));
            assert_eq!(bits(&numbers.iter().collect::<Vec<_>>()), bits(&values));
        }
    }

    #[test]
    fn what_exports_write_is_narrow() {
        let n_bytes = |values: &[f64]| Numbers::packed(values).n_bytes() / values.len();
        assert_eq!(n_bytes(&[5.46, 327.67, f64::NAN, -0.01]), 2);
        assert_eq!(n_bytes(&[0.002_62, 0.9]), 4);
        assert_eq!(n_bytes(&[0.1 + 0.2, 1.0]), 8);
        assert_eq!(n_bytes(&[-0.0, 1.0]), 8);
        assert_eq!(n_bytes(&[1.0, -0.0]), 8);
        assert_eq!(n_bytes(&[1.0, 2.0, -0.0]), 8);
        assert_eq!(n_bytes(&[f64::INFINITY]), 8);
    }
}
