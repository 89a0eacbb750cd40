//! Views as CSV files: the same rows, so that a download never holds more than the screen.
//!
//! Names in exports are written by outsiders, and spreadsheets run cells that begin like a formula.
//! Such cells get an apostrophe in front; numbers, also `+1425…` and `-3`, stay as they are.

use std::borrow::Cow;

use super::places::group_name;
use crate::calendar::{Date, MS_PER_DAY};
use crate::engine::diagnostic::RejectedRow;
use crate::engine::formats::encoding;
use crate::protocol::{
    BuildingGroup, BuildingsView, Download, EndView, Figures, NetworksView, OverviewView,
    PeopleView, Person, StreamsView, Verdict, Window, code_name,
};

/// Period and totals, in one row. What the role may not see is empty.
pub(super) fn overview(view: &OverviewView) -> Download {
    let mut sheet = Sheet::new(
        "files,first_end_utc,last_end_utc,calls,telephone_calls,telephone_calls_in_calls,buildings,networks,streams_with_ends,streams_not_mapped,\
         streams,good,poor,unclassified,poor_percent,poor_percent_low,poor_percent_high,people,\
         mean_round_trip_ms,mean_jitter_ms,mean_packet_loss_percent",
    );
    let count = |n: u64| n as f64;
    sheet.count(view.files.len() as u64);
    let [first, last] = [
        view.period.map(|period| period.first_ms),
        view.period.map(|period| period.last_ms),
    ];
    sheet.text(&first.map(iso_time).unwrap_or_default());
    sheet.text(&last.map(iso_time).unwrap_or_default());
    let calls = view.calls.unwrap_or_default();
    let is_exact = calls.n_calls > 0 && !calls.may_be_more;
    sheet.optional(is_exact.then(|| count(calls.n_calls)));
    let telephone = (calls.n_telephone > 0).then_some(calls);
    sheet.optional(telephone.map(|calls| count(calls.n_telephone)));
    let known = telephone.filter(|_| is_exact);
    sheet.optional(known.map(|calls| count(calls.n_both)));
    sheet.count(view.n_buildings);
    sheet.count(view.n_networks);
    sheet.optional(view.total.map(|_| count(view.n_with_ends)));
    sheet.optional(view.n_not_mapped.map(count));
    match &view.total {
        Some(figures) => sheet.figures(figures, true),
        None => (0..11).for_each(|_| sheet.text("")),
    }
    sheet.end_row();
    sheet.download("overview.csv")
}

/// Buildings.
pub(super) fn buildings(view: &BuildingsView) -> Download {
    let mut sheet = Sheet::new(
        "building,city,state,country,region,networks,streams,good,poor,unclassified,poor_percent,\
         poor_percent_low,poor_percent_high,people,mean_round_trip_ms,mean_jitter_ms,mean_packet_loss_percent",
    );
    for row in &view.rows {
        match row.group {
            BuildingGroup::Together(n) => sheet.text(&format!("({n} buildings together)")),
            _ => sheet.text(group_name(&row.group)),
        }
        for text in [&row.city, &row.state, &row.country, &row.region] {
            sheet.text(text);
        }
        sheet.optional(row.n_networks.map(|n| n as f64));
        sheet.figures(&row.figures, true);
        sheet.end_row();
    }
    sheet.download("buildings.csv")
}

/// The networks of a building.
pub(super) fn networks(view: &NetworksView) -> Download {
    let mut sheet = Sheet::new(
        "network,name,line,streams,good,poor,unclassified,poor_percent,poor_percent_low,\
         poor_percent_high,people,mean_round_trip_ms,mean_jitter_ms,mean_packet_loss_percent",
    );
    for row in &view.rows {
        if row.n_together > 1 {
            sheet.text(&format!("({} networks together)", row.n_together));
        } else {
            sheet.text(&row.network);
        }
        sheet.text(&row.name);
        sheet.optional(row.line.map(|line| line as f64));
        sheet.figures(&row.figures, true);
        sheet.end_row();
    }
    sheet.download("networks.csv")
}

