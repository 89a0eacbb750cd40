//! Files come and go; a file is in use as a whole or not at all.

use callscope::engine::session::Session;
use callscope::protocol::{
    Choices, FileId, FileKind, FileState, FileTicket, ProblemCode, Question, ReadSettings, Role,
    RowCounts, member_id,
};

use crate::files::buildings_table;

const OLD: &str = "10.0.0.0\tA\t8\tOld\t\t\t\tOslo\t\tNO\t\tNorth\t1\t0\t0\n";
const NEW: &str = "10.0.0.0\tA\t8\tNew\t\t\t\tOslo\t\tNO\t\tNorth\t1\t0\t0\n";
const STREAMS: &str = "Second IP Address,Media Type,Avg Jitter\n10.1.2.3,Audio,4\n";

fn open(session: &mut Session, id: FileId, text: &str) {
    session.open(FileTicket {
        id,
        name: format!("{id}.txt"),
        size_bytes: text.len() as u64,
    });
}

fn read(session: &mut Session, id: FileId, text: &str) {
    open(session, id, text);
    session.feed(id, text.as_bytes());
    session.finish(id);
}

fn buildings(session: &mut Session) -> String {
    buildings_table(session, Choices::default(), &["building", "streams"])
}

fn states(session: &mut Session) -> Vec<FileState> {
    session.cards().into_iter().map(|card| card.state).collect()
}

#[test]
fn the_same_building_file_again_asks_nothing() {
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, OLD);
    read(&mut session, 2, OLD);
    assert_eq!(
        states(&mut session),
        [FileState::Ready, FileState::Failed],
        "its rows are known"
    );
    assert_eq!(
        session.cards()[1].problems[0].code,
        ProblemCode::SameFileTwice
    );
}

#[test]
fn of_two_equal_exports_the_first_in_the_list_counts_whichever_is_read_first() {
    for order in [[1, 2], [2, 1]] {
        let mut session = Session::new(Role::Administrator);
        open(&mut session, 1, STREAMS);
        open(&mut session, 2, STREAMS);
        for id in order {
            session.feed(id, STREAMS.as_bytes());
            session.finish(id);
        }
        let expected = [FileState::Ready, FileState::Failed];
        assert_eq!(states(&mut session), expected);
        assert_eq!(session.cards()[1].rows.duplicates, 1);
        assert_eq!(buildings(&mut session), "(not mapped) | 1\n");
        session.remove(1);
        assert_eq!(session.to_read_again(), [2], "it is the only one now");
    }
}

#[test]
fn a_second_building_file_asks_before_it_replaces_the_first() {
    for (yes, expected) in [(true, "New | 1\n"), (false, "Old | 1\n")] {
        let mut session = Session::new(Role::Administrator);
        read(&mut session, 1, OLD);
        read(&mut session, 2, STREAMS);
        read(&mut session, 3, NEW);
        let question = Question::ReplaceBuildings {
            in_use: "1.txt".to_owned(),
        };
        assert_eq!(states(&mut session)[2], FileState::Asking(question));
        assert_eq!(buildings(&mut session), "Old | 1\n");
        session.reply(3, yes);
        assert_eq!(buildings(&mut session), expected);
        let expected = if yes {
            vec![FileState::Ready, FileState::Ready]
        } else {
            vec![FileState::Ready, FileState::Ready, FileState::Cancelled]
        };
        assert_eq!(states(&mut session), expected);
    }
}

#[test]
fn a_copy_is_read_when_its_original_is_no_longer_in_use_and_no_other_one_is() {
    let leave: [fn(&mut Session); 4] = [
        |session| session.remove(1),
        |session| {
            session.reread(1, ReadSettings::default());
            session.cancel(1);
        },
        |session| {
            session.reread(1, ReadSettings::default());
            session.fail(1, ProblemCode::Unreadable);
        },
        |session| {
            let settings = ReadSettings {
                kind: Some(FileKind::CallRecords),
                ..ReadSettings::default()
            };
            session.reread(1, settings);
            session.feed(1, STREAMS.as_bytes());
            session.finish(1);
        },
    ];
    for leave in leave {
        let mut session = Session::new(Role::Administrator);
        read(&mut session, 1, STREAMS);
        read(&mut session, 2, STREAMS);
        read(&mut session, 3, STREAMS);
        read(&mut session, 4, OLD);
        session.to_read_again();
        leave(&mut session);
        let again = session.to_read_again();
        assert_eq!(
            again.iter().filter(|id| **id != 1).collect::<Vec<_>>(),
            [&2]
        );
        session.feed(2, STREAMS.as_bytes());
        session.finish(2);
        assert_eq!(buildings(&mut session), "Old | 1\n");
        assert_eq!(
            states(&mut session)[states(&mut session).len() - 2..],
            [FileState::Failed, FileState::Ready]
        );
    }
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, STREAMS);
    read(&mut session, 2, STREAMS);
    read(&mut session, 3, OLD);
    session.remove(3);
    assert!(session.to_read_again().is_empty(), "its original is in use");
}

