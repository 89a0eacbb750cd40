//! A file of the session as the page may show it: shape and complaints, never a cell.

use serde::{Deserialize, Serialize};

/// Names a file within a session; given by the page, for members of packages made by `member_id`.
pub type FileId = u32;

/// The ids of members begin with this one: the page, which counts up from nought, does not come so far.
const FIRST_MEMBER: FileId = 1 << 31;

/// Members of one package.
const MAX_MEMBERS: u32 = 1 << 12;

/// The id of a member of a package: the same each time the package is opened. `None` beyond 4,096 members, and of a
/// package behind half a million files.
pub fn member_id(package: FileId, idx: usize) -> Option<FileId> {
    let idx = u32::try_from(idx).ok().filter(|idx| *idx < MAX_MEMBERS)?;
    package
        .checked_mul(MAX_MEMBERS)
        .filter(|first| *first < FIRST_MEMBER)
        .map(|first| FIRST_MEMBER + first + idx)
}

/// A file that the user chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileTicket {
    /// Given by the page.
    pub id: FileId,
    /// The file's name, without its folder.
    pub name: String,
    /// The file's size.
    pub size_bytes: u64,
}

/// What a file turned out to be, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FileKind {
    /// A building (location) file.
    Buildings,
    /// Endpoints by name: make, model, type, labels.
    Endpoints,
    /// Wireless access points by BSSID.
    AccessPoints,
    /// A stream-level export of the Call Quality Dashboard.
    CqdStreams,
    /// An export of the Call Quality Dashboard whose rows stand for many streams.
    CqdGroups,
    /// Call records of Microsoft Graph, JSON.
    CallRecords,
    /// The flattened table of Microsoft's Call Record Insights.
    CallRecordInsights,
    /// PSTN usage of Calling Plans and Operator Connect.
    CallingPlans,
    /// PSTN usage of Direct Routing.
    DirectRouting,
    /// Teams user activity, a row a user.
    UserActivity,
    /// Teams device usage, a row a user.
    DeviceUsage,
    /// Teams user activity, a row a day.
    UserActivityCounts,
    /// Teams device usage, a row a day.
    DeviceUsageCounts,
    /// An attendance report of a meeting.
    Attendance,
    /// An attendance report of 2020: a row each time somebody joins or leaves.
    AttendanceEvents,
    /// Answers to a survey: would you recommend it, 0 to 10.
    Nps,
    /// Which fields the columns of other files are, as saved by this page.
    ColumnMap,
    /// Period and plans of a PSTN export: the `parameters.json` that comes with it.
    ExportParameters,
    /// A zip, gzip or workbook file that holds others.
    Package,
}

impl FileKind {
    /// Every kind that one file can be taken for, in the order in which a user would look for it.
    pub const READABLE: [Self; 16] = [
        Self::Buildings,
        Self::Endpoints,
        Self::AccessPoints,
        Self::CqdStreams,
        Self::CallRecords,
        Self::CallRecordInsights,
        Self::CallingPlans,
        Self::DirectRouting,
        Self::UserActivity,
        Self::DeviceUsage,
        Self::UserActivityCounts,
        Self::DeviceUsageCounts,
        Self::Attendance,
        Self::AttendanceEvents,
        Self::Nps,
        Self::ColumnMap,
    ];
}

/// How the text of a file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextEncoding {
    /// UTF-8; cells that are none are read as Windows-1252.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, as Excel writes in Western Europe.
    Windows1252,
}

/// What stands between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    /// A tab.
    Tab,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A vertical bar.
    Bar,
}

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalMark {
    /// `12.5`; commas may group thousands.
    Point,
    /// `12,5`; points may group thousands.
    Comma,
}

/// What `03/04/2026` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// The third of April.
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// What the user decided about how a file is read; `None` leaves it to the file's evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSettings {
    /// What the file is.
    pub kind: Option<FileKind>,
    /// How its text is encoded.
    pub encoding: Option<TextEncoding>,
    /// What separates its cells.
    pub delimiter: Option<Delimiter>,
    /// What stands before decimals.
    pub decimal_mark: Option<DecimalMark>,
    /// The order of day and month.
    pub date_order: Option<DateOrder>,
    /// What its columns are.
    pub columns: Vec<ColumnChoice>,
}

/// The user's word on a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// The heading, as the file has it.
    pub heading: String,
    /// The name of the field that it stands for; `None` leaves the column out.
    pub field: Option<String>,
}

/// What was assumed of a file when it was read, by evidence or by the user's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumptions {
    /// How its text is encoded.
    pub encoding: TextEncoding,
    /// What separates its cells; `None` for JSON.
    pub delimiter: Option<Delimiter>,
    /// What stands before decimals; `None` where no number has decimals in this form.
    pub decimal_mark: Option<DecimalMark>,
    /// The order of day and month; `None` if no date leaves it open.
    pub date_order: Option<DateOrder>,
}

