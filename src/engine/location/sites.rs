//! Networks that several sites have, as shops with the same private addresses: the public address tells them apart.

use super::{
    address::{Address, Network},
    index::LocationIndex,
};
use crate::engine::sorting::sorted_places;

/// The rows of networks that a building file has more than once.
#[derive(Debug, Clone, Default)]
pub struct Sites {
    /// In order.
    rows: Vec<(Site, u32)>,
    /// Of each row whether its network is among them.
    are_shared: Vec<bool>,
    /// The shortest prefix of these networks.
    widest: u8,
    /// All other networks, and their rows.
    others: LocationIndex,
    rows_of_others: Vec<u32>,
}

/// A network, and the public address behind which it is; `None` for whatever is behind no other one.
pub type Site = (Network, Option<Address>);

impl Sites {
    /// Those of all rows, which have these buildings. A network with a single row is there whatever its public address
    /// is, and one whose rows all have one building is in that building.
    pub fn new(rows: &[Site], building: impl Fn(u32) -> u32) -> Self {
        let order = sorted_places(rows, Ord::cmp);
        let site = |row: u32| rows[row as usize];
        let mut all = Self {
            are_shared: vec![false; rows.len()],
            widest: u8::MAX,
            ..Self::default()
        };
        for shared in order.chunk_by(|one, other| site(*one).0 == site(*other).0) {
            let (first, (network, public)) = (shared[0], site(shared[0]));
            if shared.len() == 1 {
                continue;
            }
            all.widest = all.widest.min(network.prefix());
            let is_one_building = shared.iter().all(|row| building(*row) == building(first));
            if is_one_building && public.is_some() {
                all.rows.push(((network, None), first));
            }
            for row in shared {
                all.are_shared[*row as usize] = true;
                all.rows.push((site(*row), *row));
            }
        }
        if !all.rows.is_empty() {
            let is_other = |row: &u32| !all.are_shared[*row as usize];
            all.rows_of_others = (0..rows.len() as u32).filter(is_other).collect();
            let others = all.rows_of_others.iter().map(|row| site(*row).0);
            all.others = LocationIndex::new(others.collect());
        }
        all
    }

    /// Whether no network has more than one row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the network of a row has others.
    pub fn is_shared(&self, row: u32) -> bool {
        self.are_shared[row as usize]
    }

    /// The row around an address whose longest network has several rows, for an end with these public addresses: the
    /// first that is known, else what is behind no other one; else likewise that of a wider network.
    pub fn row(
        &self,
        network: Network,
        address: Address,
        public: [Option<Address>; 2],
    ) -> Option<u32> {
        let row_of = |network: Network, public: Option<Address>| {
            let order = |(site, _): &(Site, u32)| site.cmp(&(network, public));
            let found = self.rows.binary_search_by(order).ok();
            found.map(|idx| self.rows[idx].1)
        };
        let around = |prefix: u8| {
            let network = Network::new(address, prefix)?;
            let mut known = public.into_iter().flatten();
            let known = known.find_map(|public| row_of(network, Some(public)));
            known.or_else(|| row_of(network, None))
        };
        let other = self.others.longest(address);
        let n_others = other.map_or(0, |other| self.others.network(other).prefix() + 1);
        let mut prefixes = (n_others.max(self.widest)..=network.prefix()).rev();
        let other = other.map(|other| self.rows_of_others[other as usize]);
        prefixes.find_map(around).or(other)
    }
}
