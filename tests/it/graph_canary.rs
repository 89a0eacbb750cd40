//! Canaries in call records: a mark in every personal property; no mark reaches a role that may not see it.

use callscope::engine::fields::{Catalog, Sensitivity};
use callscope::engine::redact::{Show, show};
use callscope::protocol::Role;
use serde_json::{Map, Value, json};

use crate::files::session_of;
use crate::redaction::{ROLES, everything_told, holds};

/// So many calls: eighteen people at one site, six at another.
const N_CALLS: usize = 24;

/// A mark and the class of what it gives away.
struct Mark {
    sensitivity: Sensitivity,
    text: String,
}

/// Marks the personal properties of objects, one call after the other.
#[derive(Default)]
struct Marker {
    call: usize,
    marks: Vec<Mark>,
}

impl Marker {
    /// An object of this kind with a mark in each property that is not open.
    fn object(&mut self, kind: &str, side: &str) -> Map<String, Value> {
        let flat = Catalog::CallRecordInsights.fields();
        let lines = include_str!("../../src/engine/formats/graph/properties.tsv").lines();
        let mut object = Map::new();
        for line in lines.skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [of, property, column] = cells[..] else {
                panic!("three cells are expected in {line}");
            };
            let Some(field) = flat.id_of(&column.replace('*', side)) else {
                continue;
            };
            let field = (field.idx(), flat.get(field));
            if of == kind && field.1.sensitivity != Sensitivity::Open {
                let mark = self.mark(field.0, property, field.1.sensitivity);
                object.insert(property.to_owned(), mark);
            }
        }
        object
    }

    fn mark(&mut self, idx: usize, property: &str, sensitivity: Sensitivity) -> Value {
        let call = self.call;
        let site = if call < 18 { 1 + call } else { 128 + call };
        let text = match property {
            _ if sensitivity == Sensitivity::Phone => format!("+1555{call:03}{idx:04}"),
            "ipAddress" => format!("10.200.{site}.{}", 100 + idx % 100),
            "subnet" => format!("10.200.{site}.0"),
            "reflexiveIPAddress" | "relayIPAddress" => {
                format!("203.0.{}.{}", call + 100 * (idx % 2), 100 + idx % 100)
            }
            "port"
            | "relayPort"
            | "wifiChannel"
            | "cpuCoresCount"
            | "cpuProcessorSpeedInMhz"
            | "wifiBatteryCharge" => {
                // A number, long enough to be found again.
                let number = 710_000_000 + call * 1000 + idx;
                self.marks.push(Mark {
                    sensitivity,
                    text: number.to_string(),
                });
                return json!(number);
            }
            _ => format!("Secret{call}f{idx}x"),
        };
        self.marks.push(Mark {
            sensitivity,
            text: text.clone(),
        });
        json!(text)
    }

    /// Somebody's identity in all its forms; a telephone in place of them for every fourth call.
    fn endpoint(&mut self, side: &str) -> Value {
        let mut endpoint = self.object("endpoint", side);
        endpoint.insert(
            "userAgent".to_owned(),
            Value::Object(self.object("agent", side)),
        );
        endpoint.insert(
            "feedback".to_owned(),
            Value::Object(self.object("feedback", side)),
        );
        let mut associated = self.object("associated", side);
        let mut set = Map::new();
        let kinds = [
            "user",
            "guest",
            "onPremises",
            "encrypted",
            "acsUser",
            "spoolUser",
            "applicationInstance",
        ];
        if side == "Caller" && self.call % 4 == 1 {
            set.insert(
                "phone".to_owned(),
                Value::Object(self.object("identity phone", side)),
            );
            // Here the number stands where ids of people stand otherwise.
            let number = self.mark(9000, "id", Sensitivity::Phone);
            associated.insert("id".to_owned(), number.clone());
            associated.insert("displayName".to_owned(), number);
            associated.remove("userPrincipalName");
        } else {
            for kind in kinds {
                set.insert(
                    kind.to_owned(),
                    Value::Object(self.object(&format!("identity {kind}"), side)),
                );
            }
        }
        endpoint.insert("identity".to_owned(), Value::Object(set));
        endpoint.insert("associatedIdentity".to_owned(), Value::Object(associated));
        Value::Object(endpoint)
    }

    fn call(&mut self) -> Value {
        let mut call = self.object("call", "");
        let mut organizer = self.object("participant", "Organizer");
        let user = self.object("identity user", "Organizer");
        organizer.insert("identity".to_owned(), json!({"user": user}));
        let unit = self.mark(9001, "id", Sensitivity::Identifier);
        organizer.insert("administrativeUnitInfos".to_owned(), json!([{"id": unit}]));
        let (calling, called) = (self.endpoint("Caller"), self.endpoint("Callee"));
        let mut media = self.object("media", "");
        for (property, kind, side) in [
            ("callerNetwork", "network", "Caller"),
            ("calleeNetwork", "network", "Callee"),
            ("callerDevice", "device", "Caller"),
            ("calleeDevice", "device", "Callee"),
        ] {
            let mut part = self.object(kind, side);
            if kind == "network" {
                let hop = self.mark(9002, "ipAddress", Sensitivity::Address);
                part.insert(
                    "traceRouteHops".to_owned(),
                    json!([{"hopCount": 1, "ipAddress": hop}]),
                );
            }
            media.insert(property.to_owned(), Value::Object(part));
        }
        media.insert("label".to_owned(), json!("main-audio"));
        let mut stream = self.object("stream", "");
        for (property, value) in [
            ("streamDirection", json!("callerToCallee")),
            ("averageJitter", json!("PT0.031S")),
            ("averageRoundTripTime", json!("PT0.02S")),
            ("packetUtilization", json!(1000)),
        ] {
            stream.insert(property.to_owned(), value);
        }
        media.insert("streams".to_owned(), json!([stream]));
        let mut session = self.object("session", "");
        for (property, value) in [
            ("startDateTime", json!("2026-03-02T09:00:00Z")),
            ("endDateTime", json!("2026-03-02T09:10:00Z")),
            ("caller", calling.clone()),
            ("callee", called.clone()),
            (
                "segments",
                json!([{"caller": calling, "callee": called, "media": [media]}]),
            ),
        ] {
            session.insert(property.to_owned(), value);
        }
        for (property, value) in [
            ("version", json!(1)),
            ("type", json!("peerToPeer")),
            ("modalities", json!(["audio"])),
            ("organizer_v2", Value::Object(organizer.clone())),
            ("participants_v2", json!([organizer])),
            ("organizer", json!({"user": user})),
            ("sessions", json!([session])),
            (&format!("SecretProperty{}", self.call), json!(1)),
        ] {
            call.insert(property.to_owned(), value);
        }
        Value::Object(call)
    }
}

