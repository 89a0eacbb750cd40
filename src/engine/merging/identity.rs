//! What makes a row of one file the same as a row of another.

use crate::engine::fields::{Catalog, FieldId, FieldKind, fields};
use crate::engine::model::table::Table;
use crate::protocol::FileKind;

/// The fields of a table that may be compared.
pub(super) type Profile = Vec<FieldId>;

/// The fields that identify a row.
pub(super) struct Identity {
    /// Which fields are compared, as far as both tables have them.
    compared: Compared,
    /// One of these must be in both tables, else nothing can be said of their rows.
    needs_one_of: Vec<FieldId>,
    /// Whether `ABC` and `abc` are two.
    pub(super) minds_case: bool,
}

enum Compared {
    /// These.
    Fields(Vec<FieldId>),
    /// All, of tables that have the same ones.
    WholeRow,
    /// What a group stands for, if that says a time; else all.
    Group,
}

/// Dimensions that say which time a group is of.
const TIMES: [&str; 8] = [
    "Date",
    "Month Year",
    "Full Month",
    "Start Time",
    "End Time",
    "Year",
    "Month",
    "Day",
];

/// Ids and times of a stream.
const STREAM_KEYS: [&str; 3] = ["Conference Id", "Start Time", "End Time"];

/// What tells the streams of one call apart. Names and addresses of people are not among them: the service
/// clears them after 28 days, so that an older export and a newer one of the same stream differ there.
const STREAM_PARTS: [&str; 10] = [
    "Media Type",
    "Media Line Label",
    "Stream Direction",
    "First Subnet",
    "Second Subnet",
    "Avg Round Trip",
    "Avg Jitter",
    "Avg Packet Loss Rate",
    "Avg Packet Utilization",
    "Is Server Pair",
];

impl Identity {
    /// Of streams.
    pub(super) fn of_streams() -> Self {
        let ids = |names: &[&'static str]| names.iter().map(|name| fields().named(name)).collect();
        let mut all: Vec<FieldId> = ids(&STREAM_KEYS);
        let needs_one_of = all.clone();
        all.extend::<Vec<FieldId>>(ids(&STREAM_PARTS));
        Self {
            compared: Compared::Fields(all),
            needs_one_of,
            minds_case: false,
        }
    }

    /// Equal in every column.
    fn whole_row() -> Self {
        Self {
            compared: Compared::WholeRow,
            needs_one_of: Vec::new(),
            minds_case: true,
        }
    }

    /// Of rows that stand for many streams: the same dimensions of the same time are the same streams, even
    /// where a later export counts more of them.
    pub(super) fn of_groups() -> Self {
        Self {
            compared: Compared::Group,
            ..Self::whole_row()
        }
    }

    /// What a table has that may be compared. Tables that are alike in this are compared by the same fields with
    /// any other.
    pub(super) fn profile(&self, table: &Table) -> Profile {
        let all = table.columns.keys().copied();
        match &self.compared {
            Compared::Fields(fields) => all.filter(|field| fields.contains(field)).collect(),
            Compared::WholeRow | Compared::Group => all.collect(),
        }
    }

    /// The fields by which rows of tables with these profiles are told apart or found equal; `None` if too little is
    /// said for that.
    pub(super) fn compared(&self, one: &[FieldId], other: &[FieldId]) -> Option<Vec<FieldId>> {
        match &self.compared {
            Compared::Fields(_) => {
                let common = one.iter().filter(|field| other.contains(field));
                let common: Vec<FieldId> = common.copied().collect();
                self.needed(&common).next()?;
                Some(common)
            }
            Compared::WholeRow => (one == other).then(|| one.to_vec()),
            Compared::Group => {
                let says_time = |field: &FieldId| TIMES.contains(&fields().get(*field).name);
                let is_dimension =
                    |field: &FieldId| fields().get(*field).kind == FieldKind::Dimension;
                let has_time = one.iter().any(says_time);
                let is_compared = |field: &&FieldId| !has_time || is_dimension(field);
                (one == other).then(|| one.iter().filter(is_compared).copied().collect())
            }
        }
    }

    /// Whether tables are compared by what both have, instead of by all that they have.
    pub(super) fn is_partial(&self) -> bool {
        matches!(self.compared, Compared::Fields(_))
    }

    /// Those of some fields of which a row needs one.
    pub(super) fn needed(&self, among: &[FieldId]) -> impl Iterator<Item = FieldId> {
        let is_needed = |field: &FieldId| self.needs_one_of.contains(field);
        among.iter().copied().filter(is_needed)
    }

    /// Of the rows of a kind of file; `None` where two equal rows are two.
    pub(super) fn of_records(kind: FileKind) -> Option<Self> {
        let by = |catalog: Catalog, names: &[&'static str]| {
            let ids = names.iter().map(|name| catalog.fields().named(name));
            let all: Vec<FieldId> = ids.collect();
            Self {
                needs_one_of: vec![all[0]],
                compared: Compared::Fields(all),
                minds_case: false,
            }
        };
        match kind {
            // Somebody else may give the same answer on the same day.
            FileKind::Nps => None,
            FileKind::CallingPlans => Some(by(Catalog::CallingPlans, &["UsageId"])),
            FileKind::DirectRouting => Some(by(
                Catalog::DirectRouting,
                &["CorrelationId", "Invite time", "Call type"],
            )),
            FileKind::Endpoints => Some(Self {
                minds_case: true,
                ..by(Catalog::Endpoints, &["Endpoint Name"])
            }),
            FileKind::AccessPoints => Some(by(Catalog::AccessPoints, &["BSSID"])),
            _ => Some(Self::whole_row()),
        }
    }
}
