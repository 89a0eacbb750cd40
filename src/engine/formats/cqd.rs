//! Exports of the Call Quality Dashboard: a row a stream, or a row a group of streams.
//!
//! What the whole file tells is checked here: percentages for fractions, counts for single streams, people
//! that the service has cleared, one direction only.

use std::rc::Rc;

use callscope_kernel::blocks::{self, BLOCK_ROWS};
use callscope_kernel::limits::{self, Limit};
use callscope_kernel::runs::Runs;
use callscope_kernel::times;

use super::{
    Content, Format, Layout, cell,
    column_plan::ColumnRead,
    grouped,
    joining::Joining,
    sheet::{Finished, Sheet},
};
use crate::calendar::MS_PER_DAY;
use crate::engine::diagnostic::Diagnostics;
use crate::engine::fields::{Catalog, FieldId, Shape, fields};
use crate::engine::model::{
    by_code::ByCode,
    column::Column,
    dictionary::BLANK,
    end::{ADDRESS_COLUMNS, ENDS, End, PAIR_COLUMN, PERSON_COLUMNS},
    numbers::Numbers,
    streams::Streams,
};
use crate::engine::quality::{can_be_judged, is_measured};
use crate::protocol::{FileKind, ProblemCode as P};

/// How exports of the dashboard are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::CqdStreams,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::CqdStreams,
        catalog: Catalog::Cqd,
        of: "fields of the Call Quality Dashboard",
        needs: &[NEEDS_ONE_OF],
        checks: &[],
        unique: None,
        finish,
    }),
};

/// What only an export of calls has: ids and media of a stream, addresses, measures of quality, counts of
/// streams. A list of cities and months has none of them.
const NEEDS_ONE_OF: &[&str] = &[
    "Conference Id",
    "Media Type",
    "Stream Direction",
    "Is Server Pair",
    "First IP Address",
    "Second IP Address",
    "First Subnet",
    "Second Subnet",
    "First Reflexive Local IP",
    "Second Reflexive Local IP",
    "First Public IP",
    "Second Public IP",
    "Avg Round Trip",
    "Avg Jitter",
    "Avg Packet Loss Rate",
    "Round Trip",
    "Jitter",
    "Packet Loss Rate",
    "Audio Stream Count",
    "Audio Poor Stream Count",
    "Audio Good Stream Count",
    "Audio Poor Percentage",
    "Video Stream Count",
    "VBSS Stream Count",
    "AppSharing Stream Count",
    "Total Stream Count",
    "Total CDR Available Stream Count",
    "Total Call Setup Failed Stream Count",
];

/// The dashboard cuts an export off after so many rows.
const ROWS_OF_A_CUT_EXPORT: u64 = 10_000;

fn finish(_: &Sheet, mut joining: Joining, columns: &[ColumnRead]) -> Finished {
    for (column, read) in (1u32..).zip(columns) {
        if let Some(field) = read.field(Catalog::Cqd) {
            check_column(&mut joining, field, read.heading.contains('%'), column);
        }
    }
    let is_grouped = grouped::count(&mut joining);
    check_table(&mut joining, is_grouped);
    let starts = std::mem::take(&mut joining.run_starts);
    let n_rows = joining.table.n_rows;
    joining.table.runs = starts.map(|starts| {
        let is_told = !starts.is_empty();
        is_told.then(|| Rc::new(Runs::of_starts(starts, n_rows)))
    });
    Finished {
        kind: if is_grouped {
            FileKind::CqdGroups
        } else {
            FileKind::CqdStreams
        },
        content: Content::Streams(std::mem::take(&mut joining.table)),
        joining,
    }
}

/// What only the whole column tells.
fn check_column(joining: &mut Joining, field: FieldId, says_percent: bool, column: u32) {
    let known = fields().get(field);
    let Some(values) = joining.table.columns.get_mut(&field) else {
        return;
    };
    let diagnostics = &mut joining.diagnostics;
    if let Column::Number(values) = values
        && is_measured(field)
    {
        check_sign(values, column, diagnostics);
    }
    match values {
        Column::Number(values) if known.unit == "ratio" && !says_percent => {
            // A percent sign has told its own cell; a bare number beside it is no percentage.
            let may_turn = !joining.with_sign.contains(&(column as usize - 1));
            check_ratio(values, may_turn, column, diagnostics);
        }
        Column::Text(text) => {
            let is_address = known.is_address();
            let is_range = known.shape == Shape::Range;
            let texts = &text.dictionary;
            let is_ascii = texts.is_ascii();
            if is_ascii && !is_range && (!is_address || texts.are_addresses()) {
                return;
            }
            let problem_of = |code: u32| {
                if !is_ascii && std::str::from_utf8(texts.text(code)).is_err() {
                    Some(P::BadEncoding)
                } else if is_address && texts.address(code).is_none() {
                    Some(P::NotAnAddress)
                } else if is_range {
                    match cell::reading(texts.text(code), known.unit == "percent") {
                        None => Some(P::NotANumber),
                        Some(reading) if is_measured(field) && !reading.is_measured() => {
                            Some(P::BelowNought)
                        }
                        Some(_) => None,
                    }
                } else {
                    None
                }
            };
            let problems = ByCode::of_codes(&text.codes, texts.n_codes(), |code| {
                (code != BLANK).then(|| problem_of(code)).flatten()
            });
            if !problems.any(|problem| problem.is_some()) {
                return;
            }
            problems.for_each(|problem| {
                if let Some(problem) = problem {
                    diagnostics.column(problem, column, 1);
                }
            });
        }
        _ => {}
    }
}

