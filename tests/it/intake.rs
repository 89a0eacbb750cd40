//! The user's word on how a file is read, and what is said of a file.

use callscope::engine::session::Session;
use callscope::protocol::{
    Choices, ColumnChoice, ColumnMeaning, DateOrder, DecimalMark, Delimiter, FileId, FileKind,
    FileState, ProblemCode, Question, ReadSettings, Request, Response, Role, RowCounts, Sheet,
    TextEncoding,
};

use crate::files::{accounted, buildings_table, complaints, session, session_of, split};

pub(crate) const BUILDING: &str =
    "//- b.tsv\n10.1.2.0\tLab\t24\tLab\t\t\t\tBergen\t\tNO\t\tNorth\t1\t0\n";

/// Reads a file of the session again, as the worker does.
fn read_again(session: &mut Session, id: FileId, bytes: &[u8]) {
    session.feed(id, bytes);
    session.finish(id);
}

fn reread(session: &mut Session, id: FileId, bytes: &[u8], settings: ReadSettings) {
    session.reread(id, settings);
    read_again(session, id, bytes);
}

/// Streams, poor ones and the mean jitter of each building.
pub(crate) fn answer(session: &mut Session) -> String {
    let columns = ["building", "streams", "poor", "mean_jitter_ms"];
    buildings_table(session, Choices::default(), &columns)
}

pub(crate) fn rows(session: &mut Session, id: FileId) -> RowCounts {
    let cards = session.cards();
    let card = cards.iter().find(|card| card.id == id).expect("a card");
    accounted(card)
}

fn download(session: &mut Session, sheet: Sheet) -> String {
    match session.answer(&Request::Download(sheet)) {
        Response::Download(download) => String::from_utf8(download.bytes).expect("UTF-8"),
        other => panic!("no download: {other:?}"),
    }
}

/// A stream-level export whose streams can be told apart.
pub(crate) const STREAM_HEADINGS: &str =
    "Conference Id,Start Time,End Time,Stream Direction,Second Subnet,Avg Jitter\n";

pub(crate) fn stream(call: u32, minute: u32, jitter: u32) -> String {
    format!(
        "c{call},2026-10-01 10:{minute:02}:00,2026-10-01 10:{minute:02}:30,First-to-Second,10.1.2.0,{jitter}\n"
    )
}

