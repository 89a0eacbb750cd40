//! Files of streams that are written part by part.

use callscope::engine::session::Session;
use callscope::protocol::{Choices, Request, Response, Role, Sheet, StreamsQuery, Window};

use crate::files::{EVERYTHING, session_of};

const HEADINGS: &str = "Conference Id,Second IP Address,Second UPN,Avg Jitter,End Time\n";

fn session(role: Role) -> Session {
    let row = |row: u32| {
        let second = row % 60;
        format!(
            "c{row},10.1.0.{},secret{row}@contoso.com,{second},2026-10-01T10:00:{second:02}\n",
            row % 200
        )
    };
    let files = [0..9_000, 9_000..20_000]
        .map(|rows| HEADINGS.to_owned() + &rows.map(row).collect::<String>());
    let files: Vec<_> = (0..)
        .zip(files)
        .map(|(idx, text)| (format!("{idx}.csv"), text.into_bytes()))
        .collect();
    session_of(&files, role, usize::MAX)
}

fn request(window: Window) -> Request {
    Request::Download(Sheet::Streams(StreamsQuery {
        choices: Choices::default(),
        building: None,
        window,
    }))
}

fn text_of(response: Response) -> String {
    match response {
        Response::Download(download) => String::from_utf8(download.bytes).expect("UTF-8"),
        other => panic!("no download: {other:?}"),
    }
}

/// What is written in parts, of which there are so many; `between` comes after the first one.
fn written(session: &mut Session, window: Window, between: fn(&mut Session)) -> (String, u32) {
    let mut writing = session
        .begin_writing(&request(window))
        .expect("a file of streams");
    let mut n_parts = 0;
    loop {
        n_parts += 1;
        if let Some(response) = session.write_on(&mut writing) {
            return (text_of(response), n_parts);
        }
        if n_parts == 1 {
            between(session);
        }
    }
}

#[test]
fn a_file_that_is_written_in_parts_is_the_same_file() {
    let mut session = session(Role::Administrator);
    let windows = [
        (0, u32::MAX),
        (0, 8_192),
        (5_000, 9_000),
        (19_999, 7),
        (30_000, 5),
    ];
    for (first_idx, n_rows) in windows {
        let window = Window { first_idx, n_rows };
        let n_streams = 20_000_u32.saturating_sub(first_idx).min(n_rows);
        let (text, n_parts) = written(&mut session, window, |_| {});
        assert_eq!(
            (text.lines().count() as u32, n_parts),
            (n_streams + 1, n_streams / 8_192 + 1)
        );
        assert_eq!(text, text_of(session.answer(&request(window))));
        let query = StreamsQuery {
            choices: Choices::default(),
            building: None,
            window,
        };
        let Response::Streams(view) = session.answer(&Request::Streams(query)) else {
            panic!("no streams");
        };
        assert_eq!(view.rows.len() as u32, n_streams, "what is on the screen");
    }
    assert!(
        session
            .begin_writing(&Request::Overview(Choices::default()))
            .is_none()
    );
}

#[test]
fn what_changes_meanwhile_begins_it_anew() {
    let (text, n_parts) = written(&mut session(Role::Administrator), EVERYTHING, |session| {
        session.lower_role(Role::Specialist);
    });
    assert_eq!((text.lines().count(), n_parts), (20_001, 4));
    assert!(!text.contains("secret"));
    let mut whole = session(Role::Specialist);
    assert_eq!(text, text_of(whole.answer(&request(EVERYTHING))));
    let (text, n_parts) = written(&mut session(Role::Administrator), EVERYTHING, |session| {
        session.remove(0);
    });
    assert_eq!((text.lines().count(), n_parts), (11_001, 3));
    let (text, _) = written(
        &mut session(Role::Administrator),
        EVERYTHING,
        Session::require_whole_names,
    );
    assert!(!text.contains("secret"));
}