/// Some programs write -1 for what was not measured.
fn check_sign(values: &mut Numbers, column: u32, diagnostics: &mut Diagnostics) {
    let n_below = limits::n_passed(values, Limit::Below(0.0));
    if n_below > 0 {
        values.turn(|value| if value < 0.0 { f64::NAN } else { value });
        diagnostics.column(P::BelowNought, column, n_below as u64);
    }
}

/// Fractions lie between 0 and 1. Where a tenth of the values lies beyond, the column holds percentages;
/// fewer are slips, which may not turn the meaning of all others.
fn check_ratio(values: &mut Numbers, may_turn: bool, column: u32, diagnostics: &mut Diagnostics) {
    let n_above = limits::n_passed(values, Limit::Above(1.0));
    if n_above == 0 {
        return;
    }
    let is_said = |value: &f64| *value != 0.0 && !value.is_nan();
    let n_said = values.iter().filter(is_said).count();
    if may_turn && n_above * 10 >= n_said {
        values.turn(|value| value / 100.0);
        diagnostics.column(P::ReadAsPercent, column, n_above as u64);
    } else {
        values.turn(|value| if value > 1.0 { f64::NAN } else { value });
        diagnostics.column(P::NotAFraction, column, n_above as u64);
    }
}

/// What only the whole file tells.
fn check_table(joining: &mut Joining, is_grouped: bool) {
    let streams = &joining.table;
    let has_people = |end: &End| end.has_any(streams, &PERSON_COLUMNS);
    let says_somebody = |end: &End| {
        let columns = PERSON_COLUMNS
            .iter()
            .filter_map(|name| end.text(streams, name));
        columns
            .into_iter()
            .any(|column| column.dictionary.n_codes() > 1)
    };
    let has_addresses = ENDS
        .iter()
        .any(|end| end.has_any(streams, &ADDRESS_COLUMNS));
    let is_nobody_named = !ENDS.iter().any(says_somebody);
    let is_cleared = is_nobody_named && streams.n_rows > 0 && ENDS.iter().any(has_people);
    let complaints = [
        (!has_addresses, P::NoAddressColumns),
        (!says_what_ends_are(streams), P::NoEndKinds),
        (!is_grouped && !can_be_judged(streams), P::NoQualityColumns),
        (
            !is_grouped && streams.text(fields().named("Media Type")).is_none(),
            P::NoMediaType,
        ),
        (is_cleared, P::PeopleCleared),
        (is_nobody_named && !is_cleared && !is_grouped, P::NoPeople),
        (joining.rows.read == ROWS_OF_A_CUT_EXPORT, P::CutOff),
        (has_one_direction(streams), P::OneDirection),
        (has_several_tenants(streams), P::FederatedTenants),
    ];
    let times = odd_times(streams);
    for (_, code) in complaints.into_iter().filter(|(applies, _)| *applies) {
        joining.diagnostics.file(code);
    }
    for (code, n_times) in times.into_iter().filter(|(_, n_times)| *n_times > 0) {
        joining.diagnostics.file_times(code, n_times);
    }
}

/// Whether servers can be told from clients, or cannot be counted for clients: where one end is a server, it is the
/// first one.
fn says_what_ends_are(streams: &Streams) -> bool {
    let first_has = |names: &[&str]| End::First.has_any(streams, names);
    !first_has(&ADDRESS_COLUMNS)
        || first_has(&["UserType", "User Agent Category"])
        || streams.text(fields().named(PAIR_COLUMN)).is_some()
}

/// Whether every stream of the export goes the same way. One stream alone has no other way to go.
fn has_one_direction(streams: &Streams) -> bool {
    let directions = streams.text(fields().named("Stream Direction"));
    streams.n_rows > 1 && directions.is_some_and(|column| column.dictionary.n_codes() == 2)
}

fn has_several_tenants(streams: &Streams) -> bool {
    let columns = ENDS.iter().filter_map(|end| end.text(streams, "Tenant Id"));
    let mut tenants = columns.flat_map(|column| column.dictionary.iter().map(|(_, text)| text));
    let first = tenants.next().unwrap_or_default();
    tenants.any(|tenant| !tenant.eq_ignore_ascii_case(first))
}

/// Streams that end before they begin, and streams that began before the first day on which one ended: the
/// dashboard counts a stream on the day of its end.
fn odd_times(streams: &Streams) -> [(P, u64); 2] {
    let column = |name| streams.times(fields().named(name));
    let mut odd = [(P::EndsBeforeStart, 0), (P::BeganBeforePeriod, 0)];
    let (Some(starts), Some(ends)) = (column("Start Time"), column("End Time")) else {
        return odd;
    };
    let known = ends.chunks(BLOCK_ROWS).filter_map(times::first_known);
    let Some(first_day) = known.min().map(|end| end.div_euclid(MS_PER_DAY)) else {
        return odd;
    };
    blocks::each(streams.n_rows, &mut |rows| {
        let (starts, ends) = (&starts[rows.clone()], &ends[rows]);
        let found = times::odd(starts, ends, first_day * MS_PER_DAY);
        for ((_, n), found) in odd.iter_mut().zip(found) {
            *n += found;
        }
    });
    odd
}
