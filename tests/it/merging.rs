//! What several files of the same calls give together, and rows that stand for many streams.

use callscope::engine::session::Session;
use callscope::protocol::{CallFigures, Choices, FileKind, Request, Response, Role};

use crate::files::{complaints, session, session_of};
use crate::intake::{AMBIGUOUS, BUILDING, STREAM_HEADINGS, answer, rows, stream, streams_query};

#[test]
fn grouped_rows_weigh_as_much_as_their_streams() {
    let text = "Second Subnet,Audio Good Stream Count,Audio Poor Stream Count,Audio Unclassified Stream Count,Avg Jitter\n10.1.2.0,90,10,5,4\n10.1.2.0,10,0,5,16\n";
    let mut session = session(&format!("{BUILDING}//- s.csv\n{text}"), Role::Administrator);
    let card = session.cards().remove(1);
    assert_eq!(card.kind, Some(FileKind::CqdGroups));
    assert!(complaints(&card).contains("Note GroupedVerdicts"));
    // (105 × 4 + 15 × 16) / 120
    assert_eq!(answer(&mut session), "Lab | 120 | 10 | 5.5\n");
    let Response::Streams(view) = session.answer(&streams_query()) else {
        panic!("streams");
    };
    assert_eq!(view.n_all, 0, "groups are no single streams");
}

#[test]
fn what_a_grouped_export_does_not_say_is_said() {
    let read = |text: &str| {
        let mut session = session(&format!("{BUILDING}//- s.csv\n{text}"), Role::Administrator);
        (answer(&mut session), complaints(&session.cards()[1]))
    };
    // 10 poor of 25 %: 40 judged. The other 2 are Unclassified.
    let (table, said) = read(
        "Second Subnet,Audio Stream Count,Audio Poor Stream Count,Audio Poor Percentage\n10.1.2.0,42,10,25\n",
    );
    assert_eq!(table, "Lab | 42 | 10 | \n");
    assert!(said.contains("GroupsPartlyJudged"), "{said}");
    let (table, said) = read("Second Subnet,Total Call Setup Failed Stream Count\n10.1.2.0,42\n");
    assert_eq!(table, "Lab | 0 | 0 | \n");
    assert!(said.contains("Error GroupsWithoutCounts"), "{said}");
    // Bare captions are counts where they are more than marks.
    let (table, _) = read(AMBIGUOUS);
    assert_eq!(table, "Lab | 40 | 10 | \n");
}

