//! People with their few usual places: desks, homes, and addresses that no row explains.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::networks::Network;
use super::random::Random;

const TENANT_ID: &str = "7c1f0a52-4a0e-4b7c-9d1e-0f5a3c2b1d10";

pub(crate) struct Person {
    pub(crate) upn: String,
    pub(crate) object_id: String,
    pub(crate) phone: String,
    pub(crate) tenant_id: &'static str,
    pub(crate) machine: String,
    pub(crate) places: Vec<Place>,
    pub(crate) device_idx: usize,
}

/// What an end of a stream tells of its network; each part may be missing.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) address: Option<IpAddr>,
    pub(crate) subnet: Option<IpAddr>,
    pub(crate) public_address: Option<IpAddr>,
    pub(crate) connection: &'static str,
    pub(crate) bssid: Option<String>,
}

pub(crate) fn people(n_people: usize, networks: &[Network], random: &mut Random) -> Vec<Person> {
    let person = |idx: usize| {
        // Of guests the service tells less.
        let is_guest = idx.is_multiple_of(2);
        let of_member = |text: String| if is_guest { String::new() } else { text };
        Person {
            upn: format!(
                "person.{idx:05}@{}",
                if is_guest {
                    "fabrikam.com"
                } else {
                    "contoso.com"
                }
            ),
            object_id: of_member(random.guid()),
            phone: if idx.is_multiple_of(8) {
                format!("+1425555{:04}", idx % 10_000)
            } else {
                String::new()
            },
            tenant_id: if is_guest { "" } else { TENANT_ID },
            machine: of_member(format!("CTS-{idx:06}")),
            places: vec![
                desk(networks, random),
                desk(networks, random),
                home(random),
                elsewhere(networks, random),
            ],
            device_idx: random.idx(1000),
        }
    };
    (0..n_people).map(person).collect()
}

fn desk(networks: &[Network], random: &mut Random) -> Place {
    let network = random.pick(networks);
    let address = network.address(random);
    let subnet = match (address, random.below(10)) {
        (IpAddr::V6(_), _) | (_, 0) => None,
        // The client's own mask is often narrower or wider than the row.
        (IpAddr::V4(address), 1..4) => Some(IpAddr::V4(masked(address, 24))),
        _ => Some(network.first),
    };
    let is_wifi = random.percent(55);
    Place {
        // Sometimes only the subnet is left, and sometimes the address lies outside of it.
        address: match random.below(50) {
            0 => None,
            1 => Some(IpAddr::V4(Ipv4Addr::from(
                0x0a00_0000 | random.below(1 << 24),
            ))),
            _ => Some(address),
        },
        subnet,
        public_address: Some(public_address(random)),
        connection: if is_wifi { "Wifi" } else { "Wired" },
        bssid: is_wifi.then(|| {
            format!(
                "02-1a-00-{:02x}-{:02x}-{:02x}",
                random.below(256),
                random.below(256),
                random.below(9)
            )
        }),
    }
}

fn home(random: &mut Random) -> Place {
    let router = *random.pick(&[0_u8, 1, 1, 2, 178]);
    Place {
        address: Some(IpAddr::V4(Ipv4Addr::new(
            192,
            168,
            router,
            random.below(250) as u8 + 2,
        ))),
        subnet: Some(IpAddr::V4(Ipv4Addr::new(192, 168, router, 0))),
        public_address: Some(public_address(random)),
        connection: "Wifi",
        bssid: None,
    }
}

fn elsewhere(networks: &[Network], random: &mut Random) -> Place {
    let address = match random.below(4) {
        0 => Some(random.pick(networks).address(random)),
        1 => Some(public_address(random)),
        2 => {
            let site = 0x2001_0db8_u128 << 96 | u128::from(random.next()) << 32;
            Some(IpAddr::V6(Ipv6Addr::from(
                site | u128::from(random.below(u32::MAX)),
            )))
        }
        _ => None,
    };
    Place {
        address,
        subnet: None,
        public_address: None,
        connection: "MobileBB",
        bssid: None,
    }
}

pub(crate) fn server(random: &mut Random) -> Place {
    Place {
        address: Some(IpAddr::V4(Ipv4Addr::new(
            192,
            0,
            2,
            random.below(250) as u8 + 1,
        ))),
        subnet: None,
        public_address: None,
        connection: "Wired",
        bssid: None,
    }
}

/// An address of 198.18.0.0/15, of which the building file has some parts.
fn public_address(random: &mut Random) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from(0xc612_0000 | random.below(1 << 17)))
}

fn masked(address: Ipv4Addr, prefix: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(address) & u32::MAX << (32 - prefix))
}
