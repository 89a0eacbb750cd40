//! Attendance reports: every form of them gives the same rows.

use callscope::protocol::{DateOrder, ProblemCode, ReadSettings};
use expect_test::expect;

use super::{check, columns, fixture, intake, load};

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
