//! Where each end of each stream was: the row of the building file, worked out once for each distinct address.

use super::counted::counted;
use crate::engine::location::{
    address::Address,
    index::LocationIndex,
    place::{self, Found, Lookups},
};
use crate::engine::model::{
    by_code::ByCode,
    end::{ENDS, End},
    streams::Streams,
};
use crate::protocol::Mapping;

/// The row that explains an end, as a number that fits a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceCode(u32);

impl PlaceCode {
    /// The end does not count: a server, or nothing is known of it.
    pub const NOT_COUNTED: Self = Self(u32::MAX);
    /// No row explains the end.
    pub const NOT_MAPPED: Self = Self(u32::MAX - 1);

    /// The index of the row, if there is one.
    pub fn row(self) -> Option<u32> {
        (self < Self::NOT_MAPPED).then_some(self.0)
    }

    /// Whether the end counts.
    pub fn is_counted(self) -> bool {
        self != Self::NOT_COUNTED
    }
}

/// The places of both ends of each stream of one export.
pub(crate) type Places = [Vec<PlaceCode>; 2];

/// Finds the places of both ends of each stream.
pub(crate) fn places(streams: &Streams, index: &LocationIndex, mapping: Mapping) -> Places {
    ENDS.map(|end| {
        let keys = EndKeys::new(streams, index, end);
        let counted = counted(streams, end);
        (0..streams.n_rows)
            .map(|row| {
                if !counted[row] {
                    return PlaceCode::NOT_COUNTED;
                }
                keys.found(index, mapping, row)
                    .map_or(PlaceCode::NOT_MAPPED, |found| PlaceCode(found.row))
            })
            .collect()
    })
}

/// The rows that the keys of one end lead to, by the codes of their columns.
pub struct EndKeys<'streams> {
    address: Key<'streams, u32>,
    subnet: Key<'streams, Found>,
    public: [Key<'streams, u32>; 2],
}

type Key<'streams, Row> = Option<ByCode<'streams, Option<Row>>>;

impl<'streams> EndKeys<'streams> {
    /// Looks up each distinct text of the end's columns.
    pub fn new(streams: &'streams Streams, index: &LocationIndex, end: End) -> Self {
        let longest = |address| index.longest(address);
        Self {
            address: key(streams, end, "IP Address", longest),
            subnet: key(streams, end, "Subnet", |subnet| {
                place::by_subnet(index, subnet)
            }),
            public: [
                key(streams, end, "Reflexive Local IP", longest),
                key(streams, end, "Public IP", longest),
            ],
        }
    }

    /// The row that the mapping chooses for a stream.
    pub fn found(&self, index: &LocationIndex, mapping: Mapping, row: usize) -> Option<Found> {
        place::choose(index, mapping, self.lookups(row))
    }

    /// The rows that each key leads to.
    pub fn lookups(&self, row: usize) -> Lookups {
        Lookups {
            address: at(&self.address, row),
            subnet: at(&self.subnet, row),
            public: self.public.iter().find_map(|key| at(key, row)),
        }
    }
}

fn key<'streams, Row: Clone>(
    streams: &'streams Streams,
    end: End,
    name: &str,
    look_up: impl Fn(Address) -> Option<Row>,
) -> Key<'streams, Row> {
    let column = end.text(streams, name)?;
    let read = |text: &[u8]| Address::parse(text).and_then(&look_up);
    Some(ByCode::new(column, read))
}

fn at<Row: Copy>(key: &Key<'_, Row>, row: usize) -> Option<Row> {
    key.as_ref()?.at(row)
}
