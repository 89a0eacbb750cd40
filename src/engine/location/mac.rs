//! Addresses of network cards and radios: six bytes, in each way of writing them.

use std::fmt;

/// An address of six bytes, such as the BSSID of an access point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac([u8; 6]);

impl Mac {
    /// Reads `00:1A:2B:3C:4D:5E`, `00-1a-2b-3c-4d-5e`, `001a.2b3c.4d5e` and `001A2B3C4D5E`.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let (separator, n_digits) = match text.len() {
            17 => (Some(*text.get(2)?), 2),
            14 => (Some(b'.'), 4),
            12 => (None, 12),
            _ => return None,
        };
        if separator.is_some_and(|separator| !matches!(separator, b':' | b'-' | b'.')) {
            return None;
        }
        let mut bytes = [0; 6];
        let mut n_read = 0;
        for (idx, letter) in text.iter().enumerate() {
            if separator.is_some() && idx % (n_digits + 1) == n_digits {
                if Some(*letter) != separator {
                    return None;
                }
                continue;
            }
            let digit = char::from(*letter).to_digit(16)?;
            bytes[n_read / 2] = bytes[n_read / 2] << 4 | digit as u8;
            n_read += 1;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.map(|byte| format!("{byte:02X}"));
        out.write_str(&digits.join(":"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_way_of_writing_is_the_same_address() {
        let known = Mac::parse(b"00:1A:2B:3C:4D:5E").map(|mac| mac.to_string());
        assert_eq!(known.as_deref(), Some("00:1A:2B:3C:4D:5E"));
        for text in ["00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e", "001A2B3C4D5E"] {
            assert_eq!(
                Mac::parse(text.as_bytes()),
                Mac::parse(b"00:1A:2B:3C:4D:5E"),
                "{text}"
            );
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "00:1A:2B:3C:4D",
            "00:1A:2B:3C:4D:5G",
            "00-1A:2B-3C-4D-5E",
            "00 1A 2B 3C 4D 5E",
            "001a:2b3c:4d5e",
            "001A2B3C4D5E6",
            "10.1.2.3",
        ] {
            assert_eq!(Mac::parse(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(bytes: [u8; 6]) {
            prop_assert_eq!(Mac::parse(Mac(bytes).to_string().as_bytes()), Some(Mac(bytes)));
        }

        #[test]
        fn no_bytes_break_the_reader(text in prop::collection::vec(any::<u8>(), 0..20)) {
            Mac::parse(&text);
        }
    }
}
