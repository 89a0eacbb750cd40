//! One end of a stream as a role may see it.

use super::{
    people,
    phone::masked,
    table::{Show, show},
};
use crate::engine::fields::Sensitivity;
use crate::engine::model::streams::Streams;
use crate::engine::report::{End, EndKeys, People, Sources};
use crate::protocol::{EndView, Mapping, Person, Place, Role};

/// A person as the role may see: by name, or of what kind. `searched` is the whole name, in lower case,
/// that the user typed: who is searched for is named to everybody.
pub(super) fn person(role: Role, known: &People, person: u32, searched: Option<&str>) -> Person {
    let name = known.name(person);
    // Somebody known by a phone number alone is masked like any phone number.
    let is_phone = known
        .phone(person)
        .is_some_and(|phone| phone.trim() == name);
    if is_phone {
        return match show(role, Sensitivity::Phone) {
            Show::Plain => Person::Named(name.to_owned()),
            _ => Person::ExternalUser,
        };
    }
    let is_searched = searched.is_some_and(|searched| searched == name.to_lowercase());
    if is_searched || show(role, Sensitivity::Person) == Show::Plain {
        Person::Named(name.to_owned())
    } else {
        people::kind(known, person)
    }
}

/// A phone number as the role may see it.
pub(super) fn phone(role: Role, number: &str) -> String {
    match show(role, Sensitivity::Phone) {
        Show::Plain => number.to_owned(),
        Show::Masked | Show::Kind | Show::Nothing => masked(number),
    }
}

/// Draws one end of any stream of an export.
pub(super) struct EndDrawer<'session> {
    role: Role,
    end: End,
    sources: Sources<'session>,
    table: usize,
    keys: EndKeys<'session>,
}

impl<'session> EndDrawer<'session> {
    pub(super) fn new(role: Role, sources: Sources<'session>, table: usize, end: End) -> Self {
        let keys = EndKeys::new(&sources.tables[table], &sources.buildings.index, end);
        Self {
            role,
            end,
            sources,
            table,
            keys,
        }
    }

    pub(super) fn view(&self, mapping: Mapping, row: usize) -> EndView {
        let known = self.sources.facts.people();
        let number = known.at_ends[self.table][self.end as usize][row];
        let is_somebody = number != crate::engine::report::NOBODY;
        EndView {
            person: is_somebody.then(|| person(self.role, known, number, None)),
            phone: self
                .words("Phone Number", row)
                .map(|number| phone(self.role, &number)),
            address: self.plain(Sensitivity::Address, "IP Address", row),
            subnet: self.plain(Sensitivity::Place, "Subnet", row),
            place: self.place(mapping, row),
            connection: self.plain(Sensitivity::Open, "Network Connection Detail", row),
        }
    }

    fn streams(&self) -> &'session Streams {
        &self.sources.tables[self.table]
    }

    fn words(&self, name: &str, row: usize) -> Option<String> {
        self.end.text(self.streams(), name)?.words(row)
    }

    fn plain(&self, sensitivity: Sensitivity, name: &str, row: usize) -> Option<String> {
        match show(self.role, sensitivity) {
            Show::Plain => self.words(name, row),
            Show::Masked | Show::Kind | Show::Nothing => None,
        }
    }

    fn place(&self, mapping: Mapping, row: usize) -> Option<Place> {
        let is_counted =
            self.sources.facts.places()[self.table][self.end as usize][row].is_counted();
        if !is_counted || show(self.role, Sensitivity::Place) != Show::Plain {
            return None;
        }
        let file = self.sources.buildings;
        let found = self.keys.found(&file.index, mapping, row)?;
        let network = |row: u32| &file.networks[row as usize];
        let building = network(found.row).building;
        let by_subnet = self
            .keys
            .lookups(row)
            .subnet
            .map(|found| network(found.row).building);
        let name = |building: u32| file.buildings[building as usize].name.clone();
        Some(Place {
            building: name(building),
            key: found.key,
            line: network(found.row).line,
            subnet_says: by_subnet.filter(|other| *other != building).map(name),
        })
    }
}
