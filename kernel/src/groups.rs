//! Goes over the rows that count and puts each into its groups: by who or where its ends were.
//!
//! Rows are taken in blocks, and of each block one column after the other: a loop that does one thing keeps all
//! it needs at hand.

#![expect(
    clippy::needless_bitwise_bool,
    reason = "what cannot be foreseen is worked out on both sides instead of jumped over"
)]

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::blocks::{self, BLOCK_ROWS};
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

    /// Whether the end counts, and no row explains it.
    #[inline]
    pub fn is_unmapped(self) -> bool {
        self.row().is_none() && self.is_counted()
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

/// The rows whose places are not known yet.
pub fn open_rows(places: &[PlaceCode]) -> Vec<u32> {
    let mut open = Vec::new();
    blocks::each(places.len(), &mut |rows| {
        push_open(&places[rows.clone()], rows.start as u32, &mut open);
    });
    open
}

#[inline(never)]
fn push_open(places: &[PlaceCode], first: u32, open: &mut Vec<u32>) {
    let rows = (first..).zip(places);
    let is_open = rows.filter(|(_, place)| **place == PlaceCode::OPEN);
    open.extend(is_open.map(|(row, _)| row));
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
    Place(&'groups PlaceGroups),
}

/// The group of each place.
#[derive(Debug)]
pub struct PlaceGroups {
    /// Of the rows of the building file, then of the unmapped networks, then of ends that do not count.
    groups: Vec<u32>,
    n_rows: usize,
}

impl PlaceGroups {
    /// The groups of the rows of the building file, and those of the unmapped networks by their numbers.
    pub fn new(of_rows: Vec<u32>, of_unmapped: impl IntoIterator<Item = u32>) -> Self {
        let (n_rows, mut groups) = (of_rows.len(), of_rows);
        groups.extend(of_unmapped);
        groups.push(NO_GROUP);
        Self { groups, n_rows }
    }

    /// Puts the group of each row's place into `groups`, and takes note of the place.
    #[inline(never)]
    fn find(&self, rows: &[u32], places: &[PlaceCode], groups: &mut [u32], seen: &mut [bool]) {
        for (row, group) in rows.iter().zip(groups) {
            let idx = self.idx(places[*row as usize]);
            *group = self.groups[idx];
            seen[idx] = true;
        }
    }

    /// Where the group of a place stands.
    #[inline]
    fn idx(&self, PlaceCode(code): PlaceCode) -> usize {
        let is_unmapped = code >= PlaceCode::FIRST_UNMAPPED;
        let number = (code & !PlaceCode::FIRST_UNMAPPED) as usize;
        let idx = number + if is_unmapped { self.n_rows } else { 0 };
        // The codes of other ends are higher than that of any network.
        idx.min(self.groups.len() - 1)
    }
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

/// A row with a group that it belongs to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry {
    /// The group.
    pub group: u32,
    /// The row.
    pub row: u32,
}

/// The entries of a block.
#[derive(Default)]
pub struct Entries {
    room: Vec<Entry>,
    n: usize,
}

impl Entries {
    /// None yet, and room for both ends of each row of a block.
    fn clear(&mut self) {
        self.room.resize(2 * BLOCK_ROWS, Entry::default());
        self.n = 0;
    }

    /// Puts the rows into the groups of their ends, once where these are the same. What a row belongs to cannot be
    /// foreseen, so that nothing here depends on it but the place of the next entry.
    #[inline(never)]
    fn push_ends(&mut self, rows: &[u32], [first, second]: &Groups) {
        let room = &mut self.room[..2 * BLOCK_ROWS];
        let mut n = 0;
        for ((row, first), second) in rows.iter().zip(first).zip(second) {
            let (row, second_group) = (*row, *second);
            room[n] = Entry { group: *first, row };
            n += usize::from(*first != NO_GROUP);
            room[n] = Entry {
                group: second_group,
                row,
            };
            n += usize::from((second_group != NO_GROUP) & (second_group != *first));
        }
        self.n = n;
    }

    /// Puts each row into one group, or into none.
    #[inline(never)]
    fn push_end(&mut self, rows: &[u32], groups: &[u32]) {
        let room = &mut self.room[..2 * BLOCK_ROWS];
        let mut n = 0;
        for (row, group) in rows.iter().zip(groups) {
            room[n] = Entry {
                group: *group,
                row: *row,
            };
            n += usize::from(*group != NO_GROUP);
        }
        self.n = n;
    }

    /// All of them.
    #[inline]
    pub fn all(&self) -> &[Entry] {
        &self.room[..self.n]
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let room: Vec<Entry> = entries.into_iter().collect();
        Self {
            n: room.len(),
            room,
        }
    }
}

/// The groups of both ends of each row of a block.
type Groups = [[u32; BLOCK_ROWS]; 2];

impl Ends<'_> {
    /// Calls `each` with the entries of each block. Takes note of what is seen on the way.
    #[inline(never)]
    pub fn each_block(&self, by: &By<'_>, seen: &mut Seen, each: &mut dyn FnMut(&Entries)) {
        let mut entries = Entries::default();
        let mut groups = [[NO_GROUP; BLOCK_ROWS]; 2];
        self.rows.for_each_block(&mut |rows| {
            entries.clear();
            match by {
                By::Everything => groups[0].fill(0),
                By::Person => self.by_person(rows, &mut groups),
                By::Place(of_places) => self.by_place(rows, of_places, &mut groups, seen),
            }
            match (by, self.places) {
                (By::Everything, _) => entries.push_end(rows, &groups[0]),
                (_, [[], _]) => entries.push_end(rows, &groups[1]),
                _ => entries.push_ends(rows, &groups),
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

    /// Ends of which there are places.
    fn ends(&self) -> impl Iterator<Item = (&[PlaceCode], &[u32])> {
        self.places.into_iter().zip(self.people)
    }

    fn by_person(&self, rows: &[u32], groups: &mut Groups) {
        for ((places, people), groups) in self.ends().zip(groups) {
            if !places.is_empty() {
                persons(rows, places, people, groups);
            }
        }
    }

    fn by_place(
        &self,
        rows: &[u32],
        of_places: &PlaceGroups,
        groups: &mut Groups,
        seen: &mut Seen,
    ) {
        for ((places, people), groups) in self.ends().zip(groups) {
            if !places.is_empty() {
                of_places.find(rows, places, groups, &mut seen.places);
                seen.persons(rows, people, groups);
            }
        }
    }
}

/// How many streams have ends that count, and who was there.
#[derive(Debug, Default)]
pub struct Sight {
    /// Whether a person was at such an end.
    pub is_seen: Vec<bool>,
    /// Streams with such an end.
    pub n_with_ends: u64,
    /// Streams with such an end that no row of the building file explains.
    pub n_not_mapped: u64,
}

impl Sight {
    /// Of nobody yet, out of so many people.
    pub fn new(n_people: usize) -> Self {
        Self {
            is_seen: vec![false; n_people],
            ..Self::default()
        }
    }

    /// Looks at all rows that count. Each is a stream, or stands for as many as are given.
    pub fn look(&mut self, ends: &Ends<'_>, n_streams: Option<&[u64]>) {
        ends.rows
            .for_each_block(&mut |rows| self.look_at(rows, ends, n_streams));
    }

    #[inline(never)]
    fn look_at(&mut self, rows: &[u32], ends: &Ends<'_>, n_streams: Option<&[u64]>) {
        let [first_people, second_people] = ends.people;
        for row in rows {
            let row = *row as usize;
            let [first, second] = ends.places(row);
            let n = n_streams.map_or(1, |n_streams| n_streams[row]);
            self.n_with_ends += u64::from(first.is_counted() | second.is_counted()) * n;
            self.n_not_mapped += u64::from(first.is_unmapped() | second.is_unmapped()) * n;
            self.is_seen[first_people[row] as usize] |= first.is_counted();
            self.is_seen[second_people[row] as usize] |= second.is_counted();
        }
    }
}

// Each of these loops does one thing, so that all it needs is at hand in every compiler's code.

/// The group of an end that counts is who was there.
#[inline(never)]
fn persons(rows: &[u32], places: &[PlaceCode], people: &[u32], groups: &mut [u32]) {
    for (row, group) in rows.iter().zip(groups) {
        let person = people[*row as usize];
        let is_somebody = places[*row as usize].is_counted() & (person != NOBODY);
        *group = if is_somebody { person } else { NO_GROUP };
    }
}

/// What was seen: the distinct people of each group, and the places of ends. Most people are in few groups: those
/// stand with the person, as a table of all pairs would be too wide for the memory that is near.
#[derive(Debug, Default)]
pub struct Seen {
    n_groups: usize,
    few: Vec<[u32; N_FEW]>,
    others: HashSet<u64, FixedState>,
    /// Places, as their groups stand.
    places: Vec<bool>,
}

const N_FEW: usize = 4;

impl Seen {
    /// Nothing yet, of so many groups and people, and of these places.
    pub fn new(n_groups: usize, n_people: usize, places: &PlaceGroups) -> Self {
        Self {
            n_groups,
            few: vec![[NO_GROUP; N_FEW]; n_people],
            others: HashSet::default(),
            places: vec![false; places.groups.len()],
        }
    }

    /// Takes note of who was in these groups.
    #[inline(never)]
    fn persons(&mut self, rows: &[u32], people: &[u32], groups: &[u32]) {
        for (row, group) in rows.iter().zip(groups) {
            // First ends are hardly ever in a group, second ones nearly always.
            if *group == NO_GROUP {
                continue;
            }
            let person = people[*row as usize];
            // Each is zero for one reason, and the least of them for any: one jump in place of five that nobody can
            // foresee.
            let few = self.few[person as usize].map(|known| known ^ group);
            if few.into_iter().fold(person ^ NOBODY, u32::min) != 0 {
                self.person(*group, person);
            }
        }
    }

    /// Takes note of a person in a group that is not among the few.
    #[inline(never)]
    fn person(&mut self, group: u32, person: u32) {
        let mut few = self.few[person as usize].iter_mut();
        if let Some(free) = few.find(|known| **known == NO_GROUP) {
            *free = group;
        } else {
            let pair = u64::from(group) << 32 | u64::from(person);
            self.others.insert(pair);
        }
    }

    /// The distinct people of each group, in no order.
    #[inline(never)]
    pub fn people(&self) -> Vec<Vec<u32>> {
        let mut n_people = vec![0; self.n_groups];
        self.for_each_pair(|group, _| n_people[group as usize] += 1);
        let mut people: Vec<_> = n_people.into_iter().map(Vec::with_capacity).collect();
        self.for_each_pair(|group, person| people[group as usize].push(person));
        people
    }

    /// Calls `each` with each group and each of its people.
    fn for_each_pair(&self, mut each: impl FnMut(u32, u32)) {
        for (person, groups) in (0u32..).zip(&self.few) {
            for group in groups.iter().filter(|group| **group != NO_GROUP) {
                each(*group, person);
            }
        }
        for pair in &self.others {
            each((pair >> 32) as u32, *pair as u32);
        }
    }

    /// How many unmapped networks of these places were seen; no address at all is none.
    pub fn n_networks(&self, places: &PlaceGroups) -> u64 {
        let n_others = self.places.len().saturating_sub(1);
        let networks = self.places[..n_others].iter().skip(places.n_rows + 1);
        networks.filter(|is_seen| **is_seen).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    const N_ROWS: usize = 2 * BLOCK_ROWS + 77;
    const N_PEOPLE: u32 = 40;
    /// Rows of the building file, and numbers of unmapped networks.
    const N_NETWORKS: [u32; 2] = [12, 9];

    /// Places and people that have nothing to do with each other.
    fn draw(end: usize) -> (Vec<PlaceCode>, Vec<u32>) {
        let drawn = |row: usize, below: u32| {
            let mixed = ((row * 2 + end) as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            (((mixed >> 32) * u64::from(below)) >> 32) as u32
        };
        let place = |row: usize| match (drawn(row, 10), N_NETWORKS) {
            (0, _) => PlaceCode::NOT_COUNTED,
            (1..=3, [_, n]) => PlaceCode::of_unmapped(drawn(row * 7, n)),
            (_, [n, _]) => PlaceCode(drawn(row * 5, n)),
        };
        let places = (0..N_ROWS).map(place).collect();
        (
            places,
            (0..N_ROWS).map(|row| drawn(row * 3, N_PEOPLE)).collect(),
        )
    }

    /// The group of a place, so that each person comes into more groups than stand with them.
    fn group(place: PlaceCode) -> Option<u32> {
        match place.row() {
            Some(row) if row % 4 == 3 => None,
            Some(row) => Some(row % 4 + row / 8 * 4),
            None => place.is_unmapped().then_some(3),
        }
    }

    #[test]
    fn a_row_is_once_in_each_group_of_its_ends_and_everybody_there_is_seen() {
        let [(first, first_people), (second, second_people)] = [0, 1].map(draw);
        let mut rows = Rows::all(N_ROWS);
        rows.retain(|row| row % 5 != 0);
        let of_rows = (0..N_NETWORKS[0]).map(|row| group(PlaceCode(row)).unwrap_or(NO_GROUP));
        let of_places = PlaceGroups::new(of_rows.collect(), [3].repeat(N_NETWORKS[1] as usize));
        for places in [[&*first, &*second], [&[], &*second]] {
            let ends = Ends {
                rows: &rows,
                places,
                people: [&first_people, &second_people],
            };
            let mut entries: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            let mut by_person: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            let mut people: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            let mut networks = BTreeSet::new();
            rows.for_each(|row| {
                let persons = [first_people[row], second_people[row]];
                let (mut groups, mut somebody) = (BTreeSet::new(), BTreeSet::new());
                for (place, person) in ends.places(row).into_iter().zip(persons) {
                    if place.is_counted() && person != NOBODY {
                        somebody.insert(person);
                    }
                    let Some(group) = group(place) else { continue };
                    groups.insert(group);
                    people.entry(group).or_default();
                    if person != NOBODY {
                        people.entry(group).or_default().insert(person);
                    }
                    if place.is_unmapped() && place != PlaceCode::of_unmapped(0) {
                        networks.insert(place.0);
                    }
                }
                for group in groups {
                    entries.entry(group).or_default().push(row as u32);
                }
                for person in somebody {
                    by_person.entry(person).or_default().push(row as u32);
                }
            });
            let mut seen = Seen::new(8, N_PEOPLE as usize, &of_places);
            let found = |by: &By<'_>, seen: &mut Seen| {
                let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
                ends.each_block(by, seen, &mut |entries| {
                    for entry in entries.all() {
                        found.entry(entry.group).or_default().push(entry.row);
                    }
                });
                found
            };
            assert_eq!(found(&By::Place(&of_places), &mut seen), entries);
            assert_eq!(found(&By::Person, &mut seen), by_person);
            let everything = found(&By::Everything, &mut seen);
            let mut all = Vec::new();
            rows.for_each(|row| all.push(row as u32));
            assert_eq!(everything, BTreeMap::from([(0, all)]));
            assert_eq!(seen.n_networks(&of_places), networks.len() as u64);
            let seen: BTreeMap<u32, BTreeSet<u32>> = (0..)
                .zip(seen.people())
                .filter(|(_, people)| !people.is_empty())
                .map(|(group, people)| {
                    let distinct: BTreeSet<u32> = people.iter().copied().collect();
                    assert_eq!(distinct.len(), people.len(), "nobody is told twice");
                    (group, distinct)
                })
                .collect();
            assert_eq!(seen, people);
            assert!((0..N_PEOPLE).any(|person| {
                people
                    .values()
                    .filter(|people| people.contains(&person))
                    .count()
                    > N_FEW
            }));
        }
    }
}
