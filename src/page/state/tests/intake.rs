//! The user's word on files: questions, reading again, columns, rows that are not used.

use super::{asked, card, open, ready, report};
use crate::page::state::{Action, Draft, Effect, NewFile, Phase, Screen, State, View};
use crate::protocol::{
    ColumnChoice, ColumnMeaning, ColumnView, ColumnsView, Command, DateOrder, Delimiter, Download,
    Event, FileCard, FileId, FileKind, FileState, Question, ReadSettings, Request, Response, Role,
    Sheet, TextEncoding, member_id,
};

fn with_tabs() -> ReadSettings {
    ReadSettings {
        delimiter: Some(Delimiter::Tab),
        ..ReadSettings::default()
    }
}

fn readable(id: FileId, state: FileState) -> FileCard {
    FileCard {
        has_columns: state == FileState::Ready,
        kind: Some(FileKind::CqdStreams),
        ..card(id, state)
    }
}

fn answer_columns(ticket: u32) -> Action {
    let column = |heading: &str, meaning| ColumnView {
        heading: heading.to_owned(),
        meaning,
        proposals: Vec::new(),
        samples: Vec::new(),
    };
    let view = ColumnsView {
        file: 0,
        columns: vec![
            column("Jit", ColumnMeaning::Unknown),
            column(
                "Avg Round Trip",
                ColumnMeaning::Known("Avg Round Trip".to_owned()),
            ),
        ],
        fields: vec!["Avg Jitter".to_owned(), "Avg Round Trip".to_owned()],
    };
    Action::Told(Event::Answer {
        ticket,
        response: Response::Columns(view),
    })
}

/// A page on which the columns of the file in use are shown.
fn with_columns() -> State {
    let (mut state, _) = ready(View::Files);
    state.apply(report(vec![readable(0, FileState::Ready)]));
    let effects = state.apply(Action::ShowColumns(0));
    let [(ticket, Request::Columns(0))] = asked(&effects)[..] else {
        panic!("asks for the columns")
    };
    state.apply(answer_columns(ticket));
    state
}

fn draft(heading: &str, field: &str) -> Action {
    Action::DraftColumn {
        heading: heading.to_owned(),
        draft: Draft::Field(field.to_owned()),
    }
}

fn jitter() -> ColumnChoice {
    ColumnChoice {
        heading: "Jit".to_owned(),
        field: Some("Avg Jitter".to_owned()),
    }
}

fn rereads(effects: &[Effect]) -> Vec<(FileId, ReadSettings)> {
    let reread = |effect: &Effect| match effect {
        Effect::Tell(Command::Reread { file, settings }) => Some((*file, settings.clone())),
        _ => None,
    };
    effects.iter().filter_map(reread).collect()
}

#[test]
fn the_users_word_on_a_file_is_told_and_shown_at_once() {
    let (mut state, _) = ready(View::Files);
    let effects = state.apply(Action::SetReading {
        file: 0,
        settings: with_tabs(),
    });
    assert_eq!(rereads(&effects), [(0, with_tabs())]);
    assert_eq!(state.files.cards[0].settings, with_tabs());
    assert_eq!(state.phase, Phase::Reading);
    // A report from before knows nothing of it.
    state.apply(report(vec![card(0, FileState::Ready)]));
    assert_eq!(state.files.cards[0].settings, with_tabs());
}

#[test]
fn a_second_decision_keeps_the_first() {
    let (mut state, _) = ready(View::Files);
    state.apply(Action::SetReading {
        file: 0,
        settings: with_tabs(),
    });
    let settings = ReadSettings {
        encoding: Some(TextEncoding::Windows1252),
        ..state.files.cards[0].settings.clone()
    };
    let effects = state.apply(Action::SetReading { file: 0, settings });
    let [(0, settings)] = &rereads(&effects)[..] else {
        panic!("is told")
    };
    assert_eq!(settings.delimiter, Some(Delimiter::Tab));
}

#[test]
fn figures_wait_until_a_file_is_read_again() {
    let (mut state, _) = ready(View::Overview);
    let set = Action::SetReading {
        file: 0,
        settings: with_tabs(),
    };
    assert_eq!(asked(&state.apply(set)), []);
    let waiting = report(vec![card(0, FileState::Waiting)]);
    assert_eq!(asked(&state.apply(waiting)), []);
    assert!(state.overview.is_awaited());
    let failed = vec![card(0, FileState::Failed), card(1, FileState::Ready)];
    state.apply(report(failed));
    assert_eq!(state.phase, Phase::Ready);
}

