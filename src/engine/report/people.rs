//! Who has bad calls.

use std::rc::Rc;

use callscope_kernel::groups::{self, By, NOBODY};

use super::{
    facts::Sources,
    scan,
    tally::{Sums, Tally},
};
use crate::engine::model::groups::Counts;
use crate::protocol::Choices;

/// Everybody with streams that count, and the streams with the person at a counted end.
#[derive(Debug, Default)]
pub struct PeopleTallies {
    /// The numbers of the persons, from low to high.
    pub persons: Vec<u32>,
    sums: Sums,
}

impl PeopleTallies {
    /// The streams of a person by verdict.
    pub fn counts(&self, person: u32) -> Counts {
        self.sums.counts(person as usize)
    }

    /// The streams of a person.
    pub fn tally(&self, person: u32) -> Tally {
        self.sums.tally(person as usize, vec![person])
    }
}

/// Everybody with streams of the chosen media.
pub fn people(sources: Sources<'_>, choices: &Choices) -> Rc<PeopleTallies> {
    let kept = &sources.facts.answers.people;
    kept.answer(*choices, |choices| scan_people(sources, choices))
}

fn scan_people(sources: Sources<'_>, choices: &Choices) -> PeopleTallies {
    let n_people = sources.facts.people().n_codes();
    let groups = groups::of_people(&sources.facts.places().presences);
    let (sums, _) = scan::sums(sources, choices, &By::Presence(&groups), n_people);
    let persons = NOBODY + 1..n_people as u32;
    PeopleTallies {
        persons: persons
            .filter(|person| sums.counts(*person as usize).all() > 0)
            .collect(),
        sums,
    }
}
