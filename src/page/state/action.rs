//! What can happen to the page, and what the page then wants done.

use super::{Draft, Panel, Remark, Seal, Setting, Settings, Stop, Terms, View};
use crate::page::embedding::Refusal;
use crate::page::theme::Theme;
use crate::protocol::{
    BuildingColumn, BuildingGroup, Choices, Command, Download, Event, FileId, PersonColumn,
    ReadSettings, Role, Sheet,
};

/// What can happen to the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// The page can no longer reach any server.
    Sealed(Seal),
    /// The browser refused an attempt of the page's program to reach somebody.
    Refused,
    /// The user opens a panel, or closes it.
    ShowPanel(Option<Panel>),
    /// The user decides how the page looks and what it keeps.
    Set(Setting),
    /// Whoever provides or embeds the page has decided about the session.
    Settle(Terms),
    /// The page could not do something as it was told.
    Remark(Remark),
    /// The page around this one asks, under a number of its own.
    AskForHost { id: u32, sheet: Sheet },
    /// The browser has the files of a new version.
    NewVersion,
    /// The user wants the new version.
    Update,
    /// The worker reports.
    Told(Event),
    /// The engine is gone.
    Stopped(Stop),
    /// The user wants a new engine with the same files.
    Restart,
    /// The user wants a new engine without files.
    StartAfresh,
    /// The user chose files.
    Open(Vec<NewFile>),
    /// Files of a folder were left out: too many, too deep, or not readable.
    LeftOut,
    /// The user wants the demo tenant.
    OpenDemo,
    /// The user stops a file.
    Cancel(FileId),
    /// The user removes a file.
    Remove(FileId),
    /// The user answers a file's question.
    Reply { file: FileId, yes: bool },
    /// The user says what the first number of a date is, for these files.
    AnswerDayFirst {
        files: Vec<FileId>,
        is_day_first: bool,
    },
    /// The user says how a file is read; columns stay as they are.
    SetReading {
        file: FileId,
        settings: ReadSettings,
    },
    /// The user wants to see the columns of a file.
    ShowColumns(FileId),
    /// The user has seen them.
    HideColumns,
    /// The user says what a column of the file shown is.
    DraftColumn { heading: String, draft: Draft },
    /// The file shown is to be read with what the user said.
    ApplyColumns,
    /// The user wants the choices about a file's columns as a file.
    SaveColumnMap(FileId),
    /// The user wants the rows of a file that are not used.
    SaveRejected(FileId),
    /// The user chose a role.
    SetRole(Role),
    /// The user chose how streams are counted.
    SetChoices(Choices),
    /// The user went to a view.
    Show(View),
    /// The user opens a building.
    OpenBuilding(BuildingGroup),
    /// The user closes it.
    CloseBuilding,
    /// The user wants the streams of a building, or of all.
    ShowStreams(Option<BuildingGroup>),
    /// The user searches in Buildings.
    SearchBuildings(String),
    /// The user searches in People.
    SearchPeople(String),
    /// The user clicked a heading of Buildings.
    SortBuildings(BuildingColumn),
    /// The user clicked a heading of People.
    SortPeople(PersonColumn),
    /// These rows are drawn.
    Scrolled {
        table: TableName,
        first_idx: u32,
        n_rows: u32,
    },
    /// The user wants a table as a file.
    Download(TableName),
}

/// A long table of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableName {
    Buildings,
    Networks,
    People,
    Streams,
}

/// A file that the user chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// Its name without its folder.
    pub(crate) name: String,
    /// Its size.
    pub(crate) size_bytes: u64,
}

/// What the page wants done in the browser.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    /// End the session, if there is one, and start another for this role.
    Start(Role),
    /// Tell the worker.
    Tell(Command),
    /// Let the user save a file.
    Save(Download),
    /// Let the page look like this.
    Wear(Option<Theme>),
    /// Keep the settings in this browser.
    Keep(Settings),
    /// Keep the settings no longer.
    Drop,
    /// Remove everything that this browser keeps for the page.
    Forget,
    /// Answer a question of the page around this one.
    AnswerHost(u32, Result<Download, Refusal>),
    /// Load the page anew, in its new version.
    Update,
    /// Let the address name this view.
    Go(View),
    /// Move the focus to the title of what is shown now.
    FocusTitle,
    /// Move the focus to the building that was opened.
    FocusBuilding,
    /// Move the focus back to the row of the building that was closed.
    FocusRow,
}
