//! Where each end of each stream was: the row of the building file, worked out once for each distinct address.

use callscope_kernel::{
    blocks,
    groups::{self, PlaceCode},
    tell,
};

use super::counted::{COUNTS, counted};
use crate::engine::location::{
    address::{Address, Network},
    index::LocationIndex,
    place::{self, Found, Lookups},
};
use crate::engine::model::{
    by_code::ByCode,
    column::TextColumn,
    dictionary::{BLANK, Dictionary},
    end::{ENDS, End},
    streams::Streams,
};
use crate::protocol::Mapping;

/// The places of all ends.
#[derive(Debug)]
pub(crate) struct Places {
    /// Of both ends of each stream, export by export.
    pub(crate) at_ends: Vec<[Vec<PlaceCode>; 2]>,
    /// The networks that no row explains in words, by their numbers; the blank is no address at all.
    pub(crate) unmapped: Dictionary,
}

impl Places {
    /// Finds the places of both ends of each stream.
    pub(crate) fn new(tables: &[Streams], index: &LocationIndex, mapping: Mapping) -> Self {
        let mut unmapped = Dictionary::default();
        let of = |streams: &Streams| {
            ENDS.map(|end| {
                let mut places = by_keys(streams, end, index, mapping);
                let mut open = groups::open_rows(&places);
                if mapping == Mapping::MostSpecific {
                    by_public_address(streams, end, index, &mut places, &mut open);
                }
                tell_unmapped(streams, end, &mut places, open, &mut unmapped);
                places
            })
        };
        Self {
            at_ends: tables.iter().map(of).collect(),
            unmapped,
        }
    }
}

/// The rows that explain the ends that count; of the others the place is left open. Column by column, as a loop
/// that looks at one of them is short.
fn by_keys(streams: &Streams, end: End, index: &LocationIndex, mapping: Mapping) -> Vec<PlaceCode> {
    let keys = EndKeys::new(streams, end);
    let longest = |address: Address| index.longest(address);
    let mut places = vec![PlaceCode::OPEN; streams.n_rows];
    let said = counted(streams, end);
    blocks::each(streams.n_rows, &mut |rows| {
        tell::leave_out(&said[rows.clone()], COUNTS, &mut places[rows]);
    });
    if let Some(column) = keys.address {
        let rows = ByCode::new(column, |text| {
            let row = Address::parse(text).and_then(longest);
            row.map(PlaceCode).unwrap_or_default()
        });
        rows.fill(PlaceCode::OPEN, &mut places);
    }
    if let Some(column) = keys.subnet {
        let by_subnet = column
            .dictionary
            .map(|text| Address::parse(text).and_then(|subnet| place::by_subnet(index, subnet)));
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
        blocks::each(streams.n_rows, &mut |rows| {
            let codes = column.codes.part(rows.clone());
            tell::choose(codes, &told, &mut places[rows], &mut chosen);
        });
    }
    if mapping != Mapping::MostSpecific && keys.subnet.is_none() {
        // The subnet alone counts.
        let counted = places.iter_mut().filter(|place| place.is_counted());
        counted.for_each(|place| *place = PlaceCode::OPEN);
    }
    places
}

/// The rows that explain open places by the public address: few ends need it, and there are many of them.
fn by_public_address(
    streams: &Streams,
    end: End,
    index: &LocationIndex,
    places: &mut [PlaceCode],
    open: &mut Vec<u32>,
) {
    for column in EndKeys::new(streams, end).public.into_iter().flatten() {
        let mut rows = ByLookedUp::new(column);
        each_open(places, open, |row| {
            let found = rows.at(row, |address| index.longest(address));
            found.map(PlaceCode).unwrap_or_default()
        });
    }
}

/// Gives the open places the numbers of the networks that their ends tell: by the subnet, else by the address,
/// else by the public address.
fn tell_unmapped(
    streams: &Streams,
    end: End,
    places: &mut [PlaceCode],
    mut open: Vec<u32>,
    numbers: &mut Dictionary,
) {
    let keys = EndKeys::new(streams, end);
    let words: [fn(Address) -> String; 3] = [subnet_in_words, around_in_words, around_in_words];
    let columns = [keys.subnet, keys.address, keys.public[0]];
    for (column, words) in columns.into_iter().zip(words) {
        let Some(column) = column else { continue };
        let mut told = ByLookedUp::new(column);
        each_open(places, &mut open, |row| {
            let number = told.at(row, |address| Some(numbers.code(words(address).as_bytes())));
            number.map(PlaceCode::of_unmapped).unwrap_or_default()
        });
    }
    each_open(places, &mut open, |_| PlaceCode::of_unmapped(BLANK));
}

/// Puts what is found for each open place in its stead. Leaves the rows whose places are still open.
fn each_open(
    places: &mut [PlaceCode],
    open: &mut Vec<u32>,
    mut found: impl FnMut(usize) -> PlaceCode,
) {
    open.retain(|row| {
        let place = &mut places[*row as usize];
        *place = found(*row as usize);
        *place == PlaceCode::OPEN
    });
}

/// The columns of one end that lead to rows of the building file.
pub struct EndKeys<'streams> {
    address: Option<&'streams TextColumn>,
    subnet: Option<&'streams TextColumn>,
    public: [Option<&'streams TextColumn>; 2],
}

impl<'streams> EndKeys<'streams> {
    /// The end's columns.
    pub fn new(streams: &'streams Streams, end: End) -> Self {
        let column = |name| end.text(streams, name);
        Self {
            address: column("IP Address"),
            subnet: column("Subnet"),
            public: [column("Reflexive Local IP"), column("Public IP")],
        }
    }

    /// The rows that each key of a stream leads to.
    pub fn lookups(&self, index: &LocationIndex, row: usize) -> Lookups {
        let address = |column: Option<&TextColumn>| Address::parse(column?.text(row));
        let longest = |column| index.longest(address(column)?);
        Lookups {
            address: longest(self.address),
            subnet: address(self.subnet).and_then(|subnet| place::by_subnet(index, subnet)),
            public: self.public.into_iter().find_map(longest),
        }
    }
}

/// What the texts of a column lead to; each distinct text is looked up when it is first met.
struct ByLookedUp<'streams> {
    column: &'streams TextColumn,
    known: Vec<LookedUp>,
}

#[derive(Clone, Copy)]
enum LookedUp {
    NotYet,
    Once(Option<u32>),
}

impl<'streams> ByLookedUp<'streams> {
    fn new(column: &'streams TextColumn) -> Self {
        Self {
            column,
            known: vec![LookedUp::NotYet; column.dictionary.n_codes()],
        }
    }

    fn at(&mut self, row: usize, look_up: impl FnOnce(Address) -> Option<u32>) -> Option<u32> {
        let code = self.column.codes.get(row);
        let known = &mut self.known[code as usize];
        if let LookedUp::Once(found) = *known {
            return found;
        }
        let found = Address::parse(self.column.dictionary.text(code)).and_then(look_up);
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
