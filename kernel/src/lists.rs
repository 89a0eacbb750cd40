//! The rows of each group, one list behind the other: what is asked of some groups takes their rows alone, and what is
//! counted of all of them is counted without looking up the presences of each row.

use crate::blocks::BLOCK_ROWS;
use crate::groups::{By, Ends, Entries, Entry, Seen};
use crate::kinds;
use crate::selected::Rows;

/// The kinds of so many groups are counted in one call.
const GROUPS_AT_ONCE: usize = 64;

/// The rows of each group, from low to high.
#[derive(Debug)]
pub struct RowLists {
    /// Where the list of each group starts, and where the last one ends.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl RowLists {
    /// The rows of so many groups, by the groups of presences: all of them, whichever of the ends' rows count. A row
    /// with both ends in one group is once in its list.
    pub fn new(ends: &Ends<'_>, groups: &[u32], n_groups: usize) -> Self {
        let [_, second] = ends.at_ends;
        let ends = Ends {
            rows: &Rows::all(second.len()),
            ..*ends
        };
        let each_block = |each: &mut dyn FnMut(&Entries)| {
            let mut seen = Seen::new(ends.presences.len());
            ends.each_block(&By::Presence(groups), &mut seen, each);
        };
        let mut starts = vec![0; n_groups + 1];
        each_block(&mut |entries| count(entries.all(), &mut starts));
        let mut n_before = 0;
        for start in &mut starts {
            n_before += std::mem::replace(start, n_before);
        }
        let (mut places, mut rows) = (starts.clone(), vec![0; n_before as usize]);
        each_block(&mut |entries| put(entries.all(), &mut places, &mut rows));
        Self { starts, rows }
    }

