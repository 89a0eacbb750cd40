//! Attendance reports of meetings: for each person a row, and a row for each time that the person was there.
//!
//! <https://learn.microsoft.com/graph/api/resources/meetingattendancereport>

use serde_json::{Map, Value};

use super::{Account, Piece, has_all, rows::Rows, share, words};
use crate::engine::fields::{Catalog, FieldId};
use crate::engine::formats::{Content, Finding, ReadRows, Reader, cutter::Block};
use crate::protocol::{FileKind, ProblemCode as P, RowCounts};

/// Properties of a report that every row gets.
const OF_MEETING: [(&str, &str); 3] = [
    ("meetingStartDateTime", "Meeting Start"),
    ("meetingEndDateTime", "Meeting End"),
    ("totalParticipantCount", "Attended Participants"),
];

/// Properties of a person's record.
const OF_PERSON: [(&str, &str); 3] = [
    ("emailAddress", "Email"),
    ("role", "Role"),
    ("totalAttendanceInSeconds", "In-Meeting Duration"),
];

/// Properties of a stay.
const OF_STAY: [(&str, &str); 3] = [
    ("joinDateTime", "Join Time"),
    ("leaveDateTime", "Leave Time"),
    ("durationInSeconds", "Duration"),
];

/// Properties that are read in another way, or have no use here.
const OTHERS: [&str; 7] = [
    "id",
    "attendanceRecords",
    "attendanceIntervals",
    "identity",
    "registrationId",
    "externalEventInformation",
    "externalRegistrationInformation",
];

/// Looks at the first records.
pub(super) fn recognize(values: &[Value]) -> Option<Finding> {
    share(
        values,
        is_report,
        "attendance records as Graph attendance reports have",
    )
    .or_else(|| {
        share(
            values,
            is_person,
            "attendance as records of Graph attendance reports have",
        )
    })
}

fn is_report(record: &Map<String, Value>) -> bool {
    has_all(record, &["attendanceRecords"])
        || has_all(record, &["totalParticipantCount", "meetingStartDateTime"])
}

fn is_person(record: &Map<String, Value>) -> bool {
    has_all(record, &["attendanceIntervals"]) || has_all(record, &["totalAttendanceInSeconds"])
}

/// Reads the reports of a file.
pub(super) struct Attendance {
    account: Account,
    rows: Rows,
}

impl Default for Attendance {
    fn default() -> Self {
        Self {
            account: Account::default(),
            rows: Rows::new(Catalog::Attendance),
        }
    }
}

impl Reader for Attendance {
    fn read(&mut self, block: &Block) {
        match self.account.piece(block) {
            Piece::Record(record) if is_report(&record) => {
                let people = record.get("attendanceRecords").and_then(Value::as_array);
                for person in people.into_iter().flatten().filter_map(Value::as_object) {
                    self.person(person, &record, block.first_line);
                }
                self.note_unknown(&record, &OF_MEETING, block.first_line);
            }
            Piece::Record(record) if is_person(&record) => {
                self.person(&record, &Map::new(), block.first_line);
            }
            Piece::Record(_) => self.account.is_no_record(block),
            Piece::Page(page) => self.account.note_next_link(&page, block),
            Piece::Rejected => {}
        }
    }

    fn rows(&self) -> RowCounts {
        self.account.rows
    }

    fn n_bytes(&self) -> usize {
        self.rows.n_bytes()
    }

    fn finish(self: Box<Self>) -> ReadRows {
        let table = self.rows.finish();
        self.account
            .finish(FileKind::Attendance, Content::Records(table))
    }
}

impl Attendance {
    fn person(&mut self, person: &Map<String, Value>, meeting: &Map<String, Value>, line: u64) {
        let stays = person.get("attendanceIntervals").and_then(Value::as_array);
        let stays: Vec<_> = stays
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .collect();
        self.begin("participants", person, meeting, line);
        // Times of the service sort as text: all are UTC in one form.
        let times = |key: &str| {
            stays
                .iter()
                .filter_map(|stay| stay.get(key))
                .filter(|time| time.is_string())
                .collect::<Vec<_>>()
        };
        let first = times("joinDateTime")
            .into_iter()
            .min_by_key(|time| time.as_str());
        let last = times("leaveDateTime")
            .into_iter()
            .max_by_key(|time| time.as_str());
        for (name, time) in [("First Join", first), ("Last Leave", last)] {
            if let Some(time) = time {
                self.set(name, time, line);
            }
        }
        self.note_unknown(person, &OF_PERSON, line);
        for stay in stays {
            self.begin("activities", person, meeting, line);
            self.take(stay, &OF_STAY, line);
            self.note_unknown(stay, &OF_STAY, line);
        }
    }

    /// Begins a row with what is said of the person and the meeting.
    fn begin(
        &mut self,
        section: &str,
        person: &Map<String, Value>,
        meeting: &Map<String, Value>,
        line: u64,
    ) {
        self.rows.begin();
        self.rows.set_text(field("Section"), section);
        self.take(meeting, &OF_MEETING, line);
        let of_section = if section == "participants" {
            &OF_PERSON[..]
        } else {
            &OF_PERSON[..2]
        };
        self.take(person, of_section, line);
        let Some(identity) = person.get("identity").and_then(Value::as_object) else {
            return;
        };
        let of = |key: &str| identity.get(key).and_then(Value::as_str).unwrap_or("");
        // Who dials in has a number for a name: roles see numbers by rules of their own.
        let number = [of("displayName"), of("id")]
            .into_iter()
            .find_map(words::phone);
        if let Some(number) = number {
            self.rows.set_text(field("Phone Number"), &number);
        }
        for (name, words) in [("Name", of("displayName")), ("Participant ID", of("id"))] {
            if words::phone(words).is_none() {
                self.rows.set_text(field(name), words);
            }
        }
    }

    fn take(&mut self, object: &Map<String, Value>, names: &[(&str, &'static str)], line: u64) {
        for (property, name) in names {
            if let Some(value) = object.get(*property) {
                self.set(name, value, line);
            }
        }
    }

    fn set(&mut self, name: &'static str, value: &Value, line: u64) {
        if let Err(code) = self.rows.set(field(name), value) {
            self.account.diagnostics.row(code, line);
        }
    }

    fn note_unknown(&mut self, object: &Map<String, Value>, known: &[(&str, &str)], line: u64) {
        for (property, value) in object {
            if property.ends_with("@odata.nextLink") && !value.is_null() {
                self.account.diagnostics.row(P::MorePages, line);
            }
            let is_known = known.iter().any(|(name, _)| property == name);
            if !is_known && !OTHERS.contains(&property.as_str()) {
                self.account.unknown.note(property);
            }
        }
    }
}

fn field(name: &'static str) -> FieldId {
    Catalog::Attendance.fields().named(name)
}
