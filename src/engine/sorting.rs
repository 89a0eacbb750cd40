//! The sorts that all share, and sets and maps without one: each further sort would make the program longer.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Texts in order, each with its index.
pub(crate) fn sorted_texts(texts: Vec<String>) -> Vec<(String, u32)> {
    let mut texts: Vec<_> = texts.into_iter().zip(0u32..).collect();
    texts.sort_unstable();
    texts
}

/// The places of a list in the order of what stands there; equal ones stay in theirs.
pub(crate) fn sorted_places<T>(
    list: &[T],
    mut compare: impl FnMut(&T, &T) -> Ordering,
) -> Vec<u32> {
    let mut places: Vec<u32> = (0..list.len() as u32).collect();
    sort_places(&mut places, &mut |a, b| {
        compare(&list[a as usize], &list[b as usize])
    });
    places
}

fn sort_places(places: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    places.sort_by(|a, b| compare(*a, *b));
}

/// A set of these, put in one by one: collecting sorts them before, with a sort for each type.
pub(crate) fn set<T: Ord>(all: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(all);
    set
}

/// A map of these, likewise.
pub(crate) fn map<Key: Ord, Value>(
    all: impl IntoIterator<Item = (Key, Value)>,
) -> BTreeMap<Key, Value> {
    let mut map = BTreeMap::new();
    map.extend(all);
    map
}
