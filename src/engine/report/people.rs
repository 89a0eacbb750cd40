//! Who has bad calls.

use std::rc::Rc;

use callscope_kernel::groups::By;

use super::{facts::Sources, scan, tally::Tally};
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
    let n_people = sources.facts.people().n_codes();
    let found = scan::tallies(sources, choices, &By::Person, n_people);
    (0u32..)
        .zip(found.tallies)
        .filter(|(_, tally)| tally.n_streams() > 0)
        .map(|(person, mut tally)| {
            tally.people = vec![person];
            PersonTally { person, tally }
        })
        .collect()
}
