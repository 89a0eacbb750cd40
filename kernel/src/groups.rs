//! Goes over the rows that count and puts each into its groups: by who or where its ends were.
//!
//! Rows are taken in blocks, and of each block one column after the other: a loop that does one thing keeps all
//! it needs at hand.

#![expect(
    clippy::needless_bitwise_bool,
    reason = "what cannot be foreseen is worked out on both sides instead of jumped over"
)]

use crate::blocks::{self, BLOCK_ROWS};
use crate::presences::Presence;
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
    /// Who was where at an end: the group of each presence, by its number.
    Presence(&'groups [u32]),
}

/// The group of each presence: who was at an end that counts.
#[inline(never)]
pub fn of_people(presences: &[Presence]) -> Vec<u32> {
    let group = |presence: &Presence| {
        if presence.is_of_somebody() {
            presence.person
        } else {
            NO_GROUP
        }
    };
    presences.iter().map(group).collect()
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

    /// The group of each presence: by where an end was.
    #[inline(never)]
    pub fn of(&self, presences: &[Presence]) -> Vec<u32> {
        let group = |presence: &Presence| self.group(presence.place);
        presences.iter().map(group).collect()
    }

    fn group(&self, PlaceCode(code): PlaceCode) -> u32 {
        let is_unmapped = code >= PlaceCode::FIRST_UNMAPPED;
        let number = (code & !PlaceCode::FIRST_UNMAPPED) as usize;
        let idx = number + if is_unmapped { self.n_rows } else { 0 };
        // The codes of other ends are higher than that of any network.
        self.groups[idx.min(self.groups.len() - 1)]
    }
}

/// Nobody was at an end.
pub const NOBODY: u32 = 0;

