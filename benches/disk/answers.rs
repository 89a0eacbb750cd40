//! Writes the expected answers beside the files, for those that read the files without this crate.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::generate::expected::{Buildings, DAYS, Expected, ExpectedBuilding};

const N_MOST: usize = 10;

/// Writes, for each way of counting, `[streams, good, poor, people]` of each building by name.
pub(super) fn write(expected: &Expected, n_rows: usize, out: &mut impl Write) -> io::Result<()> {
    let mut most_poor: Vec<u64> = expected.poor_by_second_end.values().copied().collect();
    most_poor.sort_unstable_by(|a, b| b.cmp(a));
    most_poor.truncate(N_MOST);
    let answers = json!({
        "rows": n_rows,
        "byEachClientEnd": buildings(&expected.buildings),
        "bySecondEnd": buildings(&expected.by_second_end),
        "days": DAYS.map(|day| format!("2026-10-{day:02}")),
        "bySecondEndInDays": buildings(&expected.by_second_end_in_days),
        "mostPoorBySecondEnd": most_poor,
    });
    writeln!(out, "{answers}")
}

fn buildings(buildings: &Buildings) -> Map<String, Value> {
    let row = |(name, row): (&String, &ExpectedBuilding)| {
        let figures = json!([row.n_streams(), row.n_good, row.n_poor, row.people.len()]);
        (name.clone(), figures)
    };
    buildings.iter().map(row).collect()
}
