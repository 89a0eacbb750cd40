//! The seal, and what is kept from visit to visit.

use super::{ready, report};
use crate::page::state::{
    Action, Effect, Panel, Phase, Screen, Seal, Setting, Settings, State, Terms, View, settings_in,
    text_of,
};
use crate::page::theme::Theme;
use crate::protocol::{
    BuildingColumn, Choices, Classifier, Command, Event, Limits, PersonColumn, Role,
};

const LIMITS: Limits = Limits {
    round_trip_ms: Some(250.0),
    packet_loss_ratio: None,
    jitter_ms: Some(20.0),
    degradation_mos: None,
    concealed_ratio: None,
    packets: None,
};

fn settings() -> Settings {
    Settings {
        theme: Some(Theme::Dark),
        classifier: Classifier::Custom(LIMITS),
        limits: LIMITS,
    }
}

fn kept(effects: &[Effect]) -> Vec<Settings> {
    let keep = |effect: &Effect| match effect {
        Effect::Keep(settings) => Some(*settings),
        _ => None,
    };
    effects.iter().filter_map(keep).collect()
}

#[test]
fn refusals_are_counted_from_page_and_engine_once_the_page_is_sealed() {
    let mut state = State::new(View::Overview);
    state.apply(Action::Refused);
    assert_eq!(state.seal, None);
    state.apply(Action::Sealed(Seal {
        since: "14:05:06".to_owned(),
        n_refused: 0,
    }));
    state.apply(Action::Refused);
    state.apply(Action::Told(Event::Refused));
    assert_eq!(state.seal.map(|seal| seal.n_refused), Some(2));
}

#[test]
fn nothing_is_kept_unless_the_user_says_so() {
    let (mut state, _) = ready(View::Overview);
    let custom = Choices {
        classifier: Classifier::Custom(LIMITS),
        ..state.choices
    };
    let mut effects = state.apply(Action::SetChoices(custom));
    effects.extend(state.apply(Action::Set(Setting::Theme(Some(Theme::Dark)))));
    assert_eq!(kept(&effects), []);

    assert_eq!(
        kept(&state.apply(Action::Set(Setting::Remember(true)))),
        [settings()]
    );
    assert_eq!(kept(&state.apply(report(Vec::new()))), []);
    let light = state.apply(Action::Set(Setting::Theme(Some(Theme::Light))));
    assert_eq!(kept(&light).len(), 1);

    let effects = state.apply(Action::Set(Setting::Remember(false)));
    assert_eq!(effects, [Effect::Drop]);
    let dark = state.apply(Action::Set(Setting::Theme(Some(Theme::Dark))));
    assert_eq!(kept(&dark), []);
}

#[test]
fn the_settings_of_an_earlier_visit_are_taken_as_they_were() {
    let mut state = State::new(View::Overview);
    let effects = state.apply(Action::Set(Setting::Recalled(settings())));
    assert_eq!(effects, [Effect::Wear(Some(Theme::Dark))]);
    assert_eq!(state.choices.classifier, Classifier::Custom(LIMITS));
    assert_eq!(state.custom_limits, LIMITS);
}

#[test]
fn limits_of_ones_own_do_not_come_back_for_a_specialist() {
    let mut state = State::new(View::Overview);
    state.apply(Action::SetRole(Role::Specialist));
    state.apply(Action::Set(Setting::Recalled(settings())));
    assert_eq!(state.choices.classifier, Classifier::default());
    let mut locked = State::new(View::Overview);
    locked.apply(Action::Set(Setting::Recalled(settings())));
    locked.apply(Action::Settle(Terms {
        role: Role::Specialist,
        highest: Some(Role::Specialist),
        ..Terms::default()
    }));
    assert_eq!(locked.choices.classifier, Classifier::default());
    assert_eq!(state.theme, Some(Theme::Dark));
}