/// The ends of rows: which rows count, and who was where.
#[derive(Debug, Clone, Copy)]
pub struct Ends<'rows> {
    /// The rows.
    pub rows: &'rows Rows,
    /// Who can be where.
    pub presences: &'rows [Presence],
    /// The numbers of the presences of both ends of each row; none of first ends where only second ones count.
    pub at_ends: [&'rows [u32]; 2],
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
pub struct Entries {
    room: Vec<Entry>,
    n: usize,
}

impl Default for Entries {
    /// None yet, and room for both ends of each row of a block.
    fn default() -> Self {
        Self {
            room: vec![Entry::default(); 2 * BLOCK_ROWS],
            n: 0,
        }
    }
}

impl Entries {
    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.n = 0;
    }

    /// Whether there is room for so many more.
    pub(crate) fn has_room(&self, n_more: usize) -> bool {
        self.n + n_more <= self.room.len()
    }

    /// Adds those of the rows that count, as a group. There has to be room for all of them.
    #[inline(never)]
    pub(crate) fn push_group(&mut self, group: u32, rows: &[u32], counted: &Rows) {
        let mut n = self.n;
        for row in rows {
            self.room[n] = Entry { group, row: *row };
            n += usize::from(counted.contains(*row as usize));
        }
        self.n = n;
    }

    /// Holds the rows in the groups of their ends from now on, once where these are the same. What a row belongs to
    /// cannot be foreseen, so that nothing here depends on it but the place of the next entry.
    #[inline(never)]
    fn put_ends(&mut self, rows: &[u32], [first, second]: &Groups) {
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

    /// Holds each row in the group of its only end, or in none.
    #[inline(never)]
    fn put_end(&mut self, rows: &[u32], at_end: &[u32], of: &[u32], seen: &mut [bool]) {
        let room = &mut self.room[..2 * BLOCK_ROWS];
        // One look whether there is such a number is enough for both.
        let seen = &mut seen[..of.len()];
        let mut n = 0;
        for row in rows {
            let number = at_end[*row as usize] as usize;
            let group = of[number];
            seen[number] = true;
            room[n] = Entry { group, row: *row };
            n += usize::from(group != NO_GROUP);
        }
        self.n = n;
    }

    /// Holds all rows in the first group.
    #[inline(never)]
    fn put_all(&mut self, rows: &[u32]) {
        for (entry, row) in self.room.iter_mut().zip(rows) {
            *entry = Entry {
                group: 0,
                row: *row,
            };
        }
        self.n = rows.len();
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
    /// Calls `each` with the entries of each block. Takes note of the presences on the way.
    #[inline(never)]
    pub fn each_block(&self, by: &By<'_>, seen: &mut Seen, each: &mut dyn FnMut(&Entries)) {
        let mut entries = Entries::default();
        let mut groups = [[NO_GROUP; BLOCK_ROWS]; 2];
        self.rows.for_each_block(&mut |rows| {
            match (by, self.at_ends) {
                (By::Everything, _) => entries.put_all(rows),
                (By::Presence(of), [[], at_end]) => {
                    entries.put_end(rows, at_end, of, &mut seen.0);
                }
                (By::Presence(of), at_ends) => {
                    for (at_end, groups) in at_ends.into_iter().zip(&mut groups) {
                        find(rows, at_end, of, groups, &mut seen.0);
                    }
                    entries.put_ends(rows, &groups);
                }
            }
            each(&entries);
        });
    }

    /// Where the ends of a row were, as far as they count.
    #[inline]
    pub fn places(&self, row: usize) -> [PlaceCode; 2] {
        self.at_ends.map(|at_end| {
            let number = at_end.get(row);
            number.map_or(PlaceCode::NOT_COUNTED, |number| {
                self.presences[*number as usize].place
            })
        })
    }
}

/// Puts the group of each row's presence into `groups`.
#[inline(never)]
fn find(rows: &[u32], at_end: &[u32], of: &[u32], groups: &mut [u32], seen: &mut [bool]) {
    let seen = &mut seen[..of.len()];
    for (row, group) in rows.iter().zip(groups) {
        let number = at_end[*row as usize] as usize;
        *group = of[number];
        seen[number] = true;
    }
}

/// How many streams have ends that count, and who was there.
#[derive(Debug, Default)]
pub struct Sight {
    /// What was seen.
    pub seen: Seen,
    /// Streams with such an end.
    pub n_with_ends: u64,
    /// Streams with such an end that no row of the building file explains.
    pub n_not_mapped: u64,
}

impl Sight {
    /// Of none of so many presences yet.
    pub fn new(n_presences: usize) -> Self {
        Self {
            seen: Seen::new(n_presences),
            ..Self::default()
        }
    }

    /// Looks at all rows that count. Each is a stream, or stands for as many as are given.
    pub fn look(&mut self, ends: &Ends<'_>, n_streams: Option<&[u64]>) {
        let kind = |presence: &Presence| {
            let place = presence.place;
            [place.is_counted(), place.is_unmapped()]
        };
        let kinds: Vec<_> = ends.presences.iter().map(kind).collect();
        ends.rows
            .for_each_block(&mut |rows| self.look_at(rows, ends, &kinds, n_streams));
    }

    #[inline(never)]
    fn look_at(
        &mut self,
        rows: &[u32],
        ends: &Ends<'_>,
        kinds: &[[bool; 2]],
        n_streams: Option<&[u64]>,
    ) {
        for row in rows {
            let row = *row as usize;
            let (mut is_counted, mut is_unmapped) = (false, false);
            for at_end in ends.at_ends {
                let Some(number) = at_end.get(row) else {
                    continue;
                };
                let kind = kinds[*number as usize];
                is_counted |= kind[0];
                is_unmapped |= kind[1];
                self.seen.0[*number as usize] = true;
            }
            let n = n_streams.map_or(1, |n_streams| n_streams[row]);
            self.n_with_ends += u64::from(is_counted) * n;
            self.n_not_mapped += u64::from(is_unmapped) * n;
        }
    }
}

/// The presences that were seen.
#[derive(Debug, Default)]
pub struct Seen(Vec<bool>);

impl Seen {
    /// None yet, of so many.
    pub fn new(n_presences: usize) -> Self {
        Self(vec![false; n_presences])
    }

    fn numbers(&self) -> impl Iterator<Item = usize> {
        let seen = self.0.iter().enumerate();
        seen.filter_map(|(number, is_seen)| is_seen.then_some(number))
    }

    /// Everybody who was seen at an end that counts, from low to high.
    pub fn everybody(&self, presences: &[Presence], n_people: usize) -> Vec<u32> {
        let mut is_seen = vec![false; n_people];
        let seen = self.numbers().map(|number| presences[number]);
        for presence in seen.filter(|presence| presence.is_of_somebody()) {
            is_seen[presence.person as usize] = true;
        }
        let people = (0..).zip(is_seen);
        people
            .filter_map(|(person, is_seen)| is_seen.then_some(person))
            .collect()
    }

    /// The distinct people of each of so many groups, in no order, by the groups of presences.
    #[inline(never)]
    pub fn people(
        &self,
        presences: &[Presence],
        groups: &[u32],
        n_groups: usize,
        n_people: usize,
    ) -> Vec<Vec<u32>> {
        let mut people = vec![Vec::new(); n_groups];
        for number in self.numbers() {
            let (group, person) = (groups[number], presences[number].person);
            if group != NO_GROUP && person != NOBODY {
                people[group as usize].push(person);
            }
        }
        // Somebody may have been in several places of a group.
        let mut last = vec![NO_GROUP; n_people];
        for (group, people) in (0..).zip(&mut people) {
            people.retain(|person| {
                let last = &mut last[*person as usize];
                std::mem::replace(last, group) != group
            });
        }
        people
    }

    /// How many unmapped networks were seen; no address at all is none.
    pub fn n_networks(&self, presences: &[Presence]) -> u64 {
        let places = self.numbers().map(|number| presences[number].place);
        let networks =
            places.filter(|place| place.is_unmapped() && *place != PlaceCode::of_unmapped(0));
        let mut codes: Vec<u32> = networks.map(|place| place.0).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::presences::Presences;

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

    /// The group of a place, so that each person comes into several groups, and into one of them in several places.
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
        let mut presences = Presences::new(N_PEOPLE as usize);
        let [first_ends, second_ends] = [(&first, &first_people), (&second, &second_people)]
            .map(|(places, people)| presences.number(places, people));
        let presences = presences.into_all();
        for at_ends in [[&*first_ends, &*second_ends], [&[], &*second_ends]] {
            let ends = Ends {
                rows: &rows,
                presences: &presences,
                at_ends,
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
            let found = |by: &By<'_>| {
                let mut seen = Seen::new(presences.len());
                let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
                ends.each_block(by, &mut seen, &mut |entries| {
                    for entry in entries.all() {
                        found.entry(entry.group).or_default().push(entry.row);
                    }
                });
                (found, seen)
            };
            let n_people = N_PEOPLE as usize;
            let groups = of_places.of(&presences);
            let (found_by_place, seen) = found(&By::Presence(&groups));
            assert_eq!(found_by_place, entries);
            assert_eq!(found(&By::Presence(&of_people(&presences))).0, by_person);
            let everything = found(&By::Everything).0;
            let mut all = Vec::new();
            rows.for_each(|row| all.push(row as u32));
            assert_eq!(everything, BTreeMap::from([(0, all)]));
            assert_eq!(seen.n_networks(&presences), networks.len() as u64);
            let seen_by_group: BTreeMap<u32, BTreeSet<u32>> = (0..)
                .zip(seen.people(&presences, &groups, 8, n_people))
                .filter(|(_, people)| !people.is_empty())
                .map(|(group, people)| {
                    let distinct: BTreeSet<u32> = people.iter().copied().collect();
                    assert_eq!(distinct.len(), people.len(), "nobody is told twice");
                    (group, distinct)
                })
                .collect();
            assert_eq!(seen_by_group, people);
            let mut sight = Sight::new(presences.len());
            sight.look(&ends, None);
            let everybody: Vec<u32> = by_person.keys().copied().collect();
            assert_eq!(sight.seen.everybody(&presences, n_people), everybody);
            let n_with = |claim: fn(PlaceCode) -> bool| {
                let mut n = 0;
                rows.for_each(|row| n += u64::from(ends.places(row).into_iter().any(claim)));
                n
            };
            assert_eq!(sight.n_with_ends, n_with(PlaceCode::is_counted));
            assert_eq!(sight.n_not_mapped, n_with(PlaceCode::is_unmapped));
        }
    }
}
