//! The tables of an attendance report, and what their columns are.

use std::borrow::Cow;

use super::super::time::time;
use super::{CATALOG, summary};
use crate::engine::fields::{FieldId, Heading, Shape};

/// A table of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// A row a person.
    Participants,
    /// A row each time a person was there.
    Activities,
    /// A row a reaction, a raised hand, a camera turned on.
    Engagement,
}

impl Section {
    /// The table under a title with this number.
    pub(super) fn of_number(number: u32) -> Option<Self> {
        match number {
            2 => Some(Self::Participants),
            3 => Some(Self::Activities),
            4 => Some(Self::Engagement),
            _ => None,
        }
    }

    /// The word for it in the column `Section`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Participants => "participants",
            Self::Activities => "activities",
            Self::Engagement => "engagement",
        }
    }

    /// Its columns in the order of the English report, which has them in one of these ways.
    fn columns(self, n_columns: usize) -> Option<&'static [&'static str]> {
        const PARTICIPANTS: &[&str] = &[
            "Name",
            "First Join",
            "Last Leave",
            "In-Meeting Duration",
            "Email",
            "Participant ID",
            "Role",
        ];
        const ACTIVITIES: &[&str] = &[
            "Name",
            "Join Time",
            "Leave Time",
            "Duration",
            "Email",
            "Role",
        ];
        // With breakout rooms.
        const ACTIVITIES_IN_ROOMS: &[&str] = &[
            "Name",
            "Room Type",
            "Room Name",
            "Join Time",
            "Leave Time",
            "Duration",
            "Email",
            "Role",
        ];
        const ENGAGEMENT: &[&str] = &["Name", "Engagement Type", "Engagement Time"];
        match (self, n_columns) {
            (Self::Participants, 7..) => Some(PARTICIPANTS),
            (Self::Activities, 6) => Some(ACTIVITIES),
            (Self::Activities, 8) => Some(ACTIVITIES_IN_ROOMS),
            (Self::Engagement, 3) => Some(ENGAGEMENT),
            _ => None,
        }
    }
}

/// The headings of a table.
#[derive(Debug)]
pub(super) struct Headings {
    pub(super) section: Section,
    /// The field of each column, where it is known.
    pub(super) columns: Vec<Option<FieldId>>,
    /// Some columns were taken by their place.
    pub(super) is_by_place: bool,
}

impl Headings {
    /// Headings whose words are known: a name, and when or for how long.
    pub(super) fn by_words<Cell: AsRef<str>>(
        cells: &[Cell],
        section: Option<Section>,
    ) -> Option<Self> {
        let mut columns = known_columns(cells);
        let has = |name: &'static str| columns.contains(&Some(CATALOG.fields().named(name)));
        let is_table = ["First Join", "Join Time", "Engagement Type"]
            .map(has)
            .contains(&true);
        let n_known = columns.iter().flatten().count();
        if !is_table || n_known < 3 || n_known * 2 < columns.len() {
            return None;
        }
        let section = match section {
            Some(section) => section,
            None if has("Engagement Type") => Section::Engagement,
            None if has("First Join") => Section::Participants,
            None => Section::Activities,
        };
        let is_by_place = fill_by_place(&mut columns, section);
        Some(Self {
            section,
            columns,
            is_by_place,
        })
    }

    /// Headings in a language that is not known, below a title with the number of a section.
    pub(super) fn by_place<Cell: AsRef<str>>(cells: &[Cell], section: Section) -> Option<Self> {
        let mut columns = known_columns(cells);
        fill_by_place(&mut columns, section).then_some(Self {
            section,
            columns,
            is_by_place: true,
        })
    }

    /// How many columns are known.
    pub(super) fn n_known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// A row has at least so many cells: Teams leaves out the last ones of who did nothing.
    pub(super) fn n_needed(&self) -> usize {
        let is_count = |field: &FieldId| CATALOG.fields().get(*field).shape == Shape::Integer;
        let needed =
            |column: &Option<FieldId>| column.as_ref().is_some_and(|field| !is_count(field));
        self.columns
            .iter()
            .rposition(needed)
            .map_or(0, |idx| idx + 1)
    }

    /// Times such as `7/22/26, 7:00:11 PM` that were saved again with commas and without quotes take two
    /// cells. Makes them one, as far as the row has more cells than columns.
    pub(super) fn join_split_times(&self, cells: &mut Vec<Cow<'_, [u8]>>) {
        for (idx, column) in self.columns.iter().enumerate() {
            let is_time =
                column.is_some_and(|field| CATALOG.fields().get(field).shape == Shape::Time);
            if !is_time || cells.len() <= self.columns.len() || idx + 1 >= cells.len() {
                continue;
            }
            if let Some(joined) = joined_time(&cells[idx], &cells[idx + 1]) {
                cells[idx] = Cow::Owned(joined);
                cells.remove(idx + 1);
            }
        }
    }
}

/// A date and a time of day as one cell, if they are that.
pub(super) fn joined_time(date: &[u8], clock: &[u8]) -> Option<Vec<u8>> {
    if date.contains(&b':') || !clock.contains(&b':') {
        return None;
    }
    time(date)?;
    let joined = [date, b", ", clock].concat();
    time(&joined).is_some().then_some(joined)
}

fn known_columns<Cell: AsRef<str>>(cells: &[Cell]) -> Vec<Option<FieldId>> {
    let n_cells = cells
        .iter()
        .rposition(|cell| !cell.as_ref().is_empty())
        .map_or(0, |idx| idx + 1);
    let mut columns: Vec<Option<FieldId>> = Vec::new();
    for cell in &cells[..n_cells] {
        let candidates = match CATALOG.fields().by_heading(cell.as_ref()) {
            Heading::Known(field) => vec![field],
            Heading::Ambiguous(fields) => fields,
            Heading::Unknown => Vec::new(),
        };
        let is_free =
            |field: &FieldId| !columns.contains(&Some(*field)) && !summary::is_of_meeting(*field);
        let field = candidates.into_iter().find(is_free);
        columns.push(field);
    }
    columns
}

/// Gives the columns without a known heading the field of their place. Says whether any got one.
fn fill_by_place(columns: &mut [Option<FieldId>], section: Section) -> bool {
    let Some(names) = section.columns(columns.len()) else {
        return false;
    };
    let mut is_filled = false;
    for (idx, name) in names.iter().enumerate() {
        let field = CATALOG.fields().named(name);
        if columns[idx].is_none() && !columns.contains(&Some(field)) {
            columns[idx] = Some(field);
            is_filled = true;
        }
    }
    is_filled
}
