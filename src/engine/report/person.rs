//! Who was at each end: one number for each distinct person over all files.
//!
//! A person is known by the sign-in name (UPN); an object id that ever came with one leads to it; else by
//! the object id itself, the SIP address, or the phone number. Case does not matter to any of them.

use std::borrow::Cow;
use std::ops::Range;

use super::end_runs::{EndRuns, RunColumn};
use super::object_ids::ObjectIds;
use crate::engine::formats::encoding;
use crate::engine::model::{
    by_code::ByCode,
    dictionary::{BLANK, Dictionary},
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
    /// Of each export, the person of each run of both ends.
    pub(super) at_ends: Vec<[Vec<u32>; 2]>,
}

/// What an export says of the people at one end, run by run.
pub(super) struct PersonColumns<'streams> {
    n_runs: usize,
    pub(super) upn: Option<RunColumn<'streams>>,
    pub(super) id: Option<RunColumn<'streams>>,
    sip: Option<RunColumn<'streams>>,
    phone: Option<RunColumn<'streams>>,
}

impl<'streams> PersonColumns<'streams> {
    fn new(streams: &'streams Streams, runs: &EndRuns) -> Self {
        let column = |name| runs.text(streams, name);
        Self {
            n_runs: runs.n(),
            upn: column("UPN"),
            id: column("User ObjectId"),
            sip: column("Sip Uri"),
            phone: column("Phone Number"),
        }
    }

    /// Whether somebody is known by an object id without a sign-in name beside it.
    pub(super) fn has_id_alone(&self) -> bool {
        match (&self.id, &self.upn) {
            (None, _) => false,
            (Some(id), None) => id.dictionary.n_codes() > 1,
            (Some(id), Some(upn)) => {
                let mut names = upn.dictionary.iter();
                names.any(|(_, name)| is_blank(name)) || id.codes.is_said_without(&upn.codes)
            }
        }
    }
}

/// Whether a text is nothing but blanks, as no-break spaces are.
fn is_blank(text: &[u8]) -> bool {
    let begins_with_mark = text.first().is_some_and(u8::is_ascii_graphic);
    !begins_with_mark && encoding::words(text).trim().is_empty()
}

impl People {
    /// The people at the ends of these exports.
    pub(super) fn new(tables: &[Streams], ends: &[[EndRuns; 2]]) -> Self {
        let columns = tables.iter().zip(ends).map(|(streams, ends)| {
            let of_end = |runs| PersonColumns::new(streams, runs);
            ends.each_ref().map(of_end)
        });
        let columns: Vec<_> = columns.collect();
        let each_end: Vec<_> = columns.iter().flatten().collect();
        let mut ids = ObjectIds::new(&each_end);
        let mut ids_at_ends = std::mem::take(&mut ids.at_ends).into_iter();
        let mut people = Self {
            names: vec![String::new()],
            phones: vec![None],
            ..Self::default()
        };
        for ends in &columns {
            let at_ends = ends.each_ref().map(|columns| {
                let at_end = ids_at_ends.next().expect("ids are read end by end");
                people.read(columns, &mut ids, &at_end)
            });
            people.at_ends.push(at_ends);
        }
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

    /// The people of the runs of an end, of whose ids these are the numbers; without numbers ids tell nothing.
    fn read(
        &mut self,
        columns: &PersonColumns<'_>,
        ids: &mut ObjectIds,
        id_numbers: &[u32],
    ) -> Vec<u32> {
        let PersonColumns {
            n_runs,
            upn,
            id,
            sip,
            phone,
        } = columns;
        // A number for each distinct text, so that names are looked up once each.
        let upn = upn
            .as_ref()
            .map(|column| numbers(column, |text| self.number(text)));
        let id = id.as_ref().filter(|_| !id_numbers.is_empty());
        let id = id.map(|column| {
            column.by_code(|code| {
                self.of_id(column.dictionary.text(code), ids, id_numbers[code as usize])
            })
        });
        let sip = sip
            .as_ref()
            .map(|column| numbers(column, |text| self.number(strip_scheme(text))));
        let by_phone = phone
            .as_ref()
            .map(|column| numbers(column, |text| self.number(text)));
        let mut persons = vec![NOBODY; *n_runs];
        let mut n_unknown = *n_runs;
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

    /// Who has an object id of this number: whoever has the name that it came with.
    fn of_id(&mut self, text: &[u8], ids: &mut ObjectIds, id: u32) -> u32 {
        if id == BLANK {
            return NOBODY;
        }
        let (upn, known) = (&ids.upns[id as usize], &mut ids.persons[id as usize]);
        if upn.is_empty() {
            return self.number(encoding::words(text).trim());
        }
        if *known == NOBODY {
            *known = self.number(upn);
        }
        *known
    }

    /// Takes note of the first number in order that each person was seen with.
    fn see_phones(&mut self, persons: &[u32], column: &RunColumn<'_>) {
        let mut first = vec![BLANK; self.n_codes()];
        let text = |code: u32| column.dictionary.text(code);
        let keys = |runs: Range<usize>, block: &mut [u32]| block.copy_from_slice(&persons[runs]);
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
fn numbers<'runs>(
    column: &'runs RunColumn<'_>,
    mut number: impl FnMut(&str) -> u32,
) -> ByCode<'runs, u32> {
    column.by_text(|text| number(encoding::words(text).trim()))
}

/// A name or an id as it is compared.
pub(super) fn lowercase(name: &str) -> Cow<'_, str> {
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
