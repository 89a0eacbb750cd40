//! Puts numbers into the order of their keys.

use crate::blocks::BLOCK_ROWS;

const N_VALUES: usize = 256;

/// The numbers in the order of their keys, which stand at the places that the numbers name. Numbers with equal keys
/// stay in their order, so that sorting by one key after the other, the most important one last, sorts by all.
///
/// Goes byte by byte from the lowest, and passes over the bytes in which all keys agree: most keys are small.
#[inline(never)]
pub fn by_keys(mut numbers: Vec<u32>, keys: &[u64]) -> Vec<u32> {
    let key = |number: u32| keys[number as usize];
    let Some(first) = numbers.first().map(|number| key(*number)) else {
        return numbers;
    };
    let mut differing = 0;
    for block in numbers.chunks(BLOCK_ROWS) {
        differing |= differences(block, keys, first);
    }
    let mut sorted = Vec::new();
    for shift in (0..u64::BITS).step_by(8) {
        if differing >> shift & 0xff != 0 {
            sorted.resize(numbers.len(), 0);
            by_byte(&numbers, keys, shift, &mut sorted);
            std::mem::swap(&mut numbers, &mut sorted);
        }
    }
    numbers
}

/// The bits in which the keys of these numbers differ from one key.
#[inline(never)]
fn differences(numbers: &[u32], keys: &[u64], one: u64) -> u64 {
    let differing = numbers.iter().map(|number| keys[*number as usize] ^ one);
    differing.fold(0, |all, bits| all | bits)
}

/// Puts the numbers in the order of one byte of their keys.
fn by_byte(numbers: &[u32], keys: &[u64], shift: u32, sorted: &mut [u32]) {
    let mut places = [0; N_VALUES];
    for block in numbers.chunks(BLOCK_ROWS) {
        count(block, keys, shift, &mut places);
    }
    let mut n_before = 0;
    for place in &mut places {
        n_before += std::mem::replace(place, n_before);
    }
    for block in numbers.chunks(BLOCK_ROWS) {
        spread(block, keys, shift, &mut places, sorted);
    }
}

#[inline(never)]
fn count(numbers: &[u32], keys: &[u64], shift: u32, counts: &mut [u32; N_VALUES]) {
    for number in numbers {
        counts[byte(keys[*number as usize], shift)] += 1;
    }
}

#[inline(never)]
fn spread(
    numbers: &[u32],
    keys: &[u64],
    shift: u32,
    places: &mut [u32; N_VALUES],
    sorted: &mut [u32],
) {
    for number in numbers {
        let place = &mut places[byte(keys[*number as usize], shift)];
        sorted[*place as usize] = *number;
        *place += 1;
    }
}

#[inline]
fn byte(key: u64, shift: u32) -> usize {
    usize::from((key >> shift) as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys() -> impl Strategy<Value = Vec<u64>> {
        let key = prop_oneof![
            any::<u64>(),
            0u64..3,
            Just(u64::MAX),
            (0u64..9).prop_map(|n| n << 40)
        ];
        prop::collection::vec(key, 0..3000)
    }

    proptest! {
        #[test]
        fn numbers_are_sorted_as_any_stable_sort_does(keys in keys(), step in 1usize..4, backwards: bool) {
            let mut numbers: Vec<u32> = (0..keys.len() as u32).step_by(step).collect();
            if backwards {
                numbers.reverse();
            }
            let mut expected = numbers.clone();
            expected.sort_by_key(|number| keys[*number as usize]);
            prop_assert_eq!(by_keys(numbers, &keys), expected);
        }
    }
}
