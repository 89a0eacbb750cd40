//! Reads call records, and lists of sessions of one call, into streams.
//!
//! The service writes a record again, with a higher version, when more of a call is known; of one call
//! only the newest record counts. <https://learn.microsoft.com/graph/api/resources/callrecords-callrecord>

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Account, Piece, context,
    flatten::{Flattened, Flattener, field},
    has_all,
    rows::{Rows, time_ms},
    share, streams,
};
use crate::engine::fields::Catalog;
use crate::engine::formats::{
    Content, Finding, ReadRows, Reader, cutter::Block, json_cutter::is_behind_elements,
};
use crate::engine::model::{calls::CallVersion, table::Table};
use crate::protocol::{FileKind, ProblemCode as P, RowCounts};

/// Looks at the first records.
pub(super) fn recognize(values: &[Value]) -> Option<Finding> {
    let of_pages = || {
        let contexts = values
            .iter()
            .filter_map(|value| context(value.as_object()?));
        let mut contexts = contexts.filter(|context| {
            let is_rows = [
                "pstnCallLogRow",
                "directRoutingLogRow",
                "getPstn",
                "getDirect",
            ];
            context.contains("callRecords") && !is_rows.iter().any(|word| context.contains(word))
        });
        contexts.next().map(|_| Finding {
            score: 500,
            evidence: "the list is one of call records".to_owned(),
        })
    };
    share(
        values,
        is_call,
        "an id, a type and modalities as Graph call records have",
    )
    .or_else(|| {
        share(
            values,
            is_session,
            "a caller, a callee and modalities as sessions of Graph call records have",
        )
    })
    .or_else(of_pages)
}

/// Whether a record is one of a call.
fn is_call(record: &Map<String, Value>) -> bool {
    has_all(record, &["id", "type", "modalities"])
        || has_all(record, &["id", "sessions"])
        || has_all(record, &["id", "version", "type"])
}

/// Whether a record is one of a session.
fn is_session(record: &Map<String, Value>) -> bool {
    has_all(record, &["caller", "callee", "modalities"]) || has_all(record, &["id", "segments"])
}

/// Reads the records of a file.
pub(super) struct CallRecords {
    account: Account,
    rows: Rows,
    /// Of each row, the record that it comes from.
    record_of_row: Vec<u32>,
    records: Vec<Seen>,
    /// Within the elements of a page.
    in_page: bool,
    /// The call whose sessions the page lists.
    call_of_page: Option<String>,
    /// The first record of the page.
    page_start: usize,
}

/// A record that was read.
struct Seen {
    line: u64,
    call: Option<String>,
    /// Of a session, its own id, which may be missing.
    session: Option<String>,
    version: u64,
    is_expanded: bool,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
}

impl Default for CallRecords {
    fn default() -> Self {
        Self {
            account: Account::default(),
            rows: Rows::new(Catalog::CallRecordInsights),
            record_of_row: Vec::new(),
            records: Vec::new(),
            in_page: false,
            call_of_page: None,
            page_start: 0,
        }
    }
}

impl Reader for CallRecords {
    fn read(&mut self, block: &Block) {
        match self.account.piece(block) {
            Piece::Record(record) if is_call(&record) => self.call(&record, block),
            Piece::Record(record) if is_session(&record) => self.session(&record, block),
            Piece::Record(_) => self.account.is_no_record(block),
            Piece::Page(page) => self.page(&page, block),
            // The page may have been cut off.
            Piece::Rejected => self.in_page &= block.broken.is_none(),
        }
    }

    fn rows(&self) -> RowCounts {
        self.account.rows
    }

    fn n_bytes(&self) -> usize {
        self.rows.n_bytes()
            + self.record_of_row.capacity() * size_of::<u32>()
            + self.records.capacity() * size_of::<Seen>()
    }

