//! Turns a file's bytes into UTF-8 text, slice by slice. Knows byte order marks, not delimiters.

use std::borrow::Cow;

use callscope_kernel::cells::BYTE_ORDER_MARK;

use crate::protocol::TextEncoding;

/// How a file's text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252: only by the user's word, since any bytes could be that.
    Windows1252,
}

impl Encoding {
    /// The encoding that the user means.
    pub(crate) fn of(name: TextEncoding) -> Self {
        match name {
            TextEncoding::Utf8 => Self::Utf8,
            TextEncoding::Utf16Le => Self::Utf16Le,
            TextEncoding::Utf16Be => Self::Utf16Be,
            TextEncoding::Windows1252 => Self::Windows1252,
        }
    }

    /// Its name for the user.
    pub(crate) fn name(self) -> TextEncoding {
        match self {
            Self::Utf8 => TextEncoding::Utf8,
            Self::Utf16Le => TextEncoding::Utf16Le,
            Self::Utf16Be => TextEncoding::Utf16Be,
            Self::Windows1252 => TextEncoding::Windows1252,
        }
    }

    /// Tells the encoding from the first bytes: a byte order mark, else the place of NUL bytes.
    pub(crate) fn detect(head: &[u8]) -> Self {
        match head {
            [0xFF, 0xFE, ..] => return Self::Utf16Le,
            [0xFE, 0xFF, ..] => return Self::Utf16Be,
            _ => {}
        }
        // Text of these exports is mostly ASCII, so that one byte of each UTF-16 pair is NUL.
        let head = &head[..head.len().min(1024) & !1];
        let n_pairs = head.len() / 2;
        let n_nul = |at: usize| {
            head.iter()
                .skip(at)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        if n_pairs > 0 && n_nul(1) * 10 > n_pairs * 6 && n_nul(0) == 0 {
            Self::Utf16Le
        } else if n_pairs > 0 && n_nul(0) * 10 > n_pairs * 6 && n_nul(1) == 0 {
            Self::Utf16Be
        } else {
            Self::Utf8
        }
    }
}

/// The text of a cell. Bytes that are no UTF-8 are read as Windows-1252, which Excel writes in the West.
pub fn words(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(words) => Cow::Borrowed(words),
        Err(_) => Cow::Owned(cell.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

/// A character of <https://encoding.spec.whatwg.org/#windows-1252>, which equals Latin-1 but for 0x80 to 0x9F.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Decodes one file. Feed it the slices in order.
#[derive(Debug)]
pub(crate) struct Decoder {
    encoding: Encoding,
    at_start: bool,
    odd_byte: Option<u8>,
    high_surrogate: Option<u16>,
    /// Code units that are no valid UTF-16; each became U+FFFD.
    pub n_replaced: u64,
}

impl Decoder {
    /// A decoder at the start of a file.
    pub(crate) fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            at_start: true,
            odd_byte: None,
            high_surrogate: None,
            n_replaced: 0,
        }
    }

    /// Appends the text of the next slice to `text`. UTF-8 passes as it is; cells are checked when read.
    pub(crate) fn decode(&mut self, slice: &[u8], text: &mut Vec<u8>) {
        if self.encoding == Encoding::Utf8 {
            let mut slice = slice;
            if self.at_start && !slice.is_empty() {
                // Excel writes a byte order mark; kept, it would become part of the first cell.
                slice = slice.strip_prefix(&BYTE_ORDER_MARK).unwrap_or(slice);
                self.at_start = false;
            }
            text.extend_from_slice(slice);
            return;
        }
        if self.encoding == Encoding::Windows1252 {
            let mut buffer = [0; 4];
            for byte in slice {
                let letter = windows_1252(*byte).encode_utf8(&mut buffer);
                text.extend_from_slice(letter.as_bytes());
            }
            return;
        }
        let mut bytes = slice.iter().copied();
        while let Some(first) = self.odd_byte.take().or_else(|| bytes.next()) {
            let Some(second) = bytes.next() else {
                self.odd_byte = Some(first);
                return;
            };
            let unit = match self.encoding {
                Encoding::Utf16Be => u16::from_be_bytes([first, second]),
                _ => u16::from_le_bytes([first, second]),
            };
            if std::mem::take(&mut self.at_start) && unit == 0xFEFF {
                continue;
            }
            self.push_unit(unit, text);
        }
    }

    /// Ends the file: half a character at its end becomes U+FFFD.
    pub(crate) fn finish(&mut self, text: &mut Vec<u8>) {
        if self.odd_byte.take().is_some() | self.high_surrogate.take().is_some() {
            self.replace(text);
        }
    }

    fn push_unit(&mut self, unit: u16, text: &mut Vec<u8>) {
        let units = match self.high_surrogate.take() {
            Some(high) if (0xDC00..0xE000).contains(&unit) => [high, unit],
            Some(_) => {
                self.replace(text);
                return self.push_unit(unit, text);
            }
            None if (0xD800..0xDC00).contains(&unit) => {
                self.high_surrogate = Some(unit);
                return;
            }
            None => [unit, 0],
        };
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => {
                let mut buffer = [0; 4];
                text.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
            }
            _ => self.replace(text),
        }
    }

    fn replace(&mut self, text: &mut Vec<u8>) {
        self.n_replaced += 1;
        text.extend_from_slice("\u{FFFD}".as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(slices: &[&[u8]], encoding: Encoding) -> String {
        let mut decoder = Decoder::new(encoding);
        let mut text = Vec::new();
        for slice in slices {
            decoder.decode(slice, &mut text);
        }
        decoder.finish(&mut text);
        String::from_utf8(text).expect("decoders write UTF-8")
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    proptest! {
        #[test]
        fn utf16_reads_back_wherever_it_is_cut(text in "\\PC{0,40}", cut in 0usize..90) {
            for (to_bytes, encoding) in [
                (u16::to_le_bytes as fn(u16) -> [u8; 2], Encoding::Utf16Le),
                (u16::to_be_bytes, Encoding::Utf16Be),
            ] {
                let bytes = utf16(&format!("\u{FEFF}{text}"), to_bytes);
                prop_assert_eq!(Encoding::detect(&bytes), encoding);
                let (left, right) = bytes.split_at(cut.min(bytes.len()));
                prop_assert_eq!(decode(&[left, right], encoding), text.clone());
            }
        }
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_nul_bytes() {
        let text = "10.0.0.0\tCampus\t8\tCampus";
        assert_eq!(
            Encoding::detect(&utf16(text, u16::to_le_bytes)),
            Encoding::Utf16Le
        );
        assert_eq!(
            Encoding::detect(&utf16(text, u16::to_be_bytes)),
            Encoding::Utf16Be
        );
        assert_eq!(Encoding::detect(text.as_bytes()), Encoding::Utf8);
    }

    #[test]
    fn what_is_no_utf8_is_windows_1252() {
        assert_eq!(words("Zürich".as_bytes()), "Zürich");
        assert_eq!(words(b"Z\xFCrich \x80 \x9F \xFF"), "Zürich € Ÿ ÿ");
    }

    #[test]
    fn half_a_character_becomes_a_replacement() {
        assert_eq!(decode(&[&[0x3D, 0xD8]], Encoding::Utf16Le), "\u{FFFD}");
        assert_eq!(
            decode(&[&[0x41, 0x00, 0x42]], Encoding::Utf16Le),
            "A\u{FFFD}"
        );
    }
}
