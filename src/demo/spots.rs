//! Where an end of a call is in the network, and how much trouble waits there.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::buildings::{Building, IPV6_BUILDING, Network, Segment};
use super::people::{Desk, Person, access_point};
use super::random::Random;
use super::stories::{
    ACCESS_POINT_BUILDING, ACCESS_POINT_NUMBER, CHANGED_BUILDING, CHANGED_FROM_DAY_IDX,
    DRIVER_VERSION, HEADSET, PROXY_BUILDING, VPN_BUILDING,
};

pub(super) struct Spot {
    pub(super) address: Address,
    pub(super) subnet: Option<Ipv4Addr>,
    pub(super) public_address: Option<Ipv4Addr>,
    pub(super) connection: &'static str,
    pub(super) access_point: Option<AccessPoint>,
    pub(super) is_vpn: bool,
    pub(super) round_trip_ms: u32,
    pub(super) tcp_per_mille: u32,
    pub(super) hazard: Hazard,
}

#[derive(Copy, Clone)]
pub(super) enum Address {
    Unknown,
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

#[derive(Copy, Clone)]
pub(super) struct AccessPoint {
    pub(super) block: u8,
    pub(super) number: u8,
    pub(super) band: &'static str,
}

/// How many of a thousand streams break each limit.
#[derive(Copy, Clone, Default)]
pub(super) struct Hazard {
    pub(super) jitter: u32,
    pub(super) loss: u32,
    pub(super) round_trip: u32,
}

impl Hazard {
    const fn new(jitter: u32, loss: u32, round_trip: u32) -> Self {
        Self {
            jitter,
            loss,
            round_trip,
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self::new(
            self.jitter + other.jitter,
            self.loss + other.loss,
            self.round_trip + other.round_trip,
        )
    }
}

const BAD_ACCESS_POINT: Hazard = Hazard::new(130, 120, 0);
const LONG_WAY_ROUND: Hazard = Hazard::new(10, 15, 170);
const CHANGED: Hazard = Hazard::new(35, 55, 15);
const BAD_HEADSET: Hazard = Hazard::new(95, 5, 0);
const OUTDATED_DRIVER: Hazard = Hazard::new(60, 45, 0);
const WIFI: Hazard = Hazard::new(3, 2, 0);
const HOME: Hazard = Hazard::new(5, 6, 3);
const MOBILE_NETWORK: Hazard = Hazard::new(22, 20, 14);
/// Added to streams that go over TCP, wherever they are.
pub(super) const TCP: Hazard = Hazard::new(38, 52, 8);

const USUAL_TCP_PER_MILLE: u32 = 22;
const PROXY_TCP_PER_MILLE: u32 = 860;

pub(super) fn server(random: &mut Random) -> Spot {
    Spot {
        address: Address::V4(Ipv4Addr::new(192, 0, 2, random.between(10, 90) as u8)),
        subnet: None,
        public_address: None,
        connection: "Wired",
        access_point: None,
        is_vpn: false,
        round_trip_ms: 0,
        tcp_per_mille: 0,
        hazard: Hazard::default(),
    }
}

/// Draws where a person is on a day.
pub(super) fn spot(
    person: &Person,
    day_idx: u32,
    buildings: &[Building],
    random: &mut Random,
) -> Spot {
    let mut spot = match &person.desk {
        Some(desk) => member_spot(person, desk, day_idx, buildings, random),
        None if random.chance(120) => guest(buildings, random),
        None => home(person, random),
    };
    if person.headset.name == HEADSET {
        spot.hazard = spot.hazard.and(BAD_HEADSET);
    }
    if spot.connection == "Wifi"
        && person.driver_version == DRIVER_VERSION
        && !person.client.is_mobile
    {
        spot.hazard = spot.hazard.and(OUTDATED_DRIVER);
    }
    spot
}

pub(super) fn anonymous(random: &mut Random) -> Spot {
    let connection = random.pick(&["Wifi", "Wifi", "Wired", "MobileBB"]);
    let address = if random.chance(300) {
        Address::Unknown
    } else {
        Address::V4(Ipv4Addr::new(203, 0, 113, random.between(2, 250) as u8))
    };
    Spot {
        address,
        subnet: None,
        public_address: None,
        connection,
        access_point: None,
        is_vpn: false,
        round_trip_ms: random.between(40, 130),
        tcp_per_mille: USUAL_TCP_PER_MILLE,
        hazard: HOME,
    }
}

fn member_spot(
    person: &Person,
    desk: &Desk,
    day_idx: u32,
    buildings: &[Building],
    random: &mut Random,
) -> Spot {
    let building = &buildings[desk.building_idx];
    let vpn: Vec<&Network> = building.networks_for(Segment::Vpn).collect();
    let at_home_until = 260;
    let on_vpn_until = at_home_until + if vpn.is_empty() { 0 } else { 190 };
    let mobile_until = on_vpn_until + 20;
    let visiting_until = mobile_until + if building.is_tiny() { 0 } else { 40 };
    match random.below(1000) {
        draw if draw < at_home_until => home(person, random),
        draw if draw < on_vpn_until => on_vpn(person, desk, building, &vpn),
        draw if draw < mobile_until => mobile(random),
        draw if draw < visiting_until => {
            let visited = visited(building, buildings, random);
            let networks: Vec<&Network> = visited.networks_for(Segment::Wifi).collect();
            let number = access_point(visited, random);
            let host = desk.seat + 120;
            in_building(
                visited,
                **random.pick(&networks),
                host,
                Some(number),
                day_idx,
                random,
            )
        }
        _ if desk.prefers_wifi || person.client.is_mobile => {
            let number = if random.chance(700) {
                desk.access_point
            } else {
                access_point(building, random)
            };
            in_building(
                building,
                desk.wifi,
                desk.seat,
                Some(number),
                day_idx,
                random,
            )
        }
        _ => in_building(building, desk.wired, desk.seat, None, day_idx, random),
    }
}

/// Another building of the region; tiny ones stay tiny because nobody visits them.
fn visited<'a>(own: &Building, buildings: &'a [Building], random: &mut Random) -> &'a Building {
    loop {
        let building = random.pick(buildings);
        if building.region == own.region && !building.is_tiny() {
            return building;
        }
    }
}

