//! The buildings of the demo tenant with their networks, and the building file that describes them.
//!
//! Layout of the file: <https://learn.microsoft.com/microsoftteams/cqd-upload-tenant-building-data>.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::stories::{MISSING_NETWORK, MISSING_NETWORK_BUILDING};

pub(super) struct Building {
    pub(super) name: &'static str,
    /// The second number of its private addresses, 10.block.0.0/16.
    pub(super) block: u8,
    pub(super) region: &'static str,
    pub(super) utc_offset_minutes: i32,
    pub(super) n_people: u32,
    pub(super) round_trip_ms: u32,
    pub(super) poor_per_mille: u32,
    pub(super) networks: Vec<Network>,
    city: &'static str,
    zip: &'static str,
    country: &'static str,
    state: &'static str,
}

#[derive(Copy, Clone)]
pub(super) struct Network {
    pub(super) first_address: u32,
    pub(super) prefix: u8,
    pub(super) segment: Segment,
    in_file: bool,
}

#[derive(Copy, Clone, Eq, PartialEq)]
pub(super) enum Segment {
    Wired,
    Wifi,
    Rooms,
    Guest,
    Vpn,
}

/// The building whose wired network has IPv6 as well.
pub(super) const IPV6_BUILDING: &str = "Frankfurt Mainturm";
const IPV6_PREFIX: u8 = 48;

/// What the first, second, third … network of a building is for, with its prefix.
const SEGMENTS: [(Segment, u8); 14] = [
    (Segment::Wired, 24),
    (Segment::Wifi, 23),
    (Segment::Wired, 24),
    (Segment::Wifi, 22),
    (Segment::Rooms, 27),
    (Segment::Guest, 25),
    (Segment::Wired, 26),
    (Segment::Wifi, 24),
    (Segment::Wired, 21),
    (Segment::Guest, 26),
    (Segment::Wifi, 20),
    (Segment::Rooms, 27),
    (Segment::Wired, 25),
    (Segment::Wifi, 24),
];

/// Some VPN gateways give each client a mask of its own; the file then has one row for each address.
const N_SINGLE_ADDRESS_ROWS: u32 = 8;

impl Building {
    pub(super) fn is_tiny(&self) -> bool {
        self.n_people < 5
    }

    pub(super) fn networks_for(&self, segment: Segment) -> impl Iterator<Item = &Network> {
        self.networks
            .iter()
            .filter(move |network| network.segment == segment)
    }

    /// An address of the IPv6 network of this building.
    pub(super) fn ipv6_address(&self, host: u32) -> Ipv6Addr {
        let site = 0x2001_0db8_0000_u128 | u128::from(self.block);
        Ipv6Addr::from(site << 80 | 1 << 64 | u128::from(host))
    }
}

pub(super) fn buildings() -> Vec<Building> {
    include_str!("buildings.tsv")
        .lines()
        .skip(1)
        .map(building)
        .collect()
}

fn building(line: &'static str) -> Building {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let number = |idx: usize| -> u32 { cells[idx].parse().expect("a number in buildings.tsv") };
    let block = number(1) as u8;
    Building {
        name: cells[0],
        block,
        city: cells[2],
        zip: cells[3],
        country: cells[4],
        state: cells[5],
        region: cells[6],
        utc_offset_minutes: cells[7].parse().expect("an offset in buildings.tsv"),
        n_people: number(8),
        networks: networks(cells[0], block, number(9), cells[10]),
        round_trip_ms: number(11),
        poor_per_mille: number(12),
    }
}

fn networks(building: &str, block: u8, n_networks: u32, vpn_prefix: &str) -> Vec<Network> {
    let base = 10 << 24 | u32::from(block) << 16;
    let mut next_address = base;
    let mut networks = Vec::new();
    for (segment, prefix) in SEGMENTS.into_iter().cycle().take(n_networks as usize) {
        let size = 1 << (32 - prefix);
        let first_address = next_address.next_multiple_of(size);
        next_address = first_address + size;
        networks.push(Network {
            first_address,
            prefix,
            segment,
            in_file: true,
        });
    }
    if building == MISSING_NETWORK_BUILDING {
        let first_address = MISSING_NETWORK;
        networks.push(Network {
            first_address,
            prefix: 24,
            segment: Segment::Wifi,
            in_file: false,
        });
    }
    let vpn = |first_address, prefix| Network {
        first_address,
        prefix,
        segment: Segment::Vpn,
        in_file: true,
    };
    let vpn_base = base | 240 << 8;
    match vpn_prefix {
        "" => {}
        "32" => {
            let addresses = (1..=N_SINGLE_ADDRESS_ROWS).map(|host| vpn_base + 10 + host);
            networks.extend(addresses.map(|address| vpn(address, 32)));
        }
        prefix => networks.push(vpn(
            vpn_base,
            prefix.parse().expect("a prefix in buildings.tsv"),
        )),
    }
    networks
}

/// Writes the building file: fifteen columns, no header row, one line for each network.
pub(super) fn building_file(buildings: &[Building]) -> Vec<u8> {
    let mut file = String::with_capacity(64 * 1024);
    for building in buildings {
        for (idx, network) in building
            .networks
            .iter()
            .enumerate()
            .filter(|(_, network)| network.in_file)
        {
            let address = Ipv4Addr::from(network.first_address).to_string();
            push_row(
                &mut file,
                building,
                &address,
                network.prefix,
                network.segment,
                idx,
            );
        }
        if building.name == IPV6_BUILDING {
            let address = format!("2001:db8:{:x}::", building.block);
            push_row(
                &mut file,
                building,
                &address,
                IPV6_PREFIX,
                Segment::Wired,
                building.networks.len(),
            );
        }
    }
    file.into_bytes()
}

fn push_row(
    file: &mut String,
    building: &Building,
    address: &str,
    prefix: u8,
    segment: Segment,
    idx: usize,
) {
    let Building {
        name,
        city,
        zip,
        country,
        state,
        region,
        ..
    } = building;
    let code = match segment {
        Segment::Wired => "WIRED",
        Segment::Wifi => "WIFI",
        Segment::Rooms => "ROOMS",
        Segment::Guest => "GUEST",
        Segment::Vpn => "VPN",
    };
    let ownership = if segment == Segment::Guest {
        "Contoso guest"
    } else {
        "Contoso"
    };
    let office_type = match building.n_people {
        0..10 => "Small office",
        10..60 => "Branch office",
        _ => "Regional office",
    };
    let inside_corp = u8::from(segment != Segment::Guest);
    let express_route = u8::from(building.n_people >= 70);
    let vpn = u8::from(segment == Segment::Vpn);
    let floor = idx / 3 + 1;
    writeln!(
        file,
        "{address}\t{country}/{city}/{name}\\FL{floor}\\{code}\t{prefix}\t{name}\t{ownership}\tOffice\t{office_type}\t\
         {city}\t{zip}\t{country}\t{state}\t{region}\t{inside_corp}\t{express_route}\t{vpn}\r"
    )
    .expect("a String takes every line");
}
