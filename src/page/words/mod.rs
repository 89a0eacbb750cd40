//! The words of the page that depend on an answer: numbers, dates, names, sentences. Plain Rust.

mod building;
mod choice;
mod file;
mod number;
mod overview;
mod person;
mod problem;
mod role;
mod rule;
mod time;

pub(crate) use building::{building_name, mapping_key, place_of, withheld_sentence};
pub(crate) use choice::{
    Choice, ENDS, MAPPINGS, MEDIA, ROLES, classifier_name, classifiers_for, stream_noun,
};
pub(crate) use file::{card_kind, reading_percent, row_equation, state_word};
pub(crate) use number::{bytes, count, counted, decimal, interval, percent, rate};
pub(crate) use overview::{
    files_sentence, judged_sentence, no_worst_sentence, not_mapped_sentence, period_sentence,
    unclassified_sentence,
};
pub(crate) use person::{person_name, phone_number};
pub(crate) use problem::{problem_sentence, severity_word};
pub(crate) use role::{does_not_see, honest_words, sees};
pub(crate) use rule::{rule_name, verdict_word};
pub(crate) use time::{date, date_time};
