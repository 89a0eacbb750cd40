//! The settings as one line of text, for people to read as well: `dark custom 250 - 20 - - 500`.

use super::Settings;
use crate::page::theme::Theme;
use crate::page::words::classifiers_for;
use crate::protocol::{Classifier, Limits, Role};

/// Stands for a limit that is not set.
const NONE: &str = "-";

/// The line of these settings: look, classifier, and the user's own limits.
pub(crate) fn text_of(settings: &Settings) -> String {
    let mut words = vec![settings.theme.map_or("system", Theme::code).to_owned()];
    let classifiers = classifiers_for(Role::Administrator, settings.limits);
    let is_chosen = |value: Classifier| match (value, settings.classifier) {
        (Classifier::Custom(_), Classifier::Custom(_)) => true,
        (value, chosen) => value == chosen,
    };
    let chosen = classifiers.iter().find(|choice| is_chosen(choice.value));
    words.extend(chosen.map(|choice| choice.code.to_owned()));
    let limit = |limit: Option<f64>| limit.map_or(NONE.to_owned(), |limit| limit.to_string());
    words.extend(numbers_of(&settings.limits).map(limit));
    words.join(" ")
}

/// The settings that a line says; `None` if it is not whole or says anything else.
pub(crate) fn settings_in(line: &str) -> Option<Settings> {
    let words: Vec<&str> = line.split(' ').collect();
    let [theme, classifier, numbers @ ..] = &words[..] else {
        return None;
    };
    let mut limits = [None; 6];
    if numbers.len() != limits.len() {
        return None;
    }
    for (limit, word) in limits.iter_mut().zip(numbers) {
        if *word != NONE {
            let number: f64 = word.parse().ok()?;
            *limit = Some(number).filter(|number| number.is_finite() && *number >= 0.0);
            limit.as_ref()?;
        }
    }
    let [
        round_trip_ms,
        packet_loss_ratio,
        jitter_ms,
        degradation_mos,
        concealed_ratio,
        packets,
    ] = limits;
    let limits = Limits {
        round_trip_ms,
        packet_loss_ratio,
        jitter_ms,
        degradation_mos,
        concealed_ratio,
        packets,
    };
    let classifiers = classifiers_for(Role::Administrator, limits);
    let classifier = classifiers
        .iter()
        .find(|choice| choice.code == *classifier)?;
    Some(Settings {
        theme: Theme::named(theme)?,
        classifier: classifier.value,
        limits,
    })
}

fn numbers_of(limits: &Limits) -> [Option<f64>; 6] {
    [
        limits.round_trip_ms,
        limits.packet_loss_ratio,
        limits.jitter_ms,
        limits.degradation_mos,
        limits.concealed_ratio,
        limits.packets,
    ]
}
