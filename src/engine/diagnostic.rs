//! Complaints about input: what, where, how often. They never hold the text of a cell.

use std::collections::BTreeMap;

use crate::engine::sorting::{self, sorted_places};
use crate::protocol::{Memory, ProblemCode, Severity};

/// How many further lines a complaint names.
const MAX_FURTHER_LINES: usize = 10;

/// Where in a file: lines and columns count from 1, as editors and spreadsheets do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line on which the row begins.
    pub line: u64,
    /// Column of the cell.
    pub column: u32,
}

/// One kind of complaint about one column of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: ProblemCode,
    /// Column, if one is meant.
    pub column: Option<u32>,
    /// Lines of the first occurrences in order, as many as are named.
    pub lines: Vec<u64>,
    /// How many occurrences there are.
    pub n_times: u64,
}

/// So many rejected rows are listed one by one; of the others the number is known.
const MAX_LISTED_ROWS: usize = 100_000;

/// The text of rejected rows may take so much in all; beyond, only their places are listed.
const MAX_LISTED_BYTES: usize = 8 << 20;

/// A row that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Line on which it begins.
    pub line: u64,
    /// Column that is to blame, if one is.
    pub column: Option<u32>,
    /// Why.
    pub code: ProblemCode,
    /// The row as the file has it, as far as there is room.
    pub text: Vec<u8>,
}

/// Complaints as plain data: of each kind its code, column, lines and number; of each rejected row its
/// line, column, code and text.
pub type Complaints = (
    Vec<(ProblemCode, Option<u32>, Vec<u64>, u64)>,
    Vec<(u64, Option<u32>, ProblemCode, Vec<u8>)>,
);

/// All complaints about a file. The order of adding them does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    kinds: BTreeMap<(ProblemCode, Option<u32>), Diagnostic>,
    rejected: Vec<RejectedRow>,
    n_rejected_bytes: usize,
    /// What there was too little of, if the file does not fit.
    pub memory: Option<Memory>,
}

impl Diagnostics {
    /// Complains about a cell.
    pub fn cell(&mut self, code: ProblemCode, position: Position) {
        self.add(code, Some(position.column), Some(position.line), 1);
    }

    /// Complains about a row as a whole.
    pub fn row(&mut self, code: ProblemCode, line: u64) {
        self.add(code, None, Some(line), 1);
    }

    /// Complains about a column as a whole; `n_times` of its rows are concerned.
    pub fn column(&mut self, code: ProblemCode, column: u32, n_times: u64) {
        self.add(code, Some(column), None, n_times);
    }

    /// Complains about the file as a whole.
    pub fn file(&mut self, code: ProblemCode) {
        self.add(code, None, None, 1);
    }

    /// Complains about the file as a whole; so many of its rows are concerned.
    pub fn file_times(&mut self, code: ProblemCode, n_times: u64) {
        self.add(code, None, None, n_times);
    }

    /// Complains that the file does not fit into memory.
    pub fn lacks_memory(&mut self, memory: Memory) {
        self.file(ProblemCode::TooManyRows);
        self.memory = Some(memory);
    }

    /// Complains about a row that is not used, and lists it.
    pub fn reject(&mut self, row: RejectedRow) {
        self.add(row.code, row.column, Some(row.line), 1);
        self.list(row);
    }

    /// The complaints without the list of rows.
    #[must_use]
    pub fn kinds_only(&self) -> Self {
        Self {
            kinds: self.kinds.clone(),
            memory: self.memory,
            ..Self::default()
        }
    }

    /// The rows that are not used, as many as are listed, in the order of the file.
    pub fn rejected(&self) -> &[RejectedRow] {
        &self.rejected
    }

    /// Takes over the complaints of another part of the same file.
    pub fn merge(&mut self, other: Diagnostics) {
        for row in other.rejected {
            self.list(row);
        }
        for diagnostic in other.kinds.into_values() {
            let mut lines = diagnostic.lines.into_iter();
            let first = lines.next();
            self.add(
                diagnostic.code,
                diagnostic.column,
                first,
                diagnostic.n_times,
            );
            for line in lines {
                self.add(diagnostic.code, diagnostic.column, Some(line), 0);
            }
        }
    }

    /// Moves everything so many lines down.
    pub fn shift_lines(&mut self, n_lines: u64) {
        let kinds = self.kinds.values_mut();
        for line in kinds.flat_map(|diagnostic| &mut diagnostic.lines) {
            *line += n_lines;
        }
        for row in &mut self.rejected {
            row.line += n_lines;
        }
    }

    /// As plain data.
    pub fn into_complaints(self) -> Complaints {
        let kinds = self.kinds.into_values().map(|kind| {
            let Diagnostic {
                code,
                column,
                lines,
                n_times,
            } = kind;
            (code, column, lines, n_times)
        });
        let rejected = self.rejected.into_iter();
        let rejected = rejected.map(|row| (row.line, row.column, row.code, row.text));
        (kinds.collect(), rejected.collect())
    }

    /// From plain data.
    pub fn of_complaints((kinds, rejected): Complaints) -> Self {
        let kinds = kinds.into_iter().map(|(code, column, lines, n_times)| {
            let kind = Diagnostic {
                code,
                column,
                lines,
                n_times,
            };
            ((code, column), kind)
        });
        let rejected = rejected
            .into_iter()
            .map(|(line, column, code, text)| RejectedRow {
                line,
                column,
                code,
                text,
            });
        let rejected: Vec<_> = rejected.collect();
        Self {
            kinds: sorting::map(kinds),
            n_rejected_bytes: rejected.iter().map(|row| row.text.len()).sum(),
            rejected,
            memory: None,
        }
    }

