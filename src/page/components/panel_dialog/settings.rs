//! How the page looks, what it keeps in the browser, and the way to forget everything.

use web_sys::{Event, HtmlInputElement};
use yew::{Html, MouseEvent, TargetCast, function_component, html, use_state_eq};

use crate::page::components::select_field::select_field;
use crate::page::settings;
use crate::page::state::{Action, Setting};
use crate::page::theme::Theme;
use crate::page::views::ViewProps;

/// What can be chosen: code, words, and what it means.
const THEMES: [(&str, &str, Option<Theme>); 3] = [
    ("system", "As the system", None),
    ("light", "Light", Some(Theme::Light)),
    ("dark", "Dark", Some(Theme::Dark)),
];

/// The settings.
#[function_component]
pub(super) fn Settings(props: &ViewProps) -> Html {
    let state = &props.state;
    let chosen = THEMES
        .iter()
        .position(|(_, _, theme)| *theme == state.theme);
    let themes = THEMES.map(|(code, name, _)| (code.into(), name.into()));
    let set_theme = props
        .act
        .reform(|idx: usize| Action::Set(Setting::Theme(THEMES[idx].2)));
    let act = props.act.clone();
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            act.emit(Action::Set(Setting::Remember(input.checked())));
        }
    };
    html! {
        <>
            { select_field("theme".into(), "Look", &themes, chosen.unwrap_or_default(), set_theme) }
            <h3>{ "What this browser keeps" }</h3>
            if settings::can_be_kept() {
                <p class="dialog-choice">
                    <input id="remember" type="checkbox" checked={state.kept.is_some()} {onchange} />
                    <label for="remember">{ "Remember the look, the classifier and my own limits" }</label>
                </p>
                <p class="quiet">
                    { "No setting is kept unless you say so here, and nothing of your files ever: they are gone \
                       when the tab is closed. The page’s own program may be kept, for when there is no network." }
                </p>
            } else {
                <p class="quiet">
                    { "This browser keeps nothing for this page. Everything is gone when the tab is closed." }
                </p>
            }
            <Forget state={state.clone()} act={props.act.clone()} />
        </>
    }
}

/// Asks once more before it does so.
#[function_component]
fn Forget(props: &ViewProps) -> Html {
    let is_sure = use_state_eq(|| false);
    let ask = {
        let is_sure = is_sure.setter();
        move |_: MouseEvent| is_sure.set(true)
    };
    let keep = {
        let is_sure = is_sure.setter();
        move |_: MouseEvent| is_sure.set(false)
    };
    let forget = props.act.reform(|_| Action::Set(Setting::ForgetEverything));
    html! {
        <>
            <h3>{ "Forget everything" }</h3>
            <p>
                { "Closes all files, and removes what this browser keeps for this page: settings, and the \
                   page’s own program for when there is no network." }
            </p>
            <div class="dialog-buttons">
                if *is_sure {
                    <button type="button" class="button primary" onclick={forget}>{ "Yes, forget everything" }</button>
                    <button type="button" class="button" onclick={keep}>{ "Keep it" }</button>
                } else {
                    <button type="button" class="button" onclick={ask}>{ "Forget everything" }</button>
                }
            </div>
        </>
    }
}
