//! Actions in, state and effects out.

mod host;
mod intake;
mod settings;

use super::{
    Action, Effect, HelpPart, NewFile, Phase, Screen, State, Stop, TableName, Version, View,
};
use crate::protocol::{
    BuildingColumn, BuildingGroup, BuildingsView, Choices, Classifier, Command, Days, Download,
    Event, FileCard, FileId, FileKind, FileState, Limits, Media, Problem, ProblemCode,
    ReadSettings, Request, Response, Role, RowCounts, RowUnit, Severity, Window, Withheld,
};

pub(crate) fn card(id: FileId, state: FileState) -> FileCard {
    FileCard {
        id,
        name: format!("{id}.csv"),
        size_bytes: 100,
        kind: None,
        evidence: String::new(),
        parent: None,
        unit: RowUnit::default(),
        assumptions: None,
        settings: ReadSettings::default(),
        has_columns: false,
        state,
        rows: RowCounts::default(),
        problems: Vec::new(),
    }
}

pub(crate) fn report(cards: Vec<FileCard>) -> Action {
    Action::Told(Event::Files(cards))
}

pub(crate) fn open(n_files: usize) -> Action {
    let file = NewFile {
        name: "streams.csv".to_owned(),
        size_bytes: 100,
    };
    Action::Open(vec![file; n_files])
}

/// A page with one file in use that shows this view, and the questions that it put.
fn ready(view: View) -> (State, Vec<Effect>) {
    let mut state = State::new(view);
    state.apply(open(1));
    let effects = state.apply(report(vec![card(0, FileState::Ready)]));
    (state, effects)
}

fn asked(effects: &[Effect]) -> Vec<(u32, Request)> {
    let ask = |effect: &Effect| match effect {
        Effect::Tell(Command::Ask { ticket, request }) => Some((*ticket, request.clone())),
        _ => None,
    };
    effects.iter().filter_map(ask).collect()
}

fn answer_buildings(ticket: u32, n_found: u32) -> Action {
    let view = BuildingsView {
        rows: Vec::new(),
        first_idx: 0,
        n_found,
        n_all: 60,
        n_without_streams: 0,
        withheld: Withheld::No,
    };
    Action::Told(Event::Answer {
        ticket,
        response: Response::Buildings(view),
    })
}

fn n_found(state: &State) -> Option<u32> {
    state.buildings.slot.view().map(|view| view.n_found)
}

#[test]
fn the_phase_follows_the_files() {
    let mut state = State::new(View::Overview);
    assert_eq!(state.phase, Phase::Empty);
    state.apply(open(2));
    assert_eq!(
        (state.phase, state.screen()),
        (Phase::Reading, Screen::Reading)
    );
    state.apply(report(vec![
        card(0, FileState::Ready),
        card(1, FileState::Reading { done_bytes: 5 }),
    ]));
    assert_eq!(state.phase, Phase::Reading);
    state.apply(report(vec![
        card(0, FileState::Ready),
        card(1, FileState::Failed),
    ]));
    assert_eq!(
        (state.phase, state.screen()),
        (Phase::Ready, Screen::Answers(View::Overview))
    );
    state.apply(report(vec![card(1, FileState::Failed)]));
    assert_eq!(
        (state.phase, state.screen()),
        (Phase::Empty, Screen::Welcome)
    );
    assert_eq!(state.files.cards.len(), 1);
}

#[test]
fn a_file_that_the_worker_has_not_mentioned_stays_on_the_screen() {
    let (mut state, _) = ready(View::Overview);
    state.apply(open(1));
    state.apply(report(vec![card(0, FileState::Ready)]));
    assert_eq!(
        state
            .files
            .cards
            .iter()
            .map(|card| card.id)
            .collect::<Vec<_>>(),
        [0, 1]
    );
    assert_eq!(state.phase, Phase::Reading);
}

#[test]
fn questions_are_put_as_soon_as_the_files_are_read() {
    let (_, effects) = ready(View::Buildings);
    assert!(matches!(asked(&effects)[..], [(_, Request::Buildings(_))]));
}

#[test]
fn one_question_of_a_kind_is_on_its_way() {
    let (mut state, effects) = ready(View::Buildings);
    let (ticket, _) = asked(&effects)[0].clone();
    assert_eq!(
        asked(&state.apply(Action::SearchBuildings("ams".to_owned()))),
        []
    );
    let effects = state.apply(answer_buildings(ticket, 60));
    assert_eq!(n_found(&state), Some(60));
    let [(_, Request::Buildings(query))] = &asked(&effects)[..] else {
        panic!("asks again")
    };
    assert_eq!(query.search, "ams");
}

