//! Who belongs to the organization whose exports these are.

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::end_runs::{EndRuns, each_end};
use super::person::{People, lowercase};
use crate::engine::model::{
    dictionary::{BLANK, Dictionary},
    streams::Streams,
};

/// Who is of the own organization: seen with the tenant that most streams name, or, where no tenant is
/// named, signed in under the most common domain.
pub(super) fn internal(people: &People, tables: &[Streams], ends: &[[EndRuns; 2]]) -> Vec<bool> {
    let own_tenant = most_common_tenant(tables, ends);
    let domains = LazyCell::new(|| {
        let domains = Domains::new(people);
        (domains.most_common(), domains.of_people)
    });
    let mut seen_with_tenant = vec![None; people.n_codes()];
    let persons = people.at_ends.iter().flatten();
    for ((streams, runs), persons) in each_end(tables, ends).zip(persons) {
        let Some(tenants) = runs.text(streams, "Tenant Id") else {
            continue;
        };
        let own = own_tenant.as_deref().unwrap_or_default();
        let text = |code: u32| tenants.dictionary.text(code);
        let is_own = |code: u32| text(code).eq_ignore_ascii_case(own);
        let keys = |runs: Range<usize>, block: &mut [u32]| block.copy_from_slice(&persons[runs]);
        let better = |one, other| if is_own(one) { one } else { other };
        let mut seen = vec![BLANK; people.n_codes()];
        tenants.codes.meet(&keys, &mut seen, &better);
        for (known, code) in seen_with_tenant.iter_mut().zip(seen) {
            // Nothing is less than another tenant, which is less than the own one.
            *known = (*known).max((code != BLANK).then(|| is_own(code)));
        }
    }
    let people = seen_with_tenant.into_iter().enumerate();
    people
        .map(|(person, seen)| {
            seen.unwrap_or_else(|| {
                let (own, of_people) = &*domains;
                *own != BLANK && of_people[person] == *own
            })
        })
        .collect()
}

/// In small letters; case does not matter to ids.
fn most_common_tenant(tables: &[Streams], ends: &[[EndRuns; 2]]) -> Option<Vec<u8>> {
    let mut n_streams: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (streams, runs) in each_end(tables, ends) {
        let Some(tenants) = runs.text(streams, "Tenant Id") else {
            continue;
        };
        let counts = runs.counts(&tenants);
        for (code, tenant) in tenants.dictionary.iter() {
            *n_streams.entry(tenant.to_ascii_lowercase()).or_default() += counts[code as usize];
        }
    }
    let most = n_streams
        .iter()
        .max_by_key(|(tenant, n)| (**n, Reverse(*tenant)));
    most.map(|(tenant, _)| tenant.clone())
}

/// The domains that people sign in under.
struct Domains {
    known: Dictionary,
    /// Of each person; blank for a name without one.
    of_people: Vec<u32>,
}

impl Domains {
    fn new(people: &People) -> Self {
        let mut known = Dictionary::default();
        let of = |person: u32| {
            let name = people.name(person);
            match name.bytes().rposition(|byte| byte == b'@') {
                Some(at) => known.code(lowercase(&name[at + 1..]).as_bytes()),
                None => BLANK,
            }
        };
        let of_people = (0..people.n_codes() as u32).map(of).collect();
        Self { known, of_people }
    }

    /// The most common one; of several the first in order.
    fn most_common(&self) -> u32 {
        let mut n_people = vec![0_u32; self.known.n_codes()];
        for domain in &self.of_people {
            n_people[*domain as usize] += 1;
        }
        let all = self.known.iter();
        let most = all.max_by_key(|(code, text)| (n_people[*code as usize], Reverse(*text)));
        most.map_or(BLANK, |(code, _)| code)
    }
}
