//! Rows of telephone usage: `pstnCallLogRow` and `directRoutingLogRow`, each a row of the catalog of the CSV export.
//!
//! <https://learn.microsoft.com/graph/api/resources/callrecords-pstncalllogrow>,
//! <https://learn.microsoft.com/graph/api/resources/callrecords-directroutinglogrow>

use serde_json::{Map, Value};

use super::{Account, Piece, context, rows::Rows, share};
use crate::engine::fields::{Catalog, Heading};
use crate::engine::formats::{
    Content, Finding, ReadRows, Reader, cutter::Block, json_head::is_page,
};
use crate::protocol::{FileKind, ProblemCode as P, RowCounts};

/// One kind of row.
pub(super) struct Kind {
    file: FileKind,
    catalog: Catalog,
    /// Properties that only rows of this kind have; one of them must be there.
    needs_one_of: &'static [&'static str],
    /// For the evidence.
    of: &'static str,
    /// What the context of a page is called.
    type_name: &'static str,
}

/// Calling Plans and Operator Connect.
pub(super) const CALLING_PLANS: Kind = Kind {
    file: FileKind::CallingPlans,
    catalog: Catalog::CallingPlans,
    needs_one_of: &[
        "licenseCapability",
        "inventoryType",
        "usageCountryCode",
        "callDurationSource",
    ],
    of: "properties of Graph's pstnCallLogRow",
    type_name: "pstnCallLogRow",
};

/// Direct Routing.
pub(super) const DIRECT_ROUTING: Kind = Kind {
    file: FileKind::DirectRouting,
    catalog: Catalog::DirectRouting,
    needs_one_of: &[
        "inviteDateTime",
        "finalSipCode",
        "trunkFullyQualifiedDomainName",
        "signalingLocation",
    ],
    of: "properties of Graph's directRoutingLogRow",
    type_name: "directRoutingLogRow",
};

/// Looks at the first records.
pub(super) fn recognize(kind: &Kind, values: &[Value]) -> Option<Finding> {
    share(values, |record| is_row(kind, record), kind.of).or_else(|| {
        let mut pages = values.iter().filter(|value| is_page(value));
        let is_ours = |context: &str| context.contains(kind.type_name);
        let is_list = pages.any(|page| page.as_object().and_then(context).is_some_and(is_ours));
        is_list.then(|| Finding {
            score: 500,
            evidence: format!("the list is one of {}", kind.type_name),
        })
    })
}

fn is_row(kind: &Kind, record: &Map<String, Value>) -> bool {
    let has = |name: &&str| record.keys().any(|key| key.eq_ignore_ascii_case(name));
    // Text messages have rows of much the same properties, and are no calls.
    // <https://learn.microsoft.com/graph/api/resources/callrecords-smslogrow>
    kind.needs_one_of.iter().any(has) && !has(&"smsId")
}

/// Reads the rows of a file.
pub(super) struct LogRows {
    kind: &'static Kind,
    account: Account,
    rows: Rows,
}

impl LogRows {
    /// A reader at the start of a file.
    pub(super) fn new(kind: &'static Kind) -> Self {
        Self {
            kind,
            account: Account::default(),
            rows: Rows::new(kind.catalog),
        }
    }

    fn row(&mut self, record: &Map<String, Value>, block: &Block) {
        self.rows.begin();
        for (property, value) in record {
            match self.kind.catalog.fields().by_heading(property) {
                Heading::Known(field) => {
                    if let Err(code) = self.rows.set(field, value) {
                        self.account.diagnostics.row(code, block.first_line);
                    }
                }
                Heading::Ambiguous(_) | Heading::Unknown => self.account.unknown.note(property),
            }
        }
    }
}

impl Reader for LogRows {
    fn read(&mut self, block: &Block) {
        match self.account.piece(block) {
            Piece::Record(record) if is_row(self.kind, &record) => self.row(&record, block),
            Piece::Record(_) => self.account.is_no_record(block),
            Piece::Page(page) => self.account.note_next_link(&page, block),
            Piece::Rejected => {}
        }
    }

    fn rows(&self) -> RowCounts {
        self.account.rows
    }

    fn n_bytes(&self) -> usize {
        self.rows.n_bytes()
    }

    fn finish(self: Box<Self>) -> ReadRows {
        let table = self.rows.finish();
        let mut account = self.account;
        // At a thousand rows the service turns the page; a file of exactly that many has lost its link.
        if account.rows.read == ROWS_OF_A_PAGE && !account.diagnostics.has(P::MorePages) {
            account.diagnostics.file(P::MorePages);
        }
        account.finish(self.kind.file, Content::Records(table))
    }
}

/// So many rows the service gives at a time.
const ROWS_OF_A_PAGE: u64 = 1_000;