#[test]
fn an_answer_is_not_asked_for_twice() {
    let (mut state, effects) = ready(View::Buildings);
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    assert_eq!(asked(&state.apply(Action::Show(View::Help))), []);
    assert_eq!(asked(&state.apply(Action::Show(View::Buildings))), []);
}

#[test]
fn choices_are_asked_with_and_old_rows_stay_meanwhile() {
    let (mut state, effects) = ready(View::Buildings);
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    let choices = Choices {
        media: Media::All,
        ..Choices::default()
    };
    let effects = state.apply(Action::SetChoices(choices));
    let [(_, Request::Buildings(query))] = &asked(&effects)[..] else {
        panic!("asks again")
    };
    assert_eq!(query.choices, choices);
    assert_eq!(n_found(&state), Some(60));
    assert!(state.buildings.slot.is_awaited());
}

#[test]
fn a_specialist_sees_no_headings_even_before_the_worker_has_heard_of_the_role() {
    let heading = Some("ada@contoso.com".to_owned());
    let with_heading = || FileCard {
        has_columns: true,
        problems: vec![Problem {
            severity: Severity::Warning,
            code: ProblemCode::UnknownHeading,
            line: None,
            column: Some(1),
            heading: heading.clone(),
            n_times: 1,
            further_lines: Vec::new(),
            memory: None,
        }],
        ..card(0, FileState::Ready)
    };
    let (mut state, _) = ready(View::Files);
    state.apply(report(vec![with_heading()]));
    assert_eq!(state.files.cards[0].problems[0].heading, heading);
    for action in [
        Action::SetRole(Role::Specialist),
        report(vec![with_heading()]),
    ] {
        state.apply(action);
        let card = &state.files.cards[0];
        assert_eq!(
            (card.has_columns, &card.problems[0].heading),
            (false, &None)
        );
    }
}

#[test]
fn a_lower_role_forgets_what_was_said_and_drops_what_is_on_its_way() {
    let (mut state, effects) = ready(View::Buildings);
    let (ticket, _) = asked(&effects)[0].clone();
    let effects = state.apply(Action::SetRole(Role::Specialist));
    assert_eq!(
        effects[0],
        Effect::Tell(Command::LowerRole(Role::Specialist))
    );
    assert_eq!(asked(&effects).len(), 1);
    state.apply(answer_buildings(ticket, 60));
    assert_eq!(n_found(&state), None);
}

#[test]
fn a_specialist_does_not_keep_limits_of_its_own() {
    let (mut state, effects) = ready(View::Buildings);
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    let custom = Classifier::Custom(Limits::default());
    let effects = state.apply(Action::SetChoices(Choices {
        classifier: custom,
        ..Choices::default()
    }));
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    state.apply(Action::SetRole(Role::Engineer));
    assert_eq!(state.choices.classifier, custom);
    let effects = state.apply(Action::SetRole(Role::Specialist));
    let [(_, Request::Buildings(query))] = &asked(&effects)[..] else {
        panic!("asks again")
    };
    assert_eq!(query.choices, Choices::default());
}

#[test]
fn a_higher_role_starts_a_new_session_with_the_same_files() {
    let (mut state, _) = ready(View::Buildings);
    state.apply(Action::OpenDemo);
    state.apply(Action::SetRole(Role::Specialist));
    let effects = state.apply(Action::SetRole(Role::Engineer));
    assert_eq!(effects[0], Effect::Start(Role::Engineer));
    assert_eq!(effects[1], Effect::Tell(Command::OpenDemo([1, 2])));
    assert!(matches!(&effects[2], Effect::Tell(Command::Open(tickets)) if tickets[0].id == 0));
    assert_eq!((state.phase, effects.len()), (Phase::Reading, 3));
}

#[test]
fn a_new_session_leaves_out_what_was_removed() {
    let mut state = State::new(View::Overview);
    state.apply(Action::OpenDemo);
    state.apply(report(vec![card(1, FileState::Ready)]));
    let effects = state.apply(report(vec![card(1, FileState::Ready)]));
    assert_eq!(effects, []);
    state.apply(report(vec![
        card(0, FileState::Ready),
        card(1, FileState::Ready),
    ]));
    state.apply(report(vec![card(1, FileState::Ready)]));
    let effects = state.apply(Action::Restart);
    assert_eq!(
        effects[1..],
        [
            Effect::Tell(Command::OpenDemo([0, 1])),
            Effect::Tell(Command::Remove(0)),
        ]
    );
}