fn files() -> (Vec<(String, Vec<u8>)>, Vec<Mark>) {
    let mut marker = Marker::default();
    let mut calls = Vec::new();
    for call in 0..N_CALLS {
        marker.call = call;
        calls.push(marker.call());
    }
    calls.push(json!({"id": "SecretOfNoCall", "name": "SecretOfNoCall"}));
    let page = json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('SecretContext')",
        "value": calls,
        "@odata.nextLink": "https://graph.microsoft.com/SecretLink",
    });
    let buildings = "10.200.0.0,Net,17,Large Site,,,,City,,,,,1,0,0\n10.200.128.0,Net,17,Small Site,,,,City,,,,,1,0,0\n";
    let files = [
        ("buildings.csv", buildings.to_owned()),
        ("calls.json", page.to_string()),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    (files.to_vec(), marker.marks)
}

#[test]
fn no_mark_of_a_call_record_reaches_a_role_that_may_not_see_it() {
    let (files, marks) = files();
    for role in ROLES {
        let mut session = session_of(&files, role, usize::MAX);
        let hidden: Vec<_> = marks
            .iter()
            .filter(|mark| show(role, mark.sensitivity) != Show::Plain)
            .collect();
        assert_eq!(hidden.is_empty(), role == Role::Administrator);
        for (request, text) in everything_told(&mut session) {
            assert!(
                !text.contains("SecretContext") && !text.contains("SecretLink"),
                "{role:?} {request}"
            );
            assert!(
                role == Role::Administrator || !text.contains("SecretOfNoCall"),
                "{role:?} {request}"
            );
            assert!(
                role > Role::Specialist || !text.contains("SecretProperty"),
                "{request}"
            );
            for mark in &hidden {
                assert!(
                    !holds(&text, &mark.text),
                    "{role:?} sees {} by {request}",
                    mark.text
                );
            }
        }
    }
}

#[test]
fn marks_of_call_records_reach_those_who_may_see_them() {
    let (files, marks) = files();
    for role in [Role::Engineer, Role::Administrator] {
        let mut session = session_of(&files, role, usize::MAX);
        let told = everything_told(&mut session);
        for class in [Sensitivity::Person, Sensitivity::Address] {
            let mut of_class = marks.iter().filter(|mark| mark.sensitivity == class);
            assert!(
                of_class.any(|mark| told.iter().any(|(_, text)| holds(text, &mark.text))),
                "{role:?} sees nothing of {class:?}"
            );
        }
        let sees_rejected = told.iter().any(|(_, text)| text.contains("SecretOfNoCall"));
        assert_eq!(sees_rejected, role == Role::Administrator);
        let mut numbers = marks
            .iter()
            .filter(|mark| mark.sensitivity == Sensitivity::Phone);
        let sees_number = numbers.any(|mark| told.iter().any(|(_, text)| holds(text, &mark.text)));
        assert_eq!(sees_number, role == Role::Administrator);
    }
}