#[test]
fn a_building_file_that_asks_comes_into_use_when_there_is_none_to_replace() {
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, OLD);
    read(&mut session, 2, STREAMS);
    read(&mut session, 3, NEW);
    read(&mut session, 4, &NEW.replace("New", "Newer"));
    let asks = |in_use: &str| {
        FileState::Asking(Question::ReplaceBuildings {
            in_use: in_use.to_owned(),
        })
    };
    session.remove(1);
    assert_eq!(buildings(&mut session), "New | 1\n");
    assert_eq!(
        states(&mut session),
        [FileState::Ready, FileState::Ready, asks("3.txt")]
    );
    // While the one in use is read again, nothing takes its place.
    session.reread(3, ReadSettings::default());
    open(&mut session, 5, STREAMS);
    session.cancel(5);
    assert_eq!(buildings(&mut session), "(not mapped) | 1\n");
    session.feed(3, NEW.as_bytes());
    session.finish(3);
    assert_eq!(buildings(&mut session), "New | 1\n");
    // Whether something else waits does not matter.
    open(&mut session, 7, STREAMS);
    session.remove(3);
    assert_eq!(buildings(&mut session), "Newer | 1\n");
    session.cancel(7);
    // The user's yes is to this one, and a copy of what it replaces asks no more.
    read(&mut session, 8, &NEW.replace("New", "Newer"));
    read(&mut session, 6, OLD);
    session.reply(6, true);
    assert_eq!(buildings(&mut session), "Old | 1\n");
    assert!(session.to_read_again().iter().all(|id| *id == 3));
}

#[test]
fn while_the_building_file_in_use_is_read_again_it_is_the_one_to_replace() {
    for yes in [true, false] {
        let mut session = Session::new(Role::Administrator);
        read(&mut session, 1, OLD);
        read(&mut session, 2, STREAMS);
        session.reread(1, ReadSettings::default());
        read(&mut session, 3, NEW);
        let question = Question::ReplaceBuildings {
            in_use: "1.txt".to_owned(),
        };
        assert_eq!(states(&mut session)[2], FileState::Asking(question));
        session.reply(3, yes);
        session.feed(1, OLD.as_bytes());
        session.finish(1);
        assert_eq!(
            buildings(&mut session),
            if yes { "New | 1\n" } else { "Old | 1\n" }
        );
        assert!(
            states(&mut session)
                .iter()
                .all(|state| !matches!(state, FileState::Asking(_)))
        );
    }
}

#[test]
fn a_column_map_that_names_its_own_heading_is_read_once() {
    let mut session = Session::new(Role::Administrator);
    read(
        &mut session,
        1,
        "Callscope Heading,Callscope Field\nCallscope Heading,Second Subnet\n",
    );
    assert!(session.to_read_again().is_empty());
    assert!(!session.is_reading());
}

#[test]
fn a_cancelled_file_leaves_the_session_as_before() {
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, OLD);
    read(&mut session, 2, STREAMS);
    let before = buildings(&mut session);
    open(&mut session, 3, STREAMS);
    session.feed(3, STREAMS.as_bytes());
    session.cancel(3);
    assert!(!session.wants(3));
    session.finish(3);
    assert_eq!(buildings(&mut session), before);
    assert_eq!(session.cards()[2].rows, RowCounts::default());
}

#[test]
fn a_file_that_vanishes_while_it_is_read_is_not_half_in() {
    let mut session = Session::new(Role::Administrator);
    open(&mut session, 1, STREAMS);
    session.feed(1, STREAMS.as_bytes());
    session.fail(1, ProblemCode::Unreadable);
    session.finish(1);
    assert_eq!(states(&mut session), [FileState::Failed]);
    assert_eq!(buildings(&mut session), "");
}

#[test]
fn a_member_of_a_package_is_no_file_that_was_chosen_however_many_there_are() {
    let mut session = Session::new(Role::Administrator);
    open(&mut session, 0, "");
    let members = session.package(0, vec![("a.csv".to_owned(), STREAMS.len() as u64)]);
    let member = members[0].expect("a member that is read");
    for id in [1, 4_095, 4_096, 4_097, 1_000_000, 1_048_576] {
        assert_ne!(member_id(id, 4_095), Some(member));
        open(&mut session, id, STREAMS);
        assert!(session.wants(id), "{id}");
        session.remove(id);
        assert!(session.wants(member), "{id}");
    }
    let ends = |package| [member_id(package, 0), member_id(package, 4_095)];
    let mut ids: Vec<_> = (0..3_000).flat_map(ends).collect();
    assert!(ids.is_sorted() && ids.iter().all(Option::is_some));
    ids.dedup();
    assert_eq!(ids.len(), 6_000);
    let beyond = [
        member_id(0, 4_096),
        member_id(1 << 19, 0),
        member_id(u32::MAX, 0),
    ];
    assert_eq!(beyond, [None; 3]);
}

#[test]
fn a_file_of_which_no_row_is_of_use_is_not_in_use() {
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, &STREAMS.replace(",4", ",4,x"));
    assert_eq!(states(&mut session), [FileState::Failed]);
    assert_eq!(session.cards()[0].rows.rejected, 1);
    assert_eq!(buildings(&mut session), "");
}

