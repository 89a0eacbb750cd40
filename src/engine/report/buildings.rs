//! Which buildings have bad calls.

use std::rc::Rc;

use super::{
    facts::Sources,
    places::{PlaceCode, Unmapped},
    scan,
    tally::Tally,
};
use crate::engine::model::buildings::Site;
use crate::protocol::{BuildingGroup, Choices};

/// A building and its streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildingTally {
    /// Which building.
    pub group: BuildingGroup,
    /// Where it is.
    pub site: Site,
    /// Networks of the building file; of ends not mapped, distinct reported subnets.
    pub n_networks: u64,
    /// Its streams.
    pub tally: Tally,
}

/// All buildings with streams of the chosen media, in the order of the building file, and the ends that
/// are not mapped at the end; all buildings of the file if there is no export at all.
pub fn buildings(sources: Sources<'_>, choices: &Choices) -> Rc<Vec<BuildingTally>> {
    let kept = &sources.facts.answers.buildings;
    kept.answer(*choices, |choices| scan_buildings(sources, choices))
}

fn scan_buildings(sources: Sources<'_>, choices: &Choices) -> Vec<BuildingTally> {
    let file = sources.buildings;
    let not_mapped = file.buildings.len();
    let n_people = sources.facts.people().n_codes();
    let mut groups = scan::Groups::new(not_mapped + 1, n_people);
    let unmapped = &sources.facts.places().unmapped;
    let mut is_seen = vec![false; unmapped.len()];
    let building_of: Vec<u32> = file.networks.iter().map(|row| row.building).collect();
    scan::each_stream(sources, choices, |stream, measured| {
        let group_of = |place: PlaceCode| match (place.row(), place.unmapped()) {
            (Some(row), _) => Some(building_of[row as usize] as usize),
            (None, Some(network)) => {
                is_seen[network] = true;
                Some(not_mapped)
            }
            (None, None) => None,
        };
        groups.add(stream, measured, stream.places.map(group_of));
    });
    let networks = unmapped.iter().zip(is_seen);
    let is_somewhere =
        |(network, is_seen): &(&Unmapped, bool)| *is_seen && **network != Unmapped::Nowhere;
    let n_unmapped = networks.filter(is_somewhere).count() as u64;
    let mut rows: Vec<_> = groups
        .finish()
        .into_iter()
        .enumerate()
        .map(|(idx, tally)| match file.buildings.get(idx) {
            Some(building) => BuildingTally {
                group: BuildingGroup::Building(building.name.clone()),
                site: building.site.clone(),
                n_networks: building.n_networks,
                tally,
            },
            None => BuildingTally {
                group: BuildingGroup::NotMapped,
                site: Site::default(),
                n_networks: n_unmapped,
                tally,
            },
        })
        .collect();
    if sources.tables.is_empty() {
        rows.pop();
    } else {
        rows.retain(|row| row.tally.n_streams() > 0);
    }
    rows
}
