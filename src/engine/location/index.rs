//! Finds the longest network that contains an address.
//!
//! Networks nest or are disjoint, so that they cut the line of addresses into intervals, each with one
//! innermost network. A look-up is a binary search over the interval starts.

use callscope_kernel::addresses;

use super::address::{Address, Network};

/// The networks of a building file, ready to be searched. Rows are given by their index.
#[derive(Debug, Clone, Default)]
pub struct LocationIndex {
    v4: Intervals<u32>,
    v6: Intervals<u128>,
    networks: Vec<Network>,
}

/// Starts of intervals in order, and the innermost row of each.
#[derive(Debug, Clone, Default)]
struct Intervals<Bits> {
    starts: Vec<Bits>,
    rows: Vec<Option<u32>>,
}

impl LocationIndex {
    /// The index of the given networks; of equal ones the first counts.
    pub fn new(networks: Vec<Network>) -> Self {
        let mut v4 = Vec::new();
        let mut v6 = Vec::new();
        for (row, network) in (0u32..).zip(&networks) {
            let n_free_bits = u32::from(network.first().n_bits() - network.prefix());
            match network.first() {
                Address::V4(first) => {
                    let last = first | u32::MAX.checked_shr(32 - n_free_bits).unwrap_or(0);
                    v4.push((first, last, row));
                }
                Address::V6(first) => {
                    let last = first | u128::MAX.checked_shr(128 - n_free_bits).unwrap_or(0);
                    v6.push((first, last, row));
                }
            }
        }
        Self {
            v4: Intervals::new(v4, |last| last.checked_add(1)),
            v6: Intervals::new(v6, |last| last.checked_add(1)),
            networks,
        }
    }

    /// The row of the longest network that contains the address.
    pub fn longest(&self, address: Address) -> Option<u32> {
        match address {
            Address::V4(bits) => self.v4.row(addresses::n_up_to(&self.v4.starts, bits)),
            Address::V6(bits) => {
                let starts = &self.v6.starts;
                self.v6.row(starts.partition_point(|start| *start <= bits))
            }
        }
    }

    /// The network of a row.
    pub fn network(&self, row: u32) -> Network {
        self.networks[row as usize]
    }
}

impl<Bits: Ord + Copy> Intervals<Bits> {
    /// Sweeps over (first, last, row) in order, with the networks that are open on a stack.
    fn new(mut spans: Vec<(Bits, Bits, u32)>, next: impl Fn(Bits) -> Option<Bits>) -> Self {
        // A wider network comes before those in it; of equal ones the first row lies innermost.
        spans.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
        let mut intervals = Self {
            starts: Vec::new(),
            rows: Vec::new(),
        };
        let mut open: Vec<(Bits, u32)> = Vec::new();
        for (first, last, row) in spans {
            intervals.close(&mut open, Some(first), &next);
            intervals.push(first, Some(row));
            open.push((last, row));
        }
        intervals.close(&mut open, None, &next);
        intervals
    }

    /// Ends the open networks that lie before `until`; what is around them goes on.
    fn close(
        &mut self,
        open: &mut Vec<(Bits, u32)>,
        until: Option<Bits>,
        next: impl Fn(Bits) -> Option<Bits>,
    ) {
        while let Some((last, _)) = open.last().copied() {
            if until.is_some_and(|until| last >= until) {
                return;
            }
            open.pop();
            if let Some(start) = next(last) {
                self.push(start, open.last().map(|(_, row)| *row));
            }
        }
    }

    fn push(&mut self, start: Bits, row: Option<u32>) {
        if self.starts.last() == Some(&start) {
            self.starts.pop();
            self.rows.pop();
        }
        self.starts.push(start);
        self.rows.push(row);
    }

    /// The innermost row of the last one of so many intervals, counted from the first.
    fn row(&self, n_first: usize) -> Option<u32> {
        self.rows[n_first.checked_sub(1)?]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The slow, obvious search.
    fn scan(networks: &[Network], address: Address) -> Option<u32> {
        let mut best: Option<(u8, u32)> = None;
        for (row, network) in (0u32..).zip(networks) {
            let is_longer = best.is_none_or(|(prefix, _)| network.prefix() > prefix);
            if network.contains(address) && is_longer {
                best = Some((network.prefix(), row));
            }
        }
        best.map(|(_, row)| row)
    }

    /// Few distinct high and low bits, so that networks nest, touch and repeat.
    fn addresses() -> impl Strategy<Value = Address> {
        let bits = prop_oneof![Just(0u128), Just(u128::MAX), any::<u128>(), (0u128..16)];
        (any::<bool>(), bits, 0u32..4).prop_map(|(is_v4, bits, high)| {
            if is_v4 {
                Address::V4((bits as u32 & 0x0000_FFFF) | high << 30)
            } else {
                Address::V6((bits & 0xFFFF) | u128::from(high) << 126)
            }
        })
    }

    proptest! {
        #[test]
        fn the_index_finds_what_a_scan_finds(
            rows in prop::collection::vec((addresses(), 0u8..=128), 0..40),
            asked in prop::collection::vec(addresses(), 0..40),
        ) {
            let networks: Vec<_> = rows
                .into_iter()
                .filter_map(|(address, prefix)| Network::new(address, prefix % (address.n_bits() + 1)))
                .collect();
            let index = LocationIndex::new(networks.clone());
            let borders = networks.iter().map(|network| network.first());
            for address in asked.into_iter().chain(borders) {
                prop_assert_eq!(index.longest(address), scan(&networks, address));
            }
        }
    }

    #[test]
    fn everything_may_be_one_network() {
        for text in ["0.0.0.0", "::"] {
            let any = Address::parse(text.as_bytes()).expect("an address");
            let index = LocationIndex::new(vec![Network::new(any, 0).expect("a network")]);
            assert_eq!(index.longest(any), Some(0));
        }
        assert_eq!(LocationIndex::default().longest(Address::V4(1)), None);
    }
}
