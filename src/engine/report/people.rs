//! Who has bad calls.

use std::rc::Rc;

use callscope_kernel::{
    groups::{self, NOBODY},
    lists::RowLists,
};

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
    counts: Vec<Counts>,
}

impl PeopleTallies {
    /// The streams of a person by verdict.
    pub fn counts(&self, person: u32) -> Counts {
        self.counts[person as usize]
    }
}

/// Everybody with streams of the chosen media.
pub fn people(sources: Sources<'_>, choices: &Choices) -> Rc<PeopleTallies> {
    let kept = &sources.facts.answers.people;
    kept.answer(*choices, |choices| count_people(sources, choices))
}

/// The tallies of these persons, in their order.
pub fn tallies_of_people(sources: Sources<'_>, choices: &Choices, persons: &[u32]) -> Vec<Tally> {
    let mut sums = Sums::new(persons.len());
    let lists = lists(sources, choices);
    scan::each_table(sources, choices, &mut |counted| {
        counted.add(&mut sums, &mut |each| {
            lists[counted.table].each_block(persons, counted.rows, each);
        });
    });
    let persons = persons.iter().enumerate();
    let tallies = persons.map(|(idx, person)| sums.tally(idx, vec![*person]));
    tallies.collect()
}

fn count_people(sources: Sources<'_>, choices: &Choices) -> PeopleTallies {
    let n_people = sources.facts.people().n_codes();
    let mut all = vec![Counts::default(); n_people];
    let lists = lists(sources, choices);
    scan::each_table(sources, choices, &mut |counted| {
        let lists = &lists[counted.table];
        if counted.streams.groups.is_none() {
            let found = lists.count(counted.rows, counted.verdicts);
            for (counts, found) in all.iter_mut().zip(found) {
                counts.add(Counts::of(found));
            }
            return;
        }
        for (person, counts) in all.iter_mut().enumerate() {
            for row in lists.of(person) {
                if counted.rows.contains(*row as usize) {
                    counts.add(counted.counts(*row as usize));
                }
            }
        }
    });
    let persons = NOBODY + 1..n_people as u32;
    PeopleTallies {
        persons: persons
            .filter(|person| all[*person as usize].all() > 0)
            .collect(),
        counts: all,
    }
}

/// The rows of each person, export by export, whatever is chosen but the ends that count.
fn lists(sources: Sources<'_>, choices: &Choices) -> Rc<Vec<RowLists>> {
    let kept = &sources.facts.answers.rows_of_people;
    kept.answer((choices.ends, choices.mapping), |_| {
        let n_people = sources.facts.people().n_codes();
        let groups = groups::of_people(&sources.facts.places().presences);
        let mut lists = Vec::new();
        scan::each_table(sources, choices, &mut |counted| {
            lists.push(RowLists::new(counted.ends(), &groups, n_people));
        });
        lists
    })
}
