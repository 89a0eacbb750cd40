//! The order in which an end's keys are looked up: address, subnet, public address.

use super::{address::Address, index::LocationIndex};
use crate::protocol::{Mapping, MappingKey};

/// The rows that each key of an end leads to by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lookups {
    /// Row around the client's own address.
    pub address: Option<u32>,
    /// Row of the network that the client reported.
    pub subnet: Option<Found>,
    /// Row around the address that the internet sees.
    pub public: Option<u32>,
}

/// The row of the building file that explains an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Index of the row.
    pub row: u32,
    /// The key that matched.
    pub key: MappingKey,
}

/// Chooses the row for an end. The most specific evidence wins: the longer prefix of the row that holds
/// the address and the row whose network is the subnet, the address on a tie; else the longest row
/// around the subnet; else the public address. The dashboard itself joins on the subnet alone.
pub fn choose(index: &LocationIndex, mapping: Mapping, lookups: Lookups) -> Option<Found> {
    if mapping == Mapping::SameAsCqd {
        return lookups.subnet;
    }
    let found = |row, key| Found { row, key };
    let by_address = lookups.address.map(|row| found(row, MappingKey::Address));
    let exactly = lookups
        .subnet
        .filter(|found| found.key == MappingKey::Subnet);
    match (by_address, exactly) {
        (Some(address), Some(subnet)) => {
            let prefix = |found: Found| index.network(found.row).prefix();
            Some(if prefix(subnet) > prefix(address) {
                subnet
            } else {
                address
            })
        }
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => lookups.subnet.or_else(|| {
            lookups
                .public
                .map(|row| found(row, MappingKey::PublicAddress))
        }),
    }
}

/// What the longest row around a reported subnet, which comes without its length, has to do with it. A row whose network
/// is the subnet is never shorter than another row around it.
pub fn by_subnet(index: &LocationIndex, row: u32, subnet: Address) -> Found {
    let key = if index.network(row).first() == subnet {
        MappingKey::Subnet
    } else {
        MappingKey::WithinWiderRow
    };
    Found { row, key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::location::address::Network;

    fn index(networks: &[&str]) -> LocationIndex {
        LocationIndex::new(networks.iter().map(|text| network(text)).collect())
    }

    fn network(text: &str) -> Network {
        let (address, prefix) = text.split_once('/').expect("a network");
        let prefix = prefix.parse().expect("a prefix");
        Network::new(address_of(address).expect("an address"), prefix).expect("a network")
    }

    fn address_of(text: &str) -> Option<Address> {
        Address::parse(text.as_bytes())
    }

    type Keys = [&'static str; 3];

    /// (row, key) in the default mode, row in the dashboard's mode.
    fn both(networks: &[&str], keys: Keys) -> (Option<(u32, MappingKey)>, Option<u32>) {
        let index = index(networks);
        let [address, subnet, public] = keys.map(address_of);
        let lookups = Lookups {
            address: address.and_then(|address| index.longest(address)),
            subnet: subnet
                .and_then(|subnet| Some(by_subnet(&index, index.longest(subnet)?, subnet))),
            public: public.and_then(|public| index.longest(public)),
        };
        let default = choose(&index, Mapping::MostSpecific, lookups);
        let same_as_cqd = choose(&index, Mapping::SameAsCqd, lookups);
        (
            default.map(|found| (found.row, found.key)),
            same_as_cqd.map(|found| found.row),
        )
    }

    #[test]
    fn a_row_for_the_subnet_alone_is_found_in_both_modes() {
        let rows = ["10.0.0.0/8", "10.0.128.0/32"];
        let keys = ["10.0.128.57", "10.0.128.0", ""];
        assert_eq!(both(&rows, keys), (Some((1, MappingKey::Subnet)), Some(1)));
    }

    #[test]
    fn halves_of_a_subnet_are_told_apart_by_the_address_only() {
        let rows = ["10.1.2.0/25", "10.1.2.128/25"];
        let keys = ["10.1.2.200", "10.1.2.0", ""];
        assert_eq!(both(&rows, keys), (Some((1, MappingKey::Address)), Some(0)));
    }

    #[test]
    fn the_address_wins_a_tie() {
        let rows = ["10.1.0.0/24", "10.2.0.0/24"];
        let keys = ["10.1.0.9", "10.2.0.0", ""];
        assert_eq!(both(&rows, keys), (Some((0, MappingKey::Address)), Some(1)));
    }

    #[test]
    fn a_wider_row_around_the_subnet_comes_before_the_public_address() {
        let rows = ["10.0.0.0/8", "198.51.100.0/24"];
        let found = both(&rows, ["192.168.1.9", "10.9.0.0", "198.51.100.7"]);
        assert_eq!(found, (Some((0, MappingKey::WithinWiderRow)), Some(0)));
        let found = both(&rows, ["192.168.1.9", "192.168.1.0", "198.51.100.7"]);
        assert_eq!(found, (Some((1, MappingKey::PublicAddress)), None));
    }
}