#[test]
fn files_that_come_when_the_engine_has_stopped_lead_to_where_that_is_said() {
    let (mut state, _) = ready(View::Help);
    state.apply(Action::Stopped(Stop::WorkerFailed));
    assert_eq!(state.screen(), Screen::Help);
    assert_eq!(
        state.apply(Action::Open(Vec::new())),
        [Effect::FocusTitle, Effect::Go(View::Overview)]
    );
    assert_eq!(state.screen(), Screen::Stopped(Stop::WorkerFailed));
}

#[test]
fn a_dead_worker_shows_and_a_restart_reads_again() {
    let (mut state, _) = ready(View::Buildings);
    state.apply(Action::Stopped(Stop::WorkerFailed));
    assert_eq!(state.screen(), Screen::Stopped(Stop::WorkerFailed));
    assert_eq!(asked(&state.apply(Action::Show(View::People))), []);
    state.apply(Action::Restart);
    assert_eq!(
        (state.phase, state.screen()),
        (Phase::Reading, Screen::Reading)
    );
    state.apply(Action::StartAfresh);
    assert_eq!((state.phase, state.files.cards.len()), (Phase::Empty, 0));
}

#[test]
fn files_that_change_while_others_are_read_outdate_the_answers() {
    let (mut state, effects) = ready(View::Buildings);
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    state.apply(open(1));
    assert_eq!(state.screen(), Screen::Answers(View::Buildings));
    let reading = FileState::Reading { done_bytes: 1 };
    let effects = state.apply(report(vec![card(0, FileState::Ready), card(1, reading)]));
    assert_eq!(asked(&effects), []);
    let effects = state.apply(report(vec![
        card(0, FileState::Ready),
        card(1, FileState::Ready),
    ]));
    assert_eq!(asked(&effects).len(), 1);
}

#[test]
fn scrolling_far_asks_for_other_rows() {
    let (mut state, effects) = ready(View::Buildings);
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    let near = Action::Scrolled {
        table: TableName::Buildings,
        first_idx: 20,
        n_rows: 20,
    };
    assert_eq!(asked(&state.apply(near)), []);
    let far = Action::Scrolled {
        table: TableName::Buildings,
        first_idx: 1_000,
        n_rows: 20,
    };
    let effects = state.apply(far);
    let [(_, Request::Buildings(query))] = &asked(&effects)[..] else {
        panic!("asks again")
    };
    assert_eq!(
        query.window,
        Window {
            first_idx: 950,
            n_rows: 150
        }
    );
}

#[test]
fn a_second_click_turns_the_sort_round() {
    let (mut state, _) = ready(View::Buildings);
    state.apply(Action::SortBuildings(BuildingColumn::City));
    assert!(!state.buildings.query.sort.descending);
    state.apply(Action::SortBuildings(BuildingColumn::City));
    assert!(state.buildings.query.sort.descending);
}

#[test]
fn a_refusal_is_an_answer() {
    let (mut state, effects) = ready(View::Streams);
    let refusal = Event::Answer {
        ticket: asked(&effects)[0].0,
        response: Response::NotForRole,
    };
    assert_eq!(state.apply(Action::Told(refusal)), []);
    assert!(state.streams.slot.is_refused());
}

#[test]
fn a_download_is_saved_once_and_only_for_the_role_that_asked() {
    let (mut state, _) = ready(View::Buildings);
    let effects = state.apply(Action::Download(TableName::Buildings));
    let (ticket, _) = asked(&effects)[0].clone();
    let download = Download {
        name: "buildings.csv".to_owned(),
        bytes: Vec::new(),
    };
    let answer = |ticket| {
        Action::Told(Event::Answer {
            ticket,
            response: Response::Download(download.clone()),
        })
    };
    assert_eq!(
        state.apply(answer(ticket)),
        [Effect::Save(download.clone())]
    );
    assert_eq!(state.apply(answer(ticket)), []);
    let effects = state.apply(Action::Download(TableName::Buildings));
    let (ticket, _) = asked(&effects)[0].clone();
    state.apply(Action::SetRole(Role::Specialist));
    assert_eq!(asked(&state.apply(answer(ticket))), []);
}

#[test]
fn a_building_opens_from_anywhere() {
    let (mut state, _) = ready(View::Overview);
    let building = BuildingGroup::Building("Campus".to_owned());
    let effects = state.apply(Action::OpenBuilding(building));
    assert_eq!(
        effects[..2],
        [Effect::Go(View::Buildings), Effect::FocusBuilding]
    );
    assert!(matches!(
        asked(&effects)[..],
        [(_, Request::Buildings(_)), (_, Request::Networks(_))]
    ));
    assert_eq!(state.apply(Action::CloseBuilding), [Effect::FocusRow]);
}

