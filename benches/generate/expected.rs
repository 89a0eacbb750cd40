//! The answer that an engine must find, worked out slowly and independently while the rows are drawn.
//!
//! Audio under the service's present limits, partial figures read as they stand; a stream counts for the
//! building of each of its client ends, or of its second end only; the most specific of address, subnet and
//! public address decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use super::networks::Network;
use super::people::{Person, Place};
use super::row::{End, Figures, Stream};

pub(crate) const NOT_MAPPED: &str = "(not mapped)";

/// First and last day of the questions about a part of the month. A stream belongs to the day it ended on.
pub(crate) const DAYS: [u32; 2] = [8, 17];

/// What is expected of each building by name, and of the ends that no row explains.
pub(crate) type Buildings = BTreeMap<String, ExpectedBuilding>;

/// What is expected of an export.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) buildings: Buildings,
    pub(crate) by_second_end: Buildings,
    pub(crate) by_second_end_in_days: Buildings,
    /// Poor streams of each person at the second end, who is known by the sign-in name.
    pub(crate) poor_by_second_end: BTreeMap<String, u64>,
}

#[derive(Debug, Default)]
pub(crate) struct ExpectedBuilding {
    pub(crate) n_good: u64,
    pub(crate) n_poor: u64,
    pub(crate) n_unclassified: u64,
    pub(crate) people: BTreeSet<String>,
    pub(crate) jitter_ms: Mean,
    pub(crate) loss_ratio: Mean,
    pub(crate) round_trip_ms: Mean,
}

impl ExpectedBuilding {
    pub(crate) fn n_streams(&self) -> u64 {
        self.n_good + self.n_poor + self.n_unclassified
    }
}

/// A mean over the streams that carry the value, from an exact sum.
#[derive(Debug, Default)]
pub(crate) struct Mean {
    sum_of_last_decimals: u64,
    n_streams: u64,
    last_decimals_per_unit: u32,
}

impl Mean {
    fn add(&mut self, number: Option<u32>, last_decimals_per_unit: u32) {
        if let Some(number) = number {
            self.sum_of_last_decimals += u64::from(number);
            self.n_streams += 1;
            self.last_decimals_per_unit = last_decimals_per_unit;
        }
    }

    pub(crate) fn value(&self) -> Option<f64> {
        let n = self.n_streams as f64 * f64::from(self.last_decimals_per_unit);
        (self.n_streams > 0).then(|| self.sum_of_last_decimals as f64 / n)
    }
}

enum Verdict {
    Good,
    Poor,
    Unclassified,
}

/// Fills an [`Expected`] stream by stream.
pub(crate) struct Tally<'a> {
    networks: &'a [Network],
    longest: HashMap<IpAddr, Option<&'a Network>>,
    exact: HashMap<IpAddr, Option<&'a Network>>,
    expected: Expected,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(networks: &'a [Network]) -> Self {
        Self {
            networks,
            longest: HashMap::new(),
            exact: HashMap::new(),
            expected: Expected::default(),
        }
    }

    pub(crate) fn finish(self) -> Expected {
        self.expected
    }

    pub(crate) fn add<'stream>(&mut self, stream: &Stream<'stream>) {
        if stream.media != "Audio" {
            return;
        }
        let mut located = |end: End<'stream>| {
            let building = self.building_of(end.place).unwrap_or(NOT_MAPPED).to_owned();
            (!end.is_server).then_some((building, end.person))
        };
        let [first, second] = [stream.first, stream.second].map(&mut located);
        let both: Vec<_> = first.into_iter().chain(second.clone()).collect();
        let second: Vec<_> = second.into_iter().collect();
        let expected = &mut self.expected;
        count(stream, &both, &mut expected.buildings);
        count(stream, &second, &mut expected.by_second_end);
        let last_day = (stream.start_s + stream.seconds) / 86_400 + 1;
        if (DAYS[0]..=DAYS[1]).contains(&last_day) {
            count(stream, &second, &mut expected.by_second_end_in_days);
        }
        if let (Verdict::Poor, [(_, Some(person))]) = (verdict(stream), second.as_slice()) {
            let n_poor = expected.poor_by_second_end.entry(person.upn.clone());
            *n_poor.or_default() += 1;
        }
    }

    fn building_of(&mut self, place: &Place) -> Option<&'a str> {
        let known = |address: Option<IpAddr>| address.filter(|address| !address.is_unspecified());
        let subnet = known(place.subnet);
        let by_address = known(place.address).and_then(|address| self.longest(address));
        let by_equal_subnet = subnet.and_then(|subnet| self.exact(subnet));
        let found = match (by_address, by_equal_subnet) {
            (Some(by_address), Some(by_subnet)) if by_subnet.prefix > by_address.prefix => {
                Some(by_subnet)
            }
            (None, by_subnet) => by_subnet,
            (by_address, _) => by_address,
        };
        let found = found
            .or_else(|| self.longest(subnet?))
            .or_else(|| self.longest(known(place.public_address)?));
        found.map(|network| network.building.as_str())
    }

    fn longest(&mut self, address: IpAddr) -> Option<&'a Network> {
        let scan = || {
            self.networks
                .iter()
                .filter(|network| network.contains(address))
                .max_by_key(|network| network.prefix)
        };
        *self.longest.entry(address).or_insert_with(scan)
    }

    fn exact(&mut self, subnet: IpAddr) -> Option<&'a Network> {
        let scan = || {
            self.networks
                .iter()
                .filter(|network| network.first == subnet)
                .max_by_key(|network| network.prefix)
        };
        *self.exact.entry(subnet).or_insert_with(scan)
    }
}

/// Counts a stream for the building of each end, once if both are in the same.
fn count(stream: &Stream<'_>, ends: &[(String, Option<&Person>)], rows: &mut Buildings) {
    let distinct: BTreeSet<&String> = ends.iter().map(|(building, _)| building).collect();
    for building in distinct {
        let row = rows.entry(building.clone()).or_default();
        match verdict(stream) {
            Verdict::Good => row.n_good += 1,
            Verdict::Poor => row.n_poor += 1,
            Verdict::Unclassified => row.n_unclassified += 1,
        }
        let Figures {
            jitter_100th_ms,
            loss_per_100_000,
            round_trip_10th_ms,
            ..
        } = stream.figures;
        row.jitter_ms.add(jitter_100th_ms, 100);
        row.loss_ratio.add(loss_per_100_000, 100_000);
        row.round_trip_ms.add(round_trip_10th_ms, 10);
    }
    for (building, person) in ends {
        if let Some(person) = person {
            let people = &mut rows.entry(building.clone()).or_default().people;
            people.insert(person.upn.clone());
        }
    }
}

fn verdict(stream: &Stream<'_>) -> Verdict {
    let Figures {
        jitter_100th_ms,
        loss_per_100_000,
        round_trip_10th_ms,
        n_packets,
        ..
    } = stream.figures;
    let beyond = [
        (jitter_100th_ms, 3_000),
        (loss_per_100_000, 10_000),
        (round_trip_10th_ms, 5_000),
    ]
    .map(|(figure, limit)| figure.map(|figure| figure > limit));
    if stream.is_failed || beyond.iter().all(Option::is_none) {
        Verdict::Unclassified
    } else if !beyond.contains(&Some(true)) {
        Verdict::Good
    } else if n_packets.is_some_and(|n_packets| n_packets > 500) {
        Verdict::Poor
    } else {
        Verdict::Unclassified
    }
}
