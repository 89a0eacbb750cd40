//! The words of the page that depend on an answer: numbers, dates, names, sentences. Plain Rust.

mod building;
mod choice;
mod column;
mod file;
mod number;
mod overview;
mod person;
mod problem;
mod reading;
mod role;
mod rule;
mod sources;
mod time;
mod version;

pub(crate) use building::{building_name, mapping_key, place_of, withheld_sentence};
pub(crate) use choice::{
    Choice, ENDS, MAPPINGS, MEDIA, ROLES, classifier_name, classifiers_for, stream_noun,
};
pub(crate) use column::{columns_sentence, meaning, unused_columns_sentence};
pub(crate) use file::{
    LEFT_OUT, card_kind, file_kind, gist, is_in_use, is_of_unused_column, is_repeated,
    n_unused_columns, needs_attention, reading_percent, row_equation, state_word, sum_sentence,
    unused_headings, use_sentence,
};
pub(crate) use number::{bytes, count, counted, decimal, interval, percent, rate, take_marks};
pub(crate) use overview::{
    NO_STREAM, calls_sentence, files_sentence, has_streams, judged_sentence, n_with_content,
    no_worst_sentence, not_mapped_sentence, nothing_counted, period_sentence, telephone_sentence,
    unclassified_sentence,
};
pub(crate) use person::{person_name, phone_number};
pub(crate) use problem::{problem_sentence, severity_word};
pub(crate) use reading::{Aspect, automatic, is_decided, reading_gist};
pub(crate) use role::{WHOLE_NAMES, does_not_see, honest_words, remark_sentence, sees};
pub(crate) use rule::{rule_name, verdict_word};
pub(crate) use sources::{Piece, SOURCES, WRAPPINGS, pieces};
pub(crate) use time::{date, date_time, day, day_in, day_of, days_sentence};
pub(crate) use version::NEW_VERSION;
