//! What page and worker say to each other: the only types that can be serialized.
//!
//! Everything that the page may see is in here, already redacted for its role.

mod choices;
mod code;
mod command;
mod file;
mod request;
mod view;

pub use choices::{Choices, Classifier, Days, Ends, Limits, Mapping, Media, Role};
pub use code::code_name;
pub use command::{Command, Event, HelperCall, HelperId, HelperKind, Loss, Word};
pub use file::{
    Assumptions, ColumnChoice, DateOrder, DecimalMark, Delimiter, FileCard, FileId, FileKind,
    FileState, FileTicket, Memory, Problem, ProblemCode, Question, ReadSettings, RowCounts,
    RowUnit, Severity, TextEncoding, member_id,
};
pub use request::{
    BuildingColumn, BuildingsQuery, NetworksQuery, PeopleQuery, PersonColumn, Request, Sheet, Sort,
    StreamsQuery, Window,
};
pub use view::{
    BuildingGroup, BuildingRow, BuildingsView, CallFigures, ColumnMeaning, ColumnView, ColumnsView,
    Download, EndView, Figures, MappingKey, NetworkRow, NetworksView, OverviewView, PeopleView,
    Period, Person, PersonRow, Place, Rate, Response, RuleCode, StreamRow, StreamsView, Verdict,
    Withheld,
};
