//! What follows from the files and the choices alone, kept so that a view need not work it out again.

use std::rc::Rc;

use super::{
    BuildingTally, NetworkTally, Overview, PeopleTallies, StreamPicks,
    kept::Kept,
    person::People,
    places::Places,
    selection::{self, Selection},
};
use crate::engine::merging::{CallCounts, Outcome, Records};
use crate::engine::model::{buildings::BuildingFile, calls::CallVersion, streams::Streams};
use crate::engine::quality::{Judge, preset};
use crate::protocol::{BuildingGroup, Choices, Classifier, Mapping, Period};

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
    people: Option<People>,
    places: Option<(Mapping, Places)>,
    verdicts: Option<(Classifier, Vec<Vec<u8>>)>,
    /// The last answers of each report.
    pub(super) answers: Answers,
}

/// The last answers of each report.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Calls are the same whatever is chosen.
    pub(super) calls: Kept<(), CallCounts>,
    pub(super) whole_period: Kept<(), Option<Period>>,
    pub(super) overview: Kept<Choices, Overview>,
    pub(super) buildings: Kept<Choices, Vec<BuildingTally>>,
    pub(super) networks: Kept<(Choices, BuildingGroup), Vec<NetworkTally>>,
    pub(super) people: Kept<Choices, PeopleTallies>,
    pub(super) streams: Kept<(Choices, Option<BuildingGroup>), StreamPicks>,
    /// The rows that reports go over.
    selection: Kept<selection::Question, Selection>,
    /// All single streams, the latest first.
    pub(super) latest_first: Kept<(), Vec<u32>>,
}

impl Sources<'_> {
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
        self.people.get_or_insert_with(|| People::new(tables));
        if self
            .places
            .as_ref()
            .is_none_or(|(known, _)| *known != mapping)
        {
            self.places = Some((mapping, Places::new(tables, &buildings.index, mapping)));
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

    /// The number of the verdict of each stream, export by export; none where rows stand for many streams.
    pub fn verdicts(&self) -> &[Vec<u8>] {
        &self.verdicts.as_ref().expect("prepare comes first").1
    }
}
