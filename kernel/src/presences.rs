//! Who was where: the people and places of ends, each pair of them known by a number.
//!
//! There are far fewer pairs than ends. What is asked of a person or a place is found out once for each pair.

use crate::blocks;
use crate::groups::{NOBODY, PlaceCode};

/// Somebody somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Where.
    pub place: PlaceCode,
    /// Who.
    pub person: u32,
}

impl Presence {
    /// Whether somebody was at an end that counts.
    #[inline]
    pub fn is_of_somebody(self) -> bool {
        self.place.is_counted() && self.person != NOBODY
    }
}

/// Gives presences their numbers.
#[derive(Debug)]
pub struct Presences {
    all: Vec<Presence>,
    /// Numbers by hash, counted from 1, in rooms of a power of two; zero where a room is empty.
    rooms: Vec<u32>,
    /// The place and number of each person's last presence: most often it is the next one as well.
    last: Vec<(PlaceCode, u32)>,
}

impl Presences {
    /// None yet, of so many people.
    pub fn new(n_people: usize) -> Self {
        Self {
            all: Vec::new(),
            rooms: vec![0; n_people.next_power_of_two() * 2],
            last: vec![(PlaceCode::OPEN, 0); n_people],
        }
    }

    /// The numbers of presences, given to them now if they are new. No place is open any more.
    pub fn number(&mut self, places: &[PlaceCode], people: &[u32]) -> Vec<u32> {
        let mut numbers = vec![0; places.len()];
        blocks::each(places.len(), &mut |ends| {
            let (places, people) = (&places[ends.clone()], &people[ends.clone()]);
            self.number_some(places, people, &mut numbers[ends]);
        });
        numbers
    }

    #[inline(never)]
    fn number_some(&mut self, places: &[PlaceCode], people: &[u32], numbers: &mut [u32]) {
        let presences = places.iter().zip(people);
        for (number, (place, person)) in numbers.iter_mut().zip(presences) {
            let (place, person) = (*place, *person);
            debug_assert_ne!(place, PlaceCode::OPEN);
            let (last, known) = self.last[person as usize];
            if last == place {
                *number = known;
                continue;
            }
            *number = self.find(Presence { place, person });
            self.last[person as usize] = (place, *number);
        }
    }

    fn find(&mut self, presence: Presence) -> u32 {
        if self.all.len() * 2 >= self.rooms.len() {
            self.grow();
        }
        let at = self.room(presence);
        if self.rooms[at] == 0 {
            self.all.push(presence);
            self.rooms[at] = self.all.len() as u32;
        }
        self.rooms[at] - 1
    }

    /// The room of a presence, or the one for it.
    fn room(&self, presence: Presence) -> usize {
        let last = self.rooms.len() - 1;
        // Either number times one without small factors: neighbors come to lie far apart.
        let hash = presence.place.0.wrapping_mul(0x9e37_79b1)
            ^ presence.person.wrapping_mul(0x85eb_ca77).rotate_left(15);
        let mut at = (hash ^ hash >> 15) as usize & last;
        while let Some(number) = self.rooms[at].checked_sub(1)
            && self.all[number as usize] != presence
        {
            at = (at + 1) & last;
        }
        at
    }

    fn grow(&mut self) {
        self.rooms = vec![0; self.rooms.len() * 2];
        for (number, presence) in (1..).zip(&self.all) {
            let at = self.room(*presence);
            self.rooms[at] = number;
        }
    }

    /// All of them by their numbers.
    pub fn into_all(self) -> Vec<Presence> {
        self.all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_leads_back_to_its_place_and_person(
            ends in prop::collection::vec((0_u32..5, 0_u32..4), 0..200),
        ) {
            let places: Vec<_> = ends.iter().map(|(place, _)| PlaceCode(*place)).collect();
            let people: Vec<_> = ends.iter().map(|(_, person)| *person).collect();
            let mut presences = Presences::new(4);
            let (few, others) = (ends.len() / 3, ends.len());
            let mut numbers = presences.number(&places[..few], &people[..few]);
            numbers.extend(presences.number(&places[few..others], &people[few..others]));
            let all = presences.into_all();
            let expected = places.iter().zip(&people).map(|(place, person)| Presence {
                place: *place,
                person: *person,
            });
            let found = numbers.iter().map(|number| all[*number as usize]);
            prop_assert!(found.eq(expected));
            let distinct: std::collections::BTreeSet<_> = ends.iter().collect();
            prop_assert_eq!(all.len(), distinct.len());
        }
    }
}
