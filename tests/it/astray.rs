//! Names where no names belong: in a column that the user reads as another field, or behind a stray quote. Who does
//! not see names does not see them there.

use callscope::engine::fields::fields;
use callscope::engine::session::Session;
use callscope::protocol::{BuildingGroup, Choices, ColumnChoice, ReadSettings, Response, Role};

use crate::files::session_of;
use crate::redaction::requests_with;

const HEADINGS: &str = "Second IP Address,Second UPN,Media Type,Second Network Connection Detail,Is Server Pair,Avg Jitter\n";

fn files(rows: &str) -> Vec<(String, Vec<u8>)> {
    let buildings = "10.1.0.0\tO\t24\tOffice\t\t\t\tOslo\t\tNO\t\tNorth\t1\t0\t0\n";
    vec![
        ("b.tsv".to_owned(), buildings.as_bytes().to_vec()),
        ("s.csv".to_owned(), format!("{HEADINGS}{rows}").into_bytes()),
    ]
}

fn row(person: u32, connection: &str) -> String {
    format!("10.1.0.{person},secret{person}@contoso.com,Audio,{connection},Client : Server,4\n")
}

/// Whether any answer holds a name.
fn tells(session: &mut Session) -> bool {
    let group = BuildingGroup::Building("Office".to_owned());
    let requests = requests_with(Choices::default(), &group);
    let mut answers = requests.iter().map(|request| session.answer(request));
    answers.any(|answer| {
        let text = format!("{answer:?}") + &sheet_of(&answer);
        text.contains("secret")
    })
}

fn sheet_of(answer: &Response) -> String {
    match answer {
        Response::Download(sheet) => String::from_utf8_lossy(&sheet.bytes).into_owned(),
        _ => String::new(),
    }
}

#[test]
fn a_column_of_names_tells_none_whatever_field_it_is_read_as() {
    let rows: String = (0..8).map(|person| row(person, "WiFi")).collect();
    let files = files(&rows);
    let mut n_told = 0;
    for (_, field) in fields().iter() {
        let read_as = |role, needs_whole_names| {
            let mut session = session_of(&files, role, usize::MAX);
            if needs_whole_names {
                session.require_whole_names();
            }
            let choice = ColumnChoice {
                heading: "Second UPN".to_owned(),
                field: Some(field.name.to_owned()),
            };
            let settings = ReadSettings {
                columns: vec![choice],
                ..ReadSettings::default()
            };
            session.reread(1, settings);
            session.feed(1, &files[1].1);
            session.finish(1);
            tells(&mut session)
        };
        assert!(!read_as(Role::Specialist, false), "{}", field.name);
        assert!(!read_as(Role::Administrator, true), "{}", field.name);
        n_told += u32::from(read_as(Role::Administrator, false));
    }
    assert!(n_told > 3, "an administrator sees names where they are put");
}

#[test]
fn a_row_behind_a_stray_quote_tells_no_name() {
    let mut rows: String = (0..8).map(|person| row(person, "WiFi")).collect();
    rows += &row(8, "\"WiFi");
    rows += &row(9, "WiFi");
    rows += &row(10, "WiFi\"");
    rows += &row(11, "WiFi");
    for role in [Role::Specialist, Role::Administrator] {
        let mut session = session_of(&files(&rows), role, usize::MAX);
        assert_eq!(tells(&mut session), role == Role::Administrator, "{role:?}");
    }
}