/// People.
pub(super) fn people(view: &PeopleView) -> Download {
    let mut sheet = Sheet::new(
        "person,phone,streams,good,poor,unclassified,poor_percent,poor_percent_low,\
         poor_percent_high,mean_round_trip_ms,mean_jitter_ms,mean_packet_loss_percent",
    );
    for row in &view.rows {
        sheet.text(person(&row.person));
        sheet.text(row.phone.as_deref().unwrap_or_default());
        sheet.figures(&row.figures, false);
        sheet.end_row();
    }
    sheet.download("people.csv")
}

/// So many streams are written at a time.
const PART_ROWS: u32 = 8_192;

/// A file of single streams in the making. A million of them take seconds, in which others ask, too.
pub struct StreamsFile {
    sheet: Sheet,
    n_rows: u32,
}

impl StreamsFile {
    /// A file without rows.
    pub(super) fn new() -> Self {
        Self {
            sheet: Sheet::new(
                "end_time_utc,media,verdict,rules,round_trip_ms,jitter_ms,packet_loss_percent,\
                 first_person,first_phone,first_address,first_subnet,first_building,first_connection,\
                 second_person,second_phone,second_address,second_subnet,second_building,second_connection",
            ),
            n_rows: 0,
        }
    }

    /// The rows of a window that are to be written next.
    pub(super) fn next_window(&self, all: Window) -> Window {
        Window {
            first_idx: all.first_idx + self.n_rows,
            n_rows: PART_ROWS.min(all.n_rows - self.n_rows),
        }
    }

    /// Writes the next rows. Whether there may be more of them.
    pub(super) fn push(&mut self, view: &StreamsView) -> bool {
        let n_rows = view.rows.len() as u32;
        self.n_rows += n_rows;
        push_streams(&mut self.sheet, view);
        n_rows == PART_ROWS
    }

    /// The file.
    pub(super) fn finish(self) -> Download {
        self.sheet.download("streams.csv")
    }
}

fn push_streams(sheet: &mut Sheet, view: &StreamsView) {
    for row in &view.rows {
        sheet.text(&row.end_ms.map(iso_time).unwrap_or_default());
        sheet.text(&row.media);
        sheet.text(match row.verdict {
            Verdict::Good => "Good",
            Verdict::Poor => "Poor",
            Verdict::Unclassified => "Unclassified",
        });
        let rules: Vec<_> = row.rules.iter().copied().map(code_name).collect();
        sheet.text(&rules.join("|"));
        sheet.optional(row.round_trip_ms);
        sheet.optional(row.jitter_ms);
        sheet.optional(row.packet_loss_percent);
        sheet.end(&row.first);
        sheet.end(&row.second);
        sheet.end_row();
    }
}

/// The rows of a file that are not used. Their text is left out for roles that may not see it.
pub(super) fn rejected(rows: &[RejectedRow], n_all: u64, has_text: bool) -> Download {
    let mut sheet = Sheet::new(if has_text {
        "line,column,code,row"
    } else {
        "line,column,code"
    });
    for row in rows {
        sheet.count(row.line);
        sheet.optional(row.column.map(f64::from));
        sheet.text(&code_name(row.code));
        if has_text {
            sheet.text(&encoding::words(&row.text));
        }
        sheet.end_row();
    }
    let n_more = n_all.saturating_sub(rows.len() as u64);
    if n_more > 0 {
        sheet.text("");
        sheet.text("");
        sheet.text(&format!("and {n_more} more rows"));
        sheet.end_row();
    }
    sheet.download("rows-not-used.csv")
}

/// Headings and the fields that the user gave them; an empty field leaves a column out.
pub(super) fn column_map<'read>(
    choices: impl Iterator<Item = (&'read str, &'read str)>,
) -> Download {
    let mut sheet = Sheet::new("callscope heading,callscope field");
    for (heading, field) in choices {
        sheet.text(heading);
        sheet.text(field);
        sheet.end_row();
    }
    sheet.download("callscope-columns.csv")
}

fn person(person: &Person) -> &str {
    match person {
        Person::Named(name) => name,
        Person::InternalUser => "Internal User",
        Person::ExternalUser => "External User",
    }
}

/// A file in the making.
struct Sheet {
    text: String,
    is_at_row_start: bool,
}

impl Sheet {
    fn new(header: &str) -> Self {
        Self {
            text: format!("{header}\r\n"),
            is_at_row_start: true,
        }
    }

