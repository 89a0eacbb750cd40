//! Who was at each end: one number for each distinct person over all files.
//!
//! A person is known by the sign-in name (UPN); an object id that ever came with one leads to it; else by
//! the object id itself, the SIP address, or the phone number. Case does not matter to any of them.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::engine::formats::encoding;
use crate::engine::model::{
    by_code::ByCode,
    column::TextColumn,
    dictionary::{BLANK, Dictionary},
    end::{ENDS, End},
    streams::Streams,
};

pub use callscope_kernel::groups::NOBODY;

// Nobody is who has no text.
const _: () = assert!(NOBODY == BLANK);

/// All people of the session, by number from 1.
#[derive(Debug, Default)]
pub struct People {
    keys: Dictionary,
    names: Vec<String>,
    phones: Vec<Option<String>>,
    is_internal: Vec<bool>,
    /// Of each export, the person at both ends of each stream.
    pub at_ends: Vec<[Vec<u32>; 2]>,
}

impl People {
    /// The people of these exports.
    pub fn new(tables: &[Streams]) -> Self {
        let mut upn_of_id = UpnOfId::new(tables);
        let mut people = Self {
            names: vec![String::new()],
            phones: vec![None],
            ..Self::default()
        };
        for streams in tables {
            let at_ends = ENDS.map(|end| people.read(streams, end, &mut upn_of_id));
            people.at_ends.push(at_ends);
        }
        people.is_internal = internal(&people, tables);
        people
    }

    /// How many numbers there are, nobody included.
    pub fn n_codes(&self) -> usize {
        self.names.len()
    }

    /// Whether the exports name anybody at all.
    pub fn is_known(&self) -> bool {
        self.n_codes() > 1
    }

    /// What identifies the person, as the export spells it.
    pub fn name(&self, person: u32) -> &str {
        &self.names[person as usize]
    }

    /// A phone number seen with the person.
    pub fn phone(&self, person: u32) -> Option<&str> {
        self.phones[person as usize].as_deref()
    }

    /// Whether the person belongs to the organization whose export this is.
    pub fn is_internal(&self, person: u32) -> bool {
        self.is_internal[person as usize]
    }

    fn read(&mut self, streams: &Streams, end: End, upn_of_id: &mut UpnOfId) -> Vec<u32> {
        let [upn, id, sip, phone] =
            ["UPN", "User ObjectId", "Sip Uri", "Phone Number"].map(|name| end.text(streams, name));
        // A number for each distinct text, so that names are looked up once each.
        let upn = upn.map(|column| numbers(column, |text| self.number(text)));
        let id = id.map(|column| {
            numbers(column, |text| match upn_of_id.of(text) {
                Some(upn) => self.number(upn),
                None => self.number(text),
            })
        });
        let sip = sip.map(|column| numbers(column, |text| self.number(strip_scheme(text))));
        let by_phone = phone.map(|column| numbers(column, |text| self.number(text)));
        let mut persons = vec![NOBODY; streams.n_rows];
        let mut n_unknown = streams.n_rows;
        for known in [upn, id, sip, by_phone].into_iter().flatten() {
            if n_unknown > 0 {
                n_unknown = known.fill(NOBODY, &mut persons);
            }
        }
        if let Some(column) = phone {
            self.see_phones(&persons, column);
        }
        persons
    }

    fn number(&mut self, name: &str) -> u32 {
        let code = self.keys.code(lowercase(name).as_bytes());
        match self.names.get_mut(code as usize) {
            // Of several spellings the first in order is shown, whichever file comes first.
            Some(known) if name < known.as_str() => name.clone_into(known),
            Some(_) => {}
            None => {
                self.names.push(name.to_owned());
                self.phones.push(None);
            }
        }
        code
    }

    /// Takes note of the first number in order that each person was seen with.
    fn see_phones(&mut self, persons: &[u32], column: &TextColumn) {
        let mut first = vec![BLANK; self.n_codes()];
        let text = |code: u32| column.dictionary.text(code);
        let keys = |rows: Range<usize>, block: &mut [u32]| block.copy_from_slice(&persons[rows]);
        let better = |one, other| if text(other) < text(one) { other } else { one };
        column.codes.meet(&keys, &mut first, &better);
        // Nobody stands in front.
        for (phone, code) in self.phones.iter_mut().zip(first).skip(1) {
            let text = column.dictionary.text(code);
            if !text.is_empty() && phone.as_ref().is_none_or(|known| text < known.as_bytes()) {
                *phone = Some(encoding::words(text).into_owned());
            }
        }
    }
}

/// A person's number for each distinct text of a column.
fn numbers(column: &TextColumn, mut number: impl FnMut(&str) -> u32) -> ByCode<'_, u32> {
    ByCode::new(column, |text| number(encoding::words(text).trim()))
}

fn lowercase(name: &str) -> Cow<'_, str> {
    let is_lowercase = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if name.bytes().all(is_lowercase) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}

