//! What follows from the files and the choices alone, kept so that a view need not work it out again.

use std::cell::OnceCell;
use std::rc::Rc;

use callscope_kernel::{lists::RowLists, presences::Presence};

use super::{
    BuildingTally, NetworkTally, Overview, PeopleCounts, StreamPicks,
    end_runs::EndRuns,
    internal,
    kept::Kept,
    person::People,
    places::Places,
    selection::{self, Selection},
};
use crate::engine::merging::{Outcome, Records};
use crate::engine::model::{
    buildings::BuildingFile,
    calls::CallVersion,
    end::{ENDS, End},
    streams::Streams,
};
use crate::engine::quality::{Judge, preset};
use crate::protocol::{BuildingGroup, CallFigures, Choices, Classifier, Ends, Mapping, Period};

/// What reports are made from.
#[derive(Clone, Copy)]
pub struct Sources<'session> {
    /// The building file; empty if there is none.
    pub buildings: &'session BuildingFile,
    /// Streams, export by export, in an order that depends on the files alone.
    pub tables: &'session [Streams],
    /// The calls that each of these exports has a record of.
    pub calls: &'session [Vec<CallVersion>],
    /// Rows of all other files, likewise.
    pub records: &'session [Records],
    /// Which rows count: of all streams, then of all records.
    pub outcomes: &'session [Outcome],
    /// What follows from them.
    pub facts: &'session Facts,
}

/// What follows from the files: people, and places and verdicts of the choices asked for last.
#[derive(Debug, Default)]
pub struct Facts {
    /// What each export tells of both ends.
    ends: Option<Vec<[EndRuns; 2]>>,
    people: Option<People>,
    /// Who is of the own organization, once somebody asks.
    are_internal: OnceCell<Vec<bool>>,
    places: Option<(Mapping, Places)>,
    verdicts: Option<(Classifier, Vec<Vec<u8>>)>,
    /// The last answers of each report.
    pub(super) answers: Answers,
}

/// The last answers of each report.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Calls are the same whatever is chosen.
    pub(super) calls: Kept<(), CallFigures>,
    pub(super) whole_period: Kept<(), Option<Period>>,
    pub(super) overview: Kept<Choices, Overview>,
    pub(super) buildings: Kept<Choices, Vec<BuildingTally>>,
    pub(super) networks: Kept<(Choices, BuildingGroup), Vec<NetworkTally>>,
    pub(super) people: Kept<Choices, PeopleCounts>,
    /// The rows of each person, export by export, whatever is chosen but the ends that count.
    pub(super) rows_of_people: Kept<Ends, Vec<RowLists>>,
    pub(super) streams: Kept<(Choices, Option<BuildingGroup>), StreamPicks>,
    /// The rows that reports go over.
    selection: Kept<selection::Question, Selection>,
    /// All single streams, the latest first.
    pub(super) latest_first: Kept<(), Vec<u32>>,
}

impl Sources<'_> {
    /// Whether the person belongs to the organization whose exports these are.
    pub(crate) fn is_internal(self, person: u32) -> bool {
        let are_internal = self.facts.are_internal.get_or_init(|| {
            let ends = self.facts.ends.as_deref().expect("prepare comes first");
            internal::internal(self.facts.people(), self.tables, ends)
        });
        are_internal[person as usize]
    }

    /// The rows that count for these choices.
    pub(crate) fn selection(self, choices: &Choices) -> Rc<Selection> {
        let kept = &self.facts.answers.selection;
        kept.answer((choices.media, choices.days), |question| {
            Selection::new(self, *question)
        })
    }
}

impl Facts {
    /// Works out what the next report needs, unless it is known already.
    pub fn prepare(
        &mut self,
        buildings: &BuildingFile,
        tables: &[Streams],
        mapping: Mapping,
        classifier: Classifier,
    ) {
        let ends_of = |streams: &Streams| ENDS.map(|end| EndRuns::new(streams, end));
        let ends = &*self
            .ends
            .get_or_insert_with(|| tables.iter().map(ends_of).collect());
        let people = &*self.people.get_or_insert_with(|| People::new(tables, ends));
        if self
            .places
            .as_ref()
            .is_none_or(|(known, _)| *known != mapping)
        {
            let places = Places::new(tables, ends, people, buildings, mapping);
            self.places = Some((mapping, places));
        }
        if self
            .verdicts
            .as_ref()
            .is_none_or(|(known, _)| *known != classifier)
        {
            let preset = preset(classifier);
            let of = |streams: &Streams| {
                if streams.groups.is_some() {
                    return Vec::new();
                }
                Judge::new(streams).verdicts(&preset, streams.n_rows)
            };
            self.verdicts = Some((classifier, tables.iter().map(of).collect()));
        }
    }

    /// Everybody.
    pub fn people(&self) -> &People {
        self.people.as_ref().expect("prepare comes first")
    }

    /// The places of all ends.
    pub(crate) fn places(&self) -> &Places {
        &self.places.as_ref().expect("prepare comes first").1
    }

    /// Who was where at an end of a stream, told or not.
    pub(crate) fn presence(&self, table: usize, end: End, row: usize) -> Presence {
        let places = self.places();
        let number = places.at_ends[table][end as usize][row];
        places.presences[number as usize]
    }

    /// The number of the verdict of each stream, export by export; none where rows stand for many streams.
    pub fn verdicts(&self) -> &[Vec<u8>] {
        &self.verdicts.as_ref().expect("prepare comes first").1
    }
}