    fn cell(&mut self, cell: &str) {
        if !std::mem::take(&mut self.is_at_row_start) {
            self.text.push(',');
        }
        self.text.push_str(cell);
    }

    fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.is_at_row_start = true;
    }

    fn text(&mut self, words: &str) {
        self.cell(&quoted(&without_formula(words)));
    }

    fn count(&mut self, n: u64) {
        self.cell(&n.to_string());
    }

    /// A number in its shortest form that reads back the same, or nothing.
    fn optional(&mut self, value: Option<f64>) {
        self.cell(&value.map(|value| value.to_string()).unwrap_or_default());
    }

    fn figures(&mut self, figures: &Figures, with_people: bool) {
        self.count(figures.n_streams);
        self.count(figures.n_good);
        self.count(figures.n_poor);
        self.count(figures.n_unclassified);
        self.optional(figures.poor.map(|rate| rate.percent));
        self.optional(figures.poor.map(|rate| rate.low));
        self.optional(figures.poor.map(|rate| rate.high));
        if with_people {
            self.optional(figures.n_people.map(|n| n as f64));
        }
        self.optional(figures.mean_round_trip_ms);
        self.optional(figures.mean_jitter_ms);
        self.optional(figures.mean_packet_loss_percent);
    }

    fn end(&mut self, end: &EndView) {
        self.text(end.person.as_ref().map(person).unwrap_or_default());
        for text in [&end.phone, &end.address, &end.subnet] {
            self.text(text.as_deref().unwrap_or_default());
        }
        self.text(
            end.place
                .as_ref()
                .map(|place| place.building.as_str())
                .unwrap_or_default(),
        );
        self.text(end.connection.as_deref().unwrap_or_default());
    }

    fn download(mut self, name: &str) -> Download {
        // Spreadsheets take a file without the mark for a local code page; ASCII reads the same either way.
        if !self.text.is_ascii() {
            self.text.insert(0, '\u{FEFF}');
        }
        Download {
            name: name.to_owned(),
            bytes: self.text.into_bytes(),
        }
    }
}

/// Puts an apostrophe before what a spreadsheet would take for a formula.
fn without_formula(words: &str) -> Cow<'_, str> {
    let first = words.chars().find(|c| !matches!(c, ' ' | '\u{a0}'));
    let looks_like_formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    let is_number = words
        .strip_prefix(['+', '-'])
        .map(|rest| rest.trim_end_matches('*'))
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| matches!(c, '0'..='9' | '.')));
    if looks_like_formula && !is_number {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

fn quoted(cell: &str) -> Cow<'_, str> {
    let needs_quotes = |byte| matches!(byte, b'"' | b',' | b'\n' | b'\r' | b';' | b'\t');
    if cell.bytes().any(needs_quotes) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// `2026-10-31T14:05:06Z`.
fn iso_time(ms: i64) -> String {
    let Date { year, month, day } = Date::from_days_since_1970(ms.div_euclid(MS_PER_DAY));
    let seconds = ms.rem_euclid(MS_PER_DAY) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::formats::time::{TimeReading, time};

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("+14255550100", "+14255550100"),
            ("+1425555****", "+1425555****"),
            ("-3.5", "-3.5"),
            ("-", "'-"),
            ("+1*2", "'+1*2"),
            ("Campus", "Campus"),
        ] {
            assert_eq!(without_formula(cell), expected);
        }
    }

    proptest! {
        #[test]
        fn times_are_written_as_they_are_read(seconds in -1_000_000_000i64..10_000_000_000) {
            let ms = seconds * 1000;
            prop_assert_eq!(time(iso_time(ms).as_bytes()), Some(TimeReading::Exactly(ms)));
        }
    }

    #[test]
    fn the_mark_stands_only_where_it_is_needed() {
        let download = |words: &str| {
            let mut sheet = Sheet::new("a");
            sheet.text(words);
            sheet.end_row();
            sheet.download("a.csv").bytes
        };
        assert!(download("Zürich").starts_with("\u{FEFF}a".as_bytes()));
        assert_eq!(
            download("Oslo, \"north\""),
            b"a\r\n\"Oslo, \"\"north\"\"\"\r\n"
        );
    }
}
