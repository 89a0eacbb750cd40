//! Exports other than streams: what their cells are read as.

mod attendance;
mod recognition;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use callscope::engine::fields::Catalog;
use callscope::engine::formats::{Content, Intake, Loaded};
use callscope::engine::model::{column::Column, column::NO_TIME, table::Table};
use callscope::protocol::{FileKind, ReadSettings, Role};
use expect_test::{Expect, expect};

use crate::files::{accounted, complaints, session};

fn intake(bytes: &[u8], settings: ReadSettings, slice_bytes: usize) -> Option<Loaded> {
    let mut intake = Intake::new(settings);
    for slice in bytes.chunks(slice_bytes) {
        intake.feed(slice);
    }
    intake.finish().ok()
}

fn load(bytes: &[u8]) -> Loaded {
    intake(bytes, ReadSettings::default(), usize::MAX).expect("the file is recognized")
}

fn fixture(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fs::read(root.join(path)).expect("the fixture can be read")
}

fn catalog(kind: FileKind) -> Catalog {
    match kind {
        FileKind::Endpoints => Catalog::Endpoints,
        FileKind::AccessPoints => Catalog::AccessPoints,
        FileKind::CallingPlans => Catalog::CallingPlans,
        FileKind::DirectRouting => Catalog::DirectRouting,
        FileKind::UserActivity => Catalog::UserActivity,
        FileKind::DeviceUsage => Catalog::DeviceUsage,
        FileKind::UserActivityCounts => Catalog::UserActivityCounts,
        FileKind::DeviceUsageCounts => Catalog::DeviceUsageCounts,
        FileKind::Attendance => Catalog::Attendance,
        FileKind::AttendanceEvents => Catalog::AttendanceEvents,
        FileKind::Nps => Catalog::Nps,
        kind => panic!("{kind:?} is no table of its own"),
    }
}

fn records(loaded: &Loaded) -> &Table {
    match &loaded.result.content {
        Content::Records(table) => table,
        other => panic!("no records: {other:?}"),
    }
}

/// A cell as text: times as day since 1970 and clock; nothing is a dot.
fn cell(column: &Column, row: usize) -> String {
    match column {
        Column::Text(text) => text.words(row).unwrap_or_else(|| ".".to_owned()),
        Column::Number(values) if values.get(row).is_nan() => ".".to_owned(),
        Column::Number(values) => values.get(row).to_string(),
        Column::Time(times) if times[row] == NO_TIME => ".".to_owned(),
        Column::Time(times) => {
            let seconds = times[row].div_euclid(1000);
            let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            format!("{day}+{hour:02}:{minute:02}:{second:02}")
        }
    }
}

