//! Networks that several sites have, as shops with the same private addresses: the public address tells them apart.

use super::address::{Address, Network};
use crate::engine::sorting::sorted_places;

/// The rows of networks that a building file has more than once, with the public addresses of their sites.
#[derive(Debug, Clone, Default)]
pub struct Sites(Vec<(Site, u32)>);

/// A network, and the public address behind which it is; `None` for all others.
pub type Site = (Network, Option<Address>);

impl Sites {
    /// Those of all rows. A network with a single row is there whatever its public address is.
    pub fn new(rows: &[Site]) -> Self {
        let order = sorted_places(rows, Ord::cmp);
        let site = |row: u32| rows[row as usize];
        let of_network = order.chunk_by(|one, other| site(*one).0 == site(*other).0);
        let shared = of_network.filter(|rows| rows.len() > 1).flatten();
        Self(shared.map(|row| (site(*row), *row)).collect())
    }

    /// Whether no network has more than one row.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The row of this network for an end with these public addresses, the first that is known: that for all others
    /// if there is none. `row` if the network has no other.
    pub fn row(
        &self,
        network: Network,
        row: u32,
        public: impl Iterator<Item = Address>,
    ) -> Option<u32> {
        let of_network = self.0.partition_point(|(site, _)| site.0 < network);
        let is_shared = self
            .0
            .get(of_network)
            .is_some_and(|(site, _)| site.0 == network);
        if !is_shared {
            return Some(row);
        }
        let mut public = public.map(Some).chain([None]);
        public.find_map(|public| {
            let found = self
                .0
                .binary_search_by(|(site, _)| site.cmp(&(network, public)));
            found.ok().map(|idx| self.0[idx].1)
        })
    }
}