    fn finish(mut self: Box<Self>) -> ReadRows {
        let ids: Vec<String> = self
            .record_of_row
            .iter()
            .map(|record| {
                self.records[*record as usize]
                    .call
                    .clone()
                    .unwrap_or_default()
            })
            .collect();
        self.rows
            .put_column(field("CallId"), ids.iter().map(String::as_str));
        let rows = std::mem::replace(&mut self.rows, Rows::new(Catalog::CallRecordInsights));
        let table = rows.finish();
        let (newest, rows_count) = self.counted(&table);
        let calls = self.calls(&newest);
        let in_use = (0..table.n_rows).filter(|row| rows_count[*row]);
        let converted = streams(&table, in_use);
        let mut account = self.account;
        if converted.n_data_rows > 0 {
            account
                .diagnostics
                .file_times(P::DataStreams, converted.n_data_rows);
        }
        let content = Content::Streams(converted.streams);
        ReadRows {
            calls,
            ..account.finish(FileKind::CallRecords, content)
        }
    }
}

impl CallRecords {
    /// What stands around the elements of a page: before them, then behind them.
    fn page(&mut self, page: &Map<String, Value>, block: &Block) {
        self.account.note_next_link(page, block);
        let call = context(page).and_then(call_of_context);
        // An element that cannot be read may be a page that was cut off, or not.
        self.in_page = !is_behind_elements(&block.text).unwrap_or(self.in_page);
        if self.in_page {
            self.page_start = self.records.len();
            self.call_of_page = call;
            return;
        }
        // The context may stand behind the elements.
        if call.is_some() {
            for record in &mut self.records[self.page_start..] {
                if record.call.is_none() {
                    record.call.clone_from(&call);
                }
            }
        }
        self.call_of_page = None;
    }

    fn call(&mut self, record: &Map<String, Value>, block: &Block) {
        let seen = Seen {
            call: id(record),
            session: None,
            version: version(record),
            ..Self::seen(record, block)
        };
        self.flatten(seen, |flattener| flattener.call(record));
    }

    fn session(&mut self, record: &Map<String, Value>, block: &Block) {
        let own = context(record).and_then(call_of_context);
        let seen = Seen {
            call: own.or_else(|| self.call_of_page.clone()),
            session: Some(id(record).unwrap_or_default()),
            version: 0,
            ..Self::seen(record, block)
        };
        self.flatten(seen, |flattener| flattener.session(record));
    }

    fn seen(record: &Map<String, Value>, block: &Block) -> Seen {
        let time = |value| time_ms(value).ok().flatten();
        Seen {
            line: block.first_line,
            call: None,
            session: None,
            version: 0,
            is_expanded: false,
            start_ms: record.get("startDateTime").and_then(time),
            end_ms: record.get("endDateTime").and_then(time),
        }
    }

