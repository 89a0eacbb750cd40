//! What the page can ask. Each request is complete in itself: the session remembers nothing of the screen.

use serde::{Deserialize, Serialize};

use super::{BuildingGroup, Choices, FileId};

/// A question of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Files, period, totals, worst buildings.
    Overview(Choices),
    /// The buildings, a window of them.
    Buildings(BuildingsQuery),
    /// The networks of one building.
    Networks(NetworksQuery),
    /// The people, a window of them.
    People(PeopleQuery),
    /// Single streams, a window of them, the latest first.
    Streams(StreamsQuery),
    /// The columns of a file, and what they are read as.
    Columns(FileId),
    /// All rows of a view as a CSV file, after redaction.
    Download(Sheet),
}

impl Request {
    /// How streams are counted for it, if it counts any.
    pub fn choices(&self) -> Option<&Choices> {
        Some(match self {
            Self::Overview(choices) | Self::Download(Sheet::Overview(choices)) => choices,
            Self::Buildings(query) | Self::Download(Sheet::Buildings(query)) => &query.choices,
            Self::Networks(query) | Self::Download(Sheet::Networks(query)) => &query.choices,
            Self::People(query) | Self::Download(Sheet::People(query)) => &query.choices,
            Self::Streams(query) | Self::Download(Sheet::Streams(query)) => &query.choices,
            Self::Columns(_) | Self::Download(Sheet::Rejected(_) | Sheet::ColumnMap(_)) => {
                return None;
            }
        })
    }
}

/// A view whose rows can be downloaded: those of the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Sheet {
    /// Period and totals, in one row.
    Overview(Choices),
    /// The buildings that the search leaves, in the order of the sort.
    Buildings(BuildingsQuery),
    /// The networks of one building.
    Networks(NetworksQuery),
    /// The people that the search leaves.
    People(PeopleQuery),
    /// Single streams.
    Streams(StreamsQuery),
    /// The rows of a file that are not used: where, and why.
    Rejected(FileId),
    /// What the user decided about the columns of a file, to be dropped beside the next one.
    ColumnMap(FileId),
}

/// Which rows of a long table are on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Index of the first row, from 0.
    pub first_idx: u32,
    /// How many rows at most.
    pub n_rows: u32,
}

impl Window {
    /// Every row.
    pub const ALL: Self = Self {
        first_idx: 0,
        n_rows: u32::MAX,
    };
}

/// The order of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort<Column> {
    /// Sorted by this column.
    pub by: Column,
    /// Highest first. Absent values come last either way.
    pub descending: bool,
}

/// Which buildings, in what order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BuildingsQuery {
    /// How streams are counted.
    pub choices: Choices,
    /// Words that must all stand in building, city, state, country or region; without regard to case.
    pub search: String,
    /// The order.
    pub sort: Sort<BuildingColumn>,
    /// Which rows cross over.
    pub window: Window,
}

/// The columns of Buildings that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the column of that name")]
pub enum BuildingColumn {
    Building,
    City,
    Country,
    Networks,
    Streams,
    Good,
    Poor,
    Unclassified,
    PoorPercent,
    People,
    RoundTrip,
    Jitter,
    PacketLoss,
}

/// The networks of one building.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworksQuery {
    /// How streams are counted.
    pub choices: Choices,
    /// The building.
    pub building: BuildingGroup,
    /// Which rows cross over; most poor streams first.
    pub window: Window,
}

/// Which people, in what order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleQuery {
    /// How streams are counted.
    pub choices: Choices,
    /// Part of a name or sign-in name; for the specialist only a whole one finds somebody.
    pub search: String,
    /// The order.
    pub sort: Sort<PersonColumn>,
    /// Which rows cross over.
    pub window: Window,
}

/// The columns of People that can be sorted by. A specialist's list is never sorted by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the column of that name")]
pub enum PersonColumn {
    Person,
    Streams,
    Good,
    Poor,
    Unclassified,
    PoorPercent,
    RoundTrip,
    Jitter,
    PacketLoss,
}

/// Single streams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StreamsQuery {
    /// How streams are counted.
    pub choices: Choices,
    /// Only streams with an end in this building. The specialist may not ask for one.
    pub building: Option<BuildingGroup>,
    /// Which rows cross over; the latest end first.
    pub window: Window,
}
