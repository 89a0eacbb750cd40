//! What the page may see: answers, already redacted for the role. Built by `engine::redact` alone.

use serde::{Deserialize, Serialize};

use super::{FileId, FileKind};

/// The answer to a request, kind by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// Answers `Request::Overview`.
    Overview(OverviewView),
    /// Answers `Request::Buildings`.
    Buildings(BuildingsView),
    /// Answers `Request::Networks`.
    Networks(NetworksView),
    /// Answers `Request::People`.
    People(PeopleView),
    /// Answers `Request::Streams`.
    Streams(StreamsView),
    /// Answers `Request::Columns`.
    Columns(ColumnsView),
    /// Answers `Request::Download`.
    Download(Download),
    /// The role may not ask this.
    NotForRole,
}

/// A share with its 95 % Wilson interval, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Poor / (Poor + Good) in percent.
    pub percent: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The figures of any group of streams.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// All streams of the group: good + poor + unclassified.
    pub n_streams: u64,
    /// Streams judged Good.
    pub n_good: u64,
    /// Streams judged Poor.
    pub n_poor: u64,
    /// Streams that cannot be judged.
    pub n_unclassified: u64,
    /// Poor / (Poor + Good); `None` if nothing was judged.
    pub poor: Option<Rate>,
    /// Distinct persons at a counted end; `None` if the exports name nobody at all.
    pub n_people: Option<u64>,
    /// Mean over the streams that carry the value.
    pub mean_round_trip_ms: Option<f64>,
    /// Mean over the streams that carry the value.
    pub mean_jitter_ms: Option<f64>,
    /// Mean over the streams that carry the value, in percent.
    pub mean_packet_loss_percent: Option<f64>,
}

/// First and last stream end, in milliseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The earliest end.
    pub first_ms: i64,
    /// The latest end.
    pub last_ms: i64,
}

/// What the Overview tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverviewView {
    /// Kinds of the files in use, one entry a file.
    pub files: Vec<FileKind>,
    /// From first to last stream end; `None` without times.
    pub period: Option<Period>,
    /// The same of all streams, whatever media and days are chosen.
    pub whole_period: Option<Period>,
    /// Streams of the chosen media that a choice of days leaves out since nobody says when they were.
    pub n_undated: u64,
    /// Calls of all files together, each once; `None` if too few people to show, no file has ids of calls, or
    /// days are chosen, which calls cannot be told by.
    pub calls: Option<CallFigures>,
    /// All streams of the chosen media, each once; `None` if too few people to show.
    pub total: Option<Figures>,
    /// Buildings with streams. Several small ones shown as one count as one.
    pub n_buildings: u64,
    /// Networks in the building file.
    pub n_networks: u64,
    /// Streams with a counted end whose building is unknown; `None` if too few people to show.
    pub n_not_mapped: Option<u64>,
    /// Streams with at least one counted end, the whole that `n_not_mapped` is a part of.
    pub n_with_ends: u64,
    /// Buildings ranked by the lower end of the interval, the worst first, five at most.
    pub worst: Vec<BuildingRow>,
    /// A building is ranked from this many judged streams on.
    pub n_enough_streams: u64,
    /// How many buildings have that many; those without a poor stream are not among the worst.
    pub n_ranked: u64,
    /// Why there are no figures, if the role may not see any.
    pub withheld: Withheld,
}

/// Calls that are known by an id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallFigures {
    /// Calls of streams and call records, each once.
    pub n_calls: u64,
    /// There are streams that do not say their call: there may be more.
    pub may_be_more: bool,
    /// Calls of telephone exports, each once.
    pub n_telephone: u64,
    /// Calls of telephone exports that are known to be among these.
    pub n_both: u64,
}

/// Why a role sees no figures at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Withheld {
    /// Figures are shown.
    #[default]
    No,
    /// All groups together have too few people.
    TooFewPeople,
    /// The exports name nobody, so that nobody can say how many people stand behind a figure.
    PeopleUnknown,
}

/// A group of streams by place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BuildingGroup {
    /// A building of the building file, by its name.
    Building(String),
    /// Ends that no row of the building file explains.
    NotMapped,
    /// So many groups shown as one, so that nobody can be told apart: those with few people, and as many
    /// of the next larger ones as it takes.
    Together(u32),
}

/// A row of Buildings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BuildingRow {
    /// Which building.
    pub group: BuildingGroup,
    /// City of the building's first row; empty if it has none.
    pub city: String,
    /// State, likewise.
    pub state: String,
    /// Country, likewise.
    pub country: String,
    /// Region, likewise.
    pub region: String,
    /// Networks of the building in the building file; of ends not mapped, distinct subnets; `None` for
    /// buildings shown as one.
    pub n_networks: Option<u64>,
    /// The figures.
    pub figures: Figures,
}

/// A window of Buildings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BuildingsView {
    /// The rows of the window.
    pub rows: Vec<BuildingRow>,
    /// Index of the first of them.
    pub first_idx: u32,
    /// Rows that the search leaves.
    pub n_found: u32,
    /// Rows without a search.
    pub n_all: u32,
    /// Buildings of the file without a stream of this kind; they have no row once streams are there.
    pub n_without_streams: u32,
    /// Why there are no rows, if the role may not see any.
    pub withheld: Withheld,
}