#[test]
fn the_address_names_the_view() {
    for view in View::ALL {
        assert_eq!(View::of_hash(view.hash()), Some(view));
    }
    for part in HelpPart::ALL {
        assert_eq!(View::of_hash(part.hash()), Some(View::Help));
    }
    assert_eq!(View::of_hash("#main"), None);
    assert_eq!(View::of_hash("#help-"), None);
}

const MARCH: Days = Days {
    first: Some(20_513),
    last: Some(20_543),
};

fn choose_days(state: &mut State, days: Days) -> Vec<Request> {
    let choices = Choices {
        days,
        ..state.choices
    };
    let effects = state.apply(Action::SetChoices(choices));
    asked(&effects)
        .into_iter()
        .map(|(_, request)| request)
        .collect()
}

#[test]
fn a_choice_of_days_asks_the_view_anew_and_how_many_streams_it_leaves_out() {
    let (mut state, effects) = ready(View::Buildings);
    state.apply(answer_buildings(asked(&effects)[0].0, 60));
    let requests = choose_days(&mut state, MARCH);
    assert!(matches!(
        requests.as_slice(),
        [Request::Buildings(_), Request::Overview(_)]
    ));
    for request in requests {
        assert_eq!(request.choices().map(|choices| choices.days), Some(MARCH));
    }
    assert_eq!(choose_days(&mut state, MARCH), []);
}

#[test]
fn days_go_with_the_role_that_may_choose_them_and_with_the_files() {
    let (mut state, _) = ready(View::Buildings);
    choose_days(&mut state, MARCH);
    state.apply(Action::SetRole(Role::Engineer));
    assert_eq!(state.choices.days, MARCH);
    let effects = state.apply(Action::SetRole(Role::Specialist));
    assert_eq!(state.choices.days, Days::default());
    for (_, request) in asked(&effects) {
        let days = request.choices().map(|choices| choices.days);
        assert_eq!(days, Some(Days::default()));
    }
    let (mut state, _) = ready(View::Overview);
    choose_days(&mut state, MARCH);
    state.apply(Action::Remove(0));
    state.apply(report(Vec::new()));
    assert_eq!(
        (state.phase, state.choices.days),
        (Phase::Empty, Days::default())
    );
    assert_eq!(state.buildings.query.choices.days, Days::default());
}

#[test]
fn a_new_version_waits_until_the_user_wants_it() {
    let (mut state, _) = ready(View::Overview);
    assert_eq!(state.apply(Action::NewVersion), []);
    assert_eq!(state.version, Version::Outdated);
    assert_eq!(state.announcement, "A new version is ready.");
    assert_eq!(state.apply(Action::Update), [Effect::Update]);
}

#[test]
fn a_building_is_closed_when_its_file_is_no_longer_in_use() {
    let buildings = |id| FileCard {
        kind: Some(FileKind::Buildings),
        ..card(id, FileState::Ready)
    };
    let building = BuildingGroup::Building("Lab".to_owned());
    let (mut state, _) = ready(View::Buildings);
    let streams = || card(0, FileState::Ready);
    state.apply(report(vec![streams(), buildings(1)]));
    for (files, is_closed) in [
        (
            vec![streams(), buildings(1), card(2, FileState::Ready)],
            false,
        ),
        (vec![streams(), card(1, FileState::Waiting)], false),
        (vec![streams(), buildings(1)], false),
        (
            vec![streams(), card(1, FileState::Waiting), buildings(3)],
            true,
        ),
        (vec![streams(), buildings(4)], true),
        (vec![streams(), card(4, FileState::Waiting)], false),
        (vec![streams(), card(4, FileState::Cancelled)], true),
    ] {
        state.apply(Action::OpenBuilding(building.clone()));
        state.apply(Action::ShowStreams(Some(building.clone())));
        state.apply(report(files));
        let is_open = [
            state.networks.is_some(),
            state.streams.query.building.is_some(),
        ];
        assert_eq!(is_open, [!is_closed; 2]);
    }
}

#[test]
fn the_focus_goes_to_the_title_where_a_button_goes_with_what_it_did() {
    let (mut state, _) = ready(View::Streams);
    for action in [Action::ShowStreams(None), Action::Remove(0)] {
        let effects = state.apply(action);
        assert!(effects.contains(&Effect::FocusTitle), "{effects:?}");
    }
}