fn in_building(
    building: &Building,
    network: Network,
    host: u32,
    access_point: Option<u8>,
    day_idx: u32,
    random: &mut Random,
) -> Spot {
    let quarter = building.poor_per_mille / 4;
    let mut hazard = Hazard::new(quarter, quarter, quarter / 2);
    let mut tcp_per_mille = USUAL_TCP_PER_MILLE;
    if access_point.is_some() {
        hazard = hazard.and(WIFI);
    }
    if building.name == ACCESS_POINT_BUILDING && access_point == Some(ACCESS_POINT_NUMBER) {
        hazard = hazard.and(BAD_ACCESS_POINT);
    }
    if building.name == CHANGED_BUILDING && day_idx >= CHANGED_FROM_DAY_IDX {
        hazard = hazard.and(CHANGED);
    }
    if building.name == PROXY_BUILDING {
        tcp_per_mille = PROXY_TCP_PER_MILLE;
    }
    let has_ipv6 = building.name == IPV6_BUILDING && access_point.is_none() && random.chance(600);
    Spot {
        address: if has_ipv6 {
            Address::V6(building.ipv6_address(host + 16))
        } else {
            Address::V4(nth_address(network, host))
        },
        subnet: (!has_ipv6).then(|| Ipv4Addr::from(network.first_address)),
        public_address: Some(egress(building)),
        connection: if access_point.is_some() {
            "Wifi"
        } else {
            "Wired"
        },
        access_point: access_point.map(|number| AccessPoint {
            block: building.block,
            number,
            band: if random.chance(780) {
                "5.0 Ghz"
            } else {
                "2.4 Ghz"
            },
        }),
        is_vpn: false,
        round_trip_ms: building.round_trip_ms,
        tcp_per_mille,
        hazard,
    }
}

fn on_vpn(person: &Person, desk: &Desk, building: &Building, networks: &[&Network]) -> Spot {
    let network = networks[desk.seat as usize % networks.len()];
    let is_long_way = building.name == VPN_BUILDING;
    Spot {
        address: Address::V4(nth_address(*network, desk.seat)),
        subnet: Some(Ipv4Addr::from(network.first_address)),
        public_address: Some(egress(building)),
        connection: if person.home.host.is_multiple_of(3) {
            "Wired"
        } else {
            "Tunnel"
        },
        access_point: None,
        is_vpn: true,
        round_trip_ms: building.round_trip_ms + if is_long_way { 235 } else { 28 },
        tcp_per_mille: USUAL_TCP_PER_MILLE * 2,
        hazard: if is_long_way {
            HOME.and(LONG_WAY_ROUND)
        } else {
            HOME
        },
    }
}

fn guest(buildings: &[Building], random: &mut Random) -> Spot {
    loop {
        let building = random.pick(buildings);
        let guest_networks: Vec<&Network> = building.networks_for(Segment::Guest).collect();
        if let Some(network) = guest_networks.first() {
            let host = random.below(40);
            let number = access_point(building, random);
            return in_building(building, **network, host, Some(number), 0, random);
        }
    }
}

fn home(person: &Person, random: &mut Random) -> Spot {
    let home = &person.home;
    let public_address = Ipv4Addr::from(home.public_address);
    let (address, subnet, public_address) = match home.ipv6 {
        Some(address) => (Address::V6(address), None, None),
        None if home.has_router => {
            let local = |host| Ipv4Addr::new(192, 168, home.router, host);
            (
                Address::V4(local(home.host)),
                Some(local(0)),
                Some(public_address),
            )
        }
        None => (Address::V4(public_address), None, Some(public_address)),
    };
    Spot {
        address,
        subnet,
        public_address,
        connection: if home.host.is_multiple_of(4) && !person.client.is_mobile {
            "Wired"
        } else {
            "Wifi"
        },
        access_point: None,
        is_vpn: false,
        round_trip_ms: random.between(35, 120),
        tcp_per_mille: USUAL_TCP_PER_MILLE,
        hazard: HOME,
    }
}

fn mobile(random: &mut Random) -> Spot {
    let host = random.between(2, 250) as u8;
    Spot {
        address: Address::V4(Ipv4Addr::new(100, 64, random.below(64) as u8, host)),
        subnet: None,
        public_address: Some(Ipv4Addr::new(203, 0, 113, host)),
        connection: "MobileBB",
        access_point: None,
        is_vpn: false,
        round_trip_ms: random.between(60, 170),
        tcp_per_mille: USUAL_TCP_PER_MILLE,
        hazard: MOBILE_NETWORK,
    }
}

fn egress(building: &Building) -> Ipv4Addr {
    Ipv4Addr::new(198, 51, 100, building.block)
}

fn nth_address(network: Network, host: u32) -> Ipv4Addr {
    let n_hosts = (1_u32 << (32 - network.prefix)).saturating_sub(12).max(1);
    let offset = if network.prefix == 32 {
        0
    } else {
        10 + host % n_hosts
    };
    Ipv4Addr::from(network.first_address + offset)
}
