//! Where each end of each stream was: the row of the building file, worked out once for each distinct address.

use callscope_kernel::{blocks, groups::PlaceCode};

use super::counted::counted;
use crate::engine::location::{
    address::{Address, Network},
    index::LocationIndex,
    place::{self, Lookups},
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
                let mut places = found(streams, end, index, mapping);
                tell_unmapped(streams, end, &mut places, &mut unmapped);
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
fn found(streams: &Streams, end: End, index: &LocationIndex, mapping: Mapping) -> Vec<PlaceCode> {
    let keys = EndKeys::new(streams, end);
    let longest = |address: Address| index.longest(address);
    let mut places = vec![PlaceCode::OPEN; streams.n_rows];
    let is_counted = counted(streams, end);
    blocks::each(streams.n_rows, &mut |rows| {
        for row in rows.filter(|row| !is_counted[*row]) {
            places[row] = PlaceCode::NOT_COUNTED;
        }
    });
    if let Some(column) = keys.address {
        let rows = ByCode::new(column, |text| {
            let row = Address::parse(text).and_then(longest);
            row.map(PlaceCode).unwrap_or_default()
        });
        rows.fill(PlaceCode::OPEN, &mut places);
    }
    if let Some(column) = keys.subnet {
        let rows = ByCode::new(column, |text| {
            Address::parse(text).and_then(|subnet| place::by_subnet(index, subnet))
        });
        rows.for_each(|row, subnet| {
            let address = places[row].row();
            if places[row].is_counted() && (subnet.is_some() || address.is_some()) {
                let lookups = Lookups {
                    address,
                    subnet,
                    public: None,
                };
                let found = place::choose(index, mapping, lookups);
                places[row] = found.map(|found| PlaceCode(found.row)).unwrap_or_default();
            }
        });
    }
    // Few ends need the public address, of which there are many.
    if mapping == Mapping::MostSpecific {
        for column in keys.public.into_iter().flatten() {
            let mut rows = ByLookedUp::new(column);
            each_open(&mut places, |row| {
                rows.at(row, longest).map(PlaceCode).unwrap_or_default()
            });
        }
    } else if keys.subnet.is_none() {
        // The subnet alone counts.
        let counted = places.iter_mut().filter(|place| place.is_counted());
        counted.for_each(|place| *place = PlaceCode::OPEN);
    }
    places
}

/// Gives the open places the numbers of the networks that their ends tell: by the subnet, else by the address,
/// else by the public address.
fn tell_unmapped(streams: &Streams, end: End, places: &mut [PlaceCode], numbers: &mut Dictionary) {
    let keys = EndKeys::new(streams, end);
    let words: [fn(Address) -> String; 3] = [subnet_in_words, around_in_words, around_in_words];
    let columns = [keys.subnet, keys.address, keys.public[0]];
    for (column, words) in columns.into_iter().zip(words) {
        let Some(column) = column else { continue };
        let mut told = ByLookedUp::new(column);
        each_open(places, |row| {
            let number = told.at(row, |address| Some(numbers.code(words(address).as_bytes())));
            number.map(PlaceCode::of_unmapped).unwrap_or_default()
        });
    }
    each_open(places, |_| PlaceCode::of_unmapped(BLANK));
}

/// Puts what is found for each open place in its stead.
fn each_open(places: &mut [PlaceCode], mut found: impl FnMut(usize) -> PlaceCode) {
    blocks::each(places.len(), &mut |rows| {
        for row in rows {
            if places[row] == PlaceCode::OPEN {
                places[row] = found(row);
            }
        }
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