#[test]
fn a_removed_file_is_forgotten() {
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, OLD);
    read(&mut session, 2, STREAMS);
    session.remove(1);
    assert_eq!(buildings(&mut session), "(not mapped) | 1\n");
    session.remove(2);
    assert_eq!(buildings(&mut session), "");
    assert_eq!(states(&mut session), []);
}

#[test]
fn a_file_that_cannot_fit_into_memory_fails_before_it_is_read() {
    let text = format!(
        "Second IP Address,Media Type,Avg Jitter\n{}",
        "10.1.2.3,Audio,4\n".repeat(8_000)
    );
    for (size_bytes, is_refused) in [(1 << 30, false), (100 << 30, true)] {
        let mut session = Session::new(Role::Administrator);
        session.open(FileTicket {
            id: 1,
            name: "year.csv".to_owned(),
            size_bytes,
        });
        assert!(session.feed(1, text.as_bytes()));
        assert_eq!(session.begin_ranges(1).is_none(), is_refused);
        assert_eq!(session.wants(1), !is_refused);
        let cards = session.cards();
        let problem = cards[0].problems.first();
        let code = problem.map(|problem| problem.code);
        assert_eq!(code, is_refused.then_some(ProblemCode::TooManyRows));
        let memory = problem.and_then(|problem| problem.memory);
        assert_eq!(memory.is_some(), is_refused);
        if let Some(memory) = memory {
            // A text takes a byte at least, a number two.
            let n_rows = 8_000 * (size_bytes / text.len() as u64);
            assert_eq!(memory.file_bytes, size_bytes);
            assert_eq!(memory.needed_bytes, n_rows * 4);
            assert_eq!(memory.used_bytes, 0);
            assert!(memory.needed_bytes > memory.most_bytes);
        }
    }
}

#[test]
fn what_has_gone_takes_no_memory() {
    let endpoints = "Endpoint Name,Endpoint Model,Endpoint Type\nPC1,X1,Laptop\n";
    let used_bytes = |read_before: &[&str], gone: &[FileId]| {
        let mut session = Session::new(Role::Administrator);
        for (id, text) in (2..).zip(read_before) {
            read(&mut session, id, text);
        }
        for id in gone {
            session.remove(*id);
        }
        session.open(FileTicket {
            id: 1,
            name: "year.csv".to_owned(),
            size_bytes: 100 << 40,
        });
        let more = "10.1.2.3,Audio,4\n".repeat(8_000);
        session.feed(1, format!("{STREAMS}{more}").as_bytes());
        assert_eq!(session.begin_ranges(1), None);
        let mut told = session.cards().into_iter().flat_map(|card| card.problems);
        let memory = told.find_map(|problem| problem.memory);
        memory.expect("told").used_bytes
    };
    let streams = used_bytes(&[STREAMS], &[]);
    let both = used_bytes(&[STREAMS, endpoints], &[]);
    assert!(0 < streams && streams < both);
    assert_eq!(used_bytes(&[STREAMS, endpoints], &[3]), streams);
    assert_eq!(used_bytes(&[STREAMS, endpoints], &[3, 2]), 0);
}

#[test]
fn cards_come_early_where_other_files_can_change_no_number() {
    let elsewhere = OLD
        .replace("10.0.0.0", "192.0.2.0")
        .replace("\t8\t", "\t24\t");
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, STREAMS);
    let early = session.early_cards().expect("one export");
    assert!(!session.settle());
    assert_eq!(early, session.cards());
    assert_eq!(session.early_cards(), None, "it is known");
    read(&mut session, 2, &elsewhere);
    let early = session.early_cards().expect("one export");
    assert!(session.settle());
    assert_ne!(early, session.cards(), "a complaint has come to them");
    open(&mut session, 3, STREAMS);
    assert_eq!(session.early_cards(), None, "files are being read");
    session.feed(3, format!("{STREAMS}10.1.2.4,Audio,4\n").as_bytes());
    session.finish(3);
    assert_eq!(session.early_cards(), None, "two may have the same rows");
}

#[test]
fn a_column_map_that_comes_while_a_file_is_read_holds_for_it() {
    const MAP: &str = "Callscope Heading,Callscope Field\nNetz,Second Subnet\n";
    let mut session = Session::new(Role::Administrator);
    read(&mut session, 1, OLD);
    let streams = "Netz,Media Type,Avg Jitter\n10.1.2.0,Audio,4\n";
    open(&mut session, 2, streams);
    // Long enough to show what it is.
    session.feed(2, streams.repeat(3_000).as_bytes());
    assert!(session.to_read_again().is_empty());
    read(&mut session, 4, &MAP.replace("Netz", "Ort"));
    assert!(session.to_read_again().is_empty(), "it has no such heading");
    read(&mut session, 3, MAP);
    assert_eq!(session.to_read_again(), [2]);
    session.feed(2, streams.as_bytes());
    session.finish(2);
    assert_eq!(buildings(&mut session), "Old | 1\n");
}
