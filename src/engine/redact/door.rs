//! The door: answers requests for one role.

use super::{
    csv::{self, StreamsFile},
    drawn::Drawn,
    people, places, streams,
};
use crate::engine::report::{self, Sources};
use crate::engine::sorting::sorted_places;
use crate::protocol::{
    BuildingGroup, BuildingRow, Choices, Classifier, FileKind, OverviewView, PeopleQuery,
    PeopleView, Request, Response, Role, Sheet, StreamsQuery, StreamsView, Withheld,
};

/// A building is ranked from this many judged streams on: fewer say little about it.
const N_ENOUGH_STREAMS: u64 = 50;

/// How many buildings are named as the worst.
const N_WORST: usize = 5;

/// What one role may see of the session.
#[derive(Clone, Copy)]
pub struct Door<'session> {
    /// Who asks.
    pub role: Role,
    /// The role that people are found and named for: a lower one where only whole names find somebody.
    pub named_for: Role,
    /// What there is.
    pub sources: Sources<'session>,
    /// What was drawn of it last.
    pub drawn: &'session Drawn,
    /// Kinds of the files in use.
    pub files: &'session [FileKind],
}

impl Door<'_> {
    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Response {
        if !request
            .choices()
            .is_none_or(|choices| self.may_choose(choices))
        {
            return Response::NotForRole;
        }
        match request {
            Request::Overview(choices) => Response::Overview(self.overview(choices)),
            Request::Buildings(query) => Response::Buildings(places::buildings(
                self.role,
                self.sources,
                self.drawn,
                query,
            )),
            Request::Networks(query) => {
                Response::Networks(places::networks(self.role, self.sources, self.drawn, query))
            }
            Request::People(query) => Response::People(self.people(query)),
            Request::Streams(query) if self.may_ask(query) => {
                Response::Streams(self.streams(query))
            }
            Request::Download(sheet) => self.download(sheet),
            Request::Streams(_) | Request::Columns(_) => Response::NotForRole,
        }
    }

    /// Limits of one's own, moved step by step, would tell which building a single stream belongs to, and so
    /// would days: in a narrow period, or in the difference of two, there are few people.
    fn may_choose(&self, choices: &Choices) -> bool {
        let is_narrow =
            matches!(choices.classifier, Classifier::Custom(_)) || choices.days.is_limited();
        !is_narrow || self.role > Role::Specialist
    }

    /// Streams of one building say where each of them was, which the specialist may not know.
    fn may_ask(&self, query: &StreamsQuery) -> bool {
        query.building.is_none() || self.role > Role::Specialist
    }

    fn overview(&self, choices: &Choices) -> OverviewView {
        let overview = report::overview(self.sources, choices);
        let all = places::all_buildings(self.role, self.sources, self.drawn, choices);
        let (rows, withheld) = (&all.rows, all.withheld);
        let people = self.sources.facts.people();
        let n_judged = |row: &BuildingRow| row.figures.n_good + row.figures.n_poor;
        let is_ranked = |row: &&BuildingRow| {
            matches!(row.group, BuildingGroup::Building(_)) && n_judged(row) >= N_ENOUGH_STREAMS
        };
        let ranked: Vec<&BuildingRow> = rows.iter().filter(is_ranked).collect();
        let low = |row: &BuildingRow| row.figures.poor.map_or(0.0, |rate| rate.low);
        let with_poor = ranked.iter().filter(|row| row.figures.n_poor > 0);
        let with_poor: Vec<&BuildingRow> = with_poor.copied().collect();
        let order = sorted_places(&with_poor, |a, b| low(b).total_cmp(&low(a)));
        let worst = order.into_iter().take(N_WORST);
        let worst = worst.map(|idx| with_poor[idx as usize]);
        let is_shown = withheld == Withheld::No;
        // Shown to the specialist only where Buildings shows the same group by itself, or there is none.
        let is_not_mapped_shown = self.role > Role::Specialist
            || overview.n_not_mapped == 0
            || rows.iter().any(|row| row.group == BuildingGroup::NotMapped);
        OverviewView {
            files: self.files.to_vec(),
            period: overview.period,
            whole_period: overview.whole_period,
            n_undated: overview.n_undated,
            calls: (is_shown && !choices.days.is_limited())
                .then_some(overview.calls)
                .filter(|calls| calls.n_calls > 0 || calls.n_telephone > 0),
            total: is_shown.then(|| overview.total.figures(people)),
            n_buildings: if is_shown { all.n_with_streams } else { 0 },
            n_networks: self.sources.buildings.networks.len() as u64,
            n_not_mapped: (is_shown && is_not_mapped_shown).then_some(overview.n_not_mapped),
            n_with_ends: if is_shown { overview.n_with_ends } else { 0 },
            worst: worst.into_iter().cloned().collect(),
            n_enough_streams: N_ENOUGH_STREAMS,
            n_ranked: ranked.len() as u64,
            withheld,
        }
    }

    fn people(&self, query: &PeopleQuery) -> PeopleView {
        people::people(self.named_for, self.sources, self.drawn, query)
    }

    fn streams(&self, query: &StreamsQuery) -> StreamsView {
        streams::streams([self.role, self.named_for], self.sources, query)
    }

    fn download(&self, sheet: &Sheet) -> Response {
        let (role, sources, drawn) = (self.role, self.sources, self.drawn);
        Response::Download(match sheet {
            Sheet::Overview(choices) => csv::overview(&self.overview(choices)),
            Sheet::Buildings(query) => {
                csv::buildings(&places::buildings(role, sources, drawn, query))
            }
            Sheet::Networks(query) => csv::networks(&places::networks(role, sources, drawn, query)),
            Sheet::People(query) => csv::people(&self.people(query)),
            Sheet::Streams(query) => {
                let mut file = None;
                loop {
                    if let Some(response) = self.write_streams(query, &mut file) {
                        return response;
                    }
                }
            }
            Sheet::Rejected(_) | Sheet::ColumnMap(_) => return Response::NotForRole,
        })
    }

    /// Writes on a file of streams, which is begun if there is none. Gives the answer when all are in it.
    pub fn write_streams(
        &self,
        query: &StreamsQuery,
        file: &mut Option<StreamsFile>,
    ) -> Option<Response> {
        if !self.may_choose(&query.choices) || !self.may_ask(query) {
            return Some(Response::NotForRole);
        }
        let mut written = file.take().unwrap_or_else(StreamsFile::new);
        let window = written.next_window(query.window);
        let part = StreamsQuery {
            window,
            ..query.clone()
        };
        if written.push(&self.streams(&part)) {
            *file = Some(written);
            return None;
        }
        Some(Response::Download(written.finish()))
    }
}
