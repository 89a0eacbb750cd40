//! Flattens a call record, or a session of one, into rows: one for each media stream.
//!
//! A record nests: call, sessions, segments, media, streams. What is said further in goes before what is
//! said further out, so that the ends of a segment add to those of its session.
//! <https://learn.microsoft.com/graph/api/resources/callrecords-api-overview>

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::properties::{Property, Side, Unknown, property};
use super::rows::Rows;
use crate::engine::fields::{Catalog, FieldId};
use crate::protocol::ProblemCode as P;

/// What became of a record.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Flattened {
    /// It holds sessions with segments, or is a session with segments.
    pub(super) is_expanded: bool,
    /// A list within it is cut off.
    pub(super) is_cut_off: bool,
    /// Sessions or segments go on on another page.
    pub(super) has_more: bool,
}

/// Turns records into rows of a table.
pub(super) struct Flattener<'reader, 'record> {
    /// Where the rows go.
    pub(super) rows: &'reader mut Rows,
    /// Properties that are not known.
    pub(super) unknown: &'reader mut Unknown,
    /// Values that cannot be read.
    pub(super) problems: Vec<P>,
    /// People of the call by id, lower case: participants are often told better than ends.
    directory: BTreeMap<String, &'record Map<String, Value>>,
}

/// The values of a row so far, by column.
type Cells<'record> = Vec<Option<&'record Value>>;

impl<'reader, 'record> Flattener<'reader, 'record> {
    /// A flattener of one record.
    pub(super) fn new(rows: &'reader mut Rows, unknown: &'reader mut Unknown) -> Self {
        Self {
            rows,
            unknown,
            problems: Vec::new(),
            directory: BTreeMap::new(),
        }
    }

    /// Flattens a call record.
    pub(super) fn call(&mut self, record: &'record Map<String, Value>) -> Flattened {
        let mut cells: Cells = vec![None; Catalog::CallRecordInsights.fields().len()];
        self.take(record, "call", Side::Call, &mut cells);
        // The older form first: where both are there, the newer one stands.
        for set in objects(record, "organizer") {
            self.identities(set, Side::Organizer, &mut cells);
        }
        for organizer in objects(record, "organizer_v2") {
            self.take(organizer, "participant", Side::Organizer, &mut cells);
            for set in objects(organizer, "identity") {
                self.identities(set, Side::Organizer, &mut cells);
                self.list_people(set);
            }
        }
        for set in elements(record, "participants") {
            self.list_people(set);
        }
        for participant in elements(record, "participants_v2") {
            for set in objects(participant, "identity") {
                self.list_people(set);
            }
        }
        let mut flattened = Flattened {
            has_more: has_more(record, "sessions"),
            is_cut_off: is_cut_off(record, "sessions"),
            ..Flattened::default()
        };
        for session in elements(record, "sessions") {
            let inner = self.within_session(session, &cells);
            flattened.is_expanded |= inner.is_expanded;
            flattened.is_cut_off |= inner.is_cut_off;
            flattened.has_more |= inner.has_more;
        }
        flattened
    }

    /// Flattens a session that stands by itself.
    pub(super) fn session(&mut self, record: &'record Map<String, Value>) -> Flattened {
        let cells: Cells = vec![None; Catalog::CallRecordInsights.fields().len()];
        self.within_session(record, &cells)
    }

    fn within_session(
        &mut self,
        session: &'record Map<String, Value>,
        outer: &Cells<'record>,
    ) -> Flattened {
        let mut cells = outer.clone();
        self.take(session, "session", Side::Call, &mut cells);
        self.failure_and_ends(session, &mut cells);
        let mut flattened = Flattened {
            is_expanded: session.get("segments").is_some_and(Value::is_array),
            is_cut_off: is_cut_off(session, "segments"),
            has_more: has_more(session, "segments"),
        };
        let n_before = self.rows.n_rows();
        for segment in elements(session, "segments") {
            let mut cells = cells.clone();
            self.take(segment, "segment", Side::Call, &mut cells);
            self.failure_and_ends(segment, &mut cells);
            let n_before = self.rows.n_rows();
            for media in elements(segment, "media") {
                self.media(media, &cells);
                flattened.is_cut_off |= is_cut_off(media, "streams");
            }
            flattened.is_cut_off |= is_cut_off(segment, "media");
            if self.rows.n_rows() == n_before && has_failed(segment) {
                self.push(&cells);
            }
        }
        // A session that failed has no media; it is the reason why somebody looks, and is kept as a row.
        if self.rows.n_rows() == n_before && has_failed(session) {
            self.push(&cells);
        }
        flattened
    }

    fn failure_and_ends(&mut self, part: &'record Map<String, Value>, cells: &mut Cells<'record>) {
        for failure in objects(part, "failureInfo") {
            self.take(failure, "failure", Side::Call, cells);
        }
        for (property, side) in [("caller", Side::Caller), ("callee", Side::Callee)] {
            for endpoint in objects(part, property) {
                self.endpoint(endpoint, side, cells);
            }
        }
    }

