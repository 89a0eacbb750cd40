//! What makes a row of one file the same as a row of another.

use crate::engine::fields::{Catalog, FieldId, fields};
use crate::protocol::FileKind;

/// The fields that identify a row.
pub(super) struct Identity {
    /// Fields that are compared as far as all tables have them; all fields of the tables if `None`.
    pub(super) fields: Option<Vec<FieldId>>,
    /// One of these must be in all tables, else nothing can be said of their rows.
    pub(super) needs_one_of: Vec<FieldId>,
}

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
            fields: Some(all),
            needs_one_of,
        }
    }

    /// Equal in every column.
    pub(super) fn whole_row() -> Self {
        Self {
            fields: None,
            needs_one_of: Vec::new(),
        }
    }

    /// Of the rows of a kind of file; `None` where two equal rows are two.
    pub(super) fn of_records(kind: FileKind) -> Option<Self> {
        let by = |catalog: Catalog, names: &[&'static str]| {
            let ids = names.iter().map(|name| catalog.fields().named(name));
            let all: Vec<FieldId> = ids.collect();
            Self {
                needs_one_of: vec![all[0]],
                fields: Some(all),
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
            FileKind::Endpoints => Some(by(Catalog::Endpoints, &["Endpoint Name"])),
            FileKind::AccessPoints => Some(by(Catalog::AccessPoints, &["BSSID"])),
            _ => Some(Self::whole_row()),
        }
    }
}
