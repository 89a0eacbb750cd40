//! IP addresses and networks, as numbers.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use callscope_kernel::{addresses, texts::Texts};

/// An address of either family. IPv4 addresses written as IPv6 ones are IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// 32 bits.
    V4(u32),
    /// 128 bits.
    V6(u128),
}

impl Address {
    /// Reads an address; a zone such as `%12` behind an IPv6 address is left out.
    pub fn parse(text: &[u8]) -> Option<Self> {
        // Most are, so that no detour is made for them.
        if let Some(bits) = addresses::v4(text) {
            return Some(Self::V4(bits));
        }
        let text = std::str::from_utf8(text).ok()?.trim();
        let text = text.split_once('%').map_or(text, |(address, _)| address);
        Some(match text.parse().ok()? {
            IpAddr::V4(address) => Self::V4(address.to_bits()),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => Self::V4(address.to_bits()),
                None => Self::V6(address.to_bits()),
            },
        })
    }

    /// How many bits an address of this family has.
    pub fn n_bits(self) -> u8 {
        match self {
            Self::V4(_) => 32,
            Self::V6(_) => 128,
        }
    }

    /// The address with all bits behind the prefix cleared.
    #[must_use]
    pub fn masked(self, prefix: u8) -> Self {
        match self {
            Self::V4(bits) => Self::V4(bits & mask_v4(prefix)),
            Self::V6(bits) => Self::V6(bits & mask_v6(prefix)),
        }
    }
}

fn mask_v4(prefix: u8) -> u32 {
    u32::MAX
        .checked_shl(u32::from(32 - prefix.min(32)))
        .unwrap_or(0)
}

fn mask_v6(prefix: u8) -> u128 {
    u128::MAX
        .checked_shl(u32::from(128 - prefix.min(128)))
        .unwrap_or(0)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(bits) => Ipv4Addr::from_bits(*bits).fmt(f),
            Self::V6(bits) => Ipv6Addr::from_bits(*bits).fmt(f),
        }
    }
}

/// The addresses that the texts of a list are.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    /// Most are of the older family.
    v4: addresses::Addresses,
    /// The places of all other texts, in order, and what they are.
    others: Vec<(u32, Option<Address>)>,
    /// Some text is no address.
    has_odd: bool,
}

impl Addresses {
    /// Reads the texts that have come since.
    pub fn read(&mut self, texts: &Texts) {
        let news = self.v4.n_read()..texts.len();
        self.v4.read(texts);
        for idx in news.filter(|idx| self.v4.v4(*idx).is_none()) {
            let address = Address::parse(texts.get(idx));
            self.has_odd |= address.is_none();
            self.others.push((idx as u32, address));
        }
    }

    /// The address at this place in the list, read now if it was not read before.
    pub fn get(&self, texts: &Texts, idx: usize) -> Option<Address> {
        if let Some(bits) = self.v4.v4(idx) {
            return Some(Address::V4(bits));
        }
        let place = |(place, _): &(u32, Option<Address>)| *place as usize;
        match self.others.binary_search_by_key(&idx, place) {
            Ok(at) => self.others[at].1,
            Err(_) => Address::parse(texts.get(idx)),
        }
    }

    /// Whether all texts of the list were read and are addresses.
    pub fn are_all(&self, texts: &Texts) -> bool {
        self.v4.n_read() == texts.len() && !self.has_odd
    }

    /// How much memory they take.
    pub fn n_bytes(&self) -> usize {
        self.v4.n_bytes() + self.others.capacity() * size_of::<(u32, Option<Address>)>()
    }
}

/// All addresses with the same first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    first: Address,
    prefix: u8,
}

impl Network {
    /// The network of so many bits that the address lies in; `None` if its family has fewer bits.
    pub fn new(address: Address, prefix: u8) -> Option<Self> {
        (prefix <= address.n_bits()).then(|| Self {
            first: address.masked(prefix),
            prefix,
        })
    }

    /// The network's address: the first one in it.
    pub fn first(self) -> Address {
        self.first
    }

    /// How many bits are the same in all its addresses.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// Whether the address lies in it.
    pub fn contains(self, address: Address) -> bool {
        address.n_bits() == self.first.n_bits() && address.masked(self.prefix) == self.first
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::dictionary::Dictionary;

    #[test]
    fn addresses_are_read_in_each_spelling() {
        assert_eq!(Address::parse(b"10.0.0.1"), Some(Address::V4(0x0A00_0001)));
        assert_eq!(
            Address::parse(b"::ffff:10.0.0.1"),
            Some(Address::V4(0x0A00_0001))
        );
        assert_eq!(
            Address::parse(b"fe80::1%12"),
            Some(Address::V6(0xFE80 << 112 | 1))
        );
        for text in [
            "",
            "10.0.1.12.0",
            "10.0.0",
            "10.0.0.256",
            "10.0.0.1:443",
            "host",
        ] {
            assert_eq!(Address::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn texts_that_were_read_before_are_the_same_addresses() {
        let texts = [
            "10.0.0.1",
            "0.0.0.0",
            "fe80::1%12",
            "host",
            "::ffff:10.0.0.1",
        ];
        let (mut read, mut unread) = (Dictionary::default(), Dictionary::default());
        for text in texts {
            let code = read.code(text.as_bytes());
            read.read_addresses();
            assert_eq!(unread.code(text.as_bytes()), code);
            let expected = Address::parse(text.as_bytes());
            assert_eq!(read.address(code), expected, "{text}");
            assert_eq!(unread.address(code), expected, "{text}");
            assert_eq!(read.are_addresses(), code < 4, "{text}");
            assert!(!unread.are_addresses());
        }
    }

    #[test]
    fn a_prefix_reaches_from_all_addresses_to_one() {
        let address = Address::parse(b"10.1.2.3").expect("an address");
        let text = |prefix| Network::new(address, prefix).map(|network| network.to_string());
        assert_eq!(text(0).as_deref(), Some("0.0.0.0/0"));
        assert_eq!(text(24).as_deref(), Some("10.1.2.0/24"));
        assert_eq!(text(32).as_deref(), Some("10.1.2.3/32"));
        assert_eq!(text(33), None);
    }
}
