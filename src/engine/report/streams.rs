//! Single streams, the latest first. Rows that stand for many are not among them.

use std::rc::Rc;

use super::{facts::Sources, overview::end_times, places::PlaceCode, scan};
use crate::engine::model::column::NO_TIME;
use crate::protocol::{BuildingGroup, Choices};

/// A stream by its place in the exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StreamPick {
    /// When it ended; `NO_TIME` if unknown.
    pub end_ms: i64,
    /// Index of its export.
    pub table: usize,
    /// Its row.
    pub row: usize,
}

/// The streams of the chosen media, of one building if one is asked for.
pub fn streams(
    sources: Sources<'_>,
    choices: &Choices,
    building: Option<&BuildingGroup>,
) -> Rc<Vec<StreamPick>> {
    let kept = &sources.facts.answers.streams;
    kept.answer((*choices, building.cloned()), |(choices, building)| {
        scan_streams(sources, choices, building.as_ref())
    })
}

fn scan_streams(
    sources: Sources<'_>,
    choices: &Choices,
    building: Option<&BuildingGroup>,
) -> Vec<StreamPick> {
    let wanted = match building {
        Some(BuildingGroup::Building(name)) => match sources.buildings.find(name) {
            Some(building) => Some(Some(building)),
            None => return Vec::new(),
        },
        Some(BuildingGroup::NotMapped) => Some(None),
        Some(BuildingGroup::Together(_)) => return Vec::new(),
        None => None,
    };
    let building_of = |place: PlaceCode| {
        place
            .row()
            .map(|row| sources.buildings.networks[row as usize].building)
    };
    let is_wanted = |place: PlaceCode| match wanted {
        Some(building) => place.is_counted() && building_of(place) == building,
        None => true,
    };
    let ends: Vec<_> = sources.tables.iter().map(end_times).collect();
    let mut picks = Vec::new();
    scan::each_stream(sources, choices, |stream, _| {
        let is_single = sources.tables[stream.table].groups.is_none();
        if is_single && stream.places.into_iter().any(is_wanted) {
            picks.push(StreamPick {
                end_ms: ends[stream.table].map_or(NO_TIME, |times| times[stream.row]),
                table: stream.table,
                row: stream.row,
            });
        }
    });
    picks.sort_unstable_by_key(|pick| (std::cmp::Reverse(pick.end_ms), pick.table, pick.row));
    picks
}
