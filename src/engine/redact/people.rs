//! People as a role may see them.

use std::cmp::Ordering;

use super::{
    drawn::{self, Drawn},
    end::{self, Name},
    places::{by_value, poor_percent},
};
use crate::engine::report::{self, People, PersonTally, Sources};
use crate::engine::sorting::sorted_places;
use crate::protocol::{
    Figures, PeopleQuery, PeopleView, Person, PersonColumn, PersonRow, Role, Sort,
};

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
            order(role, known, &all, search, *sort)
        });
    let (_, _, search, _) = question;
    let searched = (!search.is_empty()).then_some(search.as_str());
    let row = |idx: usize| PersonRow {
        person: end::person(role, known, all[idx].person, searched),
        phone: known
            .phone(all[idx].person)
            .map(|phone| end::number(role, phone)),
        figures: all[idx].tally.figures(known),
    };
    PeopleView {
        rows: drawn::window(&order, query.window).map(row).collect(),
        first_idx: query.window.first_idx,
        n_found: order.len() as u32,
        n_all: all.len() as u32,
    }
}

/// Those whom a search leaves, in order.
fn order(
    role: Role,
    known: &People,
    all: &[PersonTally],
    search: &str,
    sort: Sort<PersonColumn>,
) -> Vec<u32> {
    let everybody = all.iter().map(|tally| Somebody::new(role, known, tally));
    let found: Vec<(u32, Somebody<'_>)> = (0..)
        .zip(everybody)
        .filter(|(_, somebody)| search.is_empty() || somebody.is_found(search))
        .collect();
    let order = sorted_places(&found, |(_, a), (_, b)| compare(a, b, sort)).into_iter();
    order.map(|place| found[place as usize].0).collect()
}

/// A person with what the list is searched and sorted by.
struct Somebody<'session> {
    figures: Figures,
    /// The name in lower case, as far as the role sees it.
    name: Name<'session>,
}

impl<'session> Somebody<'session> {
    fn new(role: Role, known: &'session People, tally: &PersonTally) -> Self {
        Self {
            figures: tally.tally.figures(known),
            name: match end::name(role, known, tally.person) {
                Name::Shown(name) => Name::Shown(name.to_lowercase()),
                hidden => hidden,
            },
        }
    }

    /// Looks at the words that the role sees, so that no hit tells more than they do.
    fn is_found(&self, search: &str) -> bool {
        match &self.name {
            Name::Shown(name) => name.contains(search),
            Name::Hidden(name) => name.to_lowercase() == search,
            Name::HiddenNumber => false,
        }
    }

    fn shown_name(&self) -> &str {
        match &self.name {
            Name::Shown(name) => name,
            Name::Hidden(_) | Name::HiddenNumber => "",
        }
    }
}

fn compare(a: &Somebody<'_>, b: &Somebody<'_>, sort: Sort<PersonColumn>) -> Ordering {
    use PersonColumn as C;
    let by_name = |a: &Somebody<'_>, b: &Somebody<'_>| a.shown_name().cmp(b.shown_name());
    let figure = |value: fn(&Figures) -> Option<f64>| {
        by_value(value(&a.figures), value(&b.figures), sort.descending)
    };
    let order = match sort.by {
        C::Person if sort.descending => by_name(b, a),
        C::Person => by_name(a, b),
        C::Streams => figure(|figures| Some(figures.n_streams as f64)),
        C::Good => figure(|figures| Some(figures.n_good as f64)),
        C::Poor => figure(|figures| Some(figures.n_poor as f64)),
        C::Unclassified => figure(|figures| Some(figures.n_unclassified as f64)),
        C::PoorPercent => figure(poor_percent),
        C::RoundTrip => figure(|figures| figures.mean_round_trip_ms),
        C::Jitter => figure(|figures| figures.mean_jitter_ms),
        C::PacketLoss => figure(|figures| figures.mean_packet_loss_percent),
    };
    // For the specialist ties stay in an order that follows from figures alone, as far as they differ.
    let by_figures = || {
        let key = |figures: &Figures| (figures.n_streams, figures.n_poor, figures.n_good);
        key(&b.figures).cmp(&key(&a.figures))
    };
    order.then_with(by_figures).then_with(|| by_name(a, b))
}

/// Who a person is, as far as the role may know.
pub(super) fn kind(known: &People, person: u32) -> Person {
    if known.is_internal(person) {
        Person::InternalUser
    } else {
        Person::ExternalUser
    }
}
