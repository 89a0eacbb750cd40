//! The networks of one building, or those that no row of the building file explains.

use std::rc::Rc;

use super::{
    facts::Sources,
    places::PlaceCode,
    scan::{self, Stream},
    tally::Tally,
};
use crate::engine::location::address::{Address, Network};
use crate::engine::model::{
    by_code::ByCode,
    end::{ENDS, End},
    streams::Streams,
};
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
    let networks = UnmappedNetworks::new(sources.tables);
    let mut groups = scan::Groups::new(networks.all.len(), sources.facts.people().n_codes());
    scan::each_stream(sources, choices, |stream, measured| {
        let group_of = |end: End| networks.of(stream, end);
        groups.add(stream, measured, ENDS.map(group_of));
    });
    let rows = networks.all.iter().zip(groups.finish());
    rows.filter(|(_, tally)| tally.n_streams() > 0)
        .map(|(network, tally)| NetworkTally {
            network: network.words(),
            name: String::new(),
            line: None,
            tally,
        })
        .collect()
}

/// A network that the building file may not have.
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

/// The networks that ends tell of themselves, in order, found once for each distinct text.
pub(super) struct UnmappedNetworks<'session> {
    all: Vec<Unmapped>,
    /// Of each export, the keys of both ends: a network for each code.
    keys: Vec<[[Key<'session>; 3]; 2]>,
}

type Key<'session> = Option<ByCode<'session, Option<usize>>>;

/// The fields that tell, the first one that is there.
const KEYS: [&str; 3] = ["Subnet", "IP Address", "Reflexive Local IP"];

impl<'session> UnmappedNetworks<'session> {
    /// The networks of all texts of these exports.
    pub(super) fn new(tables: &'session [Streams]) -> Self {
        let read = |name: &str, text: &[u8]| {
            Address::parse(text).map(|address| around(address, name == KEYS[0]))
        };
        let mut all = vec![Unmapped::Nowhere];
        for (streams, end) in tables.iter().flat_map(|table| ENDS.map(|end| (table, end))) {
            for name in KEYS {
                let column = end.text(streams, name);
                let texts = column
                    .into_iter()
                    .flat_map(|column| column.dictionary.iter());
                all.extend(texts.filter_map(|(_, text)| read(name, text)));
            }
        }
        all.sort_unstable();
        all.dedup();
        let key_of = |streams: &'session Streams, end: End, name: &str| {
            let column = end.text(streams, name)?;
            let idx_of = |text: &[u8]| all.binary_search(&read(name, text)?).ok();
            Some(ByCode::new(column, idx_of))
        };
        let keys = tables
            .iter()
            .map(|streams| ENDS.map(|end| KEYS.map(|name| key_of(streams, end, name))))
            .collect();
        Self { all, keys }
    }

    /// The index of the network of an end that counts and is not mapped.
    fn of(&self, stream: &Stream, end: End) -> Option<usize> {
        let place = stream.places[end as usize];
        if !place.is_counted() || place.row().is_some() {
            return None;
        }
        let keys = &self.keys[stream.table][end as usize];
        let told = keys.iter().flatten().find_map(|key| key.at(stream.row));
        // Nowhere stands last.
        Some(told.unwrap_or(self.all.len() - 1))
    }

    /// How many networks stand behind the ends of these streams that are not mapped.
    pub(super) fn counter(&self) -> NetworkCounter<'_> {
        NetworkCounter {
            networks: self,
            is_seen: vec![false; self.all.len()],
        }
    }
}

/// Counts distinct networks.
pub(super) struct NetworkCounter<'networks> {
    networks: &'networks UnmappedNetworks<'networks>,
    is_seen: Vec<bool>,
}

impl NetworkCounter<'_> {
    /// Takes note of the ends of a stream that are not mapped.
    pub(super) fn see(&mut self, stream: &Stream) {
        for end in ENDS {
            if let Some(idx) = self.networks.of(stream, end) {
                self.is_seen[idx] = true;
            }
        }
    }

    /// How many networks were seen; ends without any address have none.
    pub(super) fn n_seen(&self) -> u64 {
        let (_nowhere, networks) = self.is_seen.split_last().expect("nowhere is always there");
        networks.iter().filter(|is_seen| **is_seen).count() as u64
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
