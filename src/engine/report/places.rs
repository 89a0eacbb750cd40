//! Where each end of each stream was: the row of the building file, worked out once for each distinct address.

use callscope_kernel::{
    blocks,
    groups::{self, PlaceCode},
    presences::{Presence, Presences},
    tell,
};

use super::{
    counted::{COUNTS, counted},
    end_runs::{EndRuns, RunColumn},
    person::People,
};
use crate::engine::location::{
    address::{Address, Network},
    index::LocationIndex,
    place::{self, Found, Lookups},
};
use crate::engine::model::{
    buildings::BuildingFile,
    column::TextColumn,
    dictionary::{BLANK, Dictionary},
    end::End,
    streams::Streams,
};
use crate::protocol::Mapping;

/// The places of all ends, and who was there.
#[derive(Debug)]
pub(crate) struct Places {
    /// Who was where, by number.
    pub(crate) presences: Vec<Presence>,
    /// The numbers of the presences of both ends of each stream, export by export.
    pub(crate) at_ends: Vec<[Vec<u32>; 2]>,
    /// The networks that no row explains in words, by their numbers; the blank is no address at all.
    pub(crate) unmapped: Dictionary,
}

impl Places {
    /// Finds the places of both ends of each stream.
    pub(super) fn new(
        tables: &[Streams],
        ends: &[[EndRuns; 2]],
        people: &People,
        file: &BuildingFile,
        mapping: Mapping,
    ) -> Self {
        let index = &file.index;
        let mut unmapped = Dictionary::default();
        let mut presences = Presences::new(people.n_codes());
        let mut of = |streams: &Streams, runs: &EndRuns, persons: &[u32]| {
            let keys = EndKeys::of(|name| runs.text(streams, name));
            let mut places = by_keys(&counted(streams, runs), &keys, index, mapping);
            if !file.sites.is_empty() {
                by_site(&keys, file, mapping, &mut places);
            }
            let mut open = groups::open_rows(&places);
            if mapping == Mapping::MostSpecific && file.sites.is_empty() {
                by_public_address(&keys, index, &mut places, &mut open);
            }
            tell_unmapped(&keys, &mut places, open, &mut unmapped);
            runs.spread(&presences.number(&places, persons))
        };
        let all = tables.iter().zip(ends).zip(&people.at_ends);
        let at_ends = all.map(|((streams, ends), persons)| {
            [0, 1].map(|end| of(streams, &ends[end], &persons[end]))
        });
        Self {
            at_ends: at_ends.collect(),
            presences: presences.into_all(),
            unmapped,
        }
    }
}

/// The rows that explain the ends that count; of the others the place is left open. Column by column, as a loop
/// that looks at one of them is short.
fn by_keys(
    said: &[u8],
    keys: &EndKeys<RunColumn<'_>>,
    index: &LocationIndex,
    mapping: Mapping,
) -> Vec<PlaceCode> {
    let longest = |address: Address| index.longest(address);
    let mut places = vec![PlaceCode::OPEN; said.len()];
    blocks::each(said.len(), &mut |runs| {
        tell::leave_out(&said[runs.clone()], COUNTS, &mut places[runs]);
    });
    if let Some(column) = &keys.address {
        let rows = column.by_code(|code| {
            let row = column.dictionary.address(code).and_then(longest);
            row.map(PlaceCode).unwrap_or_default()
        });
        rows.fill(PlaceCode::OPEN, &mut places);
    }
    if let Some(column) = &keys.subnet {
        let by_subnet = |code| {
            let subnet = column.dictionary.address(code);
            let subnet = subnet?;
            Some(place::by_subnet(index, index.longest(subnet)?, subnet))
        };
        let codes = 0..column.dictionary.n_codes() as u32;
        let by_subnet: Vec<Option<Found>> = codes.map(by_subnet).collect();
        let code =
            |found: Option<Found>| found.map(|found| PlaceCode(found.row)).unwrap_or_default();
        let told: Vec<PlaceCode> = by_subnet.iter().map(|found| code(*found)).collect();
        // Most often both keys lead to one row, which any choice would take.
        let mut chosen = |by_address: PlaceCode, subnet: u32| {
            let lookups = Lookups {
                address: by_address.row(),
                subnet: by_subnet[subnet as usize],
                public: None,
            };
            code(place::choose(index, mapping, lookups))
        };
        blocks::each(said.len(), &mut |runs| {
            let codes = column.codes.part(runs.clone());
            tell::choose(codes, &told, &mut places[runs], &mut chosen);
        });
    }
    if mapping != Mapping::MostSpecific && keys.subnet.is_none() {
        // The subnet alone counts.
        let counted = places.iter_mut().filter(|place| place.is_counted());
        counted.for_each(|place| *place = PlaceCode::OPEN);
    }
    places
}

/// The rows that explain open places and those in networks of several sites, end by end: it takes all keys together to
/// tell sites apart.
fn by_site(
    keys: &EndKeys<RunColumn<'_>>,
    file: &BuildingFile,
    mapping: Mapping,
    places: &mut [PlaceCode],
) {
    for (run, place) in places.iter_mut().enumerate() {
        let is_shared = place.row().is_some_and(|row| file.sites.is_shared(row));
        if is_shared || *place == PlaceCode::OPEN {
            let address = |column: &RunColumn<'_>| column.dictionary.address(column.codes.get(run));
            let lookups = lookups(file, keys.addresses(address));
            let found = place::choose(&file.index, mapping, lookups);
            *place = found.map_or(PlaceCode::OPEN, |found| PlaceCode(found.row));
        }
    }
}

