//! A locked role under attack, and what the page around this one is answered.

use super::{asked, card, open, ready, report};
use crate::page::embedding::Refusal;
use crate::page::state::{Action, Effect, State, Stop, TableName, Terms, View};
use crate::protocol::{
    Choices, Command, Download, Event, FileState, Question, ReadSettings, Request, Response, Role,
    Sheet,
};

fn terms(role: Role, highest: Option<Role>) -> Terms {
    Terms {
        role,
        highest,
        needs_whole_names: false,
        may_answer: true,
    }
}

/// The highest role that any session is started for.
fn highest_started(effects: &[Effect]) -> Option<Role> {
    let started = |effect: &Effect| match effect {
        Effect::Start(role) => Some(*role),
        _ => None,
    };
    effects.iter().filter_map(started).max()
}

#[test]
fn nothing_raises_a_locked_role() {
    use Role::{Administrator, Engineer, Specialist};
    let (mut state, _) = ready(View::Buildings);
    let effects = state.apply(Action::Settle(terms(Engineer, Some(Engineer))));
    assert_eq!(effects[0], Effect::Start(Engineer));
    state.apply(report(vec![card(0, FileState::Ready)]));
    let attacks = [
        Action::SetRole(Administrator),
        Action::SetRole(Specialist),
        Action::SetRole(Administrator),
        Action::Settle(terms(Administrator, None)),
        Action::Settle(terms(Administrator, Some(Administrator))),
        Action::Stopped(Stop::WorkerFailed),
        Action::SetRole(Administrator),
        Action::Restart,
        Action::StartAfresh,
        open(1),
        Action::SetRole(Administrator),
        Action::OpenDemo,
        Action::Restart,
    ];
    for attack in attacks {
        let effects = state.apply(attack.clone());
        assert!(state.role <= Engineer, "{attack:?}");
        assert!(highest_started(&effects) <= Some(Engineer), "{attack:?}");
    }
}

#[test]
fn without_a_lock_the_role_can_be_chosen() {
    let (mut state, _) = ready(View::Buildings);
    state.apply(Action::Settle(terms(Role::Specialist, None)));
    assert_eq!(state.role, Role::Specialist);
    let effects = state.apply(Action::SetRole(Role::Administrator));
    assert_eq!(effects[0], Effect::Start(Role::Administrator));
}

#[test]
fn whole_names_once_required_stay_required() {
    let mut state = State::new(View::People);
    let required = Terms {
        needs_whole_names: true,
        ..Terms::default()
    };
    state.apply(Action::Settle(required));
    state.apply(Action::Settle(Terms::default()));
    assert!(state.terms.needs_whole_names);
    assert_eq!(state.named_for(), Role::Specialist);
}

fn ask(id: u32) -> Action {
    Action::AskForHost {
        id,
        sheet: Sheet::Overview(Choices::default()),
    }
}

fn download() -> Download {
    Download {
        name: "overview.csv".to_owned(),
        bytes: b"streams\r\n3\r\n".to_vec(),
    }
}

fn answer(ticket: u32, response: Response) -> Action {
    Action::Told(Event::Answer { ticket, response })
}

/// A page with a file in use that may answer.
fn answering() -> State {
    let (mut state, _) = ready(View::Files);
    state.apply(Action::Settle(terms(Role::Administrator, None)));
    state
}

#[test]
fn nothing_is_answered_without_consent_without_files_and_without_an_engine() {
    let (mut state, _) = ready(View::Files);
    let refused = |refusal| [Effect::AnswerHost(5, Err(refusal))];
    assert_eq!(state.apply(ask(5)), refused(Refusal::NotAllowed));
    let mut state = State::new(View::Files);
    state.apply(Action::Settle(terms(Role::Administrator, None)));
    assert_eq!(state.apply(ask(5)), refused(Refusal::NoFiles));
    let mut state = answering();
    state.apply(Action::Stopped(Stop::WorkerFailed));
    assert_eq!(state.apply(ask(5)), refused(Refusal::Stopped));
}

#[test]
fn an_answer_goes_to_its_question_once() {
    let mut state = answering();
    let effects = state.apply(ask(5));
    let [(ticket, Request::Download(Sheet::Overview(_)))] = asked(&effects)[..] else {
        panic!("asks the engine")
    };
    let response = || Response::Download(download());
    assert_eq!(
        state.apply(answer(ticket, response())),
        [Effect::AnswerHost(5, Ok(download()))]
    );
    assert_eq!(state.apply(answer(ticket, response())), []);
}

#[test]
fn what_the_role_may_not_ask_is_refused() {
    let mut state = answering();
    let effects = state.apply(ask(5));
    let (ticket, _) = asked(&effects)[0].clone();
    let refusal = Effect::AnswerHost(5, Err(Refusal::NotForRole));
    assert_eq!(state.apply(answer(ticket, Response::NotForRole)), [refusal]);
}

