//! Who has bad calls.

use std::cell::OnceCell;
use std::rc::Rc;

use callscope_kernel::{
    groups::{self, By, NOBODY},
    lists::RowLists,
};

use super::{
    facts::Sources,
    scan,
    tally::{Sums, Tally},
};
use crate::engine::model::groups::Counts;
use crate::protocol::Choices;

/// Everybody with streams that count, and how many each has with the person at a counted end.
#[derive(Debug, Default)]
pub struct PeopleCounts {
    /// The numbers of the persons, from low to high.
    pub persons: Vec<u32>,
    counts: Vec<Counts>,
    /// What was added up of everybody, once it was asked for.
    sums: OnceCell<Sums>,
}

/// For fewer than one in so many persons their rows are added up, for more those of everybody.
const FEW: usize = 8;

impl PeopleCounts {
    /// The streams of a person by verdict.
    pub fn counts(&self, person: u32) -> Counts {
        self.counts[person as usize]
    }

    /// The figures of a person. Those of everybody are added up, and kept.
    pub fn tally(&self, sources: Sources<'_>, choices: &Choices, person: u32) -> Tally {
        let sums = self.sums.get_or_init(|| {
            let groups = groups::of_people(&sources.facts.places().presences);
            let n_people = sources.facts.people().n_codes();
            scan::sums(sources, choices, &By::Presence(&groups), n_people).0
        });
        sums.tally(person as usize, vec![person])
    }

    /// The figures of these persons, in their order.
    pub fn tallies(&self, sources: Sources<'_>, choices: &Choices, persons: &[u32]) -> Vec<Tally> {
        if self.sums.get().is_some() || persons.len() * FEW > self.persons.len() {
            let tally = |person: &u32| self.tally(sources, choices, *person);
            return persons.iter().map(tally).collect();
        }
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
}

/// Everybody with streams of the chosen media.
pub fn people(sources: Sources<'_>, choices: &Choices) -> Rc<PeopleCounts> {
    let kept = &sources.facts.answers.people;
    kept.answer(*choices, |choices| count_people(sources, choices))
}

fn count_people(sources: Sources<'_>, choices: &Choices) -> PeopleCounts {
    let n_people = sources.facts.people().n_codes();
    let mut all = vec![Counts::default(); n_people];
    let lists = lists(sources, choices);
    scan::each_table(sources, choices, &mut |counted| {
        counted.count(&lists[counted.table], &mut all);
    });
    let persons = NOBODY + 1..n_people as u32;
    PeopleCounts {
        persons: persons
            .filter(|person| all[*person as usize].all() > 0)
            .collect(),
        counts: all,
        sums: OnceCell::new(),
    }
}

/// The rows of each person, export by export, whatever is chosen but the ends that count.
fn lists(sources: Sources<'_>, choices: &Choices) -> Rc<Vec<RowLists>> {
    let kept = &sources.facts.answers.rows_of_people;
    kept.answer(choices.ends, |_| {
        let n_people = sources.facts.people().n_codes();
        let groups = groups::of_people(&sources.facts.places().presences);
        let mut lists = Vec::new();
        scan::each_table(sources, choices, &mut |counted| {
            lists.push(RowLists::new(counted.ends(), &groups, n_people));
        });
        lists
    })
}
