//! What is in use of all files, in an order that depends on the files alone.

use crate::engine::formats::Content;
use crate::engine::merging::{self, Outcome, Records, Source};
use crate::engine::model::{buildings::BuildingFile, calls::CallVersion, streams::Streams};
use crate::engine::report::Facts;
use crate::protocol::{Choices, ColumnChoice, FileId, FileKind};

/// What is in use of all files.
#[derive(Default)]
pub(super) struct Stock {
    /// The building file in use, and whose it is.
    pub(super) buildings: BuildingFile,
    pub(super) buildings_of: Option<FileId>,
    /// Streams, export by export.
    pub(super) tables: Vec<Streams>,
    tables_of: Vec<FileId>,
    kinds_of_tables: Vec<FileKind>,
    /// The calls that each of these files has a record of.
    pub(super) calls: Vec<Vec<CallVersion>>,
    /// Everything else, file by file.
    pub(super) records: Vec<Records>,
    records_of: Vec<FileId>,
    maps: Vec<(FileId, Vec<ColumnChoice>)>,
    /// How much memory all columns take.
    pub(super) n_bytes: usize,
}

impl Stock {
    /// Takes the content of a file into use. `order` tells how files are ordered among each other.
    pub(super) fn take<Order: PartialOrd>(
        &mut self,
        id: FileId,
        kind: Option<FileKind>,
        content: Content,
        calls: Vec<CallVersion>,
        order: impl Fn(FileId) -> Order,
    ) {
        let place = |known: &[FileId]| known.partition_point(|other| order(*other) <= order(id));
        match content {
            Content::Buildings(buildings) => {
                self.buildings = buildings;
                self.buildings_of = Some(id);
            }
            Content::Streams(streams) => {
                let Some(kind) = kind else { return };
                let at = place(&self.tables_of);
                self.n_bytes += streams.n_bytes();
                self.kinds_of_tables.insert(at, kind);
                self.calls.insert(at, calls);
                self.tables.insert(at, streams);
                self.tables_of.insert(at, id);
            }
            Content::Records(table) => {
                let Some(kind) = kind else { return };
                let at = place(&self.records_of);
                self.n_bytes += table.n_bytes();
                self.records.insert(at, Records { kind, table });
                self.records_of.insert(at, id);
            }
            Content::ColumnMap(choices) => {
                let at = self
                    .maps
                    .partition_point(|(other, _)| order(*other) <= order(id));
                self.maps.insert(at, (id, choices));
            }
        }
    }

    /// Takes a file out of use. Gives what it said of columns, if it was a column map.
    pub(super) fn withdraw(&mut self, id: FileId) -> Vec<ColumnChoice> {
        if self.buildings_of == Some(id) {
            self.buildings_of = None;
            self.buildings = BuildingFile::default();
        }
        if let Some(idx) = self.tables_of.iter().position(|of| *of == id) {
            self.tables_of.remove(idx);
            self.kinds_of_tables.remove(idx);
            self.calls.remove(idx);
            self.n_bytes -= self.tables.remove(idx).n_bytes();
        }
        if let Some(idx) = self.records_of.iter().position(|of| *of == id) {
            self.records_of.remove(idx);
            self.n_bytes -= self.records.remove(idx).table.n_bytes();
        }
        let is_of_file = |(of, _): &(FileId, Vec<ColumnChoice>)| *of == id;
        match self.maps.iter().position(is_of_file) {
            Some(idx) => self.maps.remove(idx).1,
            None => Vec::new(),
        }
    }

    /// What becomes of rows that several files have: of all streams, then of all records.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let kinds = self.kinds_of_tables.iter().zip(&self.calls);
        let sources: Vec<Source> = kinds
            .zip(&self.tables)
            .map(|((kind, calls), streams)| Source {
                kind: *kind,
                streams,
                calls,
            })
            .collect();
        merging::outcomes(&sources, &self.records)
    }

    /// The files of all tables: streams first, then records, as `merging` has them.
    pub(super) fn ids(&self) -> impl Iterator<Item = FileId> {
        self.tables_of.iter().chain(&self.records_of).copied()
    }

    /// What column maps say, in the order of the files: where two maps differ the first one holds.
    pub(super) fn column_choices(&self) -> Vec<ColumnChoice> {
        let maps = self.maps.iter();
        maps.flat_map(|(_, choices)| choices.clone()).collect()
    }

    /// Whether there are addresses, and none of them lies in a network of the building file.
    pub(super) fn buildings_match_nothing(&self, facts: &mut Facts) -> bool {
        if self.buildings_of.is_none() || self.tables.is_empty() {
            return false;
        }
        let choices = Choices::default();
        facts.prepare(
            &self.buildings,
            &self.tables,
            choices.mapping,
            choices.classifier,
        );
        let places = facts.places().presences.iter();
        let mut counted = places
            .map(|presence| presence.place)
            .filter(|place| place.is_counted())
            .peekable();
        counted.peek().is_some() && counted.all(|place| place.row().is_none())
    }
}
