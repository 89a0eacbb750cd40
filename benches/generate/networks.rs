//! Networks of any prefix length, nested in each other, and the building file that lists them.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::random::Random;

const N_BUILDINGS: u32 = 600;
const CITIES: [(&str, &str, &str); 8] = [
    ("Seattle", "US", "North America"),
    ("Toronto", "CA", "North America"),
    ("São Paulo", "BR", "South America"),
    ("Amsterdam", "NL", "Europe"),
    ("München", "DE", "Europe"),
    ("Madrid", "ES", "Europe"),
    ("Singapore", "SG", "Asia"),
    ("Hyderabad", "IN", "Asia"),
];

/// One row of the building file.
pub(crate) struct Network {
    pub(crate) first: IpAddr,
    pub(crate) prefix: u8,
    pub(crate) building: String,
}

impl Network {
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                (u32::from(first) ^ u32::from(address)).leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                (u128::from(first) ^ u128::from(address)).leading_zeros() >= u32::from(self.prefix)
            }
            _ => false,
        }
    }

    /// Draws an address of this network.
    pub(crate) fn address(&self, random: &mut Random) -> IpAddr {
        match self.first {
            IpAddr::V4(first) => {
                let host = u32::MAX.checked_shr(u32::from(self.prefix)).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from(
                    u32::from(first) | random.next() as u32 & host,
                ))
            }
            IpAddr::V6(first) => {
                let host = u128::MAX.checked_shr(u32::from(self.prefix)).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from(
                    u128::from(first) | u128::from(random.next()) & host,
                ))
            }
        }
    }
}

/// Draws `n_networks` distinct rows, all within private, documentation and test ranges.
pub(crate) fn networks(n_networks: usize, random: &mut Random) -> Vec<Network> {
    let mut seen = BTreeSet::new();
    let mut networks = Vec::with_capacity(n_networks);
    // Everything else in 10.0.0.0/8 is nested in the first row.
    let mut next = Some((IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8));
    while networks.len() < n_networks {
        let (first, prefix) = next.take().unwrap_or_else(|| first_and_prefix(random));
        if seen.insert((first, prefix)) {
            networks.push(Network {
                first,
                prefix,
                building: building(random.below(N_BUILDINGS)),
            });
        }
    }
    networks
}

fn building(idx: u32) -> String {
    format!("{} {idx:03}", CITIES[idx as usize % CITIES.len()].0)
}

fn first_and_prefix(random: &mut Random) -> (IpAddr, u8) {
    let word = random.next();
    let (range, range_prefix, prefix) = match random.below(100) {
        0..3 => (Ipv4Addr::new(10, 0, 0, 0), 8, 9 + random.below(7) as u8),
        3..15 => (Ipv4Addr::new(10, 0, 0, 0), 8, 16 + random.below(7) as u8),
        15..70 => (Ipv4Addr::new(10, 0, 0, 0), 8, 23 + random.below(5) as u8),
        70..80 => (Ipv4Addr::new(10, 0, 0, 0), 8, 28 + random.below(5) as u8),
        80..92 => (
            Ipv4Addr::new(172, 16, 0, 0),
            12,
            20 + random.below(13) as u8,
        ),
        // Offices behind their public addresses.
        92..95 => (Ipv4Addr::new(198, 18, 0, 0), 15, 26 + random.below(7) as u8),
        _ => {
            let prefix = *random.pick(&[32_u8, 40, 48, 48, 56, 64, 64, 128]);
            let tail = u128::from(word) << 32;
            let bits = 0x2001_0db8_u128 << 96 | tail & (u128::MAX << (128 - prefix));
            return (IpAddr::V6(Ipv6Addr::from(bits)), prefix);
        }
    };
    let tail = word as u32 & u32::MAX >> range_prefix & u32::MAX << (32 - prefix);
    (IpAddr::V4(Ipv4Addr::from(u32::from(range) | tail)), prefix)
}

/// Writes fifteen columns without a header row.
pub(crate) fn write(networks: &[Network], out: &mut impl Write) -> io::Result<()> {
    for (line, network) in networks.iter().enumerate() {
        let Network {
            first,
            prefix,
            building,
        } = network;
        let (city, country, region) = CITIES
            .iter()
            .find(|(city, ..)| building.starts_with(city))
            .expect("a building is named for its city");
        write!(
            out,
            "{first}\t{building}\\FL{}\t{prefix}\t{building}\tContoso\tOffice\t\t",
            line % 9 + 1
        )?;
        write!(
            out,
            "{city}\t{:05}\t{country}\t\t{region}\t{}\t0\t0\r\n",
            line % 1000,
            u8::from(line % 20 > 0)
        )?;
    }
    Ok(())
}