fn strip_scheme(sip: &str) -> &str {
    let has_scheme = sip
        .get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("sip:"));
    if has_scheme { &sip[4..] } else { sip }
}

/// The sign-in name that each object id came with; of several the first in order.
#[derive(Default)]
struct UpnOfId {
    ids: Dictionary,
    /// By the codes of the ids.
    upns: Vec<String>,
}

impl UpnOfId {
    fn new(tables: &[Streams]) -> Self {
        let mut known = Self::default();
        for (streams, end) in tables.iter().flat_map(|table| ENDS.map(|end| (table, end))) {
            let (Some(ids), Some(upns)) =
                (end.text(streams, "User ObjectId"), end.text(streams, "UPN"))
            else {
                continue;
            };
            let words = |upn: u32| encoding::words(upns.dictionary.text(upn));
            let mut first = vec![BLANK; ids.dictionary.n_codes()];
            let keys = |rows: Range<usize>, block: &mut [u32]| ids.codes.copy(rows, block);
            let better = |one, other| {
                if words(other) < words(one) {
                    other
                } else {
                    one
                }
            };
            upns.codes.meet(&keys, &mut first, &better);
            for (id, upn) in (0u32..).zip(first).filter(|(_, upn)| *upn != BLANK) {
                known.see(&encoding::words(ids.dictionary.text(id)), &words(upn));
            }
        }
        known
    }

    fn see(&mut self, id: &str, upn: &str) {
        let code = self.ids.code(lowercase(id).as_bytes()) as usize;
        self.upns
            .resize(self.ids.n_codes().max(self.upns.len()), String::new());
        let known = &mut self.upns[code];
        if known.is_empty() || upn < known.as_str() {
            upn.clone_into(known);
        }
    }

    fn of(&mut self, id: &str) -> Option<&str> {
        let code = self.ids.code(lowercase(id).as_bytes()) as usize;
        let upn = self.upns.get(code).map(String::as_str);
        upn.filter(|upn| !upn.is_empty())
    }
}

/// Who is of the own organization: seen with the tenant that most streams name, or, where no tenant is
/// named, signed in under the most common domain.
fn internal(people: &People, tables: &[Streams]) -> Vec<bool> {
    let own_tenant = most_common_tenant(tables);
    let own_domain = LazyCell::new(|| most_common_domain(people));
    let mut seen_with_tenant = vec![None; people.n_codes()];
    for (streams, at_ends) in tables.iter().zip(&people.at_ends) {
        for (end, persons) in ENDS.into_iter().zip(at_ends) {
            let Some(tenants) = end.text(streams, "Tenant Id") else {
                continue;
            };
            let text = |code: u32| tenants.dictionary.text(code);
            let is_own = |code: u32| Some(text(code)) == own_tenant.as_deref();
            let keys =
                |rows: Range<usize>, block: &mut [u32]| block.copy_from_slice(&persons[rows]);
            let better = |one, other| if is_own(one) { one } else { other };
            let mut seen = vec![BLANK; people.n_codes()];
            tenants.codes.meet(&keys, &mut seen, &better);
            for (known, code) in seen_with_tenant.iter_mut().zip(seen) {
                // Nothing is less than another tenant, which is less than the own one.
                *known = (*known).max((code != BLANK).then(|| is_own(code)));
            }
        }
    }
    (0u32..)
        .zip(seen_with_tenant)
        .map(|(person, seen)| {
            seen.unwrap_or_else(|| {
                let domain = domain(people.name(person));
                domain.is_some_and(|domain| own_domain.as_deref() == Some(&*domain))
            })
        })
        .collect()
}

fn most_common_tenant(tables: &[Streams]) -> Option<Vec<u8>> {
    let mut n_streams: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for streams in tables {
        for end in ENDS {
            let Some(tenants) = end.text(streams, "Tenant Id") else {
                continue;
            };
            let counts = tenants.codes.counts(tenants.dictionary.n_codes());
            for (code, tenant) in tenants.dictionary.iter() {
                *n_streams.entry(tenant.to_vec()).or_default() += counts[code as usize];
            }
        }
    }
    let most = n_streams
        .iter()
        .max_by_key(|(tenant, n)| (**n, std::cmp::Reverse(*tenant)));
    most.map(|(tenant, _)| tenant.clone())
}

fn most_common_domain(people: &People) -> Option<String> {
    let mut n_people: BTreeMap<Cow<'_, str>, u64> = BTreeMap::new();
    for domain in people.names.iter().filter_map(|name| domain(name)) {
        *n_people.entry(domain).or_default() += 1;
    }
    let most = n_people
        .iter()
        .max_by_key(|(domain, n)| (**n, std::cmp::Reverse(*domain)));
    most.map(|(domain, _)| domain.to_string())
}

fn domain(name: &str) -> Option<Cow<'_, str>> {
    name.rsplit_once('@').map(|(_, domain)| lowercase(domain))
}