    /// The rows of a group.
    fn of(&self, group: usize) -> &[u32] {
        &self.rows[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// How many of the rows that count are of each kind, one of three, group by group.
    pub fn count(&self, counted: &Rows, kinds: &[u8]) -> Vec<[u64; 3]> {
        let mut counts = vec![[0; 3]; self.starts.len() - 1];
        let mut first = 0;
        for counts in counts.chunks_mut(GROUPS_AT_ONCE) {
            count_kinds(&self.starts[first..], &self.rows, counted, kinds, counts);
            first += counts.len();
        }
        counts
    }

    /// Calls `each` with the entries of these groups, of the rows that count. In the entries a group is numbered by its
    /// place among those that are asked for.
    pub fn each_block(&self, groups: &[u32], counted: &Rows, each: &mut dyn FnMut(&Entries)) {
        let mut entries = Entries::default();
        for (group, wanted) in (0..).zip(groups) {
            for rows in self.of(*wanted as usize).chunks(BLOCK_ROWS) {
                if !entries.has_room(rows.len()) {
                    each(&entries);
                    entries.clear();
                }
                entries.push_group(group, rows, counted);
            }
        }
        each(&entries);
    }
}

#[inline(never)]
fn count(entries: &[Entry], counts: &mut [u32]) {
    for entry in entries {
        counts[entry.group as usize] += 1;
    }
}

#[inline(never)]
fn put(entries: &[Entry], places: &mut [u32], rows: &mut [u32]) {
    for entry in entries {
        let place = &mut places[entry.group as usize];
        rows[*place as usize] = entry.row;
        *place += 1;
    }
}

/// Counts the kinds of the rows of some consecutive groups. `starts` are theirs and that of the next group.
#[inline(never)]
fn count_kinds(
    starts: &[u32],
    rows: &[u32],
    counted: &Rows,
    kinds: &[u8],
    counts: &mut [[u64; 3]],
) {
    for (counts, list) in counts.iter_mut().zip(starts.windows(2)) {
        for rows in rows[list[0] as usize..list[1] as usize].chunks(BLOCK_ROWS) {
            let found = kinds::counts(packed_kinds(rows, counted, kinds));
            for (count, n) in counts.iter_mut().zip(found) {
                *count += n;
            }
        }
    }
}

/// The kinds of those rows of a block that count.
#[inline(never)]
fn packed_kinds(rows: &[u32], counted: &Rows, kinds: &[u8]) -> u64 {
    let kind = |row: &u32| {
        let row = *row as usize;
        u64::from(counted.contains(row)) * kinds::one(kinds[row])
    };
    rows.iter().map(kind).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::groups::{NO_GROUP, PlaceCode};
    use crate::presences::Presence;

    /// More than are counted in one call.
    const N_GROUPS: usize = 2 * GROUPS_AT_ONCE + 5;

    /// A row: the groups of both ends, the last of them none at all, whether it counts, and its kind.
    type Row = ([usize; 2], bool, u8);

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let row = (prop::array::uniform2(0..=N_GROUPS), any::<bool>(), 0..3_u8);
        // Several blocks of them now and then.
        prop_oneof![9 => prop::collection::vec(row.clone(), 0..80), 1 => prop::collection::vec(row, 3_000..3_100)]
    }

    fn check(rows: &[Row], is_second_only: bool) -> Result<(), TestCaseError> {
        let numbers = |end: usize| -> Vec<u32> {
            let numbers = rows.iter().map(|(groups, ..)| groups[end] as u32);
            numbers.collect()
        };
        let (first, second) = (numbers(0), numbers(1));
        let mut groups: Vec<u32> = (0..N_GROUPS as u32).collect();
        groups.push(NO_GROUP);
        let presence = Presence {
            place: PlaceCode(0),
            person: 0,
        };
        let mut counted = Rows::none(rows.len());
        for (row, _) in rows
            .iter()
            .enumerate()
            .filter(|(_, (_, counts, _))| *counts)
        {
            counted.insert(row);
        }
        let lists = RowLists::new(
            &Ends {
                rows: &counted,
                presences: &[presence; N_GROUPS + 1],
                at_ends: if is_second_only {
                    [&[], &second]
                } else {
                    [&first, &second]
                },
            },
            &groups,
            N_GROUPS,
        );
        let expected = |group: usize| -> Vec<u32> {
            let ends = usize::from(is_second_only)..2;
            let all = (0..).zip(rows);
            let of_group = all.filter(|(_, (groups, ..))| groups[ends.clone()].contains(&group));
            of_group.map(|(row, _)| row).collect()
        };
        let kinds: Vec<u8> = rows.iter().map(|(.., kind)| *kind).collect();
        let counts = lists.count(&counted, &kinds);
        for (group, counts) in counts.iter().enumerate() {
            let mut all = expected(group);
            prop_assert_eq!(lists.of(group), &all);
            all.retain(|row| rows[*row as usize].1);
            for (kind, n) in (0..).zip(counts) {
                let of_kind = all.iter().filter(|row| kinds[**row as usize] == kind);
                prop_assert_eq!(*n, of_kind.count() as u64);
            }
        }
        let wanted = [70, 0];
        let mut found = [Vec::new(), Vec::new()];
        lists.each_block(&wanted, &counted, &mut |entries| {
            for entry in entries.all() {
                found[entry.group as usize].push(entry.row);
            }
        });
        for (found, wanted) in found.iter().zip(wanted) {
            let mut all = expected(wanted as usize);
            all.retain(|row| rows[*row as usize].1);
            prop_assert_eq!(found, &all);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn a_list_has_the_rows_of_its_group(rows in rows(), is_second_only: bool) {
            check(&rows, is_second_only)?;
        }
    }

    #[test]
    fn a_list_may_be_longer_than_a_packed_count() {
        let n_rows = (1 << 21) + 5;
        let lists = RowLists {
            starts: vec![0, n_rows],
            rows: (0..n_rows).collect(),
        };
        let (all, kinds) = (Rows::all(n_rows as usize), vec![1; n_rows as usize]);
        assert_eq!(lists.count(&all, &kinds), [[0, u64::from(n_rows), 0]]);
    }
}
