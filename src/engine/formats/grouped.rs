//! Rows that stand for many streams: the counts of an export are the weight of its rows.
//!
//! A report of the dashboard without a column that differs for each stream adds streams up. Its counts of
//! Good, Poor and Unclassified streams then say all that a row can say about quality.

use super::{
    cell::{self, Marks},
    joining::Joining,
};
use crate::engine::fields::{Field, FieldKind, fields};
use crate::engine::model::{
    column::Column,
    dictionary::BLANK,
    groups::{Counts, Groups},
    numbers::Numbers,
    table::Table,
};
use crate::engine::quality::can_be_judged;
use crate::protocol::ProblemCode as P;

/// The media that the dashboard counts, as they begin the names of its measures.
const MEDIA: [&str; 4] = ["Audio", "Video", "VBSS", "AppSharing"];

/// Plain captions that the dashboard's templates use for counts of streams of some medium, which the other columns
/// tell; as fields they are marks of one stream, 0 or 1.
const BARE_CAPTIONS: [&str; 3] = ["Good", "Poor", "Unclassified"];

/// Finds out whether rows stand for many streams, and if so for how many of each verdict.
pub(crate) fn count(joining: &mut Joining) -> bool {
    let (table, diagnostics) = (&mut joining.table, &mut joining.diagnostics);
    take_bare_captions(table, joining.marks);
    if !is_grouped(table) {
        return false;
    }
    let is_count: fn(&Field) -> bool = |field| field.name.ends_with(" Stream Count");
    if has(table, is_count, |count| count.fract() > 0.0) {
        diagnostics.file(P::CountsNotWhole);
    }
    let media = MEDIA.map(|media| MediaCounts::new(table, media));
    let total = numbers(table, "Total Stream Count");
    let has_media = media.iter().any(Option::is_some);
    if !has_media && total.is_none() {
        diagnostics.file(P::GroupsWithoutCounts);
        return true;
    }
    let mut groups = Groups::default();
    let mut n_guessed = 0;
    for row in 0..table.n_rows {
        let of = |media: &Option<MediaCounts>| {
            media
                .as_ref()
                .map_or((Counts::default(), false), |media| media.at(row))
        };
        let each = media.each_ref().map(of);
        n_guessed += u64::from(each.iter().any(|(_, is_guessed)| *is_guessed));
        let mut all = Counts::default();
        for (counts, _) in each {
            all.add(counts);
        }
        let n_total = total.map_or(0, |total| whole(total.get(row)));
        n_guessed += u64::from(!has_media && n_total > 0);
        all.unclassified += n_total.saturating_sub(all.all());
        groups.audio.push(each[0].0);
        groups.all.push(all);
    }
    if n_guessed > 0 {
        diagnostics.file_times(P::GroupsPartlyJudged, n_guessed);
    }
    diagnostics.file(P::GroupedVerdicts);
    table.groups = Some(groups);
    true
}

/// A row of a single stream may be counted as one, and be poor or not; without measures of a stream, counts of streams
/// are all there is.
fn is_grouped(table: &Table) -> bool {
    let of_many: fn(f64) -> bool = if can_be_judged(table) {
        |count| count > 1.0
    } else {
        |_| true
    };
    let is_share = |share| share > 0.0 && share < 100.0;
    has(table, |field| field.unit == "streams", of_many)
        || has(table, |field| field.unit == "calls", |count| count > 1.0)
        || has(
            table,
            |field| field.name.ends_with(" Poor Percentage"),
            is_share,
        )
}

/// Counts of one kind of media.
struct MediaCounts<'table> {
    all: Option<&'table Numbers>,
    good: Option<&'table Numbers>,
    poor: Option<&'table Numbers>,
    unclassified: Option<&'table Numbers>,
    poor_percentage: Option<&'table Numbers>,
}

impl<'table> MediaCounts<'table> {
    fn new(table: &'table Table, media: &str) -> Option<Self> {
        let of = |measure: &str| numbers(table, &format!("{media} {measure}"));
        let counts = Self {
            all: of("Stream Count"),
            good: of("Good Stream Count"),
            poor: of("Poor Stream Count"),
            unclassified: of("Unclassified Stream Count"),
            poor_percentage: of("Poor Percentage"),
        };
        let is_there = counts.all.is_some() || counts.good.is_some() || counts.poor.is_some();
        is_there.then_some(counts)
    }