#[test]
fn an_answer_for_a_higher_role_never_leaves_the_page() {
    let mut state = answering();
    let effects = state.apply(ask(5));
    let (ticket, _) = asked(&effects)[0].clone();
    let effects = state.apply(Action::SetRole(Role::Specialist));
    assert_eq!(
        effects,
        [
            Effect::Tell(Command::LowerRole(Role::Specialist)),
            Effect::AnswerHost(5, Err(Refusal::Interrupted)),
        ]
    );
    let late = answer(ticket, Response::Download(download()));
    assert_eq!(state.apply(late), []);
}

#[test]
fn a_question_that_waits_when_the_engine_fails_is_told_that_it_stopped() {
    let mut state = answering();
    state.apply(ask(5));
    let effects = state.apply(Action::Stopped(Stop::WorkerFailed));
    assert_eq!(effects, [Effect::AnswerHost(5, Err(Refusal::Stopped))]);
}

#[test]
fn a_download_of_the_user_and_an_answer_do_not_mix() {
    let mut state = answering();
    let saving = state.apply(Action::Download(TableName::Buildings));
    let asking = state.apply(ask(5));
    let [(own, _), (of_host, _)] = [&saving, &asking].map(|effects| asked(effects)[0].clone());
    let response = || Response::Download(download());
    assert_eq!(
        state.apply(answer(of_host, response())),
        [Effect::AnswerHost(5, Ok(download()))]
    );
    assert_eq!(
        state.apply(answer(own, response())),
        [Effect::Save(download())]
    );
}

#[test]
fn not_more_questions_wait_than_the_page_can_remember() {
    let mut state = answering();
    for id in 0..16 {
        assert_eq!(asked(&state.apply(ask(id))).len(), 1);
    }
    let refusal = Effect::AnswerHost(16, Err(Refusal::Busy));
    assert_eq!(state.apply(ask(16)), [refusal]);
}

#[test]
fn what_leaves_the_page_waits_for_a_file_that_is_read_again() {
    let mut state = answering();
    state.apply(Action::Show(View::Buildings));
    let reread = Action::SetReading {
        file: 0,
        settings: ReadSettings::default(),
    };
    state.apply(reread);
    let mut effects = state.apply(Action::Show(View::Streams));
    effects.extend(state.apply(ask(5)));
    effects.extend(state.apply(Action::Download(TableName::Streams)));
    for file_state in [
        FileState::Reading { done_bytes: 7 },
        FileState::Asking(Question::DayFirst { column: 1 }),
        FileState::Waiting,
    ] {
        effects.extend(state.apply(report(vec![card(0, file_state)])));
    }
    assert_eq!(asked(&effects), []);
    assert!(state.streams.slot.is_awaited());
    let effects = state.apply(report(vec![card(0, FileState::Ready)]));
    let asked: Vec<Request> = asked(&effects)
        .into_iter()
        .map(|(_, asked)| asked)
        .collect();
    assert!(
        matches!(
            asked[..],
            [
                Request::Download(Sheet::Overview(_)),
                Request::Download(Sheet::Streams(_)),
                Request::Streams(_)
            ]
        ),
        "{asked:?}"
    );
    assert_eq!(state.apply(report(vec![card(0, FileState::Ready)])), []);
}

#[test]
fn nothing_that_waited_is_asked_for_a_lower_role() {
    let mut state = answering();
    state.apply(Action::SetReading {
        file: 0,
        settings: ReadSettings::default(),
    });
    state.apply(ask(5));
    let effects = state.apply(Action::SetRole(Role::Engineer));
    assert!(
        effects.contains(&Effect::AnswerHost(5, Err(Refusal::Interrupted))),
        "{effects:?}"
    );
    assert_eq!(
        asked(&state.apply(report(vec![card(0, FileState::Ready)]))),
        []
    );
}

#[test]
fn a_file_that_the_engine_reads_again_of_itself_is_waited_for_too() {
    let mut state = answering();
    state.apply(report(vec![card(0, FileState::Waiting)]));
    assert_eq!(asked(&state.apply(ask(5))), []);
    let effects = state.apply(report(vec![card(0, FileState::Ready)]));
    assert_eq!(asked(&effects).len(), 1);
    // For one that is not in use nobody waits.
    state.apply(report(vec![
        card(0, FileState::Ready),
        card(1, FileState::Failed),
    ]));
    state.apply(Action::SetReading {
        file: 1,
        settings: ReadSettings::default(),
    });
    assert_eq!(asked(&state.apply(ask(6))).len(), 1);
}

#[test]
fn a_report_that_was_on_its_way_before_a_file_is_read_again_ends_no_waiting() {
    let mut state = answering();
    for _ in 0..2 {
        state.apply(Action::SetReading {
            file: 0,
            settings: ReadSettings::default(),
        });
        let mut effects = state.apply(ask(5));
        effects.extend(state.apply(report(vec![card(0, FileState::Ready)])));
        effects.extend(state.apply(report(vec![card(0, FileState::Waiting)])));
        assert_eq!(asked(&effects), []);
        assert_eq!(
            asked(&state.apply(report(vec![card(0, FileState::Ready)]))).len(),
            1
        );
    }
}