/// A row of a building's networks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkRow {
    /// `10.1.2.0/24`, a subnet as reported where it is not mapped, or empty for small ones together.
    pub network: String,
    /// Name of the network in the building file.
    pub name: String,
    /// Line of its row in the building file.
    pub line: Option<u64>,
    /// So many small networks shown as one; 1 for a network of its own.
    pub n_together: u32,
    /// The figures.
    pub figures: Figures,
}

/// A window of a building's networks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworksView {
    /// The building.
    pub building: BuildingGroup,
    /// The rows of the window.
    pub rows: Vec<NetworkRow>,
    /// Index of the first of them.
    pub first_idx: u32,
    /// All networks of the building with streams.
    pub n_all: u32,
    /// Why there are no rows, if the role may not see any.
    pub withheld: Withheld,
}

/// Somebody at an end of a stream, as far as the role may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Person {
    /// Sign-in name, or what else identifies the person.
    Named(String),
    /// Somebody of the own organization.
    InternalUser,
    /// Somebody else.
    ExternalUser,
}

/// A row of People.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub person: Person,
    /// A phone number seen with the person, masked as the role demands.
    pub phone: Option<String>,
    /// The figures of the person's streams; `n_people` is 1.
    pub figures: Figures,
}

/// A window of People.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleView {
    /// The rows of the window.
    pub rows: Vec<PersonRow>,
    /// Index of the first of them.
    pub first_idx: u32,
    /// Rows that the search leaves.
    pub n_found: u32,
    /// Rows without a search.
    pub n_all: u32,
}

/// What a stream was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// No limit was passed.
    Good,
    /// A limit was passed.
    Poor,
    /// The export does not say enough.
    Unclassified,
}

/// A rule that took part in a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "rules are named for the bad thing; `quality` says each limit"
)]
pub enum RuleCode {
    HighRoundTrip,
    HighPacketLoss,
    HighJitter,
    HighDegradation,
    HighConcealment,
    LowAudioBitRate,
    HighFrameLoss,
    LowFrameRate,
    HighPostFecLoss,
    OddFrameRateOrSize,
    ManySpoiledTiles,
    SlowTiles,
    SlowOneWay,
    // From here on: why a stream is Unclassified.
    TooFewPackets,
    ConnectionFailed,
    NoMetrics,
    MediaNotJudged,
}

/// The key by which an end found its building.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MappingKey {
    /// The client's own address.
    Address,
    /// The reported subnet equals a row's network.
    Subnet,
    /// The reported subnet lies within a wider row.
    WithinWiderRow,
    /// The public (reflexive) address.
    PublicAddress,
}

/// Where an end was, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The building.
    pub building: String,
    /// The key that matched.
    pub key: MappingKey,
    /// Line of the row in the building file.
    pub line: u64,
    /// The building that the subnet alone would give, where it is another one.
    pub subnet_says: Option<String>,
}

/// One end of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EndView {
    /// Who; `None` if the export does not say.
    pub person: Option<Person>,
    /// Phone number, masked as the role demands.
    pub phone: Option<String>,
    /// Address; `None` if unknown or hidden from the role.
    pub address: Option<String>,
    /// Reported subnet; likewise.
    pub subnet: Option<String>,
    /// Where; likewise.
    pub place: Option<Place>,
    /// Wired, Wi-Fi and so on.
    pub connection: Option<String>,
}

/// A stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StreamRow {
    /// End of the stream in milliseconds since 1970 UTC.
    pub end_ms: Option<i64>,
    /// Media type as the export names it.
    pub media: String,
    /// First end: the server when one side is one.
    pub first: EndView,
    /// Second end: the client.
    pub second: EndView,
    /// What the stream was judged.
    pub verdict: Verdict,
    /// Why.
    pub rules: Vec<RuleCode>,
    /// Average round trip.
    pub round_trip_ms: Option<f64>,
    /// Average jitter.
    pub jitter_ms: Option<f64>,
    /// Average packet loss in percent.
    pub packet_loss_percent: Option<f64>,
}

/// A window of streams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StreamsView {
    /// The rows of the window.
    pub rows: Vec<StreamRow>,
    /// Index of the first of them.
    pub first_idx: u32,
    /// All streams that the query finds.
    pub n_all: u32,
}

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnsView {
    /// The file.
    pub file: FileId,
    /// Its columns from left to right.
    pub columns: Vec<ColumnView>,
    /// Names of all fields that a column of this kind of file can stand for, in alphabetical order.
    pub fields: Vec<String>,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its heading.
    pub heading: String,
    /// What it is read as.
    pub meaning: ColumnMeaning,
    /// Fields that the heading may stand for, the likeliest first; empty for one that is known.
    pub proposals: Vec<String>,
    /// The first distinct cells of a column that is not known, for the administrator.
    pub samples: Vec<String>,
}

/// What a column is read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnMeaning {
    /// The heading is the name or a caption of this field.
    Known(String),
    /// The user said that it is this field.
    Chosen(String),
    /// The user left it out.
    LeftOut,
    /// The heading may stand for several fields.
    Ambiguous,
    /// The heading is no known caption.
    Unknown,
    /// Another column is read as the same field.
    Repeated(String),
}

/// A file to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// Proposed name.
    pub name: String,
    /// UTF-8 with a byte order mark, so that spreadsheets read names right.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}
