//! The places of the bits that are set in a word.

/// A word has so many bits.
pub(crate) const WORD_BITS: usize = u64::BITS as usize;

/// Puts the place of each bit that is set into the room, counted from `from`, in order. Gives how many there are; what
/// stands behind them means nothing.
///
/// Eight at a time, whether there are so many or not: how many there are cannot be foreseen.
#[inline]
pub(crate) fn places(mut bits: u64, from: u32, room: &mut [u32; WORD_BITS]) -> usize {
    let n_places = bits.count_ones() as usize;
    let (eights, _) = room.as_chunks_mut::<8>();
    for eight in eights {
        for place in eight {
            *place = from + bits.trailing_zeros();
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            break;
        }
    }
    n_places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_bit_that_is_set_has_its_place(
            bits in prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), (0_u32..64).prop_map(|bit| 1 << bit)],
            from in 0_u32..1_000,
        ) {
            let mut room = [0; WORD_BITS];
            let n_places = places(bits, from, &mut room);
            let expected = (0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| from + bit);
            prop_assert_eq!(&room[..n_places], expected.collect::<Vec<_>>());
        }
    }
}