/// Some columns of a file, a line a row.
fn columns(loaded: &Loaded, names: &[&'static str]) -> String {
    let (fields, table) = (catalog(loaded.result.kind).fields(), records(loaded));
    let mut text = String::new();
    for row in 0..table.n_rows {
        let cells: Vec<String> = names
            .iter()
            .map(|name| table.columns.get(&fields.named(name)))
            .map(|column| column.map_or_else(|| "?".to_owned(), |column| cell(column, row)))
            .collect();
        writeln!(text, "{}", cells.join(" | ")).expect("text can be written");
    }
    text
}

fn check(path: &str, names: &[&'static str], expected: &Expect) {
    expected.assert_eq(&columns(&load(&fixture(path)), names));
}

#[test]
fn calls_of_calling_plans_are_read_by_heading() {
    let names = [
        "UPN",
        "Caller ID",
        "Destination Number",
        "Start Time",
        "Duration Seconds",
        "Charge",
        "Currency",
        "Capability",
    ];
    check(
        "calling-plans/made/2025-all-columns.csv",
        &names,
        &expect![[r#"
            ingrid.solberg@contoso.example | +4755501001 | +4755509*** | 20731+07:58:12 | 279 | 0 | NOK | MCOPSTN1
            ingrid.solberg@contoso.example | +4755501001 | +4420794601** | 20731+08:10:00 | 1290 | 2.15 | NOK | MCOPSTN2
            matthias.brandt@contoso.example | +493055501 | +4930555*** | 20731+09:00:00 | 42 | 0 | EUR | MCOPSTN5
            . | +493055502 | +4989555*** | 20731+10:00:03 | 2696 | 0 | EUR | MCOMEETADD
            aa-reception@contoso.example | +493055500 | +49305557*** | 20732+06:30:00 | 60 | 0.12 | EUR | MCOEV_VIRTUALUSER
            elin.ek@contoso.example | +46855501 | +1425555**** | 20732+12:00:00 | 0 | 0 | SEK | MCOPSTN2
        "#]],
    );
    let plain = columns(
        &load(&fixture("calling-plans/made/2025-all-columns.csv")),
        &names,
    );
    let reordered = fixture("calling-plans/made/reordered-semicolons-decimal-comma.csv");
    assert_eq!(columns(&load(&reordered), &names), plain);
    let old = columns(
        &load(&fixture(
            "calling-plans/made/2019-20-columns-tab-delimited.csv",
        )),
        &names,
    );
    assert!(plain.starts_with(&old), "{old}");
}

#[test]
fn failed_calls_of_direct_routing_have_no_end_and_no_complaint() {
    let names = [
        "UPN",
        "Invite time",
        "Start time",
        "Failure time",
        "End time",
        "Duration (seconds)",
        "Success",
        "Caller Number",
        "Callee Number",
        "Final SIP code",
    ];
    check(
        "direct-routing/made/2025-25-columns.csv",
        &names,
        &expect![[r#"
            ingrid.solberg@contoso.example | 20731+07:58:10 | 20731+07:58:15 | . | 20731+08:02:51 | 281 | Yes | +4755509*** | +4755501001 | 0
            ingrid.solberg@contoso.example | 20731+08:10:00 | 20731+08:10:09 | . | 20731+08:31:30 | 1290 | Yes | +4755501001 | +4420794601** | 0
            matthias.brandt@contoso.example | 20731+09:00:00 | . | 20731+09:00:12 | . | 0 | No | +493055501 | +4930555*** | 486
            matthias.brandt@contoso.example | 20731+09:05:00 | . | 20731+09:05:31 | . | 0 | No | Internal Revenue Service | +493055501 | 408
            . | 20731+10:00:00 | 20731+10:00:02 | . | 20731+10:03:02 | 182 | Yes | +493055500 | +493055500 | 0
            elin.ek@contoso.example | 20732+12:00:00 | 20732+12:00:06 | . | 20732+12:01:00 | 60 | Yes | +1001 | +46855509*** | 0
        "#]],
    );
    let plain = columns(
        &load(&fixture("direct-routing/made/2025-25-columns.csv")),
        &names,
    );
    for other in [
        "external-country-26-columns.csv",
        "2020-21-columns-tab-delimited.csv",
    ] {
        let loaded = load(&fixture(&format!("direct-routing/made/{other}")));
        assert_eq!(columns(&loaded, &names), plain, "{other}");
        assert!(
            loaded.result.diagnostics.by_severity().is_empty(),
            "{other}"
        );
    }
}

#[test]
fn usage_is_kept_in_the_units_of_its_fields() {
    check(
        "user-activity/made/2022-33-columns.csv",
        &[
            "User Principal Name",
            "Last Activity Date",
            "Call Count",
            "Audio Duration",
            "Audio Duration In Seconds",
            "Is Licensed",
        ],
        &expect![[r#"
            ingrid.solberg@contoso.example | 20774+00:00:00 | 41 | 91234 | 91234 | Yes
            matthias.brandt@contoso.example | 20758+00:00:00 | 0 | 7260 | 7260 | Yes
            elin.ek@contoso.example | . | 0 | 0 | 0 | Yes
            former.colleague@contoso.example | 20746+00:00:00 | 0 | 0 | 0 | Yes
        "#]],
    );
    check(
        "user-activity/made/admin-center-grid.csv",
        &[
            "Display Name",
            "Call Count",
            "Audio Time",
            "Last Activity Date",
        ],
        &expect![[r#"
            Ingrid Solberg | 41 | 1521 | 20774+00:00:00
            -- | 0 | 0 | 20746+00:00:00
            Matthias Brandt | 0 | 121 | 20758+00:00:00
        "#]],
    );
    check(
        "device-usage/made/2022-16-columns.csv",
        &["User Principal Name", "Used iOS", "Used Chrome OS"],
        &expect![[r#"
            ingrid.solberg@contoso.example | Yes | No
            matthias.brandt@contoso.example | No | Yes
            elin.ek@contoso.example | No | No
        "#]],
    );
    check(
        "user-activity-counts/made/2022-a-week.csv",
        &[
            "Report Date",
            "Calls",
            "Audio Duration",
            "Screen Share Duration",
        ],
        &expect![[r#"
            20768+00:00:00 | 89 | 41400 | 1992
            20769+00:00:00 | 88 | 45000 | 2172
            20770+00:00:00 | 87 | 48600 | 2352
            20771+00:00:00 | 86 | 52200 | 2532
            20772+00:00:00 | 85 | 55800 | 2712
            20773+00:00:00 | 84 | 59400 | 2892
            20774+00:00:00 | 83 | 63000 | 3072
        "#]],
    );
}

#[test]
fn survey_answers_are_scores_with_or_without_words() {
    check(
        "nps/made/survey-tool.csv",
        &["Score", "Comment", "Date"],
        &expect![[r#"
            9 | Good sound | 20749+09:12:40
            3 | =HYPERLINK("http://attacker.example") | 20749+09:21:00
            10 | . | 20750+08:03:59
        "#]],
    );
    check(
        "nps/made/wrong-scores.csv",
        &["Score", "Comment"],
        &expect![[r#"
            10 | .
            9 | .
            9 | good
            2 | .
            7 | .
            6 | .
            10 | .
            8 | <b>ok</b>
        "#]],
    );
}

#[test]
fn endpoints_are_known_letter_by_letter() {
    let names = [
        "Endpoint Name",
        "Endpoint Make",
        "Endpoint Model",
        "Endpoint Label 3",
    ];
    check(
        "endpoint/made/7-columns-blanks-after-commas.csv",
        &names,
        &expect![[r#"
            1409W3534 | Fabrikam | Model 123 | Purchase 2018
            LON-PC-0071 | Contoso | Aero 13 | Purchase 2024
            OSL-RM-12 | Northwind | Room Bar | Asset Tag 7002
        "#]],
    );
    check(
        "endpoint/made/6-columns.tsv",
        &names,
        &expect![[r#"
        1409W3534 | ? | Fabrikam Model 123 | Purchase 2018
        LON-PC-0071 | ? | Contoso Aero 13 | .
    "#]],
    );
    check(
        "endpoint/made/duplicates-and-wrong-rows.csv",
        &names[..1],
        &expect![[r#"
            ABC123
            abc123
            DEF456
            GHI789
            MNO345
        "#]],
    );
    check(
        "endpoint/template/with-headings-6-columns.csv",
        &names,
        &expect![[r#"
            1409W3534 | ? | Fabrikam Model 123 | Purchase 2018
        "#]],
    );
}

#[test]
fn words_for_nothing_are_no_name_of_an_endpoint() {
    let names = ["PC1", "-", "PC2", "PC3", "NULL", "PC4"];
    let rows = names
        .map(|name| format!("{name},Model 123,Laptop\n"))
        .concat();
    let story = format!("//- e.csv\nEndpoint Name,Endpoint Model,Endpoint Type\n{rows}");
    let card = session(&story, Role::Administrator).cards().remove(0);
    let counts = accounted(&card);
    assert_eq!((counts.used, counts.rejected), (4, 2), "{card:?}");
    assert!(complaints(&card).contains("NoEndpointName line 3"));
}

#[test]
fn an_access_point_is_one_however_its_address_is_written() {
    let names = ["BSSID", "Access Point", "Building", "Floor"];
    check(
        "access-point/made/wrong-rows.csv",
        &names,
        &expect![[r#"
        00:1A:2B:3C:4D:50 | AP-1 | Lighthouse | ?
        00:1A:2B:3C:4D:52 | =1+1 | <b>Lighthouse</b> | ?
    "#]],
    );
    check(
        "access-point/made/other-captions.tsv",
        &names,
        &expect![[r#"
        02:00:00:aa:bb:01 | BGO-AP-1 | ? | Ground
        02:00:00:aa:bb:02 | BGO-AP-1 | ? | Ground
    "#]],
    );
}
