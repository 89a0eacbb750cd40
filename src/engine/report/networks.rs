//! The networks of one building, or those that no row of the building file explains.

use std::collections::BTreeMap;

use super::{
    end::{ENDS, End},
    facts::Sources,
    places::PlaceCode,
    scan::{self, Stream},
    tally::Tally,
};
use crate::engine::location::address::{Address, Network};
use crate::engine::model::{codes::Codes, streams::Streams};
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
) -> Vec<NetworkTally> {
    match building {
        BuildingGroup::Building(name) => match sources.buildings.find(name) {
            Some(building) => mapped(sources, choices, building),
            None => Vec::new(),
        },
        BuildingGroup::NotMapped => unmapped(sources, choices),
        BuildingGroup::Together(_) => Vec::new(),
    }
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
    let mut networks = UnmappedNetworks::default();
    let mut groups = scan::Groups::new(1, sources.facts.people().n_codes());
    scan::each_stream(sources, choices, |stream, measured| {
        let mut ends = [None, None];
        for (idx, end) in ENDS.into_iter().enumerate() {
            let place = stream.places[idx];
            if place.is_counted() && place.row().is_none() {
                ends[idx] = Some(networks.see(sources.tables, stream, end));
            }
        }
        groups.add(stream, measured, ends);
    });
    let mut tallies = groups.finish();
    let rows = networks.ids.into_iter().map(|(network, idx)| NetworkTally {
        network: network.words(),
        name: String::new(),
        line: None,
        tally: std::mem::take(&mut tallies[idx]),
    });
    rows.filter(|row| row.tally.n_streams() > 0).collect()
}

/// A network that the building file does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unmapped {
    /// As the client reported it, without its length.
    Subnet(Address),
    /// The usual network around an address whose subnet was not reported.
    Around(Network),
    /// No address at all.
    Nowhere,
}

impl Unmapped {
    fn words(self) -> String {
        match self {
            Self::Subnet(address) => address.to_string(),
            Self::Around(network) => network.to_string(),
            Self::Nowhere => String::new(),
        }
    }
}

/// The networks of ends that are not mapped, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct UnmappedNetworks {
    ids: BTreeMap<Unmapped, usize>,
    /// For each export and end: the texts of the keys, read once for each distinct text.
    keys: BTreeMap<(usize, usize), [Vec<Option<Unmapped>>; 3]>,
}

const KEYS: [&str; 3] = ["Subnet", "IP Address", "Reflexive Local IP"];

impl UnmappedNetworks {
    /// The number of the network of an end.
    pub(super) fn see(&mut self, tables: &[Streams], stream: &Stream, end: End) -> usize {
        let streams = &tables[stream.table];
        let keys = self
            .keys
            .entry((stream.table, end as usize))
            .or_insert_with(|| {
                KEYS.map(|name| {
                    let is_subnet = name == KEYS[0];
                    let read = |text: &[u8]| {
                        Address::parse(text).map(|address| around(address, is_subnet))
                    };
                    end.text(streams, name)
                        .map_or_else(Vec::new, |column| column.dictionary.map(read))
                })
            });
        let network = KEYS.iter().zip(keys).find_map(|(name, known)| {
            let codes: &Codes = &end.text(streams, name)?.codes;
            known[codes.get(stream.row) as usize]
        });
        let n_known = self.ids.len();
        *self
            .ids
            .entry(network.unwrap_or(Unmapped::Nowhere))
            .or_insert(n_known)
    }

    /// How many distinct networks were reported.
    pub(super) fn n_reported(&self) -> u64 {
        self.ids
            .keys()
            .filter(|network| **network != Unmapped::Nowhere)
            .count() as u64
    }
}

fn around(address: Address, is_subnet: bool) -> Unmapped {
    if is_subnet {
        return Unmapped::Subnet(address);
    }
    let usual = match address {
        Address::V4(_) => 24,
        Address::V6(_) => 64,
    };
    Network::new(address, usual).map_or(Unmapped::Nowhere, Unmapped::Around)
}
