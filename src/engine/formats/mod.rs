//! From a file's bytes to the columns of the model. One file for each export; `FORMATS` lists them.

mod access_point;
mod attendance;
mod building;
mod call_record_insights;
pub mod cell;
mod checks;
mod column_map;
mod column_plan;
mod cqd;
mod cutter;
mod dates;
mod direct_routing;
mod duration;
pub mod encoding;
mod endpoint;
mod graph;
mod grouped;
mod head;
mod intake;
mod joining;
mod json_cutter;
mod json_head;
mod nps;
mod proposal;
mod pstn;
mod ranges;
mod reader_codes;
mod records;
#[cfg(test)]
mod row_tests;
mod sheet;
mod table_block;
pub mod time;
mod usage;

pub use column_plan::ColumnRead;
pub use dates::Order;
pub use head::Head;
pub use intake::Intake;
pub use ranges::{RANGE_BYTES, Range, RangeRead, RangeReader, ReaderId, Rest, Source};

use crate::engine::diagnostic::Diagnostics;
use crate::engine::fields::Catalog;
use crate::engine::model::{
    buildings::BuildingFile, calls::CallVersion, streams::Streams, table::Table,
};
use crate::protocol::{
    Assumptions, ColumnChoice, DateOrder, DecimalMark, FileKind, RowCounts, RowUnit,
};
use cutter::Block;
use sheet::{Sheet, SheetReader};

/// All formats. Adding one is one file and one line.
const FORMATS: &[Format] = &[
    building::FORMAT,
    endpoint::FORMAT,
    endpoint::WITH_HEADINGS,
    access_point::FORMAT,
    cqd::FORMAT,
    pstn::FORMAT,
    direct_routing::FORMAT,
    usage::USER_ACTIVITY,
    usage::DEVICE_USAGE,
    usage::USER_ACTIVITY_COUNTS,
    usage::DEVICE_USAGE_COUNTS,
    attendance::FORMAT,
    attendance::EVENTS,
    nps::FORMAT,
    column_map::FORMAT,
    call_record_insights::FORMAT,
    graph::CALL_RECORDS,
    graph::CALLING_PLANS,
    graph::DIRECT_ROUTING,
    graph::ATTENDANCE,
    graph::PARAMETERS,
];

/// How one export is told from others, and read.
pub(crate) struct Format {
    kind: FileKind,
    layout: Layout,
}

/// What the text of an export looks like.
pub(crate) enum Layout {
    /// Rows under headings of a catalog.
    Sheet(&'static Sheet),
    /// Rows in an order of their own.
    Rows {
        /// Looks at the first rows; `None` if it cannot be this export.
        recognize: fn(&Head) -> Option<Finding>,
        reader: fn(&Head, &Assumed) -> Box<dyn Reader>,
    },
    /// Records of JSON, one a block.
    Records {
        /// Looks at the first records that could be parsed; `None` if it cannot be this export.
        recognize: fn(&[serde_json::Value]) -> Option<Finding>,
        reader: fn() -> Box<dyn Reader>,
    },
}

/// The catalog of the fields of a kind of file, if its columns have headings.
pub fn catalog_of(kind: FileKind) -> Option<Catalog> {
    // What a group of streams is called is found out at the end of the file.
    let kind = match kind {
        FileKind::CqdGroups => FileKind::CqdStreams,
        kind => kind,
    };
    FORMATS.iter().find_map(|format| match format.layout {
        Layout::Sheet(sheet) if format.kind == kind => Some(sheet.catalog),
        _ => None,
    })
}

/// Why a file is taken for an export.
pub(crate) struct Finding {
    /// How sure, up to 1,000.
    score: usize,
    /// The reason in words. It holds no text of the file.
    evidence: String,
}

/// How the cells of a file are read: the user's word where there is one.
#[derive(Debug, Clone)]
pub(crate) struct Assumed {
    pub(crate) delimiter: u8,
    /// `None` leaves it to each number.
    pub(crate) decimal_mark: Option<DecimalMark>,
    /// `None` leaves it to the dates of the file.
    pub(crate) date_order: Option<DateOrder>,
    /// What the user decided about headings.
    pub(crate) columns: Vec<ColumnChoice>,
}

/// Reads the blocks of one file in their order.
pub(crate) trait Reader {
    /// Takes the next block.
    fn read(&mut self, block: &Block);
    /// What has become of the rows so far.
    fn rows(&self) -> RowCounts;
    /// How much memory the columns take so far.
    fn n_bytes(&self) -> usize {
        0
    }
    /// As a reader of a table with headings, whose file can be read in ranges.
    fn as_sheet(&mut self) -> Option<&mut SheetReader> {
        None
    }
    /// Ends the file.
    fn finish(self: Box<Self>) -> ReadRows;
}

/// A file that was read to its end.
#[derive(Debug)]
pub struct Loaded {
    /// Why it was taken for what it is.
    pub evidence: String,
    /// Equal for equal bytes.
    pub fingerprint: u64,
    /// What was assumed.
    pub assumptions: Assumptions,
    /// What its rows gave.
    pub result: ReadRows,
}

/// What the rows of a file gave.
#[derive(Debug)]
pub struct ReadRows {
    /// What the file is.
    pub kind: FileKind,
    /// What they hold.
    pub content: Content,
    /// What became of them.
    pub rows: RowCounts,
    /// What a row is.
    pub unit: RowUnit,
    /// Complaints.
    pub diagnostics: Diagnostics,
    /// The columns, if the file has headings.
    pub columns: Vec<ColumnRead>,
    /// What stands before decimals, if there are numbers.
    pub decimal_mark: Option<DecimalMark>,
    /// The order of day and month.
    pub order: Order,
    /// The calls that it has a record of, with or without streams.
    pub calls: Vec<CallVersion>,
}

impl ReadRows {
    /// Rows of a table without headings of a catalog.
    fn new(kind: FileKind, content: Content, rows: RowCounts, diagnostics: Diagnostics) -> Self {
        Self {
            kind,
            content,
            rows,
            unit: RowUnit::Row,
            diagnostics,
            columns: Vec::new(),
            decimal_mark: None,
            order: Order::NotAsked,
            calls: Vec::new(),
        }
    }
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// A building file.
    Buildings(BuildingFile),
    /// Streams, or groups of streams.
    Streams(Streams),
    /// Rows of any other export, in the fields of the catalog of its kind.
    Records(Table),
    /// What columns of other files mean.
    ColumnMap(Vec<ColumnChoice>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_a_sheet_asks_for_is_in_its_catalog() {
        for format in FORMATS {
            let Layout::Sheet(sheet) = &format.layout else {
                continue;
            };
            let needs = sheet.needs.iter().copied().flatten().copied();
            let checks = sheet.checks.iter().map(|check| check.field);
            let unique = sheet.unique.iter().map(|unique| unique.field);
            for name in needs.chain(checks).chain(unique) {
                sheet.catalog.fields().named(name);
            }
            assert_eq!(sheet.kind, format.kind);
        }
    }
}
