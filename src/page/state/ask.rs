//! The questions that the screen still needs, asked anew when choices, role, query or files change.

use super::phase::is_being_read;
use super::{Effect, Phase, Slot, State, TableName, View};
use crate::page::words::{counted, withheld_sentence};
use crate::protocol::{
    BuildingsQuery, BuildingsView, Command, NetworksQuery, PeopleQuery, PeopleView, Request, Sheet,
    StreamsQuery, Window,
};

/// Gives out tickets, and says which state of knowledge an answer belongs to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asker {
    generation: u32,
    next_ticket: u32,
    /// Questions of views have to wait.
    is_holding: bool,
}

impl Asker {
    /// Answers of before are out of date.
    pub(super) fn outdate(&mut self) {
        self.generation += 1;
    }

    pub(super) fn new_ticket(&mut self) -> u32 {
        self.next_ticket += 1;
        self.next_ticket
    }

    /// Puts the question, unless it is answered or another of its kind is on its way.
    fn put<Query: Clone + PartialEq, View>(
        &mut self,
        slot: &mut Slot<Query, View>,
        query: &Query,
        request: impl FnOnce(Query) -> Request,
    ) -> Option<Effect> {
        let is_needed = slot.needs(query, self.generation);
        slot.hold(is_needed && self.is_holding);
        if !is_needed || self.is_holding {
            return None;
        }
        let ticket = self.new_ticket();
        slot.ask(ticket, query, self.generation);
        Some(Effect::Tell(Command::Ask {
            ticket,
            request: request(query.clone()),
        }))
    }
}

impl State {
    /// What has to be asked for the present screen.
    pub(super) fn questions(&mut self) -> Vec<Effect> {
        // Answers would come without the file that is read again.
        self.asker.is_holding = self.files.is_rereading();
        let mut effects = self.questions_of_view();
        self.asker.is_holding = false;
        effects.extend(self.question_of_columns());
        effects
    }

    /// A file tells its columns as soon as it is read, in use or not.
    fn question_of_columns(&mut self) -> Option<Effect> {
        let file = self.columns.shown?;
        let card = self.files.card(file)?;
        if !card.has_columns || is_being_read(&card.state) {
            return None;
        }
        self.asker
            .put(&mut self.columns.slot, &file, Request::Columns)
    }

    fn questions_of_view(&mut self) -> Vec<Effect> {
        if !self.is_answering {
            return Vec::new();
        }
        let Self {
            asker,
            overview,
            buildings,
            networks,
            people,
            streams,
            ..
        } = self;
        let questions = match self.view {
            View::Overview => [asker.put(overview, &self.choices, Request::Overview), None],
            View::Buildings => [
                asker.put(&mut buildings.slot, &buildings.query, Request::Buildings),
                networks
                    .as_mut()
                    .and_then(|table| asker.put(&mut table.slot, &table.query, Request::Networks)),
            ],
            View::People => [
                asker.put(&mut people.slot, &people.query, Request::People),
                None,
            ],
            View::Streams => [
                asker.put(&mut streams.slot, &streams.query, Request::Streams),
                None,
            ],
            View::Files | View::Help => return Vec::new(),
        };
        let mut questions: Vec<_> = questions.into_iter().flatten().collect();
        // The Overview knows how many streams a choice of days leaves out.
        if self.choices.days.is_limited() {
            questions.extend(asker.put(overview, &self.choices, Request::Overview));
        }
        questions
    }

    /// Puts a question whose answer leaves the page. While a file is read again that is in use it waits: the answer
    /// would come without that file.
    pub(super) fn ask_for_file(&mut self, ticket: u32, sheet: Sheet) -> Vec<Effect> {
        let command = Command::Ask {
            ticket,
            request: Request::Download(sheet),
        };
        if self.files.is_rereading() {
            self.held.push(command);
            return Vec::new();
        }
        vec![Effect::Tell(command)]
    }

    /// Asks for a table as a file.
    pub(super) fn ask_download(&mut self, table: TableName) -> Vec<Effect> {
        let window = Window::ALL;
        let sheet = match table {
            TableName::Buildings => Some(Sheet::Buildings(BuildingsQuery {
                window,
                ..self.buildings.query.clone()
            })),
            TableName::People => Some(Sheet::People(PeopleQuery {
                window,
                ..self.people.query.clone()
            })),
            TableName::Streams => Some(Sheet::Streams(StreamsQuery {
                window,
                ..self.streams.query.clone()
            })),
            TableName::Networks => self.networks.as_ref().map(|networks| {
                Sheet::Networks(NetworksQuery {
                    window,
                    ..networks.query.clone()
                })
            }),
        };
        let sheet = sheet.filter(|_| self.is_answering);
        sheet.map_or_else(Vec::new, |sheet| self.ask_sheet(sheet))
    }

    /// Asks for a file to be saved, unless another one is being made.
    pub(super) fn ask_sheet(&mut self, sheet: Sheet) -> Vec<Effect> {
        if self.download.is_some() || matches!(self.phase, Phase::Stopped(_)) {
            return Vec::new();
        }
        let ticket = self.asker.new_ticket();
        self.download = Some(ticket);
        self.ask_for_file(ticket, sheet)
    }

    pub(super) fn take_buildings(&mut self, ticket: u32, view: BuildingsView) {
        if let Some(words) = withheld_sentence(view.withheld) {
            self.announce(words);
        } else {
            let n_before = self.buildings.slot.view().map(|before| before.n_found);
            self.announce_found(n_before, view.n_found, ["building", "buildings"]);
        }
        self.buildings.slot.take(ticket, Some(view));
    }

    pub(super) fn take_people(&mut self, ticket: u32, view: PeopleView) {
        let n_before = self.people.slot.view().map(|before| before.n_found);
        self.announce_found(n_before, view.n_found, ["person", "people"]);
        self.people.slot.take(ticket, Some(view));
    }

    /// The role may not ask what this ticket asked.
    pub(super) fn take_refusal(&mut self, ticket: u32) {
        self.overview.take(ticket, None);
        self.buildings.slot.take(ticket, None);
        if let Some(networks) = &mut self.networks {
            networks.slot.take(ticket, None);
        }
        self.people.slot.take(ticket, None);
        self.streams.slot.take(ticket, None);
        self.columns.slot.take(ticket, None);
        self.download.take_if(|awaited| *awaited == ticket);
    }

    fn announce_found(&mut self, n_before: Option<u32>, n_now: u32, [one, many]: [&str; 2]) {
        if n_before.is_some_and(|n_before| n_before != n_now) {
            self.announcement = format!("{} found.", counted(u64::from(n_now), one, many));
        }
    }
}
