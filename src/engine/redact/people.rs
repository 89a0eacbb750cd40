//! People as a role may see them.

use callscope_kernel::order;

use super::{
    drawn::{self, Drawn},
    end::{self, Name},
};
use crate::engine::quality::poor_rate;
use crate::engine::report::{self, People, PeopleCounts, Sources, Tally};
use crate::protocol::{PeopleQuery, PeopleView, Person, PersonColumn, PersonRow, Role, Sort};

/// A window of People.
///
/// The specialist's list is neither searched in part nor sorted by name: hits and order would tell names.
pub(super) fn people(
    role: Role,
    sources: Sources<'_>,
    drawn: &Drawn,
    query: &PeopleQuery,
) -> PeopleView {
    let known = sources.facts.people();
    let all = report::people(sources, &query.choices);
    let search = query.search.trim().to_lowercase();
    let question = (role, query.choices, search, query.sort);
    let order = drawn
        .order_of_people
        .answer(question.clone(), |(_, _, search, sort)| {
            let found = found(role, known, &all, search);
            let ranks = drawn.ranks_of_names.answer(role, |_| ranks(role, known));
            let tally = |person: u32| all.tally(sources, &query.choices, person);
            ordered(found, &all, &ranks, *sort, tally)
        });
    let (_, _, search, _) = question;
    let searched = (!search.is_empty()).then_some(search.as_str());
    let window = drawn::window(&order, query.window);
    let tallies = all.tallies(sources, &query.choices, window);
    let row = |(person, tally): (&u32, Tally)| PersonRow {
        person: end::person(role, sources, *person, searched),
        phone: known.phone(*person).map(|phone| end::number(role, phone)),
        figures: tally.figures(known),
    };
    PeopleView {
        rows: window.iter().zip(tallies).map(row).collect(),
        first_idx: query.window.first_idx,
        n_found: order.len() as u32,
        n_all: all.persons.len() as u32,
    }
}

/// Those whom a search leaves: by the words that the role sees, so that no hit tells more than they do.
fn found(role: Role, known: &People, all: &PeopleCounts, search: &str) -> Vec<u32> {
    let is_found = |person: &u32| match end::name(role, known, *person) {
        Name::Shown(name) => name.to_lowercase().contains(search),
        Name::Hidden(name) => name.to_lowercase() == search,
        Name::HiddenNumber => false,
    };
    let mut found = all.persons.clone();
    if !search.is_empty() {
        found.retain(is_found);
    }
    found
}

/// For each person the place of the name among those of all; names that the role does not see have the first one.
fn ranks(role: Role, known: &People) -> Vec<u32> {
    let shown = |person: u32| match end::name(role, known, person) {
        Name::Shown(name) => name.to_lowercase(),
        Name::Hidden(_) | Name::HiddenNumber => String::new(),
    };
    drawn::ranks((0..known.n_codes() as u32).map(shown).collect())
}

/// Persons in order. Those with equal values are in one that follows from their figures, as far as these differ: for
/// the specialist no other order may tell them apart.
fn ordered(
    persons: Vec<u32>,
    all: &PeopleCounts,
    ranks: &[u32],
    sort: Sort<PersonColumn>,
    tally: impl Fn(u32) -> Tally,
) -> Vec<u32> {
    use PersonColumn as C;
    // The most important one first.
    let mut keys = [0; 5].map(|_| vec![0; ranks.len()]);
    let [by_value, by_streams, by_poor, by_good, by_name] = &mut keys;
    for person in &persons {
        let (idx, counts) = (*person as usize, all.counts(*person));
        let tally = || tally(*person);
        let n = |n: u64| Some(n as f64);
        let value = match sort.by {
            C::Person => Some(f64::from(ranks[idx])),
            C::Streams => n(counts.all()),
            C::Good => n(counts.good),
            C::Poor => n(counts.poor),
            C::Unclassified => n(counts.unclassified),
            C::PoorPercent => poor_rate(counts.poor, counts.good).map(|rate| rate.percent),
            C::RoundTrip => tally().round_trip_ms.value(),
            C::Jitter => tally().jitter_ms.value(),
            C::PacketLoss => tally().packet_loss_ratio.percent(),
        };
        by_value[idx] = drawn::key(value, sort.descending);
        by_streams[idx] = !counts.all();
        by_poor[idx] = !counts.poor;
        by_good[idx] = !counts.good;
        by_name[idx] = u64::from(ranks[idx]);
    }
    let least_first = keys.iter().rev();
    least_first.fold(persons, |persons, keys| order::by_keys(persons, keys))
}

/// Who a person is, as far as the role may know.
pub(super) fn kind(sources: Sources<'_>, person: u32) -> Person {
    if sources.is_internal(person) {
        Person::InternalUser
    } else {
        Person::ExternalUser
    }
}
