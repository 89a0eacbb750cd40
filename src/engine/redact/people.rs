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
            let ranks = drawn.ranks_of_names.answer(role, |_| ranks(role, sources));
            let tally = |person: u32| all.tally(sources, &query.choices, person);
            let value = |by, person| value(by, person, &all, &ranks, tally);
            let hides_names = !end::sees_names(role);
            ordered(found, *sort, hides_names, ranks.len(), value)
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

/// For each person the place among all of the name, or of what the role sees instead: what kind of person, and the
/// number.
fn ranks(role: Role, sources: Sources<'_>) -> Vec<u32> {
    let known = sources.facts.people();
    let phone = |person: u32| known.phone(person).map(|phone| end::number(role, phone));
    let shown = |person: u32| match end::person(role, sources, person, None) {
        Person::Named(name) => name.to_lowercase(),
        Person::InternalUser => phone(person).unwrap_or_default(),
        Person::ExternalUser => format!("~{}", phone(person).unwrap_or_default()),
    };
    let persons = 0..known.n_codes() as u32;
    drawn::ranks(persons.map(shown).collect())
}

/// What stands in a column of a person's row, as a number.
fn value(
    by: PersonColumn,
    person: u32,
    all: &PeopleCounts,
    ranks: &[u32],
    tally: impl Fn(u32) -> Tally,
) -> Option<f64> {
    use PersonColumn as C;
    let counts = all.counts(person);
    let n = |n: u64| Some(n as f64);
    match by {
        C::Person => Some(f64::from(ranks[person as usize])),
        C::Streams => n(counts.all()),
        C::Good => n(counts.good),
        C::Poor => n(counts.poor),
        C::Unclassified => n(counts.unclassified),
        C::PoorPercent => poor_rate(counts.poor, counts.good).map(|rate| rate.percent),
        C::RoundTrip => tally(person).round_trip_ms.value(),
        C::Jitter => tally(person).jitter_ms.value(),
        C::PacketLoss => tally(person).packet_loss_ratio.percent(),
    }
}

/// Persons in order. Those with equal values are in one that follows from their counts and from what stands for their
/// names. Where names are hidden it follows from all that is shown: no other order may tell persons apart, as that in
/// which the files name them is often that of the names.
fn ordered(
    persons: Vec<u32>,
    sort: Sort<PersonColumn>,
    hides_names: bool,
    n_codes: usize,
    value: impl Fn(PersonColumn, u32) -> Option<f64>,
) -> Vec<u32> {
    use PersonColumn as C;
    let keys = |by, descending| {
        let mut keys = vec![0; n_codes];
        for person in &persons {
            keys[*person as usize] = drawn::key(value(by, *person), descending);
        }
        keys
    };
    // The most important one first.
    let mut all_keys = vec![keys(sort.by, sort.descending)];
    let means = [C::RoundTrip, C::Jitter, C::PacketLoss];
    let shown = if hides_names { &means[..] } else { &[] };
    let figures = [C::Streams, C::Poor, C::Good];
    all_keys.extend(figures.iter().chain(shown).map(|by| keys(*by, true)));
    all_keys.push(keys(C::Person, false));
    let least_first = all_keys.iter().rev();
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
