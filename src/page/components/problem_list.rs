//! A file's complaints as sentences, the gravest first.

use yew::{Html, html};

use super::{Icon, icon};
use crate::page::words::{counted, problem_sentence, severity_word};
use crate::protocol::{Problem, Severity};

/// So many are shown; the rest is behind a click.
const N_SHOWN: usize = 3;

/// Draws them.
pub(super) fn problem_list(problems: &[Problem]) -> Html {
    let (shown, rest) = problems.split_at(problems.len().min(N_SHOWN));
    html! {
        <div class="problem-list">
            if !shown.is_empty() {
                <ul class="problems">{ for shown.iter().map(problem) }</ul>
            }
            if !rest.is_empty() {
                <details class="more-problems">
                    <summary>{ counted(rest.len() as u64, "more finding", "more findings") }</summary>
                    <ul class="problems">{ for rest.iter().map(problem) }</ul>
                </details>
            }
        </div>
    }
}

fn problem(problem: &Problem) -> Html {
    let sentence = problem_sentence(problem);
    let (class, sign) = match problem.severity {
        Severity::Note => ("problem note", Icon::Note),
        Severity::Warning => ("problem warning", Icon::Warning),
        Severity::Error => ("problem error", Icon::Error),
    };
    html! {
        <li class={class}>
            { icon(sign) }
            <div>
                <p class="problem-what">
                    <span class="severity">{ severity_word(problem.severity) }{ ": " }</span>
                    if let Some(place) = &sentence.place {
                        { place }{ ": " }
                    }
                    { sentence.what }
                </p>
                <p class="problem-advice">
                    { sentence.advice }
                    if let Some(again) = &sentence.again {
                        { " (" }{ again }{ ".)" }
                    }
                </p>
            </div>
        </li>
    }
}
