//! A column of dictionary codes, as narrow as the dictionary allows.

use std::ops::Range;

use wide::u8x16;

use crate::blocks::{self, BLOCK_ROWS};

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

/// The codes of some rows, as they are kept.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the same as of all codes")]
pub enum Part<'codes> {
    Narrow(&'codes [u8]),
    Middle(&'codes [u16]),
    Wide(&'codes [u32]),
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

    /// The codes of these rows.
    pub fn part(&self, rows: Range<usize>) -> Part<'_> {
        match self {
            Self::Narrow(codes) => Part::Narrow(&codes[rows]),
            Self::Middle(codes) => Part::Middle(&codes[rows]),
            Self::Wide(codes) => Part::Wide(&codes[rows]),
        }
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

    /// Appends a code for each of up to 64 rows: a row whose bit is set has the next one of these, another
    /// one that of the row above. None of them is `n_codes` or more.
    #[inline(never)]
    pub fn spread(&mut self, n_rows: usize, bits: u64, codes: &[u32; 64], n_codes: usize) {
        self.widen(n_codes);
        match self {
            Self::Narrow(all) => all.extend(spread(n_rows, bits, codes).map(|code| code as u8)),
            Self::Middle(all) => all.extend(spread(n_rows, bits, codes).map(|code| code as u16)),
            Self::Wide(all) => all.extend(spread(n_rows, bits, codes)),
        }
    }

    /// Calls `each` with the code of each row in order.
    pub fn for_each(&self, mut each: impl FnMut(usize, u32)) {
        self.for_each_block(&mut |first, codes| {
            for (row, code) in (first..).zip(codes) {
                each(row, *code);
            }
        });
    }

    /// Calls `each` with the codes of all rows, a block at a time, and with the first of its rows.
    #[inline(never)]
    pub(crate) fn for_each_block(&self, each: &mut dyn FnMut(usize, &[u32])) {
        let mut block = [0; BLOCK_ROWS];
        blocks::each(self.n_rows(), &mut |rows| {
            let (first, block) = (rows.start, &mut block[..rows.len()]);
            self.copy(rows, block);
            each(first, block);
        });
    }

    /// Puts the codes of these rows into a block of as many.
    #[inline(never)]
    pub fn copy(&self, rows: Range<usize>, block: &mut [u32]) {
        match self {
            Self::Narrow(codes) => widen(&codes[rows], block),
            Self::Middle(codes) => widen(&codes[rows], block),
            Self::Wide(codes) => block.copy_from_slice(&codes[rows]),
        }
    }

    /// Puts what stands for the codes of these rows in the first places of a block.
    #[inline(never)]
    pub fn tell(&self, rows: Range<usize>, by_code: &[u8], block: &mut [u8]) {
        match self {
            Self::Narrow(codes) => tell(&codes[rows], by_code, block),
            Self::Middle(codes) => tell(&codes[rows], by_code, block),
            Self::Wide(codes) => tell(&codes[rows], by_code, block),
        }
    }

    /// Where rows have a code that is not the one known for their key, asks `better` for the better of the two, which
    /// is known from then on. The keys of rows are put into a block by `keys`. The first key and the first code mean
    /// that there is none.
    pub fn meet(
        &self,
        keys: &dyn Fn(Range<usize>, &mut [u32]),
        known: &mut [u32],
        better: &dyn Fn(u32, u32) -> u32,
    ) {
        let mut block = [0; BLOCK_ROWS];
        blocks::each(self.n_rows(), &mut |rows| {
            let block = &mut block[..rows.len()];
            keys(rows.clone(), block);
            meet(block, self.part(rows), known, better);
        });
    }

    /// Whether any row has a code other than the first one where others have the first one.
    pub fn is_said_without(&self, others: &Self) -> bool {
        let mut is_found = false;
        let (mut block, mut other) = ([0; BLOCK_ROWS], [0; BLOCK_ROWS]);
        blocks::each(self.n_rows(), &mut |rows| {
            let (block, other) = (&mut block[..rows.len()], &mut other[..rows.len()]);
            self.copy(rows.clone(), block);
            others.copy(rows, other);
            is_found |= is_said_without(block, other);
        });
        is_found
    }

    /// Forgets all codes, but keeps their memory.
    pub fn clear(&mut self) {
        match self {
            Self::Narrow(codes) => codes.clear(),
            Self::Middle(codes) => codes.clear(),
            Self::Wide(codes) => codes.clear(),
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

#[inline(never)]
fn meet(keys: &[u32], codes: Part<'_>, known: &mut [u32], better: &dyn Fn(u32, u32) -> u32) {
    match codes {
        Part::Narrow(codes) => meet_each(keys, codes, known, better),
        Part::Middle(codes) => meet_each(keys, codes, known, better),
        Part::Wide(codes) => meet_each(keys, codes, known, better),
    }
}

#[expect(
    clippy::needless_bitwise_bool,
    reason = "one jump in place of three that nobody can foresee"
)]
fn meet_each<Code: Copy + Into<u32>>(
    keys: &[u32],
    codes: &[Code],
    known: &mut [u32],
    better: &dyn Fn(u32, u32) -> u32,
) {
    for (key, code) in keys.iter().zip(codes) {
        let (known, code) = (&mut known[*key as usize], (*code).into());
        if (*known != code) & (*key != 0) & (code != 0) {
            *known = match *known {
                0 => code,
                known => better(known, code),
            };
        }
    }
}

#[inline(never)]
fn is_said_without(codes: &[u32], others: &[u32]) -> bool {
    let alone = |(code, other): (&u32, &u32)| u32::from(*code != 0) & u32::from(*other == 0);
    codes.iter().zip(others).map(alone).sum::<u32>() > 0
}

fn tell<Code: Copy + Into<u32>>(codes: &[Code], by_code: &[u8], block: &mut [u8]) {
    for (told, code) in block.iter_mut().zip(codes) {
        *told = by_code[(*code).into() as usize];
    }
}

fn widen<Code: Copy + Into<u32>>(codes: &[Code], block: &mut [u32]) {
    for (wide, code) in block.iter_mut().zip(codes) {
        *wide = (*code).into();
    }
}

#[inline]
fn spread(n_rows: usize, bits: u64, codes: &[u32; 64]) -> impl Iterator<Item = u32> {
    let mut next = 0_usize;
    (0..n_rows).map(move |row| {
        next += (bits >> row & 1) as usize;
        codes[next.wrapping_sub(1) % 64]
    })
}

/// The same codes in more bytes each, with room for as many more.
fn widened<Narrow: Copy, Wide: From<Narrow>>(codes: &Vec<Narrow>) -> Vec<Wide> {
    let mut wide = Vec::with_capacity(codes.capacity());
    wide.extend(codes.iter().map(|code| Wide::from(*code)));
    wide
}

/// Stands for a code that is not known yet.
pub const NOT_YET: u32 = u32::MAX;

impl Codes {
    /// The codes that nothing stands for yet, in the order of their first rows and `n_most` at most. Each is marked
    /// by a code instead, so that it is not met again.
    #[inline(never)]
    pub fn news(&self, by_code: &mut [u32], n_most: usize) -> Vec<u32> {
        let mut found = Vec::new();
        match self {
            Self::Narrow(codes) => news(codes, by_code, n_most, &mut found),
            Self::Middle(codes) => news(codes, by_code, n_most, &mut found),
            Self::Wide(codes) => news(codes, by_code, n_most, &mut found),
        }
        found
    }

    /// Appends what stands for the codes of others. None of it is `n_codes` or more.
    #[inline(never)]
    pub fn append(&mut self, others: &Self, by_code: &[u32], n_codes: usize) {
        self.widen(n_codes);
        match others {
            Self::Narrow(codes) => {
                if let (Self::Narrow(all), Some(few)) = (&mut *self, Few::new(by_code)) {
                    return few.append(codes, all);
                }
                self.extend(
                    codes.iter().map(|code| by_code[usize::from(*code)]),
                    n_codes,
                );
            }
            Self::Middle(codes) => {
                self.extend(
                    codes.iter().map(|code| by_code[usize::from(*code)]),
                    n_codes,
                );
            }
            Self::Wide(codes) => {
                self.extend(codes.iter().map(|code| by_code[*code as usize]), n_codes);
            }
        }
    }
}

/// What stands for a few narrow codes, found for as many rows at a time. Most columns have no more.
struct Few(u8x16);

const N_FEW: usize = 16;

impl Few {
    fn new(by_code: &[u32]) -> Option<Self> {
        let mut few = [0; N_FEW];
        let room = few.get_mut(..by_code.len())?;
        for (few, code) in room.iter_mut().zip(by_code) {
            *few = *code as u8;
        }
        Some(Self(u8x16::new(few)))
    }

    fn append(&self, codes: &[u8], all: &mut Vec<u8>) {
        let of = |codes| self.0.shuffle(u8x16::new(codes)).to_array();
        let (many, rest) = codes.as_chunks();
        for codes in many {
            all.extend_from_slice(&of(*codes));
        }
        let mut last = [0; N_FEW];
        last[..rest.len()].copy_from_slice(rest);
        all.extend_from_slice(&of(last)[..rest.len()]);
    }
}

fn news<Code: Copy + Into<u32>>(
    codes: &[Code],
    by_code: &mut [u32],
    n_most: usize,
    found: &mut Vec<u32>,
) {
    if n_most == 0 {
        return;
    }
    for code in codes {
        let code: u32 = (*code).into();
        let known = &mut by_code[code as usize];
        if *known == NOT_YET {
            *known = 0;
            found.push(code);
            if found.len() == n_most {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_have_the_best_of_the_codes_that_they_meet(
            rows in prop::collection::vec((0u32..9, 0u32..300), 0..3000),
        ) {
            let mut codes = Codes::default();
            codes.extend(rows.iter().map(|(_, code)| *code), 300);
            // The highest code of each key.
            let keys = |wanted: Range<usize>, block: &mut [u32]| {
                for (key, (drawn, _)) in block.iter_mut().zip(&rows[wanted]) {
                    *key = *drawn;
                }
            };
            let mut known = [0; 9];
            codes.meet(&keys, &mut known, &|one, other| one.max(other));
            for key in 1..9 {
                let of_key = rows.iter().filter(|(drawn, _)| *drawn == key);
                let most = of_key.map(|(_, code)| *code).max().unwrap_or_default();
                prop_assert_eq!(known[key as usize], most);
            }
            prop_assert_eq!(known[0], 0);
        }
    }

    proptest! {
        #[test]
        fn a_code_without_another_is_found(
            rows in prop::collection::vec((0u32..3, 1u32..3), 0..3000),
            alone in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let (mut codes, mut others) = (Codes::default(), Codes::default());
            let alone = alone.filter(|_| !rows.is_empty()).map(|at| at.index(rows.len()));
            let of_others = |row| if Some(row) == alone { 0 } else { rows[row].1 };
            codes.extend(rows.iter().map(|(code, _)| *code), 300);
            others.extend((0..rows.len()).map(of_others), 3);
            let is_alone = alone.is_some_and(|row| rows[row].0 != 0);
            prop_assert_eq!(codes.is_said_without(&others), is_alone);
        }
    }

    proptest! {
        #[test]
        fn new_codes_are_found_once_in_the_order_of_rows(
            rows in prop::collection::vec(0_u32..600, 0..300),
            unknown in prop::collection::btree_set(1_u32..600, 0..40),
            n_codes in prop_oneof![Just(256), Just(600)],
        ) {
            let mut codes = Codes::default();
            codes.extend(rows.iter().map(|code| code % n_codes), n_codes as usize);
            let mut by_code: Vec<u32> = (0..600).collect();
            for code in &unknown {
                by_code[*code as usize] = NOT_YET;
            }
            let mut expected = Vec::new();
            for code in rows.iter().map(|code| code % n_codes) {
                if unknown.contains(&code) && !expected.contains(&code) {
                    expected.push(code);
                }
            }
            let news = codes.news(&mut by_code, unknown.len());
            prop_assert_eq!(&news, &expected);
            prop_assert_eq!(codes.news(&mut by_code, unknown.len() - news.len()), Vec::<u32>::new());
        }
    }

    proptest! {
        #[test]
        fn codes_of_others_are_appended_as_what_stands_for_them(
            rows in prop::collection::vec(any::<u32>(), 0..300),
            by_code in prop_oneof![
                prop::collection::vec(0_u32..256, 1..20),
                prop::collection::vec(0_u32..70_000, 1..400),
            ],
        ) {
            let rows: Vec<u32> = rows.iter().map(|row| row % by_code.len() as u32).collect();
            let mut others = Codes::default();
            others.extend(rows.iter().copied(), by_code.len());
            let n_codes = by_code.iter().max().map_or(0, |code| *code as usize + 1);
            let mut codes = Codes::default();
            codes.append(&others, &by_code, n_codes);
            codes.append(&others, &by_code, n_codes);
            let expected: Vec<u32> = rows.iter().map(|row| by_code[*row as usize]).collect();
            let found: Vec<u32> = (0..codes.n_rows()).map(|row| codes.get(row)).collect();
            prop_assert_eq!(found, [&*expected, &*expected].concat());
        }
    }

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