    /// The counts of a row, and whether it does not say all of them. Without Good or Poor there is no rate.
    fn at(&self, row: usize) -> (Counts, bool) {
        let count = |column: Option<&Numbers>| column.map(|values| whole(values.get(row)));
        let (good, poor) = (count(self.good), count(self.poor));
        let said = count(self.unclassified);
        let judged = count(self.all).map(|all| all.saturating_sub(said.unwrap_or(0)));
        let told = match (good, poor, judged.filter(|_| said.is_some())) {
            (Some(good), Some(poor), _) => Some((good, poor)),
            // With all streams and the two other verdicts said, the rest is of the third one.
            (None, Some(poor), Some(judged)) => Some((judged.saturating_sub(poor), poor)),
            (Some(good), None, Some(judged)) => Some((good, judged.saturating_sub(good))),
            _ => None,
        };
        let n_known = good.unwrap_or(0) + poor.unwrap_or(0);
        let n_judged = n_known.max(judged.unwrap_or(0));
        let found = told.or_else(|| self.by_percentage(row, good, poor, judged));
        let (good, poor) = found.unwrap_or((0, 0));
        let left = n_judged.saturating_sub(good + poor);
        let counts = Counts {
            good,
            poor,
            unclassified: said.unwrap_or(0) + left,
        };
        let is_guessed = counts.all() > 0 && (told.is_none() || said.is_some() && left > 0);
        (counts, is_guessed)
    }

    /// Good and Poor by the share of poor streams among the judged ones, to its rounding.
    fn by_percentage(
        &self,
        row: usize,
        good: Option<u64>,
        poor: Option<u64>,
        judged: Option<u64>,
    ) -> Option<(u64, u64)> {
        let share = self.poor_percentage?.get(row) / 100.0;
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        // A share is rounded: there are never more streams than those that are counted.
        let at_most = |n: u64, known: u64| match judged {
            Some(judged) => n.min(judged.saturating_sub(known)),
            None => n,
        };
        match (good, poor) {
            (_, Some(poor)) if share == 0.0 => Some((judged?.saturating_sub(poor), poor)),
            (_, Some(poor)) if poor > 0 => {
                let good = whole(poor as f64 / share).saturating_sub(poor);
                Some((at_most(good, poor), poor))
            }
            (Some(good), None) if share < 1.0 => {
                let poor = whole(good as f64 * share / (1.0 - share));
                Some((good, at_most(poor, good)))
            }
            (Some(good), None) => Some((good, judged?.saturating_sub(good))),
            (None, None) => {
                let poor = whole(judged? as f64 * share);
                Some((judged? - poor, poor))
            }
            _ => None,
        }
    }
}

/// Whether one of these measures has such a value.
fn has(table: &Table, is_one: fn(&Field) -> bool, is_so: fn(f64) -> bool) -> bool {
    table.columns.iter().any(|(id, column)| {
        let field = fields().get(*id);
        let is_wanted = field.kind == FieldKind::Measure && is_one(field);
        matches!(column, Column::Number(values) if is_wanted && values.iter().any(is_so))
    })
}

fn numbers<'table>(table: &'table Table, name: &str) -> Option<&'table Numbers> {
    table.numbers(fields().id_of(name)?)
}

#[expect(clippy::cast_sign_loss, reason = "what is not positive is taken as 0")]
fn whole(value: f64) -> u64 {
    // No tenant has more streams; a larger number is no count.
    if (0.0..1e12).contains(&value) {
        value.round() as u64
    } else {
        0
    }
}

/// Reads `Good`, `Poor` and `Unclassified` as counts where the values of one of them are more than marks.
fn take_bare_captions(table: &mut Table, marks: Marks) {
    let value = |text: &[u8]| cell::written_number(text, marks).map_or(f64::NAN, |read| read.value);
    let captions = BARE_CAPTIONS.map(|caption| (caption, fields().named(caption)));
    let are_counts = captions.iter().any(|(_, mark)| {
        let text = table.text(*mark);
        text.is_some_and(|text| text.dictionary.iter().any(|(_, text)| value(text) > 1.0))
    });
    if !are_counts {
        return;
    }
    let has = |medium: &str, measure| numbers(table, &format!("{medium} {measure}")).is_some();
    let mut media = MEDIA.into_iter();
    let medium = media
        .find(|medium| has(medium, "Stream Count") || has(medium, "Poor Percentage"))
        .unwrap_or(MEDIA[0]);
    for (caption, mark) in captions {
        let count = fields().id_of(&format!("{medium} {caption} Stream Count"));
        let (Some(text), Some(count)) = (table.text(mark), count) else {
            continue;
        };
        let values = text.dictionary.map(value);
        let mut numbers = vec![f64::NAN; table.n_rows];
        text.codes.for_each(|row, code| {
            if code != BLANK {
                numbers[row] = values[code as usize];
            }
        });
        if !table.columns.contains_key(&count) {
            table.columns.remove(&mark);
            let numbers = Numbers::packed(&numbers);
            table.columns.insert(count, Column::Number(numbers));
        }
    }
}