    /// All kinds of complaints, the gravest first.
    pub fn by_severity(&self) -> Vec<&Diagnostic> {
        let all: Vec<_> = self.kinds.values().collect();
        let order = sorted_places(&all, |a, b| severity(b.code).cmp(&severity(a.code))).into_iter();
        order.map(|place| all[place as usize]).collect()
    }

    /// Whether some complaint has this code.
    pub fn has(&self, code: ProblemCode) -> bool {
        self.kinds.keys().any(|(known, _)| *known == code)
    }

    fn list(&mut self, mut row: RejectedRow) {
        let at = self
            .rejected
            .partition_point(|known| known.line <= row.line);
        if at >= MAX_LISTED_ROWS {
            return;
        }
        if self.n_rejected_bytes + row.text.len() > MAX_LISTED_BYTES {
            row.text = Vec::new();
        }
        self.n_rejected_bytes += row.text.len();
        self.rejected.insert(at, row);
        self.rejected.truncate(MAX_LISTED_ROWS);
    }

    fn add(&mut self, code: ProblemCode, column: Option<u32>, line: Option<u64>, n_times: u64) {
        let diagnostic = self
            .kinds
            .entry((code, column))
            .or_insert_with(|| Diagnostic {
                code,
                column,
                lines: Vec::new(),
                n_times: 0,
            });
        diagnostic.n_times += n_times;
        let Some(line) = line else { return };
        let at = diagnostic.lines.partition_point(|known| *known <= line);
        if at <= MAX_FURTHER_LINES {
            diagnostic.lines.insert(at, line);
            diagnostic.lines.truncate(MAX_FURTHER_LINES + 1);
        }
    }
}

/// How grave a complaint is.
pub fn severity(code: ProblemCode) -> Severity {
    use ProblemCode as P;
    match code {
        P::NotRecognized
        | P::Empty
        | P::Unreadable
        | P::NotText
        | P::LineTooLong
        | P::BadJson
        | P::UnclosedJson
        | P::JsonTooDeep
        | P::RecordTooLong
        | P::NotARecord
        | P::TooManyColumns
        | P::TooManyRows
        | P::ReaderFailed
        | P::UnclosedQuote
        | P::ColumnCount
        | P::HeadingsAgain
        | P::SameFileTwice
        | P::BadNetwork
        | P::BadPrefix
        | P::GroupsWithoutCounts
        | P::NestedTooDeep
        | P::Encrypted
        | P::DamagedPackage
        | P::TooManyEntries
        | P::ExpandsTooMuch
        | P::PackageTooBig
        | P::NoUnpacker
        | P::CellTooLong
        | P::BadColumnMap
        | P::NotAScore
        | P::NotAMac
        | P::NoEndpointName
        | P::UnknownSection
        | P::GroupsNotCounted => Severity::Error,
        P::BadEncoding
        | P::BadFlag
        | P::OddColumnCount
        | P::NotExpanded
        | P::CallUnknown
        | P::MorePages
        | P::SameNetworkTwice
        | P::BuildingInTwoPlaces
        | P::AmbiguousHeading
        | P::NotANumber
        | P::NotAFraction
        | P::BelowNought
        | P::ReadAsPercent
        | P::NotATime
        | P::NotADuration
        | P::NotAnAddress
        | P::NoAddressColumns
        | P::NoEndKinds
        | P::NoQualityColumns
        | P::NoPeople
        | P::PeopleCleared
        | P::DatesMixed
        | P::GroupsPartlyJudged
        | P::CountsNotWhole
        | P::OneDirection
        | P::EndsBeforeStart
        | P::BuildingsMatchNothing
        | P::OverlapUnknown
        | P::LongerThan64
        | P::SameEndpointTwice
        | P::SameAccessPointTwice
        | P::HeadingsByPlace
        | P::CutOff => Severity::Warning,
        P::HeaderInBuildingFile
        | P::HostBits
        | P::NoBuildingName
        | P::UnknownHeading
        | P::FieldTwice
        | P::EarlierVersion
        | P::DataStreams
        | P::UnknownProperty
        | P::LinesBeforeHeadings
        | P::GroupedVerdicts
        | P::FederatedTenants
        | P::BeganBeforePeriod
        | P::RowsInOtherFile
        | P::ColumnsMapped
        | P::NamesHidden
        | P::LocalTimes
        | P::UnknownSummaryLine
        | P::NoMediaType => Severity::Note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_do_not_depend_on_the_order_of_their_parts() {
        let mut early = Diagnostics::default();
        let mut late = Diagnostics::default();
        for line in 2..40 {
            let part = if line % 3 == 0 { &mut early } else { &mut late };
            part.cell(ProblemCode::NotANumber, Position { line, column: 4 });
        }
        let mut one = early.clone();
        one.merge(late.clone());
        let mut other = late;
        other.merge(early);
        assert_eq!(one, other);
        let kind = one.by_severity()[0];
        assert_eq!(kind.n_times, 38);
        assert_eq!(kind.lines, (2..13).collect::<Vec<_>>());
    }
}
