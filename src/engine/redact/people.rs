//! People as a role may see them.

use std::cmp::Ordering;

use super::{
    end::{self, Name},
    places::{by_value, poor_percent, window},
};
use crate::engine::report::{self, People, PersonTally, Sources};
use crate::protocol::{PeopleQuery, PeopleView, Person, PersonColumn, PersonRow, Role, Sort};

/// A window of People.
///
/// The specialist's list is neither searched in part nor sorted by name: hits and order would tell names.
pub(super) fn people(role: Role, sources: Sources<'_>, query: &PeopleQuery) -> PeopleView {
    let known = sources.facts.people();
    let all = report::people(sources, &query.choices);
    let n_all = all.len() as u32;
    let search = query.search.trim().to_lowercase();
    let found = all
        .iter()
        .filter(|row| is_found(role, known, row.person, &search));
    let mut tallies: Vec<_> = found.collect();
    tallies.sort_by(|a, b| compare(role, known, a, b, query.sort));
    let searched = (!search.is_empty()).then_some(search.as_str());
    let n_found = tallies.len() as u32;
    let rows = window(tallies, query.window);
    PeopleView {
        rows: rows
            .iter()
            .map(|row| person_row(role, known, row, searched))
            .collect(),
        first_idx: query.window.first_idx,
        n_found,
        n_all,
    }
}

fn person_row(role: Role, known: &People, row: &PersonTally, searched: Option<&str>) -> PersonRow {
    PersonRow {
        person: end::person(role, known, row.person, searched),
        phone: known
            .phone(row.person)
            .map(|phone| end::number(role, phone)),
        figures: row.tally.figures(known),
    }
}

/// Looks at the words that the role sees, so that no hit tells more than they do.
fn is_found(role: Role, known: &People, person: u32, search: &str) -> bool {
    search.is_empty()
        || match end::name(role, known, person) {
            Name::Shown(name) => name.to_lowercase().contains(search),
            Name::Hidden(name) => name.to_lowercase() == search,
            Name::HiddenNumber => false,
        }
}

fn compare(
    role: Role,
    known: &People,
    a: &PersonTally,
    b: &PersonTally,
    sort: Sort<PersonColumn>,
) -> Ordering {
    use PersonColumn as C;
    let by_name = |a: &PersonTally, b: &PersonTally| {
        let key = |row: &PersonTally| match end::name(role, known, row.person) {
            Name::Shown(name) => name.to_lowercase(),
            Name::Hidden(_) | Name::HiddenNumber => String::new(),
        };
        key(a).cmp(&key(b))
    };
    let figures = (a.tally.figures(known), b.tally.figures(known));
    let figure = |value: fn(&crate::protocol::Figures) -> Option<f64>| {
        by_value(value(&figures.0), value(&figures.1), sort.descending)
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
        let key = |row: &PersonTally| (row.tally.n_streams(), row.tally.n_poor, row.tally.n_good);
        key(b).cmp(&key(a))
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