#[test]
fn streams_of_overlapping_exports_count_once() {
    let week_1: String = (0..6).map(|call| stream(call, call, 10)).collect();
    let week_2: String = (4..9).map(|call| stream(call, call, 10)).collect();
    let story = format!(
        "{BUILDING}//- a.csv\n{STREAM_HEADINGS}{week_1}//- b.csv\n{STREAM_HEADINGS}{week_2}"
    );
    let mut session = session(&story, Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 9 | 0 | 10\n");
    assert_eq!(rows(&mut session, 1).used, 6);
    assert_eq!(rows(&mut session, 2).duplicates, 2);
    assert!(complaints(&session.cards()[2]).contains("Note RowsInOtherFile x2"));
    // With the first export gone the shared rows of the second one count.
    session.remove(1);
    assert_eq!(answer(&mut session), "Lab | 5 | 0 | 10\n");
    assert_eq!(rows(&mut session, 2).duplicates, 0);
}

#[test]
fn a_call_is_the_same_in_capitals() {
    let small = stream(1, 1, 10);
    let story = format!(
        "{BUILDING}//- a.csv\n{STREAM_HEADINGS}{small}//- b.csv\n{STREAM_HEADINGS}{}",
        small.replace("c1,", "C1,")
    );
    let mut session = session(&story, Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 1 | 0 | 10\n");
}

#[test]
fn streams_without_a_subnet_count_once_beside_exports_of_any_size() {
    let nowhere = stream(1, 1, 10).replace("10.1.2.0", "");
    let others =
        (2..6).map(|call| stream(call, call, 10).replace("10.1.2.0", &format!("10.1.2.{call}")));
    let story = format!(
        "{BUILDING}//- a.csv\n{STREAM_HEADINGS}{nowhere}{}//- b.csv\n{STREAM_HEADINGS}{nowhere}",
        others.collect::<String>()
    );
    let mut session = session(&story, Role::Administrator);
    assert_eq!(rows(&mut session, 2).duplicates, 1);
}

#[test]
fn equal_rows_of_one_file_are_all_real() {
    let twice = stream(1, 1, 10).repeat(2);
    let thrice = stream(1, 1, 10).repeat(3);
    let story = format!(
        "{BUILDING}//- a.csv\n{STREAM_HEADINGS}{twice}//- b.csv\n{STREAM_HEADINGS}{thrice}"
    );
    let mut session = session(&story, Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 3 | 0 | 10\n");
}

#[test]
fn exports_that_do_not_say_enough_are_added_up_with_a_warning() {
    let one = "Second Subnet,Avg Jitter\n10.1.2.0,10\n";
    let other = "Second Subnet,Avg Jitter\n10.1.2.0,10\n10.1.2.0,11\n";
    let mut session = session(
        &format!("{BUILDING}//- a.csv\n{one}//- b.csv\n{other}"),
        Role::Administrator,
    );
    assert_eq!(answer(&mut session).split(" | ").nth(1), Some("3"));
    assert!(complaints(&session.cards()[1]).contains("Warning OverlapUnknown"));
}

#[test]
fn single_streams_come_before_groups_and_only_one_grouping_counts() {
    let groups = "Second Subnet,Audio Good Stream Count,Audio Poor Stream Count\n10.1.2.0,90,10\n";
    let others =
        "Second Subnet,Month,Audio Good Stream Count,Audio Poor Stream Count\n10.1.2.0,1,80,10\n";
    let story = format!(
        "{BUILDING}//- a.csv\n{groups}//- b.csv\n{others}//- c.csv\n{STREAM_HEADINGS}{}",
        stream(1, 1, 10)
    );
    let mut session = session(&story, Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 1 | 0 | 10\n");
    assert!(complaints(&session.cards()[1]).contains("Error GroupsNotCounted"));
    let Response::Overview(view) = session.answer(&Request::Overview(Choices::default())) else {
        panic!("no overview");
    };
    // Overview names the files that are counted.
    assert_eq!(view.files, [FileKind::Buildings, FileKind::CqdStreams]);
    session.remove(3);
    assert_eq!(answer(&mut session), "Lab | 100 | 10 | \n");
    assert!(complaints(&session.cards()[2]).contains("Error GroupsNotCounted"));
}

/// A call record as Graph gives it: id, version, and an audio stream with this jitter.
fn call_record(id: &str, version: u32, jitter_ms: u32) -> String {
    let period = r#""startDateTime":"2026-10-01T10:00:00Z","endDateTime":"2026-10-01T10:05:00Z""#;
    let ends = r##""caller":{"@odata.type":"#microsoft.graph.callRecords.participantEndpoint",
        "identity":{"user":{"id":"u1","displayName":"Anna"}}},
        "callee":{"@odata.type":"#microsoft.graph.callRecords.serviceEndpoint"}"##;
    let stream = format!(
        r#"{{"streamId":"1","streamDirection":"callerToCallee",{period},
        "averageJitter":"PT0.{jitter_ms:03}S","packetUtilization":2000}}"#
    );
    let media = format!(
        r#"{{"label":"main-audio","callerNetwork":{{"ipAddress":"10.1.2.9","subnet":"10.1.2.0"}},
        "calleeNetwork":{{}},"streams":[{stream}]}}"#
    );
    let segment = format!(r#"{{"id":"g",{period},{ends},"media":[{media}]}}"#);
    let session =
        format!(r#"{{"id":"s","modalities":["audio"],{period},{ends},"segments":[{segment}]}}"#);
    format!(
        r#"{{"id":"{id}","version":{version},"type":"groupCall","modalities":["audio"],{period},
        "sessions":[{session}]}}"#
    )
}

#[test]
fn of_a_call_record_the_highest_version_counts_whichever_file_has_it() {
    let old = format!(
        "[{},{}]",
        call_record("c1", 1, 10),
        call_record("c2", 1, 10)
    );
    let new = format!("[{}]", call_record("c1", 2, 40));
    for names in [["a.json", "b.json"], ["b.json", "a.json"]] {
        let files = [
            (
                "b.tsv".to_owned(),
                BUILDING.split_once('\n').expect("rows").1.into(),
            ),
            (names[0].to_owned(), old.clone().into_bytes()),
            (names[1].to_owned(), new.clone().into_bytes()),
        ];
        let mut session = session_of(&files, Role::Administrator, 50);
        // c1 of the new file has 40 ms, c2 of the old one 10.
        assert_eq!(answer(&mut session), "Lab | 2 | 1 | 25\n");
        assert_eq!(rows(&mut session, 1).duplicates, 1);
        assert_eq!(rows(&mut session, 2).duplicates, 0);
    }
}

