//! The networks of one building, or those that no row of the building file explains.

use std::rc::Rc;

use super::{facts::Sources, places::PlaceCode, scan, tally::Tally};
use crate::protocol::{BuildingGroup, Choices};

/// A network and its streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkTally {
    /// `10.1.2.0/24`, or the subnet as reported, or empty where no address is known.
    pub network: String,
    /// Its name in the building file.
    pub name: String,
    /// Line of its row in the building file.
    pub line: Option<u64>,
    /// Its streams.
    pub tally: Tally,
}

/// The networks of a building that have streams of the chosen media, in the order of the building file.
pub fn networks(
    sources: Sources<'_>,
    choices: &Choices,
    building: &BuildingGroup,
) -> Rc<Vec<NetworkTally>> {
    let kept = &sources.facts.answers.networks;
    kept.answer(
        (*choices, building.clone()),
        |(choices, building)| match building {
            BuildingGroup::Building(name) => match sources.buildings.find(name) {
                Some(building) => mapped(sources, choices, building),
                None => Vec::new(),
            },
            BuildingGroup::NotMapped => unmapped(sources, choices),
            BuildingGroup::Together(_) => Vec::new(),
        },
    )
}

fn mapped(sources: Sources<'_>, choices: &Choices, building: u32) -> Vec<NetworkTally> {
    let rows = &sources.buildings.networks;
    // Rows of the building, numbered in their order.
    let mut group_of_row = vec![None; rows.len()];
    let mut n_groups = 0;
    for (group, row) in group_of_row.iter_mut().zip(rows) {
        if row.building == building {
            *group = Some(n_groups);
            n_groups += 1;
        }
    }
    let mut groups = scan::Groups::new(n_groups, sources.facts.people().n_codes());
    scan::each_stream(sources, choices, |stream, measured| {
        let group_of = |place: PlaceCode| group_of_row[place.row()? as usize];
        groups.add(stream, measured, stream.places.map(group_of));
    });
    let rows = rows.iter().filter(|row| row.building == building);
    rows.zip(groups.finish())
        .filter(|(_, tally)| tally.n_streams() > 0)
        .map(|(row, tally)| NetworkTally {
            network: row.network.to_string(),
            name: row.name.clone(),
            line: Some(row.line),
            tally,
        })
        .collect()
}

fn unmapped(sources: Sources<'_>, choices: &Choices) -> Vec<NetworkTally> {
    let networks = &sources.facts.places().unmapped;
    let mut groups = scan::Groups::new(networks.len(), sources.facts.people().n_codes());
    scan::each_stream(sources, choices, |stream, measured| {
        groups.add(stream, measured, stream.places.map(PlaceCode::unmapped));
    });
    let mut rows: Vec<_> = networks.iter().zip(groups.finish()).collect();
    rows.retain(|(_, tally)| tally.n_streams() > 0);
    rows.sort_by_key(|(network, _)| **network);
    rows.into_iter()
        .map(|(network, tally)| NetworkTally {
            network: network.words(),
            name: String::new(),
            line: None,
            tally,
        })
        .collect()
}
