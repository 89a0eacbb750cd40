//! Call records and other JSON of Microsoft Graph: every field of every stream, and what follows from them.

use std::fs;
use std::path::{Path, PathBuf};

use callscope::engine::fields::{Catalog, fields};
use callscope::engine::formats::{Content, Intake, Loaded};
use callscope::engine::model::column::{Column, NO_TIME};
use callscope::engine::model::table::Table;
use callscope::protocol::{Choices, FileKind, ReadSettings, Role};
use expect_test::{expect, expect_file};
use proptest::prelude::*;

use crate::files::{buildings_table, complaints, session_of};

/// Reads a file in slices.
fn load(bytes: &[u8], slice_bytes: usize) -> Loaded {
    let mut intake = Intake::new(ReadSettings::default());
    for slice in bytes.chunks(slice_bytes) {
        intake.feed(slice);
    }
    intake.finish().expect("the file is recognized")
}

/// All that a table says, a line a cell.
fn told(table: &Table, catalog: Catalog) -> String {
    let mut text = String::new();
    for row in 0..table.n_rows {
        text += &format!("row {row}\n");
        for (field, column) in &table.columns {
            let cell = match column {
                Column::Text(column) => column.words(row),
                Column::Number(values) => Some(values.get(row))
                    .filter(|value| !value.is_nan())
                    .map(|value| value.to_string()),
                Column::Time(times) => Some(times[row])
                    .filter(|time| *time != NO_TIME)
                    .map(|time| format!("{time} ms")),
            };
            if let Some(cell) = cell {
                let name = catalog.fields().get(*field).name;
                text += &format!("  {name}: {}\n", cell.escape_debug());
            }
        }
    }
    text
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/graph")
        .join(name)
}

fn told_of(path: &Path) -> String {
    let loaded = load(
        &fs::read(path).expect("the fixture can be read"),
        usize::MAX,
    );
    match &loaded.result.content {
        Content::Streams(streams) => told(streams, Catalog::Cqd),
        Content::Records(table) => {
            let catalog = match loaded.result.kind {
                FileKind::CallingPlans => Catalog::CallingPlans,
                FileKind::DirectRouting => Catalog::DirectRouting,
                _ => Catalog::Attendance,
            };
            told(table, catalog)
        }
        _ => panic!("neither streams nor records"),
    }
}

#[test]
fn every_field_of_a_fixture_is_as_the_text_beside_it_says() {
    for name in [
        "official/call-expanded.json",
        "official/call-record-insights-test-data.json",
        "official/calling-plans.json",
        "official/direct-routing.json",
        "third-party/attendance-report.json",
        "made/meeting-page-with-next-link.json",
        "made/p2p-phone-failed.json",
        "made/unknown-words-and-older-identities.json",
        "made/hostile-strings.json",
        "made/direct-routing-failed.json",
        "made/call-record-insights.csv",
    ] {
        let path = fixture(name);
        let expected = PathBuf::from(format!("{}.rows.expected", path.display()));
        expect_file![expected].assert_eq(&told_of(&path));
    }
}

#[test]
fn of_two_properties_that_are_one_field_the_first_one_stands() {
    let text = fs::read_to_string(fixture("official/direct-routing.json"))
        .expect("the fixture can be read");
    let read = |text: &str| match load(text.as_bytes(), usize::MAX).result.content {
        Content::Records(table) => told(&table, Catalog::DirectRouting),
        _ => panic!("no records"),
    };
    let mut log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for row in log["value"].as_array_mut().expect("rows") {
        row["durationSeconds"] = 7.into();
        row["start_time"] = "2020-01-01T00:00:00Z".into();
        row["user_principal_name"] = "somebody@else".into();
    }
    assert_eq!(read(&log.to_string()), read(&text));
}

