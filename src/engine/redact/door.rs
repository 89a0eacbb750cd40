//! The door: answers requests for one role.

use super::{csv, people, places, streams};
use crate::engine::report::{self, Sources};
use crate::protocol::{
    BuildingGroup, BuildingRow, FileKind, OverviewView, Request, Response, Role, Sheet,
    StreamsQuery, Window,
};

/// A building is ranked from this many judged streams on: fewer say little about it.
const N_ENOUGH_STREAMS: u64 = 50;

/// How many buildings are named as the worst.
const N_WORST: usize = 5;

/// Every row of a table, for downloads.
const EVERYTHING: Window = Window {
    first_idx: 0,
    n_rows: u32::MAX,
};

/// What one role may see of the session.
#[derive(Clone, Copy)]
pub struct Door<'session> {
    /// Who asks.
    pub role: Role,
    /// What there is.
    pub sources: Sources<'session>,
    /// Kinds of the files in use.
    pub files: &'session [FileKind],
}

impl Door<'_> {
    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Response {
        match request {
            Request::Overview(choices) => Response::Overview(self.overview(choices)),
            Request::Buildings(query) => {
                Response::Buildings(places::buildings(self.role, self.sources, query))
            }
            Request::Networks(query) => {
                Response::Networks(places::networks(self.role, self.sources, query))
            }
            Request::People(query) => {
                Response::People(people::people(self.role, self.sources, query))
            }
            Request::Streams(query) if self.may_ask(query) => {
                Response::Streams(streams::streams(self.role, self.sources, query))
            }
            Request::Streams(_) => Response::NotForRole,
            Request::Download(sheet) => self.download(sheet),
        }
    }

    /// Streams of one building say where each of them was, which the specialist may not know.
    fn may_ask(&self, query: &StreamsQuery) -> bool {
        query.building.is_none() || self.role > Role::Specialist
    }

    fn overview(&self, choices: &crate::protocol::Choices) -> OverviewView {
        let overview = report::overview(self.sources, choices);
        let places::AllBuildings {
            rows, is_withheld, ..
        } = places::all_buildings(self.role, self.sources, choices);
        let n_judged = |row: &BuildingRow| row.figures.n_good + row.figures.n_poor;
        let mut worst: Vec<BuildingRow> = rows
            .iter()
            .filter(|row| matches!(row.group, BuildingGroup::Building(_)))
            .filter(|row| n_judged(row) >= N_ENOUGH_STREAMS && row.figures.n_poor > 0)
            .cloned()
            .collect();
        let low = |row: &BuildingRow| row.figures.poor.map_or(0.0, |rate| rate.low);
        worst.sort_by(|a, b| low(b).total_cmp(&low(a)));
        worst.truncate(N_WORST);
        let has_own_row = rows.iter().any(|row| row.group == BuildingGroup::NotMapped);
        let is_specialist = self.role == Role::Specialist;
        OverviewView {
            files: self.files.to_vec(),
            period: overview.period,
            total: (!is_withheld).then(|| overview.total.figures()),
            n_buildings: rows
                .iter()
                .filter(|row| row.group != BuildingGroup::NotMapped)
                .count() as u64,
            n_networks: self.sources.buildings.networks.len() as u64,
            // Shown only where Buildings shows the same group by itself, or there is none.
            n_not_mapped: (!is_specialist || has_own_row || overview.not_mapped.n_streams() == 0)
                .then(|| overview.not_mapped.n_streams()),
            n_with_ends: if is_withheld { 0 } else { overview.n_with_ends },
            worst,
            n_enough_streams: N_ENOUGH_STREAMS,
        }
    }

    fn download(&self, sheet: &Sheet) -> Response {
        let (role, sources) = (self.role, self.sources);
        Response::Download(match sheet {
            Sheet::Buildings(query) => {
                let query = crate::protocol::BuildingsQuery {
                    window: EVERYTHING,
                    ..query.clone()
                };
                csv::buildings(&places::buildings(role, sources, &query))
            }
            Sheet::Networks(query) => {
                let query = crate::protocol::NetworksQuery {
                    window: EVERYTHING,
                    ..query.clone()
                };
                csv::networks(&places::networks(role, sources, &query))
            }
            Sheet::People(query) => {
                let query = crate::protocol::PeopleQuery {
                    window: EVERYTHING,
                    ..query.clone()
                };
                csv::people(&people::people(role, sources, &query))
            }
            Sheet::Streams(query) if self.may_ask(query) => {
                let query = StreamsQuery {
                    window: EVERYTHING,
                    ..query.clone()
                };
                csv::streams(&streams::streams(role, sources, &query))
            }
            Sheet::Streams(_) => return Response::NotForRole,
        })
    }
}
