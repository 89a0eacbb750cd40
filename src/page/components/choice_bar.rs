//! The role, how streams are counted, and what that role does not see.

use yew::{AttrValue, Callback, Html, html};

use super::day_field::day_field;
use super::limit_fields::limit_fields;
use super::select_field::select_field;
use crate::page::state::{Action, HelpPart, State};
use crate::page::words::{
    Choice, ENDS, MAPPINGS, MEDIA, ROLES, WHOLE_NAMES, classifiers_for, day_of, days_sentence,
    does_not_see, honest_words, sees,
};
use crate::protocol::{Choices, Classifier, Days, Limits, Role};

/// Draws it.
pub(super) fn choice_bar(state: &State, act: &Callback<Action>) -> Html {
    let has_figures = state.screen().has_figures();
    let has_days = has_figures && state.role > Role::Specialist;
    let set_role = act.reform(|idx: usize| Action::SetRole(ROLES[idx].value));
    html! {
        <section class="choice-bar" aria-label="What is shown">
            <div class="choice-fields">
                if state.terms.highest.is_some() {
                    { fixed_role(state.role) }
                } else {
                    { select("role", "Role", &ROLES, state.role, set_role) }
                }
                if has_figures {
                    { counting(state, act) }
                }
                if has_days {
                    { days(state, act) }
                }
            </div>
            <p class="role-line">
                { sees(state.role) }{ " " }
                if state.named_for() == state.role {
                    { does_not_see(state.role) }
                } else {
                    { WHOLE_NAMES }
                }
                { " " }
                <span class="role-honesty">{ honest_words() }{ " " }</span>
                if has_figures {
                    // The roles come next there.
                    <a href={HelpPart::Counting.hash()}>{ "What the choices mean" }</a>
                } else {
                    <a href={HelpPart::Roles.hash()}>{ "What the roles see" }</a>
                }
            </p>
        </section>
    }
}

/// The role where nobody can choose it.
fn fixed_role(role: Role) -> Html {
    let name = ROLES.iter().find(|choice| choice.value == role);
    html! {
        <p class="fixed-role">
            { "Role: " }<strong>{ name.map(|choice| choice.name) }</strong>
            { ", set by whoever put this page here" }
        </p>
    }
}

fn counting(state: &State, act: &Callback<Action>) -> Html {
    let (role, choices, custom) = (state.role, state.choices, state.custom_limits);
    let set = |change: fn(&mut Choices, usize)| {
        act.reform(move |idx| {
            let mut choices = choices;
            change(&mut choices, idx);
            Action::SetChoices(choices)
        })
    };
    let set_classifier = move |classifier| {
        Action::SetChoices(Choices {
            classifier,
            ..choices
        })
    };
    let classifiers = classifiers_for(role, custom);
    let on_limits = act.reform(move |limits: Limits| set_classifier(Classifier::Custom(limits)));
    let choose_classifier =
        act.reform(move |idx: usize| set_classifier(classifiers_for(role, custom)[idx].value));
    html! {
        <>
            { select("classifier", "Classifier", &classifiers, choices.classifier, choose_classifier) }
            { select("media", "Media", &MEDIA, choices.media, set(|choices, idx| choices.media = MEDIA[idx].value)) }
            { select("mapping", "Mapping", &MAPPINGS, choices.mapping, set(|choices, idx| choices.mapping = MAPPINGS[idx].value)) }
            { select("ends", "Count streams by", &ENDS, choices.ends, set(|choices, idx| choices.ends = ENDS[idx].value)) }
            if let Classifier::Custom(limits) = choices.classifier {
                { limit_fields(limits, &on_limits) }
            }
        </>
    }
}

fn select<Value: Copy + PartialEq>(
    id: &'static str,
    label: &'static str,
    choices: &[Choice<Value>],
    value: Value,
    on_choose: Callback<usize>,
) -> Html {
    let chosen = choices.iter().position(|choice| choice.value == value);
    let options = choices.iter().map(|choice| [choice.code, choice.name]);
    select_of(id, label, options.collect(), chosen, on_choose)
}

fn select_of(
    id: &'static str,
    label: &'static str,
    options: Vec<[&'static str; 2]>,
    chosen: Option<usize>,
    on_choose: Callback<usize>,
) -> Html {
    let options = options.into_iter();
    let choices: Vec<(AttrValue, AttrValue)> = options
        .map(|[code, name]| (code.into(), name.into()))
        .collect();
    select_field(
        id.into(),
        label,
        &choices,
        chosen.unwrap_or_default(),
        on_choose,
    )
}

/// From which day to which streams count.
fn days(state: &State, act: &Callback<Action>) -> Html {
    let choices = state.choices;
    let days = choices.days;
    let set = |change: fn(&mut Days, Option<i32>)| {
        act.reform(move |day| {
            let mut days = days;
            change(&mut days, day);
            Action::SetChoices(Choices { days, ..choices })
        })
    };
    let overview = state.overview.view();
    let whole = overview.and_then(|view| view.whole_period);
    let known = Days {
        first: whole.map(|period| day_of(period.first_ms)),
        last: whole.map(|period| day_of(period.last_ms)),
    };
    let up_to = Days {
        last: days.last.or(known.last),
        ..known
    };
    let from_on = Days {
        first: days.first.or(known.first),
        ..known
    };
    let is_limited = days.is_limited();
    let clear = set(|days, _| *days = Days::default()).reform(|_| None);
    html! {
        <div class="days">
            { day_field("days-first", "From", days.first, up_to, &set(|days, day| days.first = day)) }
            { day_field("days-last", "To", days.last, from_on, &set(|days, day| days.last = day)) }
            <button type="button" class="button" aria-disabled={(!is_limited).then_some("true")} onclick={clear}>
                { "All days" }
            </button>
            if is_limited {
                <p class="quiet">{ days_sentence(days, overview.map_or(0, |view| view.n_undated)) }</p>
            }
        </div>
    }
}
