//! Which rows count for the choices of a request, a bit each: worked out once, so that a scan goes over no other.

use super::{facts::Sources, overview::end_times};
use crate::calendar::MS_PER_DAY;
use crate::engine::merging::Outcome;
use crate::engine::model::{column::NO_TIME, streams::Streams};
use crate::engine::quality::MediaColumn;
use crate::protocol::{Days, Media};

/// What decides whether a row counts.
pub(super) type Question = (Media, Days);

/// The rows of all exports that count.
#[derive(Debug)]
pub(crate) struct Selection {
    /// Export by export.
    pub(crate) tables: Vec<Rows>,
    /// Streams of the chosen media that a choice of days leaves out since nobody says when they were.
    pub(crate) n_undated: u64,
}

impl Selection {
    /// The rows of the chosen media and days that no other file counts.
    pub(super) fn new(sources: Sources<'_>, (media, days): Question) -> Self {
        let mut n_undated = 0;
        let of = |(streams, outcome): (&Streams, &Outcome)| {
            let mut rows = Rows::all(streams.n_rows);
            if let Some(counts) = &outcome.counts {
                rows.retain(|row| counts[row]);
            }
            MediaColumn::new(streams).for_each_other(media, |row| rows.remove(row));
            if days.is_limited() {
                n_undated += keep_days(&mut rows, streams, media, days);
            }
            rows
        };
        let outcomes = sources.outcomes.iter();
        Self {
            tables: sources.tables.iter().zip(outcomes).map(of).collect(),
            n_undated,
        }
    }
}

/// Leaves out the rows of other days. Gives how many streams have none.
fn keep_days(rows: &mut Rows, streams: &Streams, media: Media, days: Days) -> u64 {
    let Some(ends) = end_times(streams) else {
        let n_all = n_streams(rows, streams, media);
        rows.retain(|_| false);
        return n_all;
    };
    let mut undated = rows.clone();
    undated.retain(|row| ends[row] == NO_TIME);
    let starts_at = |day: i32| i64::from(day) * MS_PER_DAY;
    let first = days.first.map_or(NO_TIME + 1, starts_at);
    let behind = days
        .last
        .map_or(i64::MAX, |last| starts_at(last) + MS_PER_DAY);
    rows.retain(|row| (first..behind).contains(&ends[row]));
    n_streams(&undated, streams, media)
}

fn n_streams(rows: &Rows, streams: &Streams, media: Media) -> u64 {
    match &streams.groups {
        None => rows.n() as u64,
        Some(groups) => {
            let mut n_streams = 0;
            rows.for_each(|row| n_streams += groups.of(media)[row].all());
            n_streams
        }
    }
}

/// Rows of one export, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows {
    words: Vec<u64>,
}

const BITS: usize = u64::BITS as usize;

impl Rows {
    /// All of so many rows.
    pub(crate) fn all(n_rows: usize) -> Self {
        let mut rows = Self::none(n_rows);
        rows.words.fill(u64::MAX);
        if let (Some(last), n_left @ 1..) = (rows.words.last_mut(), n_rows % BITS) {
            *last = (1 << n_left) - 1;
        }
        rows
    }

    /// None of so many rows.
    pub(crate) fn none(n_rows: usize) -> Self {
        Self {
            words: vec![0; n_rows.div_ceil(BITS)],
        }
    }

    /// Takes a row in.
    pub(crate) fn insert(&mut self, row: usize) {
        self.words[row / BITS] |= 1 << (row % BITS);
    }

    /// Leaves a row out.
    pub(crate) fn remove(&mut self, row: usize) {
        self.words[row / BITS] &= !(1 << (row % BITS));
    }

    /// Whether a row is among them.
    #[inline]
    pub(crate) fn contains(&self, row: usize) -> bool {
        self.words[row / BITS] >> (row % BITS) & 1 == 1
    }

    /// Leaves out the rows of which the claim does not hold.
    pub(crate) fn retain(&mut self, claim: impl Fn(usize) -> bool) {
        for (idx, word) in self.words.iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                *word &= !(u64::from(!claim(idx * BITS + bit)) << bit);
            }
        }
    }

    /// How many there are.
    pub(crate) fn n(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Calls `each` with every row in order.
    #[inline]
    pub(crate) fn for_each(&self, mut each: impl FnMut(usize)) {
        for (idx, word) in self.words.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                each(idx * BITS + left.trailing_zeros() as usize);
                left &= left - 1;
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
        fn rows_are_a_set_of_numbers(marks in prop::collection::vec(any::<bool>(), 0..200), third in 0usize..3) {
            let n_rows = marks.len();
            let mut rows = Rows::none(n_rows);
            let mut kept = Rows::all(n_rows);
            let mut removed = Rows::all(n_rows);
            let mut expected = Vec::new();
            for (row, mark) in marks.iter().enumerate() {
                if *mark {
                    rows.insert(row);
                    expected.push(row);
                } else {
                    removed.remove(row);
                }
                prop_assert_eq!(rows.contains(row), *mark);
            }
            kept.retain(|row| marks[row]);
            prop_assert_eq!(&rows, &kept);
            prop_assert_eq!(&rows, &removed);
            prop_assert_eq!(rows.n(), expected.len());
            let mut seen = Vec::new();
            rows.for_each(|row| seen.push(row));
            prop_assert_eq!(&seen, &expected);
            kept.retain(|row| row % 3 == third);
            expected.retain(|row| row % 3 == third);
            prop_assert_eq!(kept.n(), expected.len());
        }
    }
}