    fn endpoint(
        &mut self,
        endpoint: &'record Map<String, Value>,
        side: Side,
        cells: &mut Cells<'record>,
    ) {
        self.take(endpoint, "endpoint", side, cells);
        for agent in objects(endpoint, "userAgent") {
            self.take(agent, "agent", side, cells);
        }
        for feedback in objects(endpoint, "feedback") {
            self.take(feedback, "feedback", side, cells);
        }
        let sets: Vec<_> = objects(endpoint, "identity").collect();
        let ends: Vec<_> = objects(endpoint, "associatedIdentity").collect();
        let ids = sets.iter().flat_map(|set| people(set)).map(|(_, one)| one);
        let ids = ids.chain(ends.iter().copied()).filter_map(id_of);
        for known in ids
            .filter_map(|id| self.directory.get(&id).copied())
            .collect::<Vec<_>>()
        {
            self.take(known, "associated", side, cells);
        }
        for set in sets {
            self.identities(set, side, cells);
        }
        for end in ends {
            self.take(end, "associated", side, cells);
        }
    }

    fn identities(
        &mut self,
        set: &'record Map<String, Value>,
        side: Side,
        cells: &mut Cells<'record>,
    ) {
        self.take(set, "identities", side, cells);
        for (object, identity) in people(set) {
            self.take(identity, object, side, cells);
        }
    }

    fn list_people(&mut self, set: &'record Map<String, Value>) {
        for (_, identity) in people(set) {
            let says_name = identity
                .get("userPrincipalName")
                .is_some_and(Value::is_string);
            if let Some(id) = id_of(identity)
                && says_name
            {
                self.directory.insert(id, identity);
            }
        }
    }

    fn media(&mut self, media: &'record Map<String, Value>, outer: &Cells<'record>) {
        let mut cells = outer.clone();
        self.take(media, "media", Side::Call, &mut cells);
        for (property, object, side) in [
            ("callerNetwork", "network", Side::Caller),
            ("calleeNetwork", "network", Side::Callee),
            ("callerDevice", "device", Side::Caller),
            ("calleeDevice", "device", Side::Callee),
        ] {
            for part in objects(media, property) {
                self.take(part, object, side, &mut cells);
            }
        }
        for stream in elements(media, "streams") {
            let mut cells = cells.clone();
            self.take(stream, "stream", Side::Call, &mut cells);
            self.push(&cells);
        }
    }

    /// Takes the values of an object into the row.
    fn take(
        &mut self,
        object: &'record Map<String, Value>,
        kind: &'static str,
        side: Side,
        cells: &mut Cells<'record>,
    ) {
        for (name, value) in object {
            match property(kind, side, name) {
                Property::Unknown => self.unknown.note(name),
                Property::Column(field) if !value.is_null() => cells[field.idx()] = Some(value),
                Property::Column(_) | Property::NoColumn => {}
            }
        }
    }

    fn push(&mut self, cells: &Cells) {
        self.rows.begin();
        for (field, _) in Catalog::CallRecordInsights.fields().iter() {
            if let Some(value) = cells[field.idx()]
                && let Err(code) = self.rows.set(field, value)
            {
                self.problems.push(code);
            }
        }
    }
}

/// The field of a column of the table.
pub(super) fn field(name: &'static str) -> FieldId {
    Catalog::CallRecordInsights.fields().named(name)
}

/// Whether a session or a segment failed.
fn has_failed(part: &Map<String, Value>) -> bool {
    let says = |value: &Value| value.as_str().is_some_and(|word| !word.is_empty());
    objects(part, "failureInfo").any(|failure| {
        failure.get("stage").is_some_and(says) || failure.get("reason").is_some_and(says)
    })
}

/// Whether a list is cut off: where PowerShell goes no deeper, it writes names of types instead of objects.
fn is_cut_off(object: &Map<String, Value>, list: &str) -> bool {
    match object.get(list) {
        None | Some(Value::Null) => false,
        Some(Value::Array(list)) => !list.iter().all(Value::is_object),
        Some(_) => true,
    }
}

fn has_more(object: &Map<String, Value>, list: &str) -> bool {
    let link = object.get(&format!("{list}@odata.nextLink"));
    link.is_some_and(|link| !link.is_null())
}

fn id_of(identity: &Map<String, Value>) -> Option<String> {
    Some(identity.get("id")?.as_str()?.to_lowercase())
}

/// The identities of a set that are there, each with the name of its kind in the table of properties.
fn people(set: &Map<String, Value>) -> impl Iterator<Item = (&'static str, &Map<String, Value>)> {
    const KINDS: [(&str, &str); 12] = [
        ("user", "identity user"),
        ("guest", "identity guest"),
        ("phone", "identity phone"),
        ("applicationInstance", "identity applicationInstance"),
        ("application", "identity application"),
        ("onPremises", "identity onPremises"),
        ("encrypted", "identity encrypted"),
        ("acsUser", "identity acsUser"),
        (
            "azureCommunicationServicesUser",
            "identity azureCommunicationServicesUser",
        ),
        ("spoolUser", "identity spoolUser"),
        ("acsApplicationInstance", "identity acsApplicationInstance"),
        (
            "spoolApplicationInstance",
            "identity spoolApplicationInstance",
        ),
    ];
    let all = KINDS.into_iter();
    all.filter_map(|(property, object)| Some((object, set.get(property)?.as_object()?)))
}

/// The object under a key, if there is one.
fn objects<'record>(
    object: &'record Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = &'record Map<String, Value>> + use<'record> {
    object.get(key).and_then(Value::as_object).into_iter()
}

/// The objects of the array under a key.
fn elements<'record>(
    object: &'record Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = &'record Map<String, Value>> + use<'record> {
    let array = object.get(key).and_then(Value::as_array);
    array.into_iter().flatten().filter_map(Value::as_object)
}