    fn flatten<'record>(
        &mut self,
        mut seen: Seen,
        flatten: impl FnOnce(&mut Flattener<'_, 'record>) -> Flattened,
    ) {
        let mut flattener = Flattener::new(&mut self.rows, &mut self.account.unknown);
        let outcome = flatten(&mut flattener);
        for code in flattener.problems {
            self.account.diagnostics.row(code, seen.line);
        }
        if outcome.has_more {
            self.account.diagnostics.row(P::MorePages, seen.line);
        }
        seen.is_expanded = outcome.is_expanded && !outcome.is_cut_off;
        let record = self.records.len() as u32;
        self.record_of_row.resize(self.rows.n_rows(), record);
        self.records.push(seen);
    }

    /// For each record whether it is the best of its call, or of its session; and for each row whether it counts.
    /// A record of which nothing counts is a duplicate.
    fn counted(&mut self, table: &Table) -> (Vec<bool>, Vec<bool>) {
        let mut best = Best {
            records: &self.records,
            of: BTreeMap::new(),
        };
        for (idx, record) in self.records.iter().enumerate() {
            best.offer(record.session.as_deref(), idx);
        }
        let column = table.text(field("SessionId"));
        let name = |id: &[u8]| String::from_utf8_lossy(id).trim().to_lowercase();
        let names = column.map_or_else(Vec::new, |column| column.dictionary.map(name));
        let mut session_of_row = vec![""; self.record_of_row.len()];
        if let Some(column) = column {
            let name = |row: usize, code: u32| session_of_row[row] = &names[code as usize];
            column.codes.for_each(name);
        }
        let rows = || session_of_row.iter().zip(&self.record_of_row);
        for (session, idx) in rows() {
            let (session, idx) = (Some(*session), *idx as usize);
            if self.records[idx].session.is_none() {
                best.offer(session, idx);
            }
        }
        let newest: Vec<bool> = (0..)
            .zip(&self.records)
            .map(|(idx, record)| best.is(record.session.as_deref(), idx))
            .collect();
        let mut counts = newest.clone();
        let mut rows_count = Vec::with_capacity(self.record_of_row.len());
        for (session, idx) in rows() {
            let idx = *idx as usize;
            let is_named = !session.is_empty();
            let is_counted = if is_named {
                best.is(Some(session), idx)
            } else {
                newest[idx]
            };
            // Of an earlier version only what the newest one does not have.
            counts[idx] |= is_counted;
            rows_count.push(is_counted);
        }
        for (record, counts) in self.records.iter().zip(&counts) {
            if !counts {
                self.account.rows.used -= 1;
                self.account.rows.duplicates += 1;
                self.account.diagnostics.row(P::EarlierVersion, record.line);
            } else if !record.is_expanded {
                self.account.diagnostics.row(P::NotExpanded, record.line);
            } else if record.call.is_none() {
                self.account.diagnostics.row(P::CallUnknown, record.line);
            }
        }
        (newest, rows_count)
    }

    fn calls(&self, newest: &[bool]) -> Vec<CallVersion> {
        let counted = self
            .records
            .iter()
            .zip(newest)
            .filter(|(_, is_newest)| **is_newest);
        let calls = counted.filter(|(record, _)| record.session.is_none());
        calls
            .filter_map(|(record, _)| {
                Some(CallVersion {
                    id: record.call.clone()?,
                    is_expanded: record.is_expanded,
                    version: record.version,
                    start_ms: record.start_ms,
                    end_ms: record.end_ms,
                })
            })
            .collect()
    }
}

/// Of each call, and of each session that is named, the best record.
struct Best<'reader> {
    records: &'reader [Seen],
    of: BTreeMap<(&'reader str, Option<&'reader str>), usize>,
}

impl<'reader> Best<'reader> {
    /// Takes the record for its call, or for a session of it, if there is no better one so far: with sessions before
    /// without, of a call before of a session, of a higher version.
    fn offer(&mut self, session: Option<&'reader str>, idx: usize) {
        let Some(key) = self.key(session, idx) else {
            return;
        };
        let rank = |idx: usize| {
            let record = &self.records[idx];
            (record.is_expanded, record.session.is_none(), record.version)
        };
        let known = self.of.entry(key).or_insert(idx);
        if rank(idx) > rank(*known) {
            *known = idx;
        }
    }

    /// Whether there is no better one.
    fn is(&self, session: Option<&str>, idx: usize) -> bool {
        let best = self.key(session, idx).and_then(|key| self.of.get(&key));
        best.is_none_or(|best| *best == idx)
    }

    /// What has no name is like nothing else.
    fn key<'key>(
        &self,
        session: Option<&'key str>,
        idx: usize,
    ) -> Option<(&'key str, Option<&'key str>)>
    where
        'reader: 'key,
    {
        let records: &'reader [Seen] = self.records;
        let call = records[idx].call.as_deref()?;
        (session != Some("")).then_some((call, session))
    }
}

fn id(record: &Map<String, Value>) -> Option<String> {
    let id = record.get("id")?.as_str()?.trim().to_lowercase();
    (!id.is_empty()).then_some(id)
}

fn version(record: &Map<String, Value>) -> u64 {
    record.get("version").and_then(Value::as_u64).unwrap_or(0)
}

/// The id of the call in `…/callRecords('e523…')/sessions`.
fn call_of_context(context: &str) -> Option<String> {
    let (_, rest) = context.split_once("allRecords('")?;
    let (id, _) = rest.split_once('\'')?;
    Some(id.to_lowercase())
}