#[test]
fn a_call_that_two_other_files_have_is_one_duplicate() {
    let old = format!(
        "[{},{}]",
        call_record("c1", 1, 10),
        call_record("c2", 1, 10)
    );
    let new = call_record("c1", 2, 40);
    let story = format!(
        "{BUILDING}//- s.csv\n{STREAM_HEADINGS}{}//- a.json\n{old}\n//- b.json\n[{new}]\n",
        stream(1, 1, 10)
    );
    let mut session = session(&story, Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 2 | 0 | 10\n");
    let counts = [2, 3].map(|id| rows(&mut session, id));
    assert_eq!(
        counts.map(|rows| (rows.used, rows.duplicates)),
        [(1, 1), (0, 1)]
    );
    let said = complaints(&session.cards()[2]);
    assert!(said.contains("Note RowsInOtherFile"), "{said}");
    assert!(!said.contains("RowsInOtherFile x2"), "{said}");
}

fn call_figures(session: &mut Session) -> CallFigures {
    match session.answer(&Request::Overview(Choices::default())) {
        Response::Overview(view) => view.calls.expect("there are calls"),
        other => panic!("no overview: {other:?}"),
    }
}

#[test]
fn one_call_from_dashboard_graph_and_telephone_is_one_call() {
    let graph = format!(
        "[{},{}]",
        call_record("c1", 1, 10),
        call_record("c7", 1, 10)
    );
    let direct_routing = "CorrelationId,UPN,Display Name,Invite time,Start time,End time,Duration (seconds),Success,Caller Number,Callee Number,Call type,Shared correlation ID\n\
        C1,anna@contoso.com,Anna,2026-10-01 10:00:00,2026-10-01 10:00:01,2026-10-01 10:01:00,60,Yes,+1425,+1426,dr_in,\n\
        d8,anna@contoso.com,Anna,2026-10-01 11:00:00,2026-10-01 11:00:01,2026-10-01 11:01:00,60,Yes,+1425,+1426,dr_out_user_transfer,c7\n\
        d9,anna@contoso.com,Anna,2026-10-01 12:00:00,2026-10-01 12:00:01,2026-10-01 12:01:00,60,Yes,+1425,+1426,dr_in,\n";
    let story = format!(
        "{BUILDING}//- cqd.csv\n{STREAM_HEADINGS}{}//- graph.json\n{graph}\n//- dr.csv\n{direct_routing}",
        stream(1, 1, 10)
    );
    let mut session = session(&story, Role::Administrator);
    let expected = CallFigures {
        n_calls: 2,
        may_be_more: false,
        n_telephone: 3,
        n_both: 2,
    };
    assert_eq!(call_figures(&mut session), expected);
    // The dashboard's stream of c1 counts, Graph's does not; Graph's of c7 does.
    assert_eq!(answer(&mut session), "Lab | 2 | 0 | 10\n");
    assert_eq!(rows(&mut session, 2).duplicates, 1);
}

/// A call record as a list call gives it: without sessions.
fn bare_record(id: &str, version: u32) -> String {
    format!(
        r#"{{"id":"{id}","version":{version},"type":"groupCall","modalities":["audio"],
        "startDateTime":"2026-10-01T10:00:00Z","endDateTime":"2026-10-01T10:05:00Z"}}"#
    )
}

#[test]
fn a_record_without_sessions_takes_nothing_from_one_that_has_them() {
    let list = format!("[{},{}]", bare_record("c1", 5), bare_record("c2", 1));
    let get = call_record("c1", 1, 40);
    for files in [
        vec![("a.json", list.clone()), ("b.json", get.clone())],
        vec![("a.json", get.clone()), ("b.json", list.clone())],
        vec![("a.json", format!("[{get},{}]", bare_record("c1", 2)))],
    ] {
        let mut all = vec![(
            "b.tsv".to_owned(),
            BUILDING.split_once('\n').expect("rows").1.into(),
        )];
        all.extend(
            files
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.into_bytes())),
        );
        let mut session = session_of(&all, Role::Administrator, usize::MAX);
        assert_eq!(answer(&mut session), "Lab | 1 | 1 | 40\n");
    }
}