#[test]
fn the_newest_version_of_a_call_counts_whatever_their_order() {
    let text =
        fs::read_to_string(fixture("made/several-versions.json")).expect("the fixture can be read");
    let mut records: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
    let mut readings = Vec::new();
    for _ in 0..records.len() {
        records.rotate_left(1);
        let text = serde_json::Value::from(records.clone()).to_string();
        let loaded = load(text.as_bytes(), 1000);
        let Content::Streams(streams) = &loaded.result.content else {
            panic!("not streams");
        };
        readings.push((
            told(streams, Catalog::Cqd),
            loaded.result.calls.clone(),
            loaded.result.rows,
        ));
    }
    assert!(readings.iter().all(|reading| *reading == readings[0]));
    let (_, calls, rows) = &readings[0];
    assert_eq!((rows.used, rows.duplicates), (1, 3));
    assert_eq!(calls.len(), 1);
    assert_eq!(
        (calls[0].id.as_str(), calls[0].version),
        ("c0000000-0000-4000-8000-000000000001", 3)
    );
}

#[test]
fn calls_without_streams_are_known_too() {
    let bytes = fs::read(fixture("third-party/list.json")).expect("the fixture can be read");
    let calls = load(&bytes, usize::MAX).result.calls;
    expect![[r#"
        [
            CallVersion {
                id: "145ae53b-7781-47c4-a5f7-b0e043012624",
                is_expanded: false,
                version: 1,
                start_ms: Some(
                    1748539640428,
                ),
                end_ms: Some(
                    1748540240428,
                ),
            },
        ]
    "#]]
    .assert_debug_eq(&calls);
}

#[test]
fn what_a_column_gives_away_is_what_its_field_of_the_dashboard_gives_away() {
    let flat = Catalog::CallRecordInsights.fields();
    for line in include_str!("../../src/engine/formats/graph/streams.tsv")
        .lines()
        .skip(1)
    {
        let cells: Vec<&str> = line.split('\t').collect();
        let dashboard = fields()
            .id_of(&cells[1].replace('*', "Second"))
            .expect("a field");
        let class = fields().get(dashboard).sensitivity;
        for column in cells[0].split('|') {
            let name = column.replace('*', "Callee");
            let id = flat.id_of(&name).expect("a column");
            // Ids that may be telephone numbers are told apart by what they look like.
            if cells[2] != "phone" {
                assert_eq!(flat.get(id).sensitivity, class, "{name} and {}", cells[1]);
            }
        }
    }
}

#[test]
fn both_ends_of_a_column_are_alike() {
    let flat = Catalog::CallRecordInsights.fields();
    for (_, caller) in flat
        .iter()
        .filter(|(_, field)| field.name.starts_with("Caller_"))
    {
        let id = flat
            .id_of(&caller.name.replace("Caller_", "Callee_"))
            .expect("both ends have it");
        let callee = flat.get(id);
        assert_eq!(
            (caller.shape, caller.unit, caller.sensitivity),
            (callee.shape, callee.unit, callee.sensitivity),
            "{}",
            caller.name
        );
    }
}

/// What became of a file, and that no record is lost.
fn account(bytes: &[u8], slice_bytes: usize) -> String {
    let mut session = session_of(
        &[("x.json".to_owned(), bytes.to_vec())],
        Role::Administrator,
        slice_bytes,
    );
    let card = session.cards().remove(0);
    let rows = card.rows;
    assert_eq!(
        rows.read,
        rows.used + rows.duplicates + rows.rejected + rows.blank
    );
    format!(
        "{:?} {:?} {rows:?}\n{}",
        card.kind,
        card.state,
        complaints(&card)
    )
}

proptest! {
    /// Records as they come from the service, with some bytes wrong, in random slices.
    #[test]
    fn no_wrong_byte_breaks_the_reader_and_no_record_is_lost(
        name in prop::sample::select(vec![
            "official/call-expanded.json",
            "official/calling-plans.json",
            "third-party/attendance-report.json",
            "third-party/meeting-with-nulls.json",
            "made/several-versions.json",
            "made/p2p-phone-failed.json",
            "made/json-lines-one-cut-off.jsonl",
        ]),
        wrong in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(b"{}[]\",:\\\n 0aTn-\x00\xff\xc3".to_vec())),
            0..6,
        ),
        end in any::<prop::sample::Index>(),
        slice_bytes in 1usize..5000,
    ) {
        let mut bytes = fs::read(fixture(name)).expect("the fixture can be read");
        for (at, byte) in wrong {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.index(bytes.len() * 2).max(1));
        prop_assert_eq!(account(&bytes, slice_bytes), account(&bytes, usize::MAX));
    }
}

