//! What the page knows: one phase, the user's choices, the last answers. Plain Rust, no browser.

mod action;
mod apply;
mod ask;
mod columns;
mod decisions;
mod files;
mod host;
mod kept;
mod panel;
mod phase;
mod rereading;
mod restart;
mod seal;
mod settings;
mod slot;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod view;

use crate::protocol::{
    BuildingColumn, BuildingGroup, BuildingsQuery, BuildingsView, Choices, Command, Limits,
    NetworksQuery, NetworksView, OverviewView, PeopleQuery, PeopleView, PersonColumn, Role, Sort,
    StreamsQuery, StreamsView,
};

use ask::Asker;
use host::HostQuestions;

use super::theme::Theme;

pub(crate) use action::{Action, Effect, NewFile, TableName};
pub(crate) use columns::{Columns, Draft, Drafts, field_named, is_understood};
pub(crate) use files::Files;
pub(crate) use host::{Remark, Terms};
pub(crate) use kept::{settings_in, text_of};
pub(crate) use panel::Panel;
pub(crate) use phase::{Phase, Stop, is_being_read};
pub(crate) use seal::Seal;
pub(crate) use settings::{Setting, Settings};
pub(crate) use slot::Slot;
pub(crate) use table::{FIRST_WINDOW, Table};
pub(crate) use view::{HelpPart, View};

/// All that the page knows.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Where the page stands.
    pub(crate) phase: Phase,
    /// The files have been read once, so that questions have answers even while more are read.
    pub(crate) is_answering: bool,
    /// Since when the page can reach no server any more.
    pub(crate) seal: Option<Seal>,
    /// What is open above the view.
    pub(crate) panel: Option<Panel>,
    /// How the page looks; without a choice as the system does.
    pub(crate) theme: Option<Theme>,
    /// What is kept in this browser, if the user wants anything kept.
    pub(crate) kept: Option<Settings>,
    /// Whether the page is the newest that the browser has.
    pub(crate) version: Version,
    /// Whom everything is redacted for.
    pub(crate) role: Role,
    /// The user has chosen the role.
    pub(crate) has_chosen_role: bool,
    /// What was decided about the session elsewhere.
    pub(crate) terms: Terms,
    /// What the page could not do as it was told.
    pub(crate) remarks: Vec<Remark>,
    /// How streams are counted.
    pub(crate) choices: Choices,
    /// The user's own limits, kept while another preset is chosen.
    pub(crate) custom_limits: Limits,
    /// What is shown.
    pub(crate) view: View,
    /// The files of the session.
    pub(crate) files: Files,
    /// The Overview.
    pub(crate) overview: Slot<Choices, OverviewView>,
    /// Buildings.
    pub(crate) buildings: Table<BuildingsQuery, BuildingsView>,
    /// The building that was opened last.
    pub(crate) last_opened: Option<BuildingGroup>,
    /// The networks of the building that is open.
    pub(crate) networks: Option<Table<NetworksQuery, NetworksView>>,
    /// People.
    pub(crate) people: Table<PeopleQuery, PeopleView>,
    /// Streams.
    pub(crate) streams: Table<StreamsQuery, StreamsView>,
    /// The columns of a file.
    pub(crate) columns: Columns,
    /// The ticket of the download that is being made.
    pub(crate) download: Option<u32>,
    /// Questions for files to be saved or sent, which wait for what is read again.
    held: Vec<Command>,
    /// Files of a folder were left out.
    pub(crate) has_left_out: bool,
    /// What assistive technology is told next.
    pub(crate) announcement: String,
    asker: Asker,
    host_questions: HostQuestions,
}

impl State {
    /// A page that shows this view and has no files.
    pub(crate) fn new(view: View) -> Self {
        let choices = Choices::default();
        Self {
            phase: Phase::Empty,
            is_answering: false,
            seal: None,
            panel: None,
            theme: None,
            kept: None,
            version: Version::Newest,
            role: Role::default(),
            has_chosen_role: false,
            terms: Terms::default(),
            remarks: Vec::new(),
            choices,
            custom_limits: CQD_CURRENT,
            view,
            files: Files::default(),
            overview: Slot::default(),
            buildings: Table::new(BuildingsQuery {
                choices,
                search: String::new(),
                sort: FIRST_BUILDINGS_SORT,
                window: FIRST_WINDOW,
            }),
            last_opened: None,
            networks: None,
            people: Table::new(PeopleQuery {
                choices,
                search: String::new(),
                sort: FIRST_PEOPLE_SORT,
                window: FIRST_WINDOW,
            }),
            streams: Table::new(StreamsQuery {
                choices,
                building: None,
                window: FIRST_WINDOW,
            }),
            columns: Columns::default(),
            download: None,
            held: Vec::new(),
            has_left_out: false,
            announcement: String::new(),
            asker: Asker::default(),
            host_questions: HostQuestions::default(),
        }
    }

    /// What `main` shows.
    pub(crate) fn screen(&self) -> Screen {
        match (self.phase, self.view) {
            (_, View::Help) => Screen::Help,
            (Phase::Stopped(stop), _) => Screen::Stopped(stop),
            (Phase::Empty, View::Files) if !self.files.cards.is_empty() => Screen::Files,
            (Phase::Empty, _) => Screen::Welcome,
            (_, View::Files) => Screen::Files,
            (_, view) if self.is_answering => Screen::Answers(view),
            _ => Screen::Reading,
        }
    }
}

/// Whether the page is the newest that the browser has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// It is.
    Newest,
    /// A newer one waits until the user wants it.
    Outdated,
}

/// What `main` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// The invitation.
    Welcome,
    /// The first files are being read.
    Reading,
    /// The files of the session.
    Files,
    /// A view that is made of answers.
    Answers(View),
    /// How to use and check the page.
    Help,
    /// What to do after a failure.
    Stopped(Stop),
}

impl Screen {
    /// Figures are shown or come next, so the choices of counting belong to it.
    pub(crate) fn has_figures(self) -> bool {
        matches!(self, Self::Reading | Self::Answers(_))
    }
}

/// How buildings are sorted at first.
const FIRST_BUILDINGS_SORT: Sort<BuildingColumn> = Sort {
    by: BuildingColumn::Poor,
    descending: true,
};

/// How People is sorted at first; a lower role goes back to it, because an order by name tells names.
const FIRST_PEOPLE_SORT: Sort<PersonColumn> = Sort {
    by: PersonColumn::Poor,
    descending: true,
};

/// Where the user's own limits start: those of the default preset.
const CQD_CURRENT: Limits = Limits {
    round_trip_ms: Some(500.0),
    packet_loss_ratio: Some(0.1),
    jitter_ms: Some(30.0),
    degradation_mos: None,
    concealed_ratio: None,
    packets: Some(500.0),
};
