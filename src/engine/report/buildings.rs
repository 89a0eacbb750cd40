//! Which buildings have bad calls.

use std::rc::Rc;

use callscope_kernel::groups::PlaceGroups;

use super::{facts::Sources, scan, tally::Tally};
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
    let of_row = file.networks.iter().map(|row| row.building).collect();
    let unmapped = &sources.facts.places().unmapped;
    let of_unmapped = std::iter::repeat_n(not_mapped as u32, unmapped.n_codes());
    let groups = PlaceGroups::new(of_row, of_unmapped);
    let found = scan::tallies_of_places(sources, choices, &groups, not_mapped + 1);
    let mut rows: Vec<_> = found
        .tallies
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
                n_networks: found.n_unmapped,
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
