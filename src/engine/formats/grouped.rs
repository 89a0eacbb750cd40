//! Rows that stand for many streams: the counts of an export are the weight of its rows.
//!
//! A report of the dashboard without a column that differs for each stream adds streams up. Its counts of
//! Good, Poor and Unclassified streams then say all that a row can say about quality.

use super::cell::{self, Marks};
use crate::engine::diagnostic::Diagnostics;
use crate::engine::fields::{FieldId, FieldKind, fields};
use crate::engine::model::{
    column::Column,
    groups::{Counts, Groups},
    numbers::Numbers,
    table::Table,
};
use crate::engine::quality::can_be_judged;
use crate::protocol::ProblemCode as P;

/// The media that the dashboard counts, as they begin the names of its measures.
const MEDIA: [&str; 4] = ["Audio", "Video", "VBSS", "AppSharing"];

/// Plain captions that the dashboard's templates use for counts of audio streams; as fields they are marks of
/// one stream, 0 or 1.
const BARE_CAPTIONS: [(&str, &str); 3] = [
    ("Good", "Audio Good Stream Count"),
    ("Poor", "Audio Poor Stream Count"),
    ("Unclassified", "Audio Unclassified Stream Count"),
];

/// Finds out whether rows stand for many streams, and if so for how many of each verdict.
pub(crate) fn count(table: &mut Table, diagnostics: &mut Diagnostics) -> bool {
    take_bare_captions(table);
    let is_count = |field: &FieldId| {
        let field = fields().get(*field);
        field.kind == FieldKind::Measure && field.unit == "streams"
    };
    let mut counts = table
        .columns
        .iter()
        .filter_map(|(field, column)| match column {
            Column::Number(values) => is_count(field).then_some(values),
            _ => None,
        });
    // A row of a single stream may be counted as one; without its measures the counts are all there is.
    let is_grouped = if can_be_judged(table) {
        counts.any(|values| values.iter().any(|value| value > 1.0))
    } else {
        counts.next().is_some()
    };
    if !is_grouped {
        return false;
    }
    let media = MEDIA.map(|media| MediaCounts::new(table, media));
    let total = numbers(table, "Total Stream Count");
    if media.iter().all(Option::is_none) && total.is_none() {
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

    /// The counts of a row, and whether streams are left of which the verdict is not said.
    fn at(&self, row: usize) -> (Counts, bool) {
        let count = |column: Option<&Numbers>| column.map(|values| whole(values.get(row)));
        let poor = count(self.poor);
        let said = count(self.unclassified);
        let good = count(self.good).or_else(|| self.good_by_percentage(row, poor?));
        let known = good.unwrap_or(0) + poor.unwrap_or(0) + said.unwrap_or(0);
        let left = count(self.all).unwrap_or(0).saturating_sub(known);
        // With all streams and the two other verdicts said, the rest is Good.
        let (good, left) = match (good, poor, said) {
            (None, Some(_), Some(_)) => (left, 0),
            (good, ..) => (good.unwrap_or(0), left),
        };
        let counts = Counts {
            good,
            poor: poor.unwrap_or(0),
            unclassified: said.unwrap_or(0) + left,
        };
        let is_guessed = left > 0 && (said.is_some() || self.good.is_none());
        (counts, is_guessed)
    }

    /// Poor streams and their share of the judged ones give the Good ones, to the rounding of the share.
    fn good_by_percentage(&self, row: usize, poor: u64) -> Option<u64> {
        let percentage = self.poor_percentage?.get(row);
        (percentage > 0.0 && poor > 0)
            .then(|| whole(poor as f64 * 100.0 / percentage).saturating_sub(poor))
    }
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

/// Reads `Good`, `Poor` and `Unclassified` as counts where their values are more than marks.
fn take_bare_captions(table: &mut Table) {
    for (mark, count) in BARE_CAPTIONS {
        let (mark, count) = (fields().named(mark), fields().named(count));
        let Some(Column::Text(text)) = table.columns.get(&mark) else {
            continue;
        };
        let value = |text: &[u8]| cell::written_number(text, Marks::Either).map(|read| read.value);
        let values = text.dictionary.map(value);
        if table.columns.contains_key(&count) || !values.iter().flatten().any(|value| *value > 1.0)
        {
            continue;
        }
        let mut numbers = vec![f64::NAN; table.n_rows];
        text.codes.for_each(|row, code| {
            numbers[row] = values[code as usize].unwrap_or(f64::NAN);
        });
        table.columns.remove(&mark);
        let numbers = Numbers::packed(&numbers);
        table.columns.insert(count, Column::Number(numbers));
    }
}
