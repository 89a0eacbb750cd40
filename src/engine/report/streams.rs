//! Single streams, the latest first. Rows that stand for many are not among them.

use std::rc::Rc;

use callscope_kernel::groups::PlaceCode;
use callscope_kernel::order;
use callscope_kernel::selected::Rows;

use super::{facts::Sources, overview::end_times, scan};
use crate::engine::model::{column::NO_TIME, streams::Streams};
use crate::protocol::{BuildingGroup, Choices, Window};

/// A stream by its place in the exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamPick {
    /// When it ended; `NO_TIME` if unknown.
    pub end_ms: i64,
    /// Index of its export.
    pub table: usize,
    /// Its row.
    pub row: usize,
}

/// Streams in order, each by its number: rows are numbered through all exports.
#[derive(Debug, Default)]
pub struct StreamPicks(Vec<u32>);

impl StreamPicks {
    /// How many there are.
    pub fn n(&self) -> usize {
        self.0.len()
    }

    /// Those of a window.
    pub fn window(&self, sources: Sources<'_>, window: Window) -> Vec<StreamPick> {
        let firsts = first_numbers(sources.tables);
        let ends: Vec<_> = sources.tables.iter().map(end_times).collect();
        let pick = |number: &u32| {
            let number = *number as usize;
            let table = firsts.partition_point(|first| *first <= number) - 1;
            let row = number - firsts[table];
            StreamPick {
                end_ms: ends[table].map_or(NO_TIME, |times| times[row]),
                table,
                row,
            }
        };
        let numbers = self.0.iter().skip(window.first_idx as usize);
        numbers.take(window.n_rows as usize).map(pick).collect()
    }
}

/// The number of the first row of each export. An export without rows has none, and is found by nobody.
fn first_numbers(tables: &[Streams]) -> Vec<usize> {
    let mut n_before = 0;
    let first = |table: &Streams| {
        let first = n_before;
        n_before += table.n_rows;
        first
    };
    tables.iter().map(first).collect()
}

/// The streams of the chosen media and days, of one building if one is asked for.
pub fn streams(
    sources: Sources<'_>,
    choices: &Choices,
    building: Option<&BuildingGroup>,
) -> Rc<StreamPicks> {
    let kept = &sources.facts.answers.streams;
    kept.answer((*choices, building.cloned()), |(choices, building)| {
        find(sources, choices, building.as_ref())
    })
}

fn find(sources: Sources<'_>, choices: &Choices, building: Option<&BuildingGroup>) -> StreamPicks {
    let firsts = first_numbers(sources.tables);
    let n_rows = sources.tables.iter().map(|table| table.n_rows).sum();
    let mut wanted = Rows::none(n_rows);
    let is_of = match building {
        None => {
            let selection = sources.selection(choices);
            for (first, rows) in firsts.iter().zip(&selection.tables) {
                rows.for_each(|row| wanted.insert(first + row));
            }
            return latest_first(sources, &wanted);
        }
        Some(BuildingGroup::Building(name)) => match sources.buildings.find(name) {
            Some(building) => Some(building),
            None => return StreamPicks::default(),
        },
        Some(BuildingGroup::NotMapped) => None,
        Some(BuildingGroup::Together(_)) => return StreamPicks::default(),
    };
    let networks = &sources.buildings.networks;
    let building_of = |row: u32| networks[row as usize].building;
    let is_wanted = |place: PlaceCode| place.is_counted() && place.row().map(building_of) == is_of;
    scan::each_table(sources, choices, &mut |counted| {
        counted.rows.for_each(|row| {
            if counted.places(row).into_iter().any(is_wanted) {
                wanted.insert(firsts[counted.table] + row);
            }
        });
    });
    latest_first(sources, &wanted)
}

/// The single streams among these rows, in order.
fn latest_first(sources: Sources<'_>, wanted: &Rows) -> StreamPicks {
    let kept = &sources.facts.answers.latest_first;
    let all = kept.answer((), |()| sorted(sources.tables));
    let is_wanted = |number: &u32| wanted.contains(*number as usize);
    StreamPicks(all.iter().copied().filter(is_wanted).collect())
}

/// The numbers of all single streams: the latest first, those without a time last, else by number.
fn sorted(tables: &[Streams]) -> Vec<u32> {
    /// Turns the order of times around, and leaves no sign.
    const LATEST_FIRST: u64 = u64::MAX >> 1;
    let (mut numbers, mut keys): (Vec<u32>, Vec<u64>) = Default::default();
    for (first, table) in first_numbers(tables).into_iter().zip(tables) {
        let times = end_times(table);
        let end_ms = |row: usize| times.map_or(NO_TIME, |times| times[row]);
        let key = |row: usize| end_ms(row).cast_unsigned() ^ LATEST_FIRST;
        keys.extend((0..table.n_rows).map(key));
        if table.groups.is_none() {
            numbers.extend(first as u32..keys.len() as u32);
        }
    }
    order::by_keys(numbers, &keys)
}
