//! IPv4 addresses: from their text to their bits, and to the interval that they lie in.

use crate::texts::Texts;

/// The addresses that the texts of a list are, in their order.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    /// Zero where a text is another one.
    bits: Vec<u32>,
}

impl Addresses {
    /// Reads the texts that have come since: at once, they are still in the processor's nearer memory.
    #[inline(never)]
    pub fn read(&mut self, texts: &Texts) {
        let news = self.bits.len()..texts.len();
        self.bits
            .extend(news.map(|idx| v4(texts.get(idx)).unwrap_or(0)));
    }

    /// The bits of the text at this place, if it was read and they are not zero.
    #[inline]
    pub fn v4(&self, idx: usize) -> Option<u32> {
        self.bits.get(idx).copied().filter(|bits| *bits != 0)
    }

    /// How many texts were read.
    pub fn n_read(&self) -> usize {
        self.bits.len()
    }

    /// How much memory they take.
    pub fn n_bytes(&self) -> usize {
        self.bits.capacity() * size_of::<u32>()
    }
}

/// The bits of four numbers without anything around them.
#[inline(never)]
pub fn v4(text: &[u8]) -> Option<u32> {
    let (mut bits, mut number, mut n_digits, mut n_dots) = (0_u32, 0_u32, 0_u32, 0_u32);
    for byte in text {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        if digit <= 9 {
            // A leading zero would be octal to some programs, so that it is no number to any.
            if n_digits > 0 && number == 0 {
                return None;
            }
            number = number * 10 + digit;
            n_digits += 1;
        } else if *byte == b'.' && n_digits > 0 && n_dots < 3 {
            bits = bits << 8 | number;
            (number, n_digits, n_dots) = (0, 0, n_dots + 1);
        } else {
            return None;
        }
        if number > 255 {
            return None;
        }
    }
    (n_dots == 3 && n_digits > 0).then_some(bits << 8 | number)
}

/// How many of some starts of intervals, which stand in order, lie at these bits or before.
#[inline(never)]
pub fn n_up_to(starts: &[u32], bits: u32) -> usize {
    starts.partition_point(|start| *start <= bits)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn texts_are_read_as_they_come_and_what_is_no_address_or_zero_is_none() {
        let (mut texts, mut addresses) = (Texts::default(), Addresses::default());
        for (text, bits) in [
            ("10.0.0.1", Some(0x0a00_0001)),
            ("fe80::1", None),
            ("0.0.0.0", None),
            ("255.255.255.255", Some(u32::MAX)),
            ("10.0.0", None),
        ] {
            let idx = texts.len();
            texts.push(text.as_bytes());
            assert_eq!(addresses.v4(idx), None);
            addresses.read(&texts);
            assert_eq!(addresses.v4(idx), bits, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn addresses_are_read_as_the_standard_library_reads_them(
            text in "[0-9.]{0,16}|([0-9]{1,3}[.]){3}[0-9]{1,3}|([1-9][0-9]?[.]){3}[0-9a: ]{0,2}",
        ) {
            let expected: Option<Ipv4Addr> = text.parse().ok();
            proptest::prop_assert_eq!(super::v4(text.as_bytes()), expected.map(Ipv4Addr::to_bits));
        }
    }
}