#[test]
fn a_record_longer_than_a_head_is_recognized_all_the_same() {
    let text = fs::read_to_string(fixture("official/call-expanded.json")).expect("the fixture");
    let long = text.replace("Abbie Wilkins", &"A".repeat(200_000));
    let loaded = load(long.as_bytes(), 4096);
    assert_eq!(loaded.result.kind, FileKind::CallRecords);
    assert_eq!(loaded.result.rows.used, 1);
}

#[test]
fn objects_of_powershell_are_read_as_the_answer_of_the_service_is() {
    let of = |name| told_of(&fixture(name));
    assert_eq!(
        of("made/powershell-objects.json"),
        of("official/call-expanded.json")
    );
}

#[test]
fn the_same_call_in_two_files_counts_once() {
    let text = fs::read(fixture("official/call-expanded.json")).expect("the fixture");
    let mut newer: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    newer["version"] = 2.into();
    newer["sessions"][0]["segments"][0]["media"][0]["streams"][1]["averageJitter"] =
        "PT0.099S".into();
    let mut files = vec![
        ("old.json".to_owned(), text),
        ("new.json".to_owned(), newer.to_string().into_bytes()),
    ];
    for _ in 0..2 {
        files.reverse();
        let mut session = session_of(&files, Role::Administrator, usize::MAX);
        let table = buildings_table(&mut session, Choices::default(), &["streams", "poor"]);
        assert_eq!(table, "2 | 1\n");
        for card in session.cards() {
            let rows = card.rows;
            assert_eq!(
                rows.read,
                rows.used + rows.duplicates + rows.rejected + rows.blank
            );
        }
    }
}

#[test]
fn calls_meet_their_buildings_and_people() {
    let calls = fs::read(fixture("made/meeting-page-with-next-link.json")).expect("the fixture");
    let buildings = "10.20.30.0,Net,24,Oslo,,,,Oslo,,NO,,North,1,0,0\n";
    let files = [
        ("buildings.csv".to_owned(), buildings.as_bytes().to_vec()),
        ("calls.json".to_owned(), calls),
    ];
    let mut session = session_of(&files, Role::Administrator, usize::MAX);
    let columns = [
        "building",
        "streams",
        "good",
        "poor",
        "mean_jitter_ms",
        "people",
    ];
    let table = buildings_table(&mut session, Choices::default(), &columns);
    assert_eq!(table, "Oslo | 4 | 2 | 2 | 15 | 2\n");
}

/// A call of sessions, each of which has one stream at one address of 10.20.30.0/24.
fn call_of(sessions: &[u32]) -> serde_json::Value {
    serde_json::json!({
        "id": "c0000000-0000-4000-8000-000000000001", "version": 1, "type": "groupCall",
        "startDateTime": "2026-10-01T08:00:00Z", "endDateTime": "2026-10-01T09:00:00Z",
        "sessions": sessions.iter().map(|no| session_no(*no)).collect::<Vec<_>>(),
    })
}

/// A call whose only session failed, and has no segments.
fn call_that_failed() -> serde_json::Value {
    let mut call = call_of(&[1]);
    let session = &mut call["sessions"][0];
    session["failureInfo"] = serde_json::json!({"stage": "midcall", "reason": "lost"});
    session
        .as_object_mut()
        .expect("a session")
        .remove("segments");
    call
}

fn session_no(no: u32) -> serde_json::Value {
    serde_json::json!({
        "id": format!("50000000-0000-4000-8000-{no:012}"),
        "caller": {"@odata.type": "#microsoft.graph.callRecords.participantEndpoint",
            "associatedIdentity": {"id": format!("a0000000-0000-4000-8000-{no:012}")}},
        "callee": {"@odata.type": "#microsoft.graph.callRecords.serviceEndpoint"},
        "modalities": ["audio"],
        "segments": [{"media": [{
            "label": "main-audio",
            "callerNetwork": {"ipAddress": format!("10.20.30.{no}"), "subnet": "10.20.30.0"},
            "streams": [{"streamDirection": "callerToCallee", "averageJitter": "PT0.004S",
                "startDateTime": "2026-10-01T08:00:00Z", "endDateTime": "2026-10-01T09:00:00Z",
                "packetUtilization": 9000}],
        }]}],
    })
}