#[test]
fn the_users_word_on_delimiter_and_decimals_wins() {
    let text = "Second Subnet;Media Type;Avg Jitter\n10.1.2.0;Audio;1.500\n";
    let mut session = session(&format!("{BUILDING}//- s.csv\n{text}"), Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 1 | 0 | 1.5\n");
    let found = session.cards()[1].assumptions.expect("read");
    assert_eq!(found.delimiter, Some(Delimiter::Semicolon));
    assert_eq!(found.decimal_mark, Some(DecimalMark::Point));
    let settings = ReadSettings {
        decimal_mark: Some(DecimalMark::Comma),
        ..ReadSettings::default()
    };
    reread(&mut session, 1, text.as_bytes(), settings);
    assert_eq!(answer(&mut session), "Lab | 1 | 1 | 1500\n");
    let settings = ReadSettings {
        delimiter: Some(Delimiter::Tab),
        ..ReadSettings::default()
    };
    reread(&mut session, 1, text.as_bytes(), settings);
    assert_eq!(session.cards()[1].state, FileState::Failed);
}

#[test]
fn a_file_can_be_declared_to_be_what_it_does_not_look_like() {
    let text = "what,ever\n10.1.2.0,7\n";
    let mut session = session(&format!("{BUILDING}//- s.csv\n{text}"), Role::Administrator);
    assert_eq!(session.cards()[1].kind, None);
    let choice = |heading: &str, field: &str| ColumnChoice {
        heading: heading.to_owned(),
        field: Some(field.to_owned()),
    };
    let settings = ReadSettings {
        kind: Some(FileKind::CqdStreams),
        columns: vec![
            choice("what", "Second Subnet"),
            choice("ever", "Avg Jitter"),
        ],
        ..ReadSettings::default()
    };
    reread(&mut session, 1, text.as_bytes(), settings);
    assert_eq!(answer(&mut session), "Lab | 1 | 0 | 7\n");
    reread(&mut session, 1, text.as_bytes(), ReadSettings::default());
    assert_eq!(session.cards()[1].kind, None);
}

#[test]
fn windows_1252_is_read_by_the_users_word_and_named_when_found() {
    let text = b"Second Subnet,Second UPN,Avg Jitter\n10.1.2.0,J\xFCrg@contoso.com,3\n";
    let files = [("s.csv".to_owned(), text.to_vec())];
    let mut session = session_of(&files, Role::Administrator, 7);
    let encoding = |session: &mut Session| session.cards()[0].assumptions.expect("read").encoding;
    assert_eq!(encoding(&mut session), TextEncoding::Windows1252);
    assert!(complaints(&session.cards()[0]).contains("BadEncoding"));
    let settings = ReadSettings {
        encoding: Some(TextEncoding::Windows1252),
        ..ReadSettings::default()
    };
    reread(&mut session, 0, text, settings);
    assert!(!complaints(&session.cards()[0]).contains("BadEncoding"));
}

/// The end times of the streams, as the download of streams has them.
fn end_times(session: &mut Session) -> String {
    let Request::Streams(query) = streams_query() else {
        unreachable!("it is one");
    };
    let csv = download(session, Sheet::Streams(query));
    let times = csv.lines().skip(1).map(|line| &line[..10]);
    times.collect::<Vec<_>>().join(" ")
}

pub(crate) fn streams_query() -> Request {
    Request::Streams(callscope::protocol::StreamsQuery {
        choices: Choices::default(),
        building: None,
        window: crate::files::EVERYTHING,
    })
}

#[test]
fn one_date_decides_the_order_of_all() {
    for (first, second, expected) in [
        ("03/04/2026 10:00", "25/04/2026", "2026-04-25 2026-04-03"),
        ("03/04/2026 10:00", "04/25/2026", "2026-04-25 2026-03-04"),
        ("03.04.2026 10:00", "04.05.2026", "2026-05-04 2026-04-03"),
    ] {
        let text =
            format!("Second Subnet,End Time,Avg Jitter\n10.1.2.0,{first},1\n10.1.2.0,{second},2\n");
        let mut session = session(&format!("//- s.csv\n{text}"), Role::Administrator);
        assert_eq!(end_times(&mut session), expected);
    }
}

#[test]
fn dates_that_nothing_decides_are_asked_about() {
    let text = "Second Subnet,End Time,Avg Jitter\n10.1.2.0,03/04/2026,1\n";
    for (yes, expected, order) in [
        (true, "2026-04-03", DateOrder::DayFirst),
        (false, "2026-03-04", DateOrder::MonthFirst),
    ] {
        let mut session = session(&format!("//- s.csv\n{text}"), Role::Administrator);
        let question = FileState::Asking(Question::DayFirst { column: 2 });
        assert_eq!(session.cards()[0].state, question);
        assert_eq!(answer(&mut session), "");
        session.reply(0, yes);
        assert_eq!(session.to_read_again(), [0]);
        read_again(&mut session, 0, text.as_bytes());
        assert_eq!(end_times(&mut session), expected);
        let found = session.cards()[0].assumptions.expect("read");
        assert_eq!(found.date_order, Some(order));
    }
}

#[test]
fn dates_against_the_order_of_the_others_are_left_out_and_said() {
    let text = "Second Subnet,End Time,Avg Jitter\n10.1.2.0,25/04/2026,1\n10.1.2.0,26/04/2026,1\n10.1.2.0,04/27/2026,1\n";
    let mut session = session(&format!("//- s.csv\n{text}"), Role::Administrator);
    assert!(
        complaints(&session.cards()[0]).contains("Warning DatesMixed line 4 column 2 (End Time)")
    );
    assert!(end_times(&mut session).starts_with("2026-04-26 2026-04-25"));
}

/// A grouped export whose captions mean several things.
pub(crate) const AMBIGUOUS: &str =
    "Subnet,Good,Poor,Poor Stream Rate (%),My Note\n10.1.2.0,30,10,25,x\n";

#[test]
fn columns_that_are_not_understood_can_be_given_a_meaning_and_the_map_kept() {
    let mut session = session(
        &format!("{BUILDING}//- s.csv\n{AMBIGUOUS}"),
        Role::Administrator,
    );
    let Response::Columns(view) = session.answer(&Request::Columns(1)) else {
        panic!("the administrator sees columns");
    };
    let rate = &view.columns[3];
    assert_eq!(rate.meaning, ColumnMeaning::Ambiguous);
    assert!(rate.proposals.contains(&"Audio Poor Percentage".to_owned()));
    assert_eq!(rate.samples, ["25"]);
    assert_eq!(view.columns[4].meaning, ColumnMeaning::Unknown);
    assert!(view.fields.len() > 900);
    let settings = ReadSettings {
        columns: vec![
            ColumnChoice {
                heading: "Poor Stream Rate (%)".to_owned(),
                field: Some("Audio Poor Percentage".to_owned()),
            },
            ColumnChoice {
                heading: "My Note".to_owned(),
                field: None,
            },
        ],
        ..ReadSettings::default()
    };
    reread(&mut session, 1, AMBIGUOUS.as_bytes(), settings);
    let text = complaints(&session.cards()[1]);
    assert!(
        !text.contains("AmbiguousHeading") && !text.contains("UnknownHeading"),
        "{text}"
    );
    let map = download(&mut session, Sheet::ColumnMap(1));
    expect_test::expect![[r#"
        callscope heading,callscope field
        Poor Stream Rate (%),Audio Poor Percentage
        My Note,
    "#]]
    .assert_eq(&map.replace("\r\n", "\n"));
    // The map is dropped before the next file and read like any other.
    let files = [
        ("map.csv".to_owned(), map.into_bytes()),
        ("s.csv".to_owned(), AMBIGUOUS.as_bytes().to_vec()),
    ];
    let mut next = session_of(&files, Role::Administrator, 3);
    assert_eq!(next.cards()[0].kind, Some(FileKind::ColumnMap));
    let Response::Columns(view) = next.answer(&Request::Columns(1)) else {
        panic!("the administrator sees columns");
    };
    let expected = ColumnMeaning::Chosen("Audio Poor Percentage".to_owned());
    assert_eq!(view.columns[3].meaning, expected);
    assert_eq!(view.columns[4].meaning, ColumnMeaning::LeftOut);
}

#[test]
fn a_column_map_holds_for_files_before_and_after_it() {
    let map = "callscope heading,callscope field\nMy Subnet,Second Subnet\n";
    let text = "My Subnet,Media Type,Avg Jitter\n10.1.2.0,Audio,7\n";
    let mut answers = Vec::new();
    for story in [
        format!("{BUILDING}//- map.csv\n{map}//- s.csv\n{text}"),
        format!("{BUILDING}//- s.csv\n{text}//- map.csv\n{map}"),
    ] {
        let mut session = session(&story, Role::Administrator);
        for id in session.to_read_again() {
            read_again(&mut session, id, text.as_bytes());
        }
        answers.push(answer(&mut session));
        let map_id = session
            .cards()
            .iter()
            .find(|card| card.kind == Some(FileKind::ColumnMap))
            .expect("the map")
            .id;
        session.remove(map_id);
        assert_eq!(
            session.to_read_again().len(),
            1,
            "the file is read without the map"
        );
    }
    assert_eq!(answers, ["Lab | 1 | 0 | 7\n", "Lab | 1 | 0 | 7\n"]);
}

#[test]
fn rows_that_are_not_used_can_be_downloaded_with_place_and_reason() {
    let text = "Second Subnet,Second UPN,Avg Jitter\n10.1.2.0,anna@contoso.com\n10.1.2.0,=1+1,3,4\nSecond Subnet,Second UPN,Avg Jitter\n";
    let of = |role: Role| {
        let mut session = session(&format!("//- s.csv\n{text}"), role);
        download(&mut session, Sheet::Rejected(0)).replace("\r\n", "\n")
    };
    expect_test::expect![[r#"
        line,column,code,row
        2,2,column-count,"10.1.2.0,anna@contoso.com"
        3,4,column-count,"10.1.2.0,=1+1,3,4"
        4,,headings-again,"Second Subnet,Second UPN,Avg Jitter"
    "#]]
    .assert_eq(&of(Role::Administrator));
    expect_test::expect![[r#"
        line,column,code
        2,2,column-count
        3,4,column-count
        4,,headings-again
    "#]]
    .assert_eq(&of(Role::Specialist));
    assert_eq!(of(Role::Engineer), of(Role::Specialist));
}

#[test]
fn headings_and_cells_of_unknown_columns_stay_with_those_who_may_see_them() {
    let text = "Second Subnet,Avg Jitter,SecretHeading\n10.1.2.0,3,SecretCell\n10.1.2.0,3\n";
    for (role, heading, cell) in [
        (Role::Specialist, false, false),
        (Role::Engineer, true, false),
        (Role::Administrator, true, true),
    ] {
        let mut session = session(&format!("//- s.csv\n{text}"), role);
        let settings = ReadSettings {
            columns: vec![ColumnChoice {
                heading: "SecretHeading".to_owned(),
                field: None,
            }],
            ..ReadSettings::default()
        };
        let mut said = format!("{:?}", session.cards());
        for request in [
            Request::Columns(0),
            Request::Download(Sheet::Rejected(0)),
            Request::Download(Sheet::ColumnMap(0)),
        ] {
            said += &format!("{:?}", session.answer(&request));
        }
        reread(&mut session, 0, text.as_bytes(), settings);
        said += &format!("{:?}", session.cards());
        assert_eq!(said.contains("SecretHeading"), heading, "{role:?}");
        assert_eq!(said.contains("SecretCell"), cell, "{role:?}");
    }
}

#[test]
fn exports_say_what_is_odd_about_them() {
    let said = |story: &str| {
        let mut session = session(story, Role::Administrator);
        let cards = session.cards();
        complaints(cards.last().expect("a card"))
    };
    let headings = "Second Subnet,Second UPN,First Tenant Id,Second Tenant Id,Stream Direction,Start Time,End Time,Avg Jitter\n";
    let text = format!(
        "//- s.csv\n{headings}10.1.2.0,,t1,t2,First-to-Second,2026-10-01 23:59:00,2026-10-02 00:01:00,1\n10.1.2.0,,t1,t2,First-to-Second,2026-10-02 10:00:00,2026-10-02 09:00:00,1\n"
    );
    let text = said(&text);
    for expected in [
        "Warning PeopleCleared",
        "Warning OneDirection",
        "Note FederatedTenants",
        "Note BeganBeforePeriod",
        "Warning EndsBeforeStart",
    ] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    let wrong = "//- s.csv\nSecond Subnet,Avg Jitter\n172.16.0.0,1\n//- b.tsv\n10.1.2.0\tLab\t24\tLab\t\t\t\t\t\t\t\t\t1\t0\n";
    assert!(said(wrong).contains("Warning BuildingsMatchNothing"));
    let right = wrong.replace("172.16.0.0", "10.1.2.0");
    assert!(!said(&right).contains("BuildingsMatchNothing"));
}

#[test]
fn members_of_a_package_come_and_go_with_it() {
    let files = split(&format!(
        "{BUILDING}//- s.csv\n{STREAM_HEADINGS}{}",
        stream(1, 1, 10)
    ));
    let mut session = Session::new(Role::Administrator);
    session.open(callscope::protocol::FileTicket {
        id: 0,
        name: "calls.zip".to_owned(),
        size_bytes: 100,
    });
    let members = || {
        files
            .iter()
            .map(|(name, text)| (name.clone(), text.len() as u64))
            .collect()
    };
    let ids: Vec<FileId> = session
        .package(0, members())
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(ids.len(), 2);
    for (id, (_, text)) in ids.iter().zip(&files) {
        read_again(&mut session, *id, text.as_bytes());
    }
    assert_eq!(answer(&mut session), "Lab | 1 | 0 | 10\n");
    let cards = session.cards();
    assert_eq!(cards[0].kind, Some(FileKind::Package));
    assert_eq!(cards[1].parent, Some(0));
    session.remove(ids[0]);
    assert_eq!(answer(&mut session), "(not mapped) | 1 | 0 | 10\n");
    // Opened again, the package still comes without the member that was removed.
    assert_eq!(session.package(0, members()), [None, None]);
    session.remove(0);
    assert!(session.cards().is_empty());
}

#[test]
fn a_cell_as_long_as_a_file_is_no_cell() {
    let text = format!(
        "Second Subnet,Avg Jitter\n10.1.2.0,\"{}\"\n10.1.2.0,3\n",
        "x".repeat(70_000)
    );
    let mut session = session(&format!("//- s.csv\n{text}"), Role::Administrator);
    assert_eq!(rows(&mut session, 0).rejected, 1);
    let problems = session.cards().remove(0).problems;
    assert!(
        problems
            .iter()
            .any(|problem| problem.code == ProblemCode::CellTooLong)
    );
}

#[test]
fn a_column_map_reaches_a_file_that_failed_for_lack_of_it() {
    let text = "Month Year,Subnet,Total Call Dropped Stream Count,Streams in all,Bad ones,Fine ones\n2026-10,10.1.2.0,42,\"21,155\",\"1,957\",\"19,000\"\n";
    let map = "callscope heading,callscope field\nStreams in all,Audio Stream Count\nBad ones,Audio Poor Stream Count\nFine ones,Audio Good Stream Count\n";
    let mut session = session(&format!("{BUILDING}//- s.csv\n{text}"), Role::Administrator);
    assert!(complaints(&session.cards()[1]).contains("Error GroupsWithoutCounts"));
    session.open(callscope::protocol::FileTicket {
        id: 2,
        name: "map.csv".to_owned(),
        size_bytes: map.len() as u64,
    });
    read_again(&mut session, 2, map.as_bytes());
    assert_eq!(session.to_read_again(), [1]);
    read_again(&mut session, 1, text.as_bytes());
    assert_eq!(session.cards()[1].kind, Some(FileKind::CqdGroups));
    assert!(answer(&mut session).contains("Lab | 21155 | 1957"));
}

#[test]
fn a_copy_is_read_when_its_original_has_gone() {
    let text = format!("{STREAM_HEADINGS}{}", stream(1, 1, 10));
    let mut session = session(
        &format!("{BUILDING}//- a.csv\n{text}//- copy.csv\n{text}"),
        Role::Administrator,
    );
    session.remove(1);
    assert_eq!(session.to_read_again(), [2]);
    read_again(&mut session, 2, text.as_bytes());
    assert_eq!(answer(&mut session), "Lab | 1 | 0 | 10\n");
}

#[test]
fn tables_that_are_no_exports_are_not_taken_for_one() {
    for text in [
        "Date,City,Temp\n2026-10-01,Oslo,7\n",
        "Customer,City,Region,Phone,Email,Zip\nA,Oslo,North,1,a@b.c,0150\n",
        "DisplayName,UserPrincipalName,Department,City,Country\nA,a@b.c,x,Oslo,NO\n",
        "Month,Region,Country,Sales,Cost,Units\n1,North,NO,1,2,3\n",
        "10.0.0.1,10.0.0.2,22,allow,tcp\n10.0.0.1,10.0.0.3,22,allow,tcp\n",
    ] {
        let mut session = session(&format!("//- x.csv\n{text}"), Role::Administrator);
        assert_eq!(session.cards()[0].kind, None, "{text}");
    }
}

#[test]
fn a_range_may_be_written_with_a_slash_or_as_a_mask() {
    for range in ["24", "/24", "255.255.255.0"] {
        let buildings = format!(
            "Network,Network Name,Network Range,Building Name,a,b,c,City,Zip,Country,State,Region,Inside Corp,Express Route\n10.1.2.0,Lab,{range},Lab,,,,Bergen,,NO,,North,1,0\n"
        );
        let story = format!(
            "//- b.csv\n{buildings}//- s.csv\n{STREAM_HEADINGS}{}",
            stream(1, 1, 10)
        );
        let mut session = session(&story, Role::Administrator);
        assert_eq!(answer(&mut session), "Lab | 1 | 0 | 10\n", "{range}");
    }
}

#[test]
fn a_number_in_place_of_a_heading_is_masked_for_the_engineer() {
    let text = "Second Subnet,Avg Jitter,+15552823123\n10.1.2.0,3,x\n";
    for role in [Role::Specialist, Role::Engineer] {
        let mut session = session(&format!("//- s.csv\n{text}"), role);
        let columns = vec![ColumnChoice {
            heading: "+15552823123".to_owned(),
            field: Some("Second UPN".to_owned()),
        }];
        let mut said = format!(
            "{:?}{:?}",
            session.cards(),
            session.answer(&Request::Columns(0))
        );
        let settings = ReadSettings {
            columns,
            ..ReadSettings::default()
        };
        reread(&mut session, 0, text.as_bytes(), settings);
        said += &format!(
            "{:?}{:?}",
            session.cards(),
            session.answer(&Request::Columns(0))
        );
        said += &format!(
            "{:?}",
            session.answer(&Request::Download(Sheet::ColumnMap(0)))
        );
        assert!(!said.contains("2823"), "{role:?}");
        assert!(
            !said.contains("50, 56, 50, 51"),
            "{role:?}: in the bytes of a download"
        );
    }
}

#[test]
fn rows_beyond_the_list_are_counted_in_its_last_line() {
    let mut text = "Second Subnet,Avg Jitter\n10.1.2.0,1\n".to_owned();
    text += &"10.1.2.0\n".repeat(100_003);
    let mut session = session(&format!("//- s.csv\n{text}"), Role::Specialist);
    let list = download(&mut session, Sheet::Rejected(0));
    assert_eq!(list.lines().count(), 100_002);
    assert_eq!(list.lines().last(), Some(",,and 3 more rows"));
}