#[test]
fn a_file_that_is_read_again_stays_on_the_screen() {
    let mut state = State::new(View::Overview);
    state.apply(open(1));
    state.apply(report(vec![card(0, FileState::Failed)]));
    assert_eq!(state.screen(), Screen::Welcome);
    let effects = state.apply(Action::SetReading {
        file: 0,
        settings: with_tabs(),
    });
    assert_eq!(effects[1..], [Effect::FocusTitle, Effect::Go(View::Files)]);
    assert_eq!(state.screen(), Screen::Files);
    state.apply(report(vec![card(0, FileState::Failed)]));
    assert_eq!(state.screen(), Screen::Files);
}

#[test]
fn a_file_that_is_read_again_outdates_the_figures() {
    let (mut state, effects) = ready(View::Streams);
    let refusal = Event::Answer {
        ticket: asked(&effects)[0].0,
        response: Response::NotForRole,
    };
    state.apply(Action::Told(refusal));
    state.apply(Action::SetReading {
        file: 0,
        settings: with_tabs(),
    });
    assert_eq!(asked(&state.apply(Action::Show(View::Streams))), []);
    let waiting = report(vec![card(0, FileState::Waiting)]);
    assert_eq!(asked(&state.apply(waiting)), []);
    let read = report(vec![card(0, FileState::Ready)]);
    assert_eq!(asked(&state.apply(read)).len(), 1);
}

#[test]
fn a_new_session_hears_the_users_word_again_even_on_members() {
    let member = member_id(0, 3).expect("a member's id");
    let (mut state, _) = ready(View::Files);
    let cards = || {
        let of_package = FileCard {
            parent: Some(0),
            ..card(member, FileState::Ready)
        };
        vec![card(0, FileState::Ready), of_package]
    };
    state.apply(report(cards()));
    state.apply(Action::SetReading {
        file: member,
        settings: with_tabs(),
    });
    state.apply(report(cards()));
    let effects = state.apply(Action::Restart);
    assert_eq!(rereads(&effects), []);
    assert_eq!(
        rereads(&state.apply(report(vec![card(0, FileState::Waiting)]))),
        []
    );
    assert_eq!(
        rereads(&state.apply(report(cards()))),
        [(member, with_tabs())]
    );
    assert_eq!(rereads(&state.apply(report(cards()))), []);
}

#[test]
fn a_member_that_was_removed_stays_away_from_a_new_session() {
    let member = member_id(0, 1).expect("a member's id");
    let (mut state, _) = ready(View::Files);
    let of_package = FileCard {
        parent: Some(0),
        ..card(member, FileState::Ready)
    };
    state.apply(report(vec![card(0, FileState::Ready), of_package]));
    state.apply(Action::Remove(member));
    let effects = state.apply(Action::Restart);
    assert_eq!(effects[1], Effect::Tell(Command::Remove(member)));
    assert!(matches!(effects[2], Effect::Tell(Command::Open(_))));
}

#[test]
fn one_answer_about_dates_can_serve_all_files_that_ask() {
    let mut state = State::new(View::Files);
    state.apply(open(3));
    let asking = |id| card(id, FileState::Asking(Question::DayFirst { column: 4 }));
    state.apply(report(vec![
        asking(0),
        card(1, FileState::Ready),
        asking(2),
    ]));
    assert_eq!(state.files.others_asking_for_day(0), [2]);
    let effects = state.apply(Action::AnswerDayFirst {
        files: vec![0, 2],
        is_day_first: true,
    });
    let reply = |file| Effect::Tell(Command::Reply { file, yes: true });
    assert_eq!(effects, [reply(0), reply(2)]);
    assert_eq!(state.files.question(), None);
    assert_eq!(
        state.files.cards[2].settings.date_order,
        Some(DateOrder::DayFirst)
    );
}

