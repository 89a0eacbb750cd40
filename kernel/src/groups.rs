//! Goes over the rows that count and puts each into its groups: by who or where its ends were.
//!
//! Rows are taken in blocks, and of each block one column after the other: a loop that does one thing keeps all
//! it needs at hand.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::selected::Rows;

/// What is known of the place of an end, as a number that fits a column: the row of the building file that
/// explains it, else the network that the end tells of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceCode(pub u32);

impl Default for PlaceCode {
    fn default() -> Self {
        Self::OPEN
    }
}

impl PlaceCode {
    /// The end does not count: a server, or nothing is known of it.
    pub const NOT_COUNTED: Self = Self(u32::MAX);
    /// Not known yet.
    pub const OPEN: Self = Self(u32::MAX - 1);
    /// From here on numbers are those of unmapped networks.
    const FIRST_UNMAPPED: u32 = 1 << 31;

    /// The index of the row, if there is one.
    #[inline]
    pub fn row(self) -> Option<u32> {
        (self.0 < Self::FIRST_UNMAPPED).then_some(self.0)
    }

    /// The number of the unmapped network, if no row explains the end.
    #[inline]
    pub fn unmapped(self) -> Option<usize> {
        let is_unmapped = self.row().is_none() && self.is_counted();
        is_unmapped.then_some((self.0 & !Self::FIRST_UNMAPPED) as usize)
    }

    /// The network of this number, which no row explains.
    pub fn of_unmapped(number: u32) -> Self {
        Self(Self::FIRST_UNMAPPED | number)
    }

    /// Whether the end counts.
    #[inline]
    pub fn is_counted(self) -> bool {
        self != Self::NOT_COUNTED
    }
}

/// An end in no group is left out.
pub const NO_GROUP: u32 = u32::MAX;

/// What makes the groups.
pub enum By<'groups> {
    /// All rows are one group.
    Everything,
    /// Who was at an end that counts.
    Person,
    /// Where an end was.
    Place {
        /// The group of each row of the building file.
        of_row: &'groups [u32],
        /// The group of each unmapped network.
        of_unmapped: &'groups [u32],
    },
}

/// Nobody was at an end.
pub const NOBODY: u32 = 0;

/// The ends of rows: which rows count, where their ends were, and who was there.
#[derive(Debug, Clone, Copy)]
pub struct Ends<'rows> {
    /// The rows.
    pub rows: &'rows Rows,
    /// Where; none of first ends where only second ones count.
    pub places: [&'rows [PlaceCode]; 2],
    /// Who.
    pub people: [&'rows [u32]; 2],
}

/// The entries of a block: a row with a group it belongs to.
#[derive(Default)]
pub struct Entries {
    /// The group of each.
    pub groups: Vec<u32>,
    /// The row of each.
    pub rows: Vec<u32>,
}

impl Entries {
    fn clear(&mut self) {
        self.groups.clear();
        self.rows.clear();
    }

    /// Puts a row into a group.
    #[inline]
    pub fn push(&mut self, group: u32, row: u32) {
        self.groups.push(group);
        self.rows.push(row);
    }

    /// Group and row of each entry.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        let entries = self.groups.iter().zip(&self.rows);
        entries.map(|(group, row)| (*group as usize, *row as usize))
    }
}

impl Ends<'_> {
    /// Calls `each` with the entries of each block. Takes note of what is seen on the way.
    #[inline(never)]
    pub fn each_block(&self, by: &By<'_>, seen: &mut Seen, each: &mut dyn FnMut(&Entries)) {
        let mut entries = Entries::default();
        self.rows.for_each_block(&mut |rows| {
            entries.clear();
            match by {
                By::Everything => rows.iter().for_each(|row| entries.push(0, *row)),
                By::Person => self.by_person(rows, &mut entries),
                By::Place {
                    of_row,
                    of_unmapped,
                } => self.by_place(rows, [of_row, of_unmapped], &mut entries, seen),
            }
            each(&entries);
        });
    }

    /// Where the ends of a row were, as far as they count.
    #[inline]
    pub fn places(&self, row: usize) -> [PlaceCode; 2] {
        let [first, second] = self.places;
        let first = first.get(row).copied();
        [first.unwrap_or(PlaceCode::NOT_COUNTED), second[row]]
    }

    /// Where the ends of a row were, and who was there.
    #[inline]
    fn at(&self, row: usize) -> ([PlaceCode; 2], [u32; 2]) {
        let [first, second] = self.people;
        (self.places(row), [first[row], second[row]])
    }

    #[inline(never)]
    fn by_person(&self, rows: &[u32], entries: &mut Entries) {
        for row in rows {
            let (places, people) = self.at(*row as usize);
            let mut seen = NOBODY;
            for (place, person) in places.into_iter().zip(people) {
                if place.is_counted() && person != NOBODY && person != seen {
                    entries.push(person, *row);
                    seen = person;
                }
            }
        }
    }

    #[inline(never)]
    fn by_place(
        &self,
        rows: &[u32],
        [of_row, of_unmapped]: [&[u32]; 2],
        entries: &mut Entries,
        seen: &mut Seen,
    ) {
        // Streams of one call often stand together: then all but the row is as it was.
        let mut last = ([PlaceCode::NOT_COUNTED; 2], [NOBODY; 2]);
        let mut groups = [NO_GROUP; 2];
        for row in rows {
            let ends = self.at(*row as usize);
            if ends != last {
                last = ends;
                let (places, people) = ends;
                groups = places.map(|place| match (place.row(), place.unmapped()) {
                    (Some(row), _) => of_row[row as usize],
                    (None, Some(network)) => {
                        seen.networks[network] = true;
                        of_unmapped[network]
                    }
                    (None, None) => NO_GROUP,
                });
                for (group, person) in groups.into_iter().zip(people) {
                    if group != NO_GROUP && person != NOBODY {
                        seen.person(group, person);
                    }
                }
            }
            let [first, second] = groups;
            if first != NO_GROUP {
                entries.push(first, *row);
            }
            if second != NO_GROUP && second != first {
                entries.push(second, *row);
            }
        }
    }
}

/// What was seen: the distinct people of each group, and the networks of ends that are not mapped. Most people
/// are in few groups: those stand with the person, as a table of all pairs would be too wide for the memory
/// that is near.
/// What was seen.
#[derive(Debug)]
pub struct Seen {
    /// The distinct people of each group.
    pub people: Vec<Vec<u32>>,
    few: Vec<[u32; N_FEW]>,
    others: HashSet<u64, FixedState>,
    networks: Vec<bool>,
}

const N_FEW: usize = 4;

impl Seen {
    /// Nothing yet, of so many groups, people, and networks behind ends that are not mapped.
    pub fn new(n_groups: usize, n_people: usize, n_networks: usize) -> Self {
        Self {
            people: vec![Vec::new(); n_groups],
            few: vec![[NO_GROUP; N_FEW]; n_people],
            others: HashSet::default(),
            networks: vec![false; n_networks],
        }
    }

    /// Takes note of a person in a group.
    #[inline]
    fn person(&mut self, group: u32, person: u32) {
        for known in &mut self.few[person as usize] {
            if *known == group {
                return;
            }
            if *known == NO_GROUP {
                *known = group;
                self.people[group as usize].push(person);
                return;
            }
        }
        if self
            .others
            .insert(u64::from(group) << 32 | u64::from(person))
        {
            self.people[group as usize].push(person);
        }
    }

    /// How many networks were seen; no address at all is none.
    pub fn n_networks(&self) -> u64 {
        let networks = self.networks.iter().skip(1);
        networks.filter(|is_seen| **is_seen).count() as u64
    }
}
