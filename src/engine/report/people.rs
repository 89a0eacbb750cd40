//! Who has bad calls.

use std::rc::Rc;

use super::{
    facts::Sources,
    person::NOBODY,
    scan,
    tally::{Sums, Tally},
};
use crate::protocol::Choices;

/// A person and the streams with the person at a counted end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTally {
    /// Number of the person.
    pub person: u32,
    /// The streams.
    pub tally: Tally,
}

/// Everybody with streams of the chosen media, by number.
pub fn people(sources: Sources<'_>, choices: &Choices) -> Rc<Vec<PersonTally>> {
    let kept = &sources.facts.answers.people;
    kept.answer(*choices, |choices| scan_people(sources, choices))
}

fn scan_people(sources: Sources<'_>, choices: &Choices) -> Vec<PersonTally> {
    let mut sums = vec![Sums::default(); sources.facts.people().n_codes()];
    scan::each_stream(sources, choices, |stream, measured| {
        let mut seen = NOBODY;
        for (place, person) in stream.places.into_iter().zip(stream.people) {
            if place.is_counted() && person != NOBODY && person != seen {
                sums[person as usize].add(measured);
                seen = person;
            }
        }
    });
    (0u32..)
        .zip(sums)
        .filter(|(_, sums)| sums.n_streams() > 0)
        .map(|(person, sums)| PersonTally {
            person,
            tally: sums.tally(vec![person]),
        })
        .collect()
}
