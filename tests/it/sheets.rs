//! Exports other than streams: what their cells are read as, and that none is taken for another.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use callscope::engine::fields::Catalog;
use callscope::engine::formats::{Content, Intake, Loaded};
use callscope::engine::model::{column::Column, column::NO_TIME, table::Table};
use callscope::protocol::{DateOrder, FileKind, ProblemCode, ReadSettings, RowCounts};
use expect_test::{Expect, expect};
use proptest::prelude::*;

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
        Column::Number(values) if values[row].is_nan() => ".".to_owned(),
        Column::Number(values) => values[row].to_string(),
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

const ATTENDANCE: [&str; 11] = [
    "Section",
    "Name",
    "Phone Number",
    "First Join",
    "In-Meeting Duration",
    "Join Time",
    "Duration",
    "Engagement Type",
    "Meeting Start",
    "Attended Participants",
    "Average Attendance Time",
];

#[test]
fn all_tables_of_an_attendance_report_become_one() {
    check(
        "attendance/made/2026-utf16-four-sections.csv",
        &ATTENDANCE,
        &expect![[r#"
            participants | Ingrid Solberg | . | 20656+19:00:11 | 5451 | . | . | . | 20656+19:00:11 | 4 | 3835
            participants | Brandt, Matthias (Guest) | . | 20656+19:02:11 | 4800 | . | . | . | 20656+19:00:11 | 4 | 3835
            participants | Elin "Elle" Ek | . | 20656+19:05:00 | 51 | . | . | . | 20656+19:00:11 | 4 | 3835
            participants | . | +47 555 01 0** | 20656+19:06:00 | 5040 | . | . | . | 20656+19:00:11 | 4 | 3835
            activities | Ingrid Solberg | . | . | . | 20656+19:00:11 | 5451 | . | 20656+19:00:11 | 4 | 3835
            activities | Brandt, Matthias (Guest) | . | . | . | 20656+19:02:11 | 2400 | . | 20656+19:00:11 | 4 | 3835
            activities | Brandt, Matthias (Guest) | . | . | . | 20656+19:50:02 | 2400 | . | 20656+19:00:11 | 4 | 3835
            activities | Elin "Elle" Ek | . | . | . | 20656+19:05:00 | 51 | . | 20656+19:00:11 | 4 | 3835
            activities | . | +47 555 01 0** | . | . | 20656+19:06:00 | 5040 | . | 20656+19:00:11 | 4 | 3835
            engagement | Ingrid Solberg | . | . | . | . | . | Unmuted | 20656+19:00:11 | 4 | 3835
            engagement | Ingrid Solberg | . | . | . | . | . | Turned camera on | 20656+19:00:11 | 4 | 3835
        "#]],
    );
    check(
        "attendance/made/2021-full-name.csv",
        &ATTENDANCE,
        &expect![[r#"
            activities | Ingrid Solberg | ? | ? | ? | 18900+09:58:51 | 3780 | ? | 18900+09:58:51 | 2 | ?
            activities | Elin Ek | ? | ? | ? | 18900+10:00:01 | 1230 | ? | 18900+09:58:51 | 2 | ?
            activities | Elin Ek | ? | ? | ? | 18900+10:25:00 | 2220 | ? | 18900+09:58:51 | 2 | ?
        "#]],
    );
    check(
        "attendance/made/portuguese.csv",
        &ATTENDANCE,
        &expect![[r#"
        participants | Davi Prado | ? | 20529+10:00:00 | 3600 | . | . | ? | 20529+10:00:00 | 2 | 3150
        participants | Elisa Moura | ? | 20529+10:10:00 | 2700 | . | . | ? | 20529+10:00:00 | 2 | 3150
        activities | Davi Prado | ? | . | . | 20529+10:00:00 | 3600 | ? | 20529+10:00:00 | 2 | 3150
    "#]],
    );
    check(
        "attendance/made/unknown-language.csv",
        &ATTENDANCE,
        &expect![[r#"
            participants | Aino Salo | ? | 20656+19:00:11 | . | ? | ? | ? | ? | 2 | ?
            participants | Eero Lahti | ? | 20656+19:02:00 | 5280 | ? | ? | ? | ? | 2 | ?
        "#]],
    );
}

#[test]
fn a_report_that_was_saved_again_is_the_same_report() {
    let plain = load(&fixture("attendance/made/saved-again-with-commas.csv"));
    let plain = columns(&plain, &ATTENDANCE);
    for other in [
        "saved-again-with-semicolons.csv",
        "saved-again-times-not-quoted.csv",
    ] {
        let loaded = load(&fixture(&format!("attendance/made/{other}")));
        assert_eq!(columns(&loaded, &ATTENDANCE), plain, "{other}");
    }
}

#[test]
fn the_users_word_on_dates_holds_for_the_summary_too() {
    let bytes = fixture("attendance/made/2026-day-and-month-undecided.csv");
    let first_line = |date_order| {
        let settings = ReadSettings {
            date_order: Some(date_order),
            ..ReadSettings::default()
        };
        let loaded = intake(&bytes, settings, 100).expect("the file is recognized");
        let text = columns(&loaded, &["First Join", "Meeting Start", "Meeting End"]);
        text.lines().next().map(str::to_owned)
    };
    expect!["20636+19:00:11 | 20636+19:00:11 | 20636+20:31:02"]
        .assert_eq(&first_line(DateOrder::MonthFirst).unwrap_or_default());
    expect!["20491+19:00:11 | 20491+19:00:11 | 20491+20:31:02"]
        .assert_eq(&first_line(DateOrder::DayFirst).unwrap_or_default());
}

#[test]
fn who_dialed_in_has_a_number_and_no_name() {
    check(
        "attendance-events/made/2020-day-first.csv",
        &["Full Name", "Phone Number", "User Action", "Timestamp"],
        &expect![[r#"
            Ingrid Solberg | . | Joined before | 18437+09:58:51
            Brandt Matthias | . | Joined | 18437+10:00:01
            Elin Ek (Guest) | . | Joined | 18437+10:00:07
            . | +47555010** | Joined | 18437+10:05:00
            Brandt Matthias | . | Left | 18437+10:20:31
            Brandt Matthias | . | Joined | 18437+10:25:00
            Elin Ek (Guest) | . | Left | 18437+11:02:00
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

fn kind_of(text: &str) -> Option<FileKind> {
    intake(text.as_bytes(), ReadSettings::default(), usize::MAX).map(|loaded| loaded.result.kind)
}

/// The headings of each kind as its source documents them, from its fixture.
fn documented_headings() -> BTreeMap<FileKind, Vec<String>> {
    [
        "calling-plans/made/2025-all-columns.csv",
        "direct-routing/made/2025-25-columns.csv",
        "user-activity/made/2022-33-columns.csv",
        "user-activity/documented/TeamsUserActivityUserDetail_2019.csv",
        "device-usage/made/2022-16-columns.csv",
        "user-activity-counts/made/2022-a-week.csv",
        "device-usage-counts/made/ninety-days.csv",
        "endpoint/template/with-headings-6-columns.csv",
        "access-point/made/three-ways-to-write-a-mac.csv",
        "nps/made/score-comment-date.csv",
    ]
    .into_iter()
    .map(|path| {
        let bytes = fixture(path);
        let text = String::from_utf8(bytes.clone()).expect("the fixture is UTF-8");
        let line = text.trim_start_matches('\u{feff}').lines().next();
        let headings = line.unwrap_or_default().split(',').map(str::to_owned);
        (load(&bytes).result.kind, headings.collect())
    })
    .collect()
}

#[test]
fn no_export_is_taken_for_another_when_a_column_is_missing() {
    for (kind, headings) in documented_headings() {
        for left_out in 0..headings.len() {
            let mut some = headings.clone();
            let name = some.remove(left_out);
            let is_needed = matches!(name.as_str(), "Score" | "BSSID" | "EndpointName");
            if some.len() >= 3 && !is_needed {
                let found = kind_of(&(some.join(",") + "\n"));
                // Without these nothing says whose or of which day the rows are.
                let is_vital = matches!(
                    name.as_str(),
                    "Report Date" | "Windows" | "User Principal Name"
                );
                assert!(
                    found == Some(kind) || found.is_none() && is_vital,
                    "without {name} {kind:?} is {found:?}"
                );
            }
        }
    }
}

#[test]
fn files_that_say_nothing_are_not_taken_for_endpoints() {
    for text in [
        // Unknown headings over six columns.
        "name,make,model,kind,color,price\nA1,B,C,D,E,1\nA2,B,C,D,E,2\n",
        // Networks with too few columns, numbers, dates, addresses.
        "10.1.2.0,Lab,24,Lab,x,y\n10.1.3.0,Lab,24,Lab,x,y\n",
        "1,2,3,4,5,6\n7,8,9,10,11,12\n",
        "2026-10-05,a,b,c,d,e\n2026-10-06,a,b,c,d,e\n",
        "a@contoso.example,b,c,d,e,f\nb@contoso.example,b,c,d,e,f\n",
        // Words without digits.
        "Anna,b,c,d,e,f\nBen,b,c,d,e,f\n",
    ] {
        assert_ne!(kind_of(text), Some(FileKind::Endpoints), "{text}");
    }
}

#[test]
fn a_score_on_another_scale_is_no_survey() {
    assert_eq!(kind_of("Score\n93\n87\n100\n"), None);
    assert_eq!(kind_of("Name,Rating\nAnna,good\nBen,bad\n"), None);
    assert_eq!(kind_of("Score\n9\n7\n"), Some(FileKind::Nps));
}

#[test]
fn complaints_name_the_column_of_the_file() {
    let loaded = load(&fixture("attendance/made/wrong-rows.csv"));
    let place = |code| {
        let mut all = loaded.result.diagnostics.by_severity().into_iter();
        let found = all.find(|known| known.code == code)?;
        Some((found.lines.first().copied(), found.column))
    };
    assert_eq!(place(ProblemCode::NotATime), Some((Some(14), Some(2))));
    assert_eq!(place(ProblemCode::NotADuration), Some((Some(13), Some(4))));
}

proptest! {
    /// Bytes below real headings, in random slices.
    #[test]
    fn no_bytes_break_a_sheet_and_no_row_is_lost(
        start in prop::sample::select(vec![
            "1. Summary\nMeeting title\tx\nStart time\t7/22/26, 7:00:11 PM\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n",
            "1. A,,\n2. B,,\nName,First Join,Last Leave,In-Meeting Duration,Email,Participant ID (UPN),Role\n",
            "Full Name\tUser Action\tTimestamp\n",
            "BSSID;Access Point;Site\n00:1A:2B:3C:4D:5E;a;b\n",
            "PC-1,a,b,c,d,e,f\n",
            "Score,Comment\n9,x\n",
            "CorrelationId,UPN,Invite time,Duration (seconds),Callee Number,SBC FQDN\n",
        ]),
        rest in prop::collection::vec(
            prop_oneof![
                prop::sample::select(b",;\t|\"\n\n\r.:/-PM0123456789ahms \xff\xc3".to_vec()),
                prop::sample::select(b"\n\t,2. ".to_vec()),
                any::<u8>(),
            ],
            0..400,
        ),
        slice_bytes in 1usize..200,
    ) {
        let bytes = [start.as_bytes(), &rest].concat();
        let story = |slice_bytes| {
            intake(&bytes, ReadSettings::default(), slice_bytes).map(|loaded| {
                let rows = loaded.result.rows;
                let RowCounts { read, used, duplicates, rejected, blank } = rows;
                assert_eq!(read, used + duplicates + rejected + blank);
                if let Content::Records(table) = &loaded.result.content {
                    assert_eq!(table.n_rows as u64, used);
                    for column in table.columns.values() {
                        for row in 0..table.n_rows {
                            cell(column, row);
                        }
                    }
                }
                format!("{:?} {rows:?} {:?}", loaded.result.kind, loaded.result.diagnostics)
            })
        };
        prop_assert_eq!(story(slice_bytes), story(usize::MAX));
    }

    #[test]
    fn every_score_of_the_scale_is_used_and_no_other(scores in prop::collection::vec(-3i32..15, 1..40)) {
        let rows: String = scores.iter().map(|score| format!("{score},x\n")).collect();
        // Enough good answers in front for the file to be known.
        let text = format!("Score,Comment\n{}{rows}", "9,x\n".repeat(40));
        let rows = load(text.as_bytes()).result.rows;
        let n_fine = scores.iter().filter(|score| (0..=10).contains(*score)).count() as u64;
        prop_assert_eq!((rows.used, rows.rejected), (40 + n_fine, scores.len() as u64 - n_fine));
    }
}
