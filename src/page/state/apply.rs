//! How an action changes the state, and what it wants done.

use super::table::{sort_after_click, window_for};
use super::{
    Action, Effect, FIRST_PEOPLE_SORT, FIRST_WINDOW, Phase, Setting, State, Table, TableName,
    Version, View,
};
use crate::page::embedding::Refusal;
use crate::page::words::{LEFT_OUT, NEW_VERSION};
use crate::protocol::{
    BuildingColumn, BuildingGroup, Choices, Classifier, Command, Event, FileId, NetworksQuery,
    PersonColumn, Response, Role, Sheet,
};

impl State {
    /// Changes the state by an action. What it wants done is to be done in this order.
    pub(crate) fn apply(&mut self, action: Action) -> Vec<Effect> {
        let is_choice = matches!(
            action,
            Action::SetChoices(_) | Action::Set(Setting::Theme(_))
        );
        let mut effects = self.change(action);
        effects.extend(self.interrupted());
        effects.extend(self.questions());
        // What a role or a page around this one changes is not the user's wish.
        if is_choice {
            effects.extend(self.settings_to_keep());
        }
        effects
    }

    fn change(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Sealed(seal) => self.seal = Some(seal),
            Action::Refused => self.count_refusal(),
            Action::ShowPanel(panel) => self.panel = panel,
            Action::Set(setting) => return self.set(setting),
            Action::Settle(terms) => return self.settle(terms),
            Action::Remark(remark) => self.remarks.push(remark),
            Action::AskForHost { id, sheet } => return self.ask_for_host(id, sheet),
            Action::NewVersion => self.hear_of_new_version(),
            Action::Update => return vec![Effect::Update],
            Action::Told(event) => return self.hear(event),
            Action::Stopped(stop) => self.stop(stop),
            Action::Restart => return self.restart(self.role),
            Action::StartAfresh => {
                self.files.clear();
                return self.restart(self.role);
            }
            Action::Open(files) if files.is_empty() && !matches!(self.phase, Phase::Stopped(_)) => {
            }
            Action::Open(files) => return self.open(|state| state.files.open(files)),
            Action::LeftOut => {
                self.has_left_out = true;
                self.announce(LEFT_OUT);
            }
            Action::OpenDemo => return self.open(|state| state.files.open_demo()),
            Action::Cancel(file) => return self.cancel(file),
            Action::Remove(file) => {
                // Its button goes with it.
                return vec![Effect::Tell(self.files.remove(file)), Effect::FocusTitle];
            }
            Action::Reply { file, yes } => {
                return vec![Effect::Tell(Command::Reply { file, yes })];
            }
            Action::AnswerDayFirst {
                files,
                is_day_first: yes,
            } => {
                let answer = |file| Effect::Tell(self.files.answer_day_first(file, yes));
                return files.into_iter().map(answer).collect();
            }
            Action::SetReading { file, settings } => return self.set_reading(file, settings),
            Action::ShowColumns(file) => self.columns.show(file),
            Action::HideColumns => self.columns.hide(),
            Action::DraftColumn { heading, draft } => self.draft_column(heading, draft),
            Action::ApplyColumns => return self.apply_columns(),
            Action::SaveColumnMap(file) => return self.ask_sheet(Sheet::ColumnMap(file)),
            Action::SaveRejected(file) => return self.ask_sheet(Sheet::Rejected(file)),
            Action::SetRole(role) => return self.set_role(role),
            Action::SetChoices(choices) => self.set_choices(choices),
            Action::Show(view) => return self.show(view),
            Action::OpenBuilding(building) => return self.open_building(building),
            Action::CloseBuilding => {
                self.networks = None;
                return vec![Effect::FocusRow];
            }
            Action::ShowStreams(building) => return self.show_streams(building),
            Action::SearchBuildings(search) => {
                self.buildings.query.search = search;
                self.buildings.query.window = FIRST_WINDOW;
            }
            Action::SearchPeople(search) => {
                self.people.query.search = search;
                self.people.query.window = FIRST_WINDOW;
            }
            Action::SortBuildings(column) => {
                use BuildingColumn::{Building, City, Country};
                let is_text = matches!(column, Building | City | Country);
                let query = &mut self.buildings.query;
                query.sort = sort_after_click(query.sort, column, is_text);
                query.window = FIRST_WINDOW;
            }
            Action::SortPeople(column) => {
                let is_text = column == PersonColumn::Person;
                let query = &mut self.people.query;
                query.sort = sort_after_click(query.sort, column, is_text);
                query.window = FIRST_WINDOW;
            }
            Action::Scrolled {
                table,
                first_idx,
                n_rows,
            } => {
                let window = match table {
                    TableName::Buildings => Some(&mut self.buildings.query.window),
                    TableName::People => Some(&mut self.people.query.window),
                    TableName::Streams => Some(&mut self.streams.query.window),
                    TableName::Networks => self
                        .networks
                        .as_mut()
                        .map(|networks| &mut networks.query.window),
                };
                if let Some(window) = window {
                    *window = window_for(*window, first_idx, n_rows);
                }
            }
            Action::Download(table) => return self.ask_download(table),
        }
        Vec::new()
    }

    fn hear_of_new_version(&mut self) {
        self.version = Version::Outdated;
        self.announce(NEW_VERSION);
    }

    fn hear(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Started => {}
            Event::Refused => self.count_refusal(),
            Event::Files(cards) => {
                let in_use = self.files.in_use();
                let mut commands = self.files.report(cards);
                if self.role == Role::Specialist {
                    // Told before the role was lowered.
                    self.files.forget_headings();
                }
                if self.files.have_lost_buildings() {
                    // The building that is open may be none of the next file.
                    self.networks = None;
                    self.streams.query.building = None;
                }
                if self.files.end_rereading() || in_use != self.files.in_use() {
                    self.asker.outdate();
                }
                self.leave_columns_of_lost_file();
                self.set_phase(self.files.phase());
                if !self.files.is_rereading() {
                    commands.append(&mut self.held);
                }
                return commands.into_iter().map(Effect::Tell).collect();
            }
            Event::Answer { ticket, response } => match response {
                Response::Overview(view) => self.overview.take(ticket, Some(view)),
                Response::Buildings(view) => self.take_buildings(ticket, view),
                Response::Networks(view) => {
                    if let Some(networks) = &mut self.networks {
                        networks.slot.take(ticket, Some(view));
                    }
                }
                Response::People(view) => self.take_people(ticket, view),
                Response::Streams(view) => self.streams.slot.take(ticket, Some(view)),
                Response::Download(download) => {
                    let is_own = self.download.take_if(|own| *own == ticket).is_some();
                    if is_own {
                        self.announce("The file is ready to be saved.");
                        return vec![Effect::Save(download)];
                    }
                    return self.answer_host(ticket, Ok(download)).into_iter().collect();
                }
                Response::Columns(view) => self.columns.slot.take(ticket, Some(view)),
                Response::NotForRole => {
                    self.take_refusal(ticket);
                    let refusal = self.answer_host(ticket, Err(Refusal::NotForRole));
                    return refusal.into_iter().collect();
                }
            },
        }
        Vec::new()
    }

    fn open(&mut self, open: impl FnOnce(&mut Self) -> Command) -> Vec<Effect> {
        if let Phase::Stopped(_) = self.phase {
            // Where that is said.
            return self.go(View::default());
        }
        let command = open(self);
        self.set_phase(self.files.phase());
        vec![Effect::Tell(command)]
    }

    fn cancel(&self, file: FileId) -> Vec<Effect> {
        // Elsewhere than in Files the button goes with what it did.
        let focus = (self.view != View::Files).then_some(Effect::FocusTitle);
        let tell = Effect::Tell(Command::Cancel(file));
        std::iter::once(tell).chain(focus).collect()
    }

    fn set_role(&mut self, role: Role) -> Vec<Effect> {
        self.has_chosen_role = true;
        let role = self.allowed(role);
        if role == self.role {
            return Vec::new();
        }
        if self.role < role {
            return self.restart(role);
        }
        self.role = role;
        self.forget_answers();
        self.files.forget_headings();
        self.people.query.sort = FIRST_PEOPLE_SORT;
        self.keep_choices_within_role();
        self.announce("The role is lower now; what it may not see is gone.");
        vec![Effect::Tell(Command::LowerRole(role))]
    }

    pub(super) fn set_choices(&mut self, choices: Choices) {
        if let Classifier::Custom(limits) = choices.classifier {
            self.custom_limits = limits;
        }
        self.choices = choices;
        self.buildings.query.choices = choices;
        self.people.query.choices = choices;
        self.streams.query.choices = choices;
        if let Some(networks) = &mut self.networks {
            networks.query.choices = choices;
        }
    }

    fn show(&mut self, view: View) -> Vec<Effect> {
        // Of Help another part may be meant.
        if view == self.view && view != View::Help {
            return Vec::new();
        }
        self.view = view;
        vec![Effect::FocusTitle]
    }

    fn show_streams(&mut self, building: Option<BuildingGroup>) -> Vec<Effect> {
        self.streams.query.building = building;
        self.streams.query.window = FIRST_WINDOW;
        self.view = View::Streams;
        // Where they were seen already the button that was pressed has gone.
        vec![Effect::FocusTitle, Effect::Go(View::Streams)]
    }

    pub(super) fn go(&mut self, view: View) -> Vec<Effect> {
        let mut effects = self.show(view);
        effects.push(Effect::Go(view));
        effects
    }

    fn open_building(&mut self, building: BuildingGroup) -> Vec<Effect> {
        self.last_opened = Some(building.clone());
        self.networks = Some(Table::new(NetworksQuery {
            choices: self.choices,
            building,
            window: FIRST_WINDOW,
        }));
        self.view = View::Buildings;
        vec![Effect::Go(View::Buildings), Effect::FocusBuilding]
    }
}
