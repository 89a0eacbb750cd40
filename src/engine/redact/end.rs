//! One end of a stream as a role may see it.

use callscope_kernel::presences::Presence;

use super::{
    people, phone,
    table::{Show, show},
};
use crate::engine::fields::Sensitivity;
use crate::engine::location::{address::Address, place};
use crate::engine::model::{column::TextColumn, end::End};
use crate::engine::report::{EndKeys, NOBODY, People, Sources};
use crate::protocol::{EndView, Mapping, Person, Place, Role};

/// A person as the role may see: by name, or of what kind. `searched` is the whole name, in lower case,
/// that the user typed: who is searched for is named to everybody.
pub(super) fn person(
    role: Role,
    sources: Sources<'_>,
    person: u32,
    searched: Option<&str>,
) -> Person {
    let is_searched = |name: &str| searched.is_some_and(|searched| searched == name.to_lowercase());
    match name(role, sources.facts.people(), person) {
        Name::Shown(name) => Person::Named(name),
        Name::Hidden(name) if is_searched(name) => Person::Named(name.to_owned()),
        Name::Hidden(_) | Name::HiddenNumber => people::kind(sources, person),
    }
}

fn words(column: Option<&TextColumn>, row: usize) -> Option<String> {
    column?.words(row)
}

/// How ends are connected, in the words of the dashboard and of Microsoft Graph.
const CONNECTIONS: [&str; 7] = [
    "Wired", "WiFi", "MobileBB", "Mobile", "Tunnel", "Other", "Unknown",
];

/// What stands in a field that every role sees. Where names are hidden it must be one of the field's words: a column
/// of names may be read as this field, and a stray quote may bring a whole row into it.
pub(super) fn open_word(named_for: Role, known: &[&str], word: String) -> Option<String> {
    let mut known = known.iter();
    let is_fine = sees_names(named_for) || known.any(|known| word.eq_ignore_ascii_case(known));
    is_fine.then_some(word)
}

pub(super) fn sees_names(role: Role) -> bool {
    show(role, Sensitivity::Person) == Show::Plain
}

/// The name of a person, as far as a role may know it.
pub(super) enum Name<'session> {
    /// In these words.
    Shown(String),
    /// Not shown, but who types it as a whole may see it.
    Hidden(&'session str),
    /// A phone number, which nobody may guess digit by digit.
    HiddenNumber,
}

/// The name of a person. Somebody known by a phone number, whatever column it came in, is masked like
/// any phone number.
pub(super) fn name(role: Role, known: &People, person: u32) -> Name<'_> {
    let name = known.name(person);
    let is_number = phone::is_number(name) || known.phone(person) == Some(name);
    match (
        is_number && show(role, Sensitivity::Phone) != Show::Plain,
        sees_names(role),
    ) {
        (true, true) => Name::Shown(phone::masked(phone::number_in(name))),
        (true, false) => Name::HiddenNumber,
        (false, true) => Name::Shown(name.to_owned()),
        (false, false) => Name::Hidden(name),
    }
}

/// A phone number as the role may see it.
pub(super) fn number(role: Role, number: &str) -> String {
    match show(role, Sensitivity::Phone) {
        Show::Plain => number.to_owned(),
        Show::Masked | Show::Kind | Show::Nothing => phone::masked(number),
    }
}

/// Draws one end of any stream of an export.
pub(super) struct EndDrawer<'session> {
    role: Role,
    /// The role that names and numbers are shown for.
    named_for: Role,
    end: End,
    sources: Sources<'session>,
    table: usize,
    keys: EndKeys<&'session TextColumn>,
    /// Its columns, of which each row says something.
    phones: Option<&'session TextColumn>,
    addresses: Option<&'session TextColumn>,
    subnets: Option<&'session TextColumn>,
    connections: Option<&'session TextColumn>,
}

impl<'session> EndDrawer<'session> {
    pub(super) fn new(
        [role, named_for]: [Role; 2],
        sources: Sources<'session>,
        table: usize,
        end: End,
    ) -> Self {
        let streams = &sources.tables[table];
        let keys = EndKeys::new(streams, end);
        Self {
            role,
            named_for,
            end,
            sources,
            table,
            keys,
            phones: end.text(streams, "Phone Number"),
            addresses: end.text(streams, "IP Address"),
            subnets: end.text(streams, "Subnet"),
            connections: end.text(streams, "Network Connection Detail"),
        }
    }

    pub(super) fn view(&self, mapping: Mapping, row: usize) -> EndView {
        let somebody = self.presence(row).person;
        EndView {
            person: (somebody != NOBODY)
                .then(|| person(self.named_for, self.sources, somebody, None)),
            phone: words(self.phones, row).map(|text| number(self.named_for, &text)),
            address: self.address(Sensitivity::Address, self.addresses, row),
            subnet: self.address(Sensitivity::Place, self.subnets, row),
            place: self.place(mapping, row),
            connection: words(self.connections, row)
                .and_then(|word| open_word(self.named_for, &CONNECTIONS, word)),
        }
    }

    fn presence(&self, row: usize) -> Presence {
        self.sources.facts.presence(self.table, self.end, row)
    }

    fn address(
        &self,
        sensitivity: Sensitivity,
        column: Option<&TextColumn>,
        row: usize,
    ) -> Option<String> {
        let is_shown = show(self.role, sensitivity) == Show::Plain;
        let words = words(column.filter(|_| is_shown), row)?;
        // What is none may be a name.
        let is_fine = sees_names(self.named_for) || Address::parse(words.as_bytes()).is_some();
        is_fine.then_some(words)
    }

    fn place(&self, mapping: Mapping, row: usize) -> Option<Place> {
        let is_counted = self.presence(row).place.is_counted();
        if !is_counted || show(self.role, Sensitivity::Place) != Show::Plain {
            return None;
        }
        let file = self.sources.buildings;
        let lookups = self.keys.lookups(file, row);
        let found = place::choose(&file.index, mapping, lookups)?;
        let network = |row: u32| &file.networks[row as usize];
        let building = network(found.row).building;
        let by_subnet = lookups.subnet.map(|found| network(found.row).building);
        let name = |building: u32| file.buildings[building as usize].name.clone();
        Some(Place {
            building: name(building),
            key: found.key,
            line: network(found.row).line,
            subnet_says: by_subnet.filter(|other| *other != building).map(name),
        })
    }
}