#[test]
fn a_package_alone_is_nothing_in_use() {
    let mut state = State::new(View::Overview);
    state.apply(Action::Open(vec![NewFile {
        name: "export.zip".to_owned(),
        size_bytes: 10,
    }]));
    let package = || FileCard {
        kind: Some(FileKind::Package),
        ..card(0, FileState::Ready)
    };
    let member = |state| FileCard {
        parent: Some(0),
        ..card(member_id(0, 0).expect("a member's id"), state)
    };
    state.apply(report(vec![package(), member(FileState::Failed)]));
    assert_eq!((state.phase, state.files.n_in_use()), (Phase::Empty, 0));
    state.apply(report(vec![package(), member(FileState::Ready)]));
    assert_eq!((state.phase, state.files.n_in_use()), (Phase::Ready, 1));
}

#[test]
fn columns_are_applied_and_asked_for_again_once_the_file_is_read() {
    let mut state = with_columns();
    state.apply(draft("Jit", "avg jitter"));
    let effects = state.apply(Action::ApplyColumns);
    let settings = ReadSettings {
        columns: vec![jitter()],
        ..ReadSettings::default()
    };
    assert_eq!(
        effects,
        [Effect::Tell(Command::Reread { file: 0, settings })]
    );
    let reading = FileState::Reading { done_bytes: 1 };
    assert_eq!(asked(&state.apply(report(vec![readable(0, reading)]))), []);
    assert!(state.columns.slot.view().is_some(), "the old answer stays");
    let effects = state.apply(report(vec![readable(0, FileState::Ready)]));
    assert!(matches!(asked(&effects)[..], [(_, Request::Columns(0))]));
}

#[test]
fn another_way_of_reading_keeps_what_columns_are() {
    let mut state = with_columns();
    state.apply(draft("Jit", "Avg Jitter"));
    state.apply(Action::ApplyColumns);
    let effects = state.apply(Action::SetReading {
        file: 0,
        settings: with_tabs(),
    });
    let [(0, settings)] = &rereads(&effects)[..] else {
        panic!("is told")
    };
    assert_eq!(settings.columns, [jitter()]);
}

#[test]
fn choices_survive_a_look_elsewhere_but_not_another_file() {
    let mut state = with_columns();
    state.apply(draft("Jit", "Avg Jitter"));
    state.apply(Action::HideColumns);
    state.apply(Action::ShowColumns(0));
    let chosen = Draft::Field("Avg Jitter".to_owned());
    assert_eq!(state.columns.drafts.of("Jit", &[]), chosen);
    state.apply(Action::ShowColumns(1));
    assert_eq!(state.columns.drafts.of("Jit", &[]), Draft::Automatic);
}

#[test]
fn a_lower_role_and_a_lost_file_end_the_look_at_columns() {
    let mut state = with_columns();
    state.apply(Action::SetRole(Role::Specialist));
    assert_eq!(state.columns.shown, None);
    assert!(state.columns.slot.view().is_none());
    let mut state = with_columns();
    state.apply(report(vec![readable(0, FileState::Failed)]));
    assert_eq!(state.columns.shown, None);
}

#[test]
fn rows_that_are_not_used_are_saved_even_if_no_file_is_in_use() {
    let mut state = State::new(View::Files);
    state.apply(open(1));
    state.apply(report(vec![card(0, FileState::Failed)]));
    let effects = state.apply(Action::SaveRejected(0));
    let [(ticket, Request::Download(Sheet::Rejected(0)))] = asked(&effects)[..] else {
        panic!("asks for the rows")
    };
    assert_eq!(asked(&state.apply(Action::SaveColumnMap(0))), []);
    let download = Download {
        name: "rows-not-used.csv".to_owned(),
        bytes: Vec::new(),
    };
    let answer = Event::Answer {
        ticket,
        response: Response::Download(download.clone()),
    };
    assert_eq!(state.apply(Action::Told(answer)), [Effect::Save(download)]);
}

#[test]
fn columns_of_a_file_that_could_not_be_read_stay_open_with_what_was_noted() {
    let mut state = with_columns();
    state.apply(draft("Jit", "Avg Jitter"));
    for file_state in [FileState::Failed, FileState::Waiting, FileState::Failed] {
        let failed = FileCard {
            has_columns: true,
            ..readable(0, file_state)
        };
        state.apply(report(vec![failed]));
        assert_eq!(state.columns.shown, Some(0));
        assert_eq!(state.columns.drafts.n_ready(&["Avg Jitter".to_owned()]), 1);
    }
    state.apply(report(Vec::new()));
    assert_eq!(state.columns.shown, None);
}
