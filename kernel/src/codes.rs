//! A column of dictionary codes, as narrow as the dictionary allows.

/// Codes of 8, 16 or 32 bits: most columns of an export have few distinct texts.
#[derive(Debug, Clone)]
pub enum Codes {
    /// Up to 256 codes.
    Narrow(Vec<u8>),
    /// Up to 65,536 codes.
    Middle(Vec<u16>),
    /// Any number.
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Codes {
    /// How many rows have a code.
    pub fn n_rows(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// The code of a row.
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Self::Narrow(codes) => u32::from(codes[row]),
            Self::Middle(codes) => u32::from(codes[row]),
            Self::Wide(codes) => codes[row],
        }
    }

    /// Appends codes, none of which is `n_codes` or more.
    #[inline(never)]
    pub fn append(&mut self, codes: &[u32], n_codes: usize) {
        self.extend(codes.iter().copied(), n_codes);
    }

    /// Appends codes, none of which is `n_codes` or more.
    pub fn extend(&mut self, codes: impl Iterator<Item = u32>, n_codes: usize) {
        self.widen(n_codes);
        match self {
            Self::Narrow(all) => all.extend(codes.map(|code| code as u8)),
            Self::Middle(all) => all.extend(codes.map(|code| code as u16)),
            Self::Wide(all) => all.extend(codes),
        }
    }

    /// Calls `each` with the code of each row in order.
    pub fn for_each(&self, mut each: impl FnMut(usize, u32)) {
        match self {
            Self::Narrow(codes) => {
                codes
                    .iter()
                    .enumerate()
                    .for_each(|(row, code)| each(row, u32::from(*code)));
            }
            Self::Middle(codes) => {
                codes
                    .iter()
                    .enumerate()
                    .for_each(|(row, code)| each(row, u32::from(*code)));
            }
            Self::Wide(codes) => {
                codes
                    .iter()
                    .enumerate()
                    .for_each(|(row, code)| each(row, *code));
            }
        }
    }

    /// Makes room for so many rows in all.
    pub fn reserve(&mut self, n_rows: usize) {
        let n_more = n_rows.saturating_sub(self.n_rows());
        match self {
            Self::Narrow(codes) => codes.reserve_exact(n_more),
            Self::Middle(codes) => codes.reserve_exact(n_more),
            Self::Wide(codes) => codes.reserve_exact(n_more),
        }
    }

    /// How much memory the codes take.
    pub fn n_bytes(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.capacity(),
            Self::Middle(codes) => codes.capacity() * 2,
            Self::Wide(codes) => codes.capacity() * 4,
        }
    }

    fn widen(&mut self, n_codes: usize) {
        let fits_narrow = n_codes <= 1 << 8;
        let fits_middle = n_codes <= 1 << 16;
        *self = match std::mem::take(self) {
            Self::Narrow(codes) if !fits_middle => Self::Wide(widened(&codes)),
            Self::Narrow(codes) if !fits_narrow => Self::Middle(widened(&codes)),
            Self::Middle(codes) if !fits_middle => Self::Wide(widened(&codes)),
            codes => codes,
        };
    }
}

/// The same codes in more bytes each, with room for as many more.
fn widened<Narrow: Copy, Wide: From<Narrow>>(codes: &Vec<Narrow>) -> Vec<Wide> {
    let mut wide = Vec::with_capacity(codes.capacity());
    wide.extend(codes.iter().map(|code| Wide::from(*code)));
    wide
}

/// Stands for a code that is not known yet.
pub const NOT_YET: u32 = u32::MAX;

/// Replaces codes from this place on by what stands for them, up to the first that is not known yet. Gives its
/// place.
#[inline(never)]
pub fn replace(codes: &mut [u32], from: usize, by_code: &[u32]) -> Option<usize> {
    for (at, code) in codes.iter_mut().enumerate().skip(from) {
        let new = by_code[*code as usize];
        if new == NOT_YET {
            return Some(at);
        }
        *code = new;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_survive_widening() {
        let mut codes = Codes::default();
        codes.extend([0, 255].into_iter(), 256);
        codes.extend([256].into_iter(), 257);
        assert!(matches!(codes, Codes::Middle(_)));
        codes.extend([65_536].into_iter(), 65_537);
        assert!(matches!(codes, Codes::Wide(_)));
        let mut all = Vec::new();
        codes.for_each(|row, code| {
            assert_eq!(codes.get(row), code);
            all.push(code);
        });
        assert_eq!(all, [0, 255, 256, 65_536]);
    }
}
