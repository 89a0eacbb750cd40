//! JSON of Microsoft Graph: call records, rows of telephone usage, attendance reports.
//!
//! A file is an answer of the service as it stands, a page or several, one record or a line for each. What is
//! common to all is here: how records are told, and how they are counted.

mod attendance;
mod ends;
mod flatten;
mod log_rows;
mod parameters;
mod powershell;
mod properties;
mod reader;
mod rows;
mod streams;
mod words;

pub(crate) use streams::streams;

use serde_json::{Map, Value};

use super::{
    Content, Finding, Format, Layout, ReadRows, column_plan::ColumnRead, cutter::Block, encoding,
    json_head::is_page,
};
use crate::engine::diagnostic::{Diagnostics, RejectedRow};
use crate::protocol::{ColumnMeaning, FileKind, ProblemCode as P, RowCounts, RowUnit};
use properties::Unknown;

/// Call records.
pub(crate) const CALL_RECORDS: Format = Format {
    kind: FileKind::CallRecords,
    layout: Layout::Records {
        recognize: reader::recognize,
        reader: || Box::new(reader::CallRecords::default()),
    },
};

/// Rows of Calling Plans and Operator Connect.
pub(crate) const CALLING_PLANS: Format = Format {
    kind: FileKind::CallingPlans,
    layout: Layout::Records {
        recognize: |values| log_rows::recognize(&log_rows::CALLING_PLANS, values),
        reader: || Box::new(log_rows::LogRows::new(&log_rows::CALLING_PLANS)),
    },
};

/// Rows of Direct Routing.
pub(crate) const DIRECT_ROUTING: Format = Format {
    kind: FileKind::DirectRouting,
    layout: Layout::Records {
        recognize: |values| log_rows::recognize(&log_rows::DIRECT_ROUTING, values),
        reader: || Box::new(log_rows::LogRows::new(&log_rows::DIRECT_ROUTING)),
    },
};

/// Attendance reports of meetings.
pub(crate) const ATTENDANCE: Format = Format {
    kind: FileKind::Attendance,
    layout: Layout::Records {
        recognize: attendance::recognize,
        reader: || Box::new(attendance::Attendance::default()),
    },
};

/// What lies beside the rows of a PSTN export.
pub(crate) const PARAMETERS: Format = Format {
    kind: FileKind::ExportParameters,
    layout: Layout::Records {
        recognize: parameters::recognize,
        reader: || Box::new(parameters::Parameters::default()),
    },
};

/// What a piece of a file turned out to be.
enum Piece {
    /// A record.
    Record(Map<String, Value>),
    /// What stands around the elements of a page.
    Page(Map<String, Value>),
    /// Nothing; it has been reported.
    Rejected,
}

/// What is counted and said of the records of a file.
#[derive(Debug, Default)]
struct Account {
    rows: RowCounts,
    diagnostics: Diagnostics,
    unknown: Unknown,
}

impl Account {
    /// Parses a piece of the file.
    fn piece(&mut self, block: &Block) -> Piece {
        if let Some(code) = block.broken {
            self.rows.read += 1;
            self.reject(code, block.first_line, block);
            return Piece::Rejected;
        }
        let text = encoding::words(&block.text);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            self.diagnostics.row(P::BadEncoding, block.first_line);
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if is_page(&value) => match value {
                Value::Object(page) => Piece::Page(page),
                _ => unreachable!("a page is an object"),
            },
            Ok(Value::Object(record)) => {
                self.rows.read += 1;
                self.rows.used += 1;
                Piece::Record(powershell::as_served(record))
            }
            Ok(_) => {
                self.rows.read += 1;
                self.reject(P::NotARecord, block.first_line, block);
                Piece::Rejected
            }
            Err(error) => {
                self.rows.read += 1;
                let line = block.first_line + (error.line() as u64).saturating_sub(1);
                self.reject(P::BadJson, line, block);
                Piece::Rejected
            }
        }
    }

    /// Takes back a record that turned out to be none.
    fn is_no_record(&mut self, block: &Block) {
        self.rows.used -= 1;
        self.reject(P::NotARecord, block.first_line, block);
    }

    /// Notes that the service has more than the page. The link itself leads into the tenant and is not kept.
    fn note_next_link(&mut self, page: &Map<String, Value>, block: &Block) {
        let names = ["@odata.nextLink", "odata.nextLink", "nextLink"];
        let has_link = names
            .iter()
            .filter_map(|name| page.get(*name))
            .any(|link| !link.is_null());
        if has_link {
            self.diagnostics.row(P::MorePages, block.first_line);
        }
    }

    fn reject(&mut self, code: P, line: u64, block: &Block) {
        self.rows.rejected += 1;
        self.diagnostics.reject(RejectedRow {
            line,
            column: None,
            code,
            text: block.text.clone(),
        });
    }

    /// What the records of a file gave.
    fn finish(mut self, kind: FileKind, content: Content) -> ReadRows {
        if self.rows.read == 0 {
            self.diagnostics.file(P::Empty);
        }
        let mut columns = Vec::new();
        for (name, n_times) in self.unknown.into_named() {
            columns.push(ColumnRead {
                heading: name,
                meaning: ColumnMeaning::Unknown,
                proposals: Vec::new(),
                samples: Vec::new(),
            });
            self.diagnostics
                .column(P::UnknownProperty, columns.len() as u32, n_times);
        }
        ReadRows {
            unit: RowUnit::Record,
            columns,
            ..ReadRows::new(kind, content, self.rows, self.diagnostics)
        }
    }
}

/// How many of the first records a test fits, as evidence; `None` if it fits fewer than half.
fn share(
    values: &[Value],
    is_one: impl Fn(&Map<String, Value>) -> bool,
    what: &str,
) -> Option<Finding> {
    let records: Vec<&Value> = values.iter().filter(|value| !is_page(value)).collect();
    let fits = |value: &&&Value| {
        let record = value.as_object().cloned().map(powershell::as_served);
        record.as_ref().is_some_and(&is_one)
    };
    let n_fitting = records.iter().filter(fits).count();
    (n_fitting > 0 && n_fitting * 2 >= records.len()).then(|| Finding {
        score: n_fitting * 1000 / records.len(),
        evidence: format!("{n_fitting} of {} first records have {what}", records.len()),
    })
}

/// Whether a record has all of these keys.
fn has_all(record: &Map<String, Value>, keys: &[&str]) -> bool {
    keys.iter().all(|key| record.contains_key(*key))
}

/// The words of the context of a page or a record, which names what the service was asked for.
fn context(object: &Map<String, Value>) -> Option<&str> {
    let names = ["@odata.context", "odata.context"];
    names.iter().find_map(|name| object.get(*name)?.as_str())
}
