//! The networks of one building, or those that no row of the building file explains.

use std::rc::Rc;

use callscope_kernel::groups::{NO_GROUP, PlaceGroups};

use super::{facts::Sources, scan, tally::Tally};
use crate::engine::model::buildings::BuildingNetwork;
use crate::engine::sorting::sorted_texts;
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
    let mut n_groups = 0;
    let group_of = |row: &BuildingNetwork| {
        if row.building != building {
            return NO_GROUP;
        }
        n_groups += 1;
        n_groups - 1
    };
    let of_row = rows.iter().map(group_of).collect();
    let n_unmapped = sources.facts.places().unmapped.n_codes();
    let groups = PlaceGroups::new(of_row, std::iter::repeat_n(NO_GROUP, n_unmapped));
    let found = scan::tallies_of_places(sources, choices, &groups, n_groups as usize);
    let rows = rows.iter().filter(|row| row.building == building);
    rows.zip(found.tallies)
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
    let codes = 0..networks.n_codes() as u32;
    let of_row = vec![NO_GROUP; sources.buildings.networks.len()];
    let groups = PlaceGroups::new(of_row, codes.clone());
    let found = scan::tallies_of_places(sources, choices, &groups, networks.n_codes());
    let mut tallies = found.tallies;
    let names = codes.map(|code| networks.words(code));
    let names = sorted_texts(names.collect()).into_iter();
    names
        .map(|(network, code)| NetworkTally {
            network,
            name: String::new(),
            line: None,
            tally: std::mem::take(&mut tallies[code as usize]),
        })
        .filter(|row| row.tally.n_streams() > 0)
        .collect()
}
