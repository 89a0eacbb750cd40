//! The table of Microsoft's sample Call Record Insights: Graph call records, flattened to a row a stream.
//!
//! Exported from Azure Data Explorer as CSV, with lengths of time such as `00:00:00.0160000`.
//! <https://github.com/OfficeDev/microsoft-teams-apps-callrecord-insights>

use super::{
    Content, Format, Layout,
    column_plan::ColumnRead,
    graph,
    joining::Joining,
    sheet::{Finished, Sheet},
};
use crate::engine::fields::Catalog;
use crate::engine::model::{by_text::ByText, column::NO_TIME, dictionary::BLANK, table::Table};
use crate::protocol::{FileKind, ProblemCode as P};

/// How the table is told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::CallRecordInsights,
    layout: Layout::Sheet(&Sheet {
        kind: FileKind::CallRecordInsights,
        catalog: Catalog::CallRecordInsights,
        of: "columns of Call Record Insights",
        needs: &[&["CallId"], &["MediaLabel", "StreamDirection", "StreamId"]],
        checks: &[],
        unique: None,
        finish,
    }),
};

/// What tells a stream from every other, as the sample's own view has it.
const KEYS: [&str; 5] = [
    "CallId",
    "SessionId",
    "StreamId",
    "StreamDirection",
    "MediaLabel",
];

fn finish(_: &Sheet, mut joining: Joining, _: &[ColumnRead]) -> Finished {
    let table = std::mem::take(&mut joining.table);
    let counts = newest(&table);
    let n_older = counts.iter().filter(|counts| !**counts).count() as u64;
    joining.rows.used -= n_older;
    joining.rows.duplicates += n_older;
    let converted = graph::streams(&table, (0..table.n_rows).filter(|row| counts[*row]));
    for (code, n_times) in [
        (P::EarlierVersion, n_older),
        (P::DataStreams, converted.n_data_rows),
    ] {
        if n_times > 0 {
            joining.diagnostics.file_times(code, n_times);
        }
    }
    Finished {
        kind: FileKind::CallRecordInsights,
        content: Content::Streams(converted.streams),
        joining,
    }
}

/// For each row whether it is the newest of its stream. The sample writes a stream again with each version
/// of the call.
fn newest(table: &Table) -> Vec<bool> {
    let fields = Catalog::CallRecordInsights.fields();
    let keys = KEYS.map(|name| table.text(fields.named(name)));
    let times = table.times(fields.named("LastModifiedDateTimeOffset"));
    let time = |row: usize| times.map_or(NO_TIME, |times| times[row]);
    let mut best: ByText<Option<usize>> = ByText::default();
    let mut counts = vec![true; table.n_rows];
    for row in 0..table.n_rows {
        let key = keys.map(|column| column.map_or(BLANK, |column| column.codes.get(row)));
        // Without ids two equal rows are two streams.
        if key[0] == BLANK || key[2] == BLANK {
            continue;
        }
        let best = best.of(bytemuck::bytes_of(&key));
        let Some(known) = *best else {
            *best = Some(row);
            continue;
        };
        let is_newer = time(row) > time(known);
        *best = Some(if is_newer { row } else { known });
        counts[if is_newer { known } else { row }] = false;
    }
    counts
}
