//! The building file: networks, and the buildings that they belong to.

use std::collections::BTreeMap;

use crate::engine::location::{
    address::{Address, Network},
    index::LocationIndex,
    sites::Sites,
};

/// A building (location) file.
#[derive(Debug, Clone, Default)]
pub struct BuildingFile {
    /// Its rows in use, in the order of the file; `index` speaks of them by position.
    pub networks: Vec<BuildingNetwork>,
    /// The buildings, in the order of their first rows.
    pub buildings: Vec<Building>,
    /// Finds the row of an address.
    pub index: LocationIndex,
    /// Tells rows of the same network apart, of which `index` finds the first.
    pub sites: Sites,
    by_name: BTreeMap<String, u32>,
}

/// A row of the building file.
#[derive(Debug, Clone)]
pub struct BuildingNetwork {
    /// The addresses of the row.
    pub network: Network,
    /// The public address of its site, if it says one.
    pub public: Option<Address>,
    /// Name of the network; may be empty.
    pub name: String,
    /// Index of its building.
    pub building: u32,
    /// Line of the row.
    pub line: u64,
}

/// A building: the rows of the same building name, as the dashboard groups them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Building {
    /// Its name.
    pub name: String,
    /// Where it is, as its first row says.
    pub site: Site,
    /// How many rows it has.
    pub n_networks: u64,
}

/// Where a building is. Parts that the file leaves out are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// Country.
    pub country: String,
    /// Region: any grouping of the organization's own.
    pub region: String,
}

impl BuildingFile {
    /// The index of the building of this name, which is new if it was not known. Also says whether the
    /// building is already known at another site.
    pub fn building(&mut self, name: &str, site: &Site) -> (u32, bool) {
        if let Some(idx) = self.by_name.get(name) {
            let is_elsewhere = self.buildings[*idx as usize].site != *site;
            return (*idx, is_elsewhere);
        }
        let idx = u32::try_from(self.buildings.len()).expect("there are fewer buildings than rows");
        self.by_name.insert(name.to_owned(), idx);
        self.buildings.push(Building {
            name: name.to_owned(),
            site: site.clone(),
            n_networks: 0,
        });
        (idx, false)
    }

    /// The index of the building of this name.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }
}