#[test]
fn forgetting_everything_leaves_the_page_as_it_was_at_first_but_for_the_role() {
    let (mut state, _) = ready(View::People);
    state.apply(Action::Set(Setting::Recalled(settings())));
    state.apply(Action::SetRole(Role::Engineer));
    state.apply(Action::SearchBuildings("Lab".to_owned()));
    state.apply(Action::SortBuildings(BuildingColumn::City));
    state.apply(Action::SearchPeople("ada".to_owned()));
    state.apply(Action::SortPeople(PersonColumn::Person));
    state.apply(Action::ShowPanel(Some(Panel::Settings)));
    let effects = state.apply(Action::Set(Setting::ForgetEverything));
    assert!(effects.contains(&Effect::Forget));
    assert!(effects.contains(&Effect::Start(Role::Engineer)));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Tell(Command::Open(_)) | Effect::Keep(_)))
    );
    assert_eq!(
        (state.phase, state.screen(), state.panel),
        (Phase::Empty, Screen::Welcome, None)
    );
    assert_eq!(state.choices, Choices::default());
    let first = State::new(View::default());
    assert_eq!(state.buildings.query, first.buildings.query);
    assert_eq!(state.people.query, first.people.query);
    assert_eq!((state.theme, state.kept), (None, None));
    assert_eq!(
        kept(&state.apply(Action::Set(Setting::Theme(Some(Theme::Dark))))),
        []
    );
}

#[test]
fn settings_are_one_line_that_reads_back() {
    let line = text_of(&settings());
    assert_eq!(line, "dark custom 250 - 20 - - -");
    assert_eq!(settings_in(&line), Some(settings()));
    let first = settings_in("system cqd-current 500 0.1 30 - - 500").expect("it is whole");
    assert_eq!(first.classifier, Classifier::CqdCurrent);
    assert_eq!(settings_in(&text_of(&first)), Some(first));
    for wrong in [
        "",
        "dark",
        "blue custom 250 - 20 - - -",
        "dark own 250 - 20 - - -",
        "dark custom 250 - 20 - -",
        "dark custom 250 - 20 - - - -",
        "dark custom NaN - 20 - - -",
        "dark custom -1 - 20 - - -",
        "dark custom 1e999 - 20 - - -",
        "<img> custom x",
    ] {
        assert_eq!(settings_in(wrong), None, "{wrong}");
    }
}

#[test]
fn a_role_that_was_chosen_while_the_page_was_loading_is_not_raised_when_it_is_loaded() {
    let mut state = State::new(View::Overview);
    state.apply(Action::Settle(Terms::default()));
    state.apply(Action::SetRole(Role::Specialist));
    state.apply(Action::Settle(Terms::default()));
    assert_eq!(state.role, Role::Specialist);
    let mut lower = State::new(View::Overview);
    lower.apply(Action::SetRole(Role::Engineer));
    lower.apply(Action::Settle(Terms {
        role: Role::Specialist,
        highest: Some(Role::Specialist),
        ..Terms::default()
    }));
    assert_eq!(lower.role, Role::Specialist);
}

#[test]
fn what_a_role_takes_away_is_still_kept_for_the_next_visit() {
    let mut state = State::new(View::Overview);
    state.apply(Action::Set(Setting::Recalled(settings())));
    let effects = state.apply(Action::Settle(Terms {
        role: Role::Specialist,
        highest: Some(Role::Specialist),
        ..Terms::default()
    }));
    assert_eq!(kept(&effects), []);
    let mut keeps = |action| kept(&state.apply(action));
    let without_look = Settings {
        theme: None,
        ..settings()
    };
    assert_eq!(keeps(Action::Set(Setting::Theme(None))), [without_look]);
    // What it chooses itself is kept as ever.
    let classifier = Classifier::CallRecordInsights;
    let chosen = Action::SetChoices(Choices {
        classifier,
        ..Choices::default()
    });
    assert_eq!(
        keeps(chosen),
        [Settings {
            classifier,
            ..without_look
        }]
    );
}
