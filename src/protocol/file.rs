//! A file of the session as the page may show it: shape and complaints, never a cell.

use serde::{Deserialize, Serialize};

/// Names a file within a session; given by the page.
pub type FileId = u32;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A building (location) file.
    Buildings,
    /// A stream-level export of the Call Quality Dashboard.
    CqdStreams,
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
    /// Where reading stands.
    pub state: FileState,
    /// What became of each row.
    pub rows: RowCounts,
    /// Complaints, one for each kind and column, the gravest first.
    pub problems: Vec<Problem>,
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
    /// A newer version of the same call is in the file; this one is not counted.
    EarlierVersion,
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
    /// Fractions were expected, the column holds percentages; it was read as percentages.
    ReadAsPercent,
    /// Not a date and time.
    NotATime,
    /// Neither an IPv4 nor an IPv6 address.
    NotAnAddress,
    /// The export is grouped: a row stands for many streams.
    GroupedExport,
    /// The export has none of the columns that tell where a stream was.
    NoAddressColumns,
    /// The export has none of the columns that tell how good a stream was.
    NoQualityColumns,
    /// The export has no Media Type; all streams were taken for audio.
    NoMediaType,
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
}