/// Everything that is shown of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileCard {
    /// Given by the page.
    pub id: FileId,
    /// The file's name.
    pub name: String,
    /// The file's size.
    pub size_bytes: u64,
    /// What it is; `None` before enough of it has been read, or if it was not recognized.
    pub kind: Option<FileKind>,
    /// The findings that led to `kind`, in words, e.g. "38 of 45 headings are CQD fields".
    pub evidence: String,
    /// The package that it came in.
    pub parent: Option<FileId>,
    /// Where reading stands.
    pub state: FileState,
    /// What became of each row.
    pub rows: RowCounts,
    /// What a row is.
    pub unit: RowUnit,
    /// What was assumed; `None` before it is known.
    pub assumptions: Option<Assumptions>,
    /// What the user decided.
    pub settings: ReadSettings,
    /// Whether its columns have headings that can be given a meaning, by this role.
    pub has_columns: bool,
    /// Complaints, one for each kind and column, the gravest first.
    pub problems: Vec<Problem>,
}

/// What is counted as a row of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowUnit {
    /// A row of a table.
    #[default]
    Row,
    /// A record of a JSON file, such as a call with all its streams.
    Record,
    /// A file within a package.
    File,
}

/// Where reading of a file stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FileState {
    /// Its turn has not come.
    Waiting,
    /// Being read.
    Reading {
        /// Bytes read so far.
        done_bytes: u64,
    },
    /// Reading pauses until the user answers.
    Asking(Question),
    /// Read to its end and in use.
    Ready,
    /// Stopped by the user; nothing of it is in use.
    Cancelled,
    /// Cannot be used; the problems say why.
    Failed,
}

/// What the user is asked before reading goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// Only one building file is in use at a time. Replace the file of this name?
    ReplaceBuildings {
        /// Name of the building file in use.
        in_use: String,
    },
    /// No date of the file tells which number is the day. Is the day first?
    DayFirst {
        /// The column with such dates, from 1.
        column: u32,
    },
}

/// What became of the rows of a file: `read = used + duplicates + rejected + blank`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// Rows of data, without the header.
    pub read: u64,
    /// Rows in use.
    pub used: u64,
    /// Rows that repeat another.
    pub duplicates: u64,
    /// Rows that cannot be used; each has a complaint.
    pub rejected: u64,
    /// Rows without any content.
    pub blank: u64,
}

/// How grave a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Something the reader took in its stride.
    Note,
    /// A figure may be less than the file could give.
    Warning,
    /// A row, or the whole file, is not in use.
    Error,
}

/// A complaint about a file: what, where first, how often. It never holds a cell's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub code: ProblemCode,
    /// Line of the first occurrence, from 1 as editors count; `None` if it concerns the whole file.
    pub line: Option<u64>,
    /// Column of the first occurrence, from 1.
    pub column: Option<u32>,
    /// Heading of that column, where there is one and the role may see it.
    pub heading: Option<String>,
    /// How many rows or columns have it.
    pub n_times: u64,
    /// The lines of the next occurrences, ten at most.
    pub further_lines: Vec<u64>,
    /// What there was too little of, of a file that does not fit.
    pub memory: Option<Memory>,
}

/// The memory that a file would need and does not find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Size of the file.
    pub file_bytes: u64,
    /// What its columns would take at least.
    pub needed_bytes: u64,
    /// What the columns of other files take.
    pub used_bytes: u64,
    /// What all columns may take.
    pub most_bytes: u64,
}