/// The rows that explain open places by the public address: few ends need it, and there are many of them.
fn by_public_address(
    keys: &EndKeys<RunColumn<'_>>,
    index: &LocationIndex,
    places: &mut [PlaceCode],
    open: &mut Vec<u32>,
) {
    for column in keys.public.iter().flatten() {
        let mut rows = ByLookedUp::new(column);
        each_open(places, open, |run| {
            let found = rows.at(run, |address| index.longest(address));
            found.map(PlaceCode).unwrap_or_default()
        });
    }
}

/// Gives the open places the numbers of the networks that their ends tell: by the subnet, else by the address,
/// else by the public address.
fn tell_unmapped(
    keys: &EndKeys<RunColumn<'_>>,
    places: &mut [PlaceCode],
    mut open: Vec<u32>,
    numbers: &mut Dictionary,
) {
    let words: [fn(Address) -> String; 3] = [subnet_in_words, around_in_words, around_in_words];
    let columns = [&keys.subnet, &keys.address, &keys.public[0]];
    for (column, words) in columns.into_iter().zip(words) {
        let Some(column) = column else { continue };
        let mut told = ByLookedUp::new(column);
        each_open(places, &mut open, |run| {
            let number = told.at(run, |address| Some(numbers.code(words(address).as_bytes())));
            number.map(PlaceCode::of_unmapped).unwrap_or_default()
        });
    }
    each_open(places, &mut open, |_| PlaceCode::of_unmapped(BLANK));
}

/// Puts what is found for each open place in its stead. Leaves the runs whose places are still open.
fn each_open(
    places: &mut [PlaceCode],
    open: &mut Vec<u32>,
    mut found: impl FnMut(usize) -> PlaceCode,
) {
    open.retain(|run| {
        let place = &mut places[*run as usize];
        *place = found(*run as usize);
        *place == PlaceCode::OPEN
    });
}

/// The columns of one end that lead to rows of the building file.
pub struct EndKeys<Column> {
    address: Option<Column>,
    subnet: Option<Column>,
    public: [Option<Column>; 2],
}

impl<Column> EndKeys<Column> {
    fn of(column: impl Fn(&str) -> Option<Column>) -> Self {
        Self {
            address: column("IP Address"),
            subnet: column("Subnet"),
            public: [column("Reflexive Local IP"), column("Public IP")],
        }
    }

    fn addresses(&self, address: impl Fn(&Column) -> Option<Address>) -> [Option<Address>; 4] {
        let [public, other] = &self.public;
        [&self.address, &self.subnet, public, other].map(|column| address(column.as_ref()?))
    }
}

impl<'streams> EndKeys<&'streams TextColumn> {
    /// The end's columns.
    pub fn new(streams: &'streams Streams, end: End) -> Self {
        Self::of(|name| end.text(streams, name))
    }

    /// The rows that each key of a stream leads to.
    pub fn lookups(&self, file: &BuildingFile, row: usize) -> Lookups {
        let address = |column: &&TextColumn| column.dictionary.address(column.codes.get(row));
        lookups(file, self.addresses(address))
    }
}

/// The rows that the keys of an end lead to: its address, its subnet, and what the internet sees of it.
fn lookups(file: &BuildingFile, [address, subnet, public, other]: [Option<Address>; 4]) -> Lookups {
    let row = |address: Address| {
        let row = file.index.longest(address)?;
        if file.sites.is_empty() || !file.sites.is_shared(row) {
            return Some(row);
        }
        let network = file.index.network(row);
        file.sites.row(network, address, [public, other])
    };
    let longest = |address: Option<Address>| row(address?);
    Lookups {
        address: longest(address),
        subnet: subnet.and_then(|subnet| Some(place::by_subnet(&file.index, row(subnet)?, subnet))),
        public: longest(public).or_else(|| longest(other)),
    }
}

/// What the texts of a column lead to; each distinct text is looked up when it is first met.
struct ByLookedUp<'keys, 'streams> {
    column: &'keys RunColumn<'streams>,
    known: Vec<LookedUp>,
}

#[derive(Clone, Copy)]
enum LookedUp {
    NotYet,
    Once(Option<u32>),
}

impl<'keys, 'streams> ByLookedUp<'keys, 'streams> {
    fn new(column: &'keys RunColumn<'streams>) -> Self {
        Self {
            column,
            known: vec![LookedUp::NotYet; column.dictionary.n_codes()],
        }
    }

    fn at(&mut self, run: usize, look_up: impl FnOnce(Address) -> Option<u32>) -> Option<u32> {
        let code = self.column.codes.get(run);
        let known = &mut self.known[code as usize];
        if let LookedUp::Once(found) = *known {
            return found;
        }
        let found = self.column.dictionary.address(code).and_then(look_up);
        *known = LookedUp::Once(found);
        found
    }
}

/// A network that an end tells of itself, in words: an address as the client reported it for its subnet, or
/// the usual network around an address whose subnet was not reported.
fn subnet_in_words(subnet: Address) -> String {
    subnet.to_string()
}

fn around_in_words(address: Address) -> String {
    let usual = match address {
        Address::V4(_) => 24,
        Address::V6(_) => 64,
    };
    Network::new(address, usual).map_or_else(String::new, |network| network.to_string())
}