#[test]
fn a_third_export_that_says_too_little_leaves_the_others_their_overlap() {
    let one = format!("{STREAM_HEADINGS}{}{}", stream(1, 1, 10), stream(2, 2, 10));
    let other = format!("{STREAM_HEADINGS}{}{}", stream(2, 2, 10), stream(3, 3, 10));
    let third = "Second Subnet,Avg Jitter\n192.0.2.0,10\n";
    let story = format!("{BUILDING}//- a.csv\n{one}//- b.csv\n{other}//- c.csv\n{third}");
    let mut session = session(&story, Role::Administrator);
    assert!(answer(&mut session).starts_with("Lab | 3 | "));
    assert!(complaints(&session.cards()[3]).contains("OverlapUnknown"));
    assert!(!complaints(&session.cards()[1]).contains("OverlapUnknown"));
}

#[test]
fn groups_of_the_same_time_are_the_same_streams() {
    let of = |good: u32| {
        format!(
            "Month Year,Second Subnet,Audio Good Stream Count,Audio Poor Stream Count\n2026-10,10.1.2.0,{good},10\n"
        )
    };
    let story =
        |one: String, other: String| format!("{BUILDING}//- a.csv\n{one}//- b.csv\n{other}");
    let mut session_1 = session(&story(of(90), of(135)), Role::Administrator);
    assert_eq!(answer(&mut session_1), "Lab | 100 | 10 | \n");
    let later = of(135).replace("2026-10,", "2026-11,");
    let mut session_2 = session(&story(of(90), later), Role::Administrator);
    assert_eq!(answer(&mut session_2), "Lab | 245 | 20 | \n");
}

#[test]
fn counts_of_one_stream_each_are_counts_all_the_same() {
    let text = "Second Subnet,Audio Good Stream Count,Audio Poor Stream Count\n10.1.2.0,1,0\n10.1.2.0,0,1\n10.1.2.0,1e300,0\n";
    let mut session = session(&format!("{BUILDING}//- s.csv\n{text}"), Role::Administrator);
    assert_eq!(answer(&mut session), "Lab | 2 | 1 | \n");
}

#[test]
fn endpoints_are_told_apart_by_case() {
    let of = |name: &str| {
        format!("{name},Fabrikam,Model,Laptop,a,b,c\nZ{name},Fabrikam,Model,Laptop,a,b,c\n")
    };
    let story = format!("//- a.csv\n{}//- b.csv\n{}", of("ABC1"), of("abc1"));
    let mut session = session(&story, Role::Administrator);
    assert_eq!(rows(&mut session, 1).duplicates, 0);
}

#[test]
fn streams_that_do_not_say_their_call_are_warned_of_beside_call_records() {
    let graph = call_record("c1", 1, 10);
    let insights =
        "CallId,SessionId,StreamId,MediaLabel,Caller_Subnet\nc9,s9,t9,main-audio,10.1.2.0\n";
    let named = format!("{STREAM_HEADINGS}{}", stream(1, 1, 10));
    let unnamed =
        "Second Subnet,Media Type,End Time,Avg Jitter\n10.1.2.0,Audio,2026-10-01T10:00:00,10\n";
    let partly = |n_named: u32, n_unnamed: usize| {
        let named: String = (0..n_named)
            .map(|call| stream(call, call % 60, 10))
            .collect();
        let unnamed = stream(1, 1, 10).replacen("c1,", ",", 1).repeat(n_unnamed);
        format!("{STREAM_HEADINGS}{named}{unnamed}")
    };
    for (dashboard, is_warned) in [
        (named.as_str(), false),
        (unnamed, true),
        (&partly(199, 1), false),
        (&partly(50, 50), true),
    ] {
        for other in [
            format!("//- o.json\n{graph}\n"),
            format!("//- o.csv\n{insights}"),
        ] {
            let story = format!("{BUILDING}//- cqd.csv\n{dashboard}\n{other}");
            let mut session = session(&story, Role::Administrator);
            let said = [1, 2].map(|idx| complaints(&session.cards()[idx]));
            let warned = said.map(|said| said.contains("Warning OverlapUnknown"));
            assert_eq!(warned, [is_warned, false], "{story}");
        }
    }
    let mut alone = session(
        &format!("{BUILDING}//- cqd.csv\n{unnamed}"),
        Role::Administrator,
    );
    assert!(!complaints(&alone.cards()[1]).contains("OverlapUnknown"));
}