/// What can be wrong with a file. The page makes the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProblemCode {
    /// No known format fits.
    NotRecognized,
    /// The file has no rows.
    Empty,
    /// The file could not be read to its end: it changed, vanished or may not be read.
    Unreadable,
    /// NUL bytes: not a text file.
    NotText,
    /// A line is longer than the reader accepts.
    LineTooLong,
    /// More columns than the reader accepts.
    TooManyColumns,
    /// More rows than the session can hold.
    TooManyRows,
    /// What reads the file broke down twice at the same place.
    ReaderFailed,
    /// A quote is opened and never closed.
    UnclosedQuote,
    /// Not JSON.
    BadJson,
    /// The file ends within a record.
    UnclosedJson,
    /// Brackets in brackets, deeper than any export has them.
    JsonTooDeep,
    /// A record is longer than the reader accepts.
    RecordTooLong,
    /// JSON, but not a record of the kind that the others are.
    NotARecord,
    /// The record holds no sessions with segments: it says who and when, not how good.
    NotExpanded,
    /// The service has more pages than the file holds.
    MorePages,
    /// Sessions do not say which call they are of.
    CallUnknown,
    /// A record of the same call, as new or newer, is in the file; this one is not counted.
    EarlierVersion,
    /// Streams of data channels, which carry neither sound nor pictures; they are left out.
    DataStreams,
    /// A property that is not known; it is not used.
    UnknownProperty,
    /// Bytes that are not valid in the file's encoding; read as replacement characters.
    BadEncoding,
    /// The row has another number of columns than the header; it is not used.
    ColumnCount,
    /// The row has neither 14, 15 nor 16 columns; what it has is used.
    OddColumnCount,
    /// A building file must not have a header row; it was left out.
    HeaderInBuildingFile,
    /// The network is not an IP address.
    BadNetwork,
    /// The network range is not a prefix length of that address.
    BadPrefix,
    /// The address has bits beyond its range; the network was taken.
    HostBits,
    /// Not 0 or 1.
    BadFlag,
    /// The row has no building name; the network's name stands in.
    NoBuildingName,
    /// The same network stands in an earlier row; this row is not used.
    SameNetworkTwice,
    /// The same building name is listed at different places; the first one is shown.
    BuildingInTwoPlaces,
    /// A heading that is no known field; the column is not used.
    UnknownHeading,
    /// A heading that may stand for several fields; the column is not used.
    AmbiguousHeading,
    /// The same field stands in two columns; the first one is used.
    FieldTwice,
    /// Not a number.
    NotANumber,
    /// A fraction between 0 and 1 was expected.
    NotAFraction,
    /// Nothing below 0 can be measured here.
    BelowNought,
    /// Fractions were expected, the column holds percentages; it was read as percentages.
    ReadAsPercent,
    /// Not a date and time.
    NotATime,
    /// The score is not a whole number from 0 to 10; the row is not used.
    NotAScore,
    /// The BSSID is not an address of six bytes; the row is not used.
    NotAMac,
    /// The row names no endpoint; it is not used.
    NoEndpointName,
    /// A cell of an endpoint file is longer than the 64 characters that the service takes.
    LongerThan64,
    /// The same endpoint stands in an earlier row; this row is not used.
    SameEndpointTwice,
    /// The same access point stands in an earlier row; this row is not used.
    SameAccessPointTwice,
    /// Names are hidden by the tenant's setting: 32 digits stand in their place.
    NamesHidden,
    /// The times are those of somebody's clock, and no time zone is stated.
    LocalTimes,
    /// Headings in a language that is not known; the columns were taken by their place.
    HeadingsByPlace,
    /// A line of the report's summary says nothing that is known.
    UnknownSummaryLine,
    /// A row of a section whose columns are not known; it is not used.
    UnknownSection,
    /// Not a length of time.
    NotADuration,
    /// Neither an IPv4 nor an IPv6 address.
    NotAnAddress,
    /// The export has none of the columns that tell where a stream was.
    NoAddressColumns,
    /// The export has none of the columns that tell how good a stream was.
    NoQualityColumns,
    /// The export has no Media Type; all streams were taken for audio.
    NoMediaType,
    /// The export does not say which ends of its streams are servers.
    NoEndKinds,
    /// The export has no names of people, or they are empty: it may be older than 28 days.
    NoPeople,
    /// Exactly 10,000 rows: the dashboard cuts exports off there.
    CutOff,
    /// Lines before the headings, such as `sep=,` or a title; they were left out.
    LinesBeforeHeadings,
    /// The headings stand there again; the row is not used.
    HeadingsAgain,
    /// A file with the very same content is in use; this one is not counted again.
    SameFileTwice,
    /// A package within a package within a package.
    NestedTooDeep,
    /// A file in the package that needs a password.
    Encrypted,
    /// The package is cut off or its check sum is wrong.
    DamagedPackage,
    /// More files in the package than the reader accepts.
    TooManyEntries,
    /// The file expands to so much more than its size that it cannot be an export.
    ExpandsTooMuch,
    /// The package, or what it expands to, is larger than the reader accepts.
    PackageTooBig,
    /// The part of the page that opens packages could not be loaded.
    NoUnpacker,
    /// A cell is longer than any export's; the row is not used.
    CellTooLong,
    /// Dates with the day first and dates with the month first in one column.
    DatesMixed,
    /// The grouped export does not say how many streams were good and how many poor: the rest counts as Unclassified.
    GroupsPartlyJudged,
    /// Counts of streams of the grouped export are no whole numbers.
    CountsNotWhole,
    /// The grouped export has no count of streams at all.
    GroupsWithoutCounts,
    /// The file is grouped; verdicts are the dashboard's own, and single streams cannot be listed.
    GroupedVerdicts,
    /// Not counted, because exports with single streams are in use or another grouping came first.
    GroupsNotCounted,
    /// Columns for people are there but empty: the service clears them after 28 days.
    PeopleCleared,
    /// All streams of the export go in one direction.
    OneDirection,
    /// People of other organizations are in the export.
    FederatedTenants,
    /// Streams that began before the first day of the export.
    BeganBeforePeriod,
    /// Streams that end before they begin.
    EndsBeforeStart,
    /// The building file explains no address of the exports.
    BuildingsMatchNothing,
    /// Several exports are in use and do not say enough to tell shared streams.
    OverlapUnknown,
    /// Rows that another export in use has as well.
    RowsInOtherFile,
    /// Columns of this file were read as the user's column map says.
    ColumnsMapped,
    /// The column map is not one, or names a field that is not known.
    BadColumnMap,
}
