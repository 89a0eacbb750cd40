//! `parameters.json`, which lies beside the rows of a PSTN export: its period and its plans.
//!
//! <https://learn.microsoft.com/microsoftteams/teams-analytics-and-reports/pstn-usage-report> says what it
//! holds, not how its keys are called, so that it is known by what they have in common.

use serde_json::{Map, Value};

use super::{Account, Piece, share};
use crate::engine::formats::{Content, Finding, ReadRows, Reader, cutter::Block};
use crate::engine::model::table::Table;
use crate::protocol::{FileKind, RowCounts};

/// More keys than a period and a choice of plans could need.
const MAX_KEYS: usize = 24;

/// Looks at the only record of the file.
pub(super) fn recognize(values: &[Value]) -> Option<Finding> {
    let found = share(
        values,
        are_parameters,
        "a period and capabilities, as the parameters of a PSTN export have",
    )?;
    // Every real record says more of itself.
    (values.len() == 1).then_some(Finding {
        score: found.score / 2,
        ..found
    })
}

fn are_parameters(record: &Map<String, Value>) -> bool {
    let has = |words: &[&str]| {
        let mut keys = record.keys().map(|key| key.to_lowercase());
        keys.any(|key| words.iter().any(|word| key.contains(word)))
    };
    let is_period = has(&["start", "from", "range"]) && has(&["end", "to", "range"]);
    record.len() <= MAX_KEYS && is_period && has(&["capabilit"])
}

/// Reads the record. What it says of period and plans is in the rows of the export themselves.
#[derive(Default)]
pub(super) struct Parameters(Account);

impl Reader for Parameters {
    fn read(&mut self, block: &Block) {
        if let Piece::Record(record) = self.0.piece(block)
            && !are_parameters(&record)
        {
            self.0.is_no_record(block);
        }
    }

    fn rows(&self) -> RowCounts {
        self.0.rows
    }

    fn finish(self: Box<Self>) -> ReadRows {
        let content = Content::Records(Table::default());
        self.0.finish(FileKind::ExportParameters, content)
    }
}
