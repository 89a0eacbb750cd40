//! Where each end of each stream was: the row of the building file, worked out once for each distinct address.

use super::counted::counted;
use crate::engine::location::{
    address::{Address, Network},
    index::LocationIndex,
    place::{self, Found, Lookups},
};
use crate::engine::model::{
    column::TextColumn,
    dictionary::{BLANK, Dictionary},
    end::{ENDS, End},
    streams::Streams,
};
use crate::protocol::Mapping;

/// What is known of the place of an end, as a number that fits a column: the row of the building file that
/// explains it, else the network that the end tells of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlaceCode(u32);

impl PlaceCode {
    /// The end does not count: a server, or nothing is known of it.
    pub(crate) const NOT_COUNTED: Self = Self(u32::MAX);
    /// From here on numbers are those of unmapped networks.
    const FIRST_UNMAPPED: u32 = 1 << 31;

    /// The index of the row, if there is one.
    #[inline]
    pub(crate) fn row(self) -> Option<u32> {
        (self.0 < Self::FIRST_UNMAPPED).then_some(self.0)
    }

    /// The number of the unmapped network, if no row explains the end.
    #[inline]
    pub(crate) fn unmapped(self) -> Option<usize> {
        let is_unmapped = self.row().is_none() && self.is_counted();
        is_unmapped.then_some((self.0 & !Self::FIRST_UNMAPPED) as usize)
    }

    /// Whether the end counts.
    #[inline]
    pub(crate) fn is_counted(self) -> bool {
        self != Self::NOT_COUNTED
    }
}

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
                let mut known = Known::new(streams, end);
                let counted = counted(streams, end).into_iter().enumerate();
                let places = counted.map(|(row, is_counted)| {
                    if !is_counted {
                        return PlaceCode::NOT_COUNTED;
                    }
                    let found = known.found(index, mapping, row);
                    PlaceCode(found.unwrap_or_else(|| {
                        PlaceCode::FIRST_UNMAPPED | known.unmapped(&mut unmapped, row)
                    }))
                });
                places.collect()
            })
        };
        Self {
            at_ends: tables.iter().map(of).collect(),
            unmapped,
        }
    }
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

/// What the keys of an end lead to, as far as it was asked for.
struct Known<'streams> {
    address: ByLookedUp<'streams, u32>,
    subnet: ByLookedUp<'streams, Found>,
    public: [ByLookedUp<'streams, u32>; 2],
    /// The codes of address and subnet that were looked up last, and what they led to: streams of one call
    /// often stand together.
    last: ([u32; 2], Option<u32>),
    /// Numbers of unmapped networks: the subnet tells, else the address, else the public address.
    told: [ByLookedUp<'streams, u32>; 3],
}

impl<'streams> Known<'streams> {
    fn new(streams: &'streams Streams, end: End) -> Self {
        let keys = EndKeys::new(streams, end);
        let told = [keys.subnet, keys.address, keys.public[0]];
        Self {
            address: ByLookedUp::new(keys.address),
            subnet: ByLookedUp::new(keys.subnet),
            public: keys.public.map(ByLookedUp::new),
            last: ([BLANK; 2], None),
            told: told.map(ByLookedUp::new),
        }
    }

    /// The row that explains the end.
    fn found(&mut self, index: &LocationIndex, mapping: Mapping, row: usize) -> Option<u32> {
        let codes = [self.address.code(row), self.subnet.code(row)];
        if codes == self.last.0 && self.last.1.is_some() {
            return self.last.1;
        }
        let longest = |address| index.longest(address);
        let by_subnet = |subnet| place::by_subnet(index, subnet);
        let mut lookups = Lookups {
            address: self.address.at(codes[0], longest),
            subnet: self.subnet.at(codes[1], by_subnet),
            public: None,
        };
        // Few ends need the public address, of which there are many.
        if lookups == Lookups::default() && mapping == Mapping::MostSpecific {
            let mut public = self.public.iter_mut();
            lookups.public = public.find_map(|key| key.at(key.code(row), longest));
            return place::choose(index, mapping, lookups).map(|found| found.row);
        }
        let found = place::choose(index, mapping, lookups).map(|found| found.row);
        self.last = (codes, found);
        found
    }

    /// The number of the network that an end without such a row tells of itself.
    fn unmapped(&mut self, numbers: &mut Dictionary, row: usize) -> u32 {
        let [subnet, others @ ..] = &mut self.told;
        let mut number = |words: String| Some(numbers.code(words.as_bytes()));
        subnet
            .at(subnet.code(row), |subnet| number(subnet_in_words(subnet)))
            .or_else(|| {
                let mut others = others.iter_mut();
                others.find_map(|key| {
                    key.at(key.code(row), |address| number(around_in_words(address)))
                })
            })
            .unwrap_or(BLANK)
    }
}

/// What the texts of a column lead to; each distinct text is looked up when it is first met.
struct ByLookedUp<'streams, Row> {
    column: Option<&'streams TextColumn>,
    known: Vec<LookedUp<Row>>,
}

#[derive(Clone, Copy)]
enum LookedUp<Row> {
    NotYet,
    Once(Option<Row>),
}

impl<'streams, Row: Copy> ByLookedUp<'streams, Row> {
    fn new(column: Option<&'streams TextColumn>) -> Self {
        let n_codes = column.map_or(0, |column| column.dictionary.n_codes());
        Self {
            column,
            known: vec![LookedUp::NotYet; n_codes],
        }
    }

    fn code(&self, row: usize) -> u32 {
        self.column.map_or(BLANK, |column| column.codes.get(row))
    }

    fn at(&mut self, code: u32, look_up: impl FnOnce(Address) -> Option<Row>) -> Option<Row> {
        let column = self.column?;
        let known = &mut self.known[code as usize];
        if let LookedUp::Once(row) = *known {
            return row;
        }
        let row = Address::parse(column.dictionary.text(code)).and_then(look_up);
        *known = LookedUp::Once(row);
        row
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