fn page_of(sessions: &[u32]) -> serde_json::Value {
    serde_json::json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#communications/callRecords\
            ('c0000000-0000-4000-8000-000000000001')/sessions(segments())",
        "value": sessions.iter().map(|no| session_no(*no)).collect::<Vec<_>>(),
    })
}

/// How many streams count of these files, in whatever order they come, and of each file the records that are used.
fn counted(files: &[serde_json::Value]) -> (u64, Vec<u64>) {
    let mut answers = Vec::new();
    for by in 0..files.len() {
        let mut files: Vec<(String, Vec<u8>)> = (0..)
            .zip(files)
            .map(|(no, text): (usize, _)| (format!("{no}.json"), text.to_string().into_bytes()))
            .collect();
        files.rotate_left(by);
        let mut session = session_of(&files, Role::Administrator, usize::MAX);
        let table = buildings_table(&mut session, Choices::default(), &["streams"]);
        let mut used: Vec<(String, u64)> = Vec::new();
        for card in session.cards() {
            let rows = card.rows;
            assert_eq!(
                rows.read,
                rows.used + rows.duplicates + rows.rejected + rows.blank
            );
            used.push((card.name, rows.used));
        }
        used.sort();
        let n_streams = table.trim().parse().expect("one group of streams");
        answers.push((n_streams, used.into_iter().map(|(_, used)| used).collect()));
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    answers.remove(0)
}

#[test]
fn sessions_of_a_call_count_once_on_whatever_pages_and_in_whatever_files_they_are() {
    let (call, rest) = (call_of(&[1, 2, 3]), page_of(&[4, 5]));
    assert_eq!(counted(&[call.clone(), rest.clone()]), (5, vec![1, 2]));
    assert_eq!(
        counted(&[page_of(&[1, 2, 3]), rest.clone()]),
        (5, vec![3, 2])
    );
    assert_eq!(
        counted(&[call.clone(), page_of(&[2, 3, 4])]),
        (4, vec![1, 1])
    );
    assert_eq!(
        counted(&[call.clone(), page_of(&[1, 2, 3])]),
        (3, vec![1, 0])
    );
    let mut newer = call_of(&[1]);
    newer["version"] = 2.into();
    assert_eq!(counted(&[call.clone(), newer.clone()]), (3, vec![1, 1]));
    assert_eq!(counted(&[call_of(&[1]), newer.clone()]), (1, vec![0, 1]));
    // In one file.
    let versions = serde_json::json!([call, newer]);
    assert_eq!(counted(&[versions]), (3, vec![2]));
    let all = serde_json::json!([call, page_of(&[2, 3, 4]), rest]);
    assert_eq!(counted(&[all]), (5, vec![3]));
}

#[test]
fn calls_whose_sessions_are_not_named_are_compared_as_a_whole() {
    let named = call_of(&[1, 2, 3]);
    let mut bare = named.clone();
    bare["version"] = 2.into();
    for session in bare["sessions"].as_array_mut().expect("sessions") {
        session.as_object_mut().expect("a session").remove("id");
    }
    assert_eq!(counted(&[named, bare.clone()]), (3, vec![0, 1]));
    let bare_page = serde_json::json!({
        "@odata.context": page_of(&[])["@odata.context"],
        "value": bare["sessions"],
    });
    assert_eq!(counted(&[bare_page]).0, 3);
}

#[test]
fn a_call_that_failed_counts_once_beside_its_list_of_sessions() {
    let bare = call_that_failed();
    let page = page_of(&[1, 2]);
    assert_eq!(counted(&[bare.clone(), page.clone()]).0, 2);
    assert_eq!(counted(&[serde_json::json!([bare, page])]).0, 2);
}

#[test]
fn a_record_that_was_cut_off_takes_nothing_from_a_whole_one_and_says_so() {
    let whole = call_of(&[1, 2]);
    let name = "Microsoft.Graph.PowerShell.Models.MicrosoftGraphCallRecordsMedia";
    for list in ["segments", "media", "streams"] {
        let mut cut = whole.clone();
        for session in cut["sessions"].as_array_mut().expect("sessions") {
            let segment = &mut session["segments"][0];
            match list {
                "segments" => session["segments"] = serde_json::json!([name]),
                "media" => segment["media"] = serde_json::json!([name]),
                _ => segment["media"][0]["streams"] = serde_json::json!([name]),
            }
        }
        // Of what has no media nothing can be seen to be cut off.
        cut["sessions"][1]["segments"] = serde_json::json!([{"media": []}]);
        assert_eq!(counted(&[cut.clone(), whole.clone()]).0, 2, "{list}");
        assert_eq!(counted(&[serde_json::json!([cut, whole])]).0, 2, "{list}");
        let told = account(cut.to_string().as_bytes(), 1000);
        assert!(told.contains("NotExpanded"), "{list}: {told}");
    }
}

#[test]
fn an_element_that_cannot_be_read_takes_the_call_from_no_page() {
    let (page, later) = (page_of(&[1, 2]), page_of(&[3]));
    let deep = ("[".repeat(80) + &"]".repeat(80), "JsonTooDeep");
    for (element, code) in [deep, ("[{]".to_owned(), "BadJson")] {
        let broken = page.to_string().replacen('[', &format!("[{element},"), 1);
        // The service writes the context first, others may write it last.
        let last = format!(
            r#"{{"value":{},"@odata.context":{}}}"#,
            later["value"], later["@odata.context"]
        );
        for files in [
            format!("{broken}\n{later}"),
            format!("[{broken},{last},{broken}]"),
        ] {
            let told = account(files.as_bytes(), 1000);
            assert!(told.contains(code), "{told}");
            assert!(!told.contains("CallUnknown"), "{told}");
        }
    }
}

#[test]
fn text_messages_are_no_telephone_calls() {
    let message = serde_json::json!({"value": [{
        "id": "9c4984c7-6c3c-427d-a30c-bd0b2eacee90", "smsId": "1835317186", "smsType": "outbound",
        "sentDateTime": "2026-10-01T08:00:00Z", "licenseCapability": "MCOPSTN2", "userPrincipalName": "ada@contoso.com",
        "callCharge": 0.01, "currency": "USD", "tenantCountryCode": "US",
    }]});
    let told = account(message.to_string().as_bytes(), 1000);
    assert!(told.starts_with("None Failed"), "{told}");
}

#[test]
fn sessions_without_a_call_and_links_within_records_are_said() {
    let bare = serde_json::json!([session_no(1), session_no(2)]).to_string();
    let told = account(bare.as_bytes(), 1000);
    assert!(told.contains("CallUnknown line 1"), "{told}");
    let told = account(page_of(&[1, 2]).to_string().as_bytes(), 1000);
    assert!(!told.contains("CallUnknown"), "{told}");
    let mut report = serde_json::json!({
        "id": "r", "totalParticipantCount": 1, "meetingStartDateTime": "2026-10-01T08:00:00Z",
        "attendanceRecords": [{"emailAddress": "ada@contoso.com", "totalAttendanceInSeconds": 60,
            "attendanceIntervals": []}],
        "attendanceRecords@odata.nextLink": null,
    });
    let told = account(report.to_string().as_bytes(), 1000);
    assert!(told.starts_with("Some(Attendance) Ready"), "{told}");
    assert!(!told.contains("MorePages"), "{told}");
    report["attendanceRecords@odata.nextLink"] = "https://graph.microsoft.com/x".into();
    let told = account(report.to_string().as_bytes(), 1000);
    assert!(told.contains("MorePages line 1"), "{told}");
}

#[test]
fn a_record_without_its_streams_takes_none_from_the_table_of_call_record_insights() {
    let insights = fs::read(fixture("made/call-record-insights.csv")).expect("the fixture");
    let n_streams = |files: &[(String, Vec<u8>)]| -> u64 {
        let mut session = session_of(files, Role::Administrator, usize::MAX);
        let table = buildings_table(&mut session, Choices::default(), &["streams"]);
        table.trim().parse().expect("one group of streams")
    };
    let table = ("insights.csv".to_owned(), insights);
    let record = |call: serde_json::Value| ("call.json".to_owned(), call.to_string().into_bytes());
    let n_alone = n_streams(std::slice::from_ref(&table));
    assert!(n_alone > 1);
    assert_eq!(
        n_streams(&[table.clone(), record(call_that_failed())]),
        n_alone + 1
    );
    assert_eq!(n_streams(&[table, record(call_of(&[1]))]), 1);
}
