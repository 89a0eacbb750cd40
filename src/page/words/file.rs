//! Files in words: what they are, where reading stands, what became of their rows.

use super::{count, counted, problem_sentence, unused_columns_sentence};
use crate::protocol::{
    FileCard, FileKind, FileState, Problem, ProblemCode, RowCounts, RowUnit, Severity,
};

/// Said when a folder had more than was taken.
pub(crate) const LEFT_OUT: &str = "Some files of the folder were not taken: at most 2,000 at once, from ten \
    folders deep, and only those that can be read. Drop the others by themselves.";

/// What a file is.
pub(crate) fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Buildings => "Building file",
        FileKind::Endpoints => "Endpoint list",
        FileKind::AccessPoints => "Wi-Fi access point list",
        FileKind::CqdStreams => "Stream export of the Call Quality Dashboard",
        FileKind::CqdGroups => "Grouped export of the Call Quality Dashboard",
        FileKind::CallRecords => "Call records of Microsoft Graph",
        FileKind::CallRecordInsights => "Call Record Insights table",
        FileKind::CallingPlans => "PSTN usage, Calling Plans",
        FileKind::DirectRouting => "PSTN usage, Direct Routing",
        FileKind::UserActivity => "Teams user activity",
        FileKind::DeviceUsage => "Teams device usage",
        FileKind::UserActivityCounts => "Teams user activity by day",
        FileKind::DeviceUsageCounts => "Teams device usage by day",
        FileKind::Attendance => "Meeting attendance report",
        FileKind::AttendanceEvents => "Meeting attendance report of 2020",
        FileKind::Nps => "Survey answers, 0 to 10",
        FileKind::ColumnMap => "Your choices about columns",
        FileKind::ExportParameters => "Period and plans of a PSTN export",
        FileKind::Package => "Package of files",
    }
}

/// What a file that is in use is good for, where no view of its own says so.
pub(crate) fn use_sentence(card: &FileCard) -> Option<&'static str> {
    if !is_in_use(card) {
        return None;
    }
    match card.kind? {
        FileKind::Buildings
        | FileKind::CqdStreams
        | FileKind::CqdGroups
        | FileKind::CallRecords
        | FileKind::CallRecordInsights
        | FileKind::Package => None,
        FileKind::CallingPlans | FileKind::DirectRouting => {
            Some("Its calls are counted in Overview. No other view shows them yet.")
        }
        FileKind::ColumnMap => Some("Files of this session are read by it."),
        FileKind::ExportParameters => Some("Nothing is needed of it: the rows say it themselves."),
        FileKind::Endpoints
        | FileKind::AccessPoints
        | FileKind::UserActivity
        | FileKind::DeviceUsage
        | FileKind::UserActivityCounts
        | FileKind::DeviceUsageCounts
        | FileKind::Attendance
        | FileKind::AttendanceEvents
        | FileKind::Nps => Some("It is read and checked. No view shows it yet."),
    }
}

/// What the file of a card is, as far as that is known.
pub(crate) fn card_kind(card: &FileCard) -> &'static str {
    match (card.kind, &card.state) {
        (Some(kind), _) => file_kind(kind),
        (None, FileState::Failed) => "Not recognized",
        (None, _) => "File",
    }
}

/// Where reading stands, in a few words.
pub(crate) fn state_word(card: &FileCard) -> &'static str {
    match card.state {
        FileState::Waiting => "Waiting",
        FileState::Reading { .. } => "Reading",
        FileState::Asking(_) => "Needs your answer",
        FileState::Ready if card.kind == Some(FileKind::Package) => "Opened",
        FileState::Ready | FileState::Failed if is_repeated(card) => "In use already",
        FileState::Ready if has(card, ProblemCode::GroupsNotCounted) => "Not counted",
        FileState::Ready => "In use",
        FileState::Cancelled => "Cancelled, not in use",
        FileState::Failed => "Cannot be used",
    }
}

/// The very same file is in use.
pub(crate) fn is_repeated(card: &FileCard) -> bool {
    has(card, ProblemCode::SameFileTwice)
}

fn has(card: &FileCard, code: ProblemCode) -> bool {
    card.problems.iter().any(|problem| problem.code == code)
}

/// How much of a file has been read, 0 to 100; `None` if nothing is being read.
pub(crate) fn reading_percent(card: &FileCard) -> Option<u64> {
    match card.state {
        FileState::Reading { done_bytes } => Some(
            (done_bytes * 100)
                .checked_div(card.size_bytes)
                .unwrap_or(0)
                .min(100),
        ),
        FileState::Waiting => Some(0),
        _ => None,
    }
}

/// What became of each row: the sum that shows that nothing was lost. `None` if nothing was counted.
pub(crate) fn row_equation(card: &FileCard) -> Option<String> {
    let rows = &card.rows;
    if *rows == RowCounts::default() {
        return None;
    }
    let n_files = || counted(rows.read, "file", "files");
    Some(match card.unit {
        RowUnit::File if rows.used == rows.read => format!("{} in the package", n_files()),
        RowUnit::File => format!(
            "{} in the package = {} opened + {} left out",
            n_files(),
            count(rows.used),
            count(rows.read.saturating_sub(rows.used)),
        ),
        RowUnit::Row | RowUnit::Record => equation(rows, row_noun(card)),
    })
}

/// What a row of the file is called, one and many.
fn row_noun(card: &FileCard) -> [&'static str; 2] {
    match (card.unit, card.kind) {
        (RowUnit::Row | RowUnit::File, _) => ["row", "rows"],
        (RowUnit::Record, Some(FileKind::CallRecords)) => ["call record", "call records"],
        (RowUnit::Record, _) => ["record", "records"],
    }
}

fn equation(rows: &RowCounts, [one, many]: [&str; 2]) -> String {
    format!(
        "{} read = {} used + {} + {} rejected + {} blank",
        counted(rows.read, one, many),
        count(rows.used),
        counted(rows.duplicates, "duplicate", "duplicates"),
        count(rows.rejected),
        count(rows.blank),
    )
}

/// What the row counts of all files add up to; `None` if nothing was counted.
pub(crate) fn sum_sentence(cards: &[FileCard]) -> Option<String> {
    let is_counted = |card: &&FileCard| {
        // What becomes of the rows of the others is open.
        let is_read = matches!(card.state, FileState::Ready | FileState::Failed);
        is_read && card.unit != RowUnit::File && card.rows != RowCounts::default()
    };
    let mut sum = RowCounts::default();
    let mut nouns = Vec::new();
    let mut n_files = 0;
    for card in cards.iter().filter(is_counted) {
        n_files += 1;
        nouns.push(row_noun(card));
        sum.read += card.rows.read;
        sum.used += card.rows.used;
        sum.duplicates += card.rows.duplicates;
        sum.rejected += card.rows.rejected;
        sum.blank += card.rows.blank;
    }
    let first = *nouns.first()?;
    let noun = if nouns.iter().all(|noun| *noun == first) {
        first
    } else {
        ["row or record", "rows and records"]
    };
    let files = counted(n_files, "file", "files");
    Some(format!("In {files}: {}.", equation(&sum, noun)))
}

/// One line that says the most important thing about a file; `None` if there is nothing to say.
pub(crate) fn gist(card: &FileCard) -> Option<String> {
    if is_repeated(card) {
        return Some("The very same file is in use; it is not counted again.".to_owned());
    }
    let is_grave = |problem: &&Problem| problem.severity > Severity::Note;
    let gravest = card.problems.first().filter(is_grave);
    let what = gravest.map(|problem| problem_sentence(problem).what);
    let n_rejected = card.rows.rejected;
    match what {
        Some(what) if n_rejected != 0 && card.state == FileState::Ready => {
            let [one, many] = row_noun(card);
            let read = counted(card.rows.read, one, many);
            let are = if n_rejected == 1 { "is" } else { "are" };
            Some(format!(
                "{} of {read} {are} not used: {what}",
                count(n_rejected)
            ))
        }
        Some(_) if gravest.is_some_and(is_of_unused_column) => {
            Some(unused_columns_sentence(n_unused_columns(card)))
        }
        Some(what) => Some(what.to_owned()),
        None => row_equation(card),
    }
}

/// How many columns of a file are not used because nobody knows what they are.
pub(crate) fn n_unused_columns(card: &FileCard) -> u64 {
    let problems = card.problems.iter();
    problems
        .filter(|problem| is_of_unused_column(problem))
        .map(|problem| problem.n_times)
        .sum()
}

/// The headings of those columns, as far as the role may see them and there is room: "A, B and 3 more".
pub(crate) fn unused_headings(card: &FileCard) -> String {
    const N_NAMED: usize = 6;
    let problems = card.problems.iter();
    let unused = problems.filter(|problem| is_of_unused_column(problem));
    let mut headings: Vec<String> = unused
        .filter_map(|problem| problem.heading.clone())
        .collect();
    let n_more = headings.len().saturating_sub(N_NAMED);
    headings.truncate(N_NAMED);
    let named = headings.join(", ");
    if n_more == 0 {
        named
    } else {
        format!("{named} and {} more", count(n_more as u64))
    }
}

/// The complaint is that nobody knows what a column is.
pub(crate) fn is_of_unused_column(problem: &Problem) -> bool {
    use ProblemCode::{AmbiguousHeading, FieldTwice, UnknownHeading};
    matches!(problem.code, UnknownHeading | AmbiguousHeading | FieldTwice)
}

/// The user should look at the file: it asks, it cannot be used, or less of it is used than could be.
pub(crate) fn needs_attention(card: &FileCard) -> bool {
    let is_grave = |severity: Severity| severity > Severity::Note;
    match card.state {
        FileState::Failed => !is_repeated(card),
        FileState::Asking(_) => true,
        FileState::Ready => {
            card.rows.rejected != 0
                || card
                    .problems
                    .iter()
                    .any(|problem| is_grave(problem.severity))
        }
        FileState::Waiting | FileState::Reading { .. } | FileState::Cancelled => false,
    }
}

/// The file is read, and what it holds is counted.
pub(crate) fn is_in_use(card: &FileCard) -> bool {
    matches!(state_word(card), "In use" | "Opened")
}

#[cfg(test)]
mod tests {
    use super::{gist, needs_attention, row_equation, state_word, sum_sentence, unused_headings};
    use crate::protocol::{
        FileCard, FileKind, FileState, Problem, ProblemCode, Question, ReadSettings, RowCounts,
        RowUnit, Severity,
    };

    fn card(unit: RowUnit, n_used: u64, n_rejected: u64) -> FileCard {
        FileCard {
            id: 0,
            name: "streams.csv".to_owned(),
            size_bytes: 100,
            kind: Some(FileKind::CqdStreams),
            evidence: String::new(),
            parent: None,
            state: FileState::Ready,
            rows: RowCounts {
                read: n_used + n_rejected,
                used: n_used,
                rejected: n_rejected,
                ..RowCounts::default()
            },
            unit,
            assumptions: None,
            settings: ReadSettings::default(),
            has_columns: true,
            problems: Vec::new(),
        }
    }

    fn problem(code: ProblemCode, severity: Severity) -> Problem {
        Problem {
            severity,
            code,
            line: None,
            column: None,
            heading: None,
            n_times: 1,
            further_lines: Vec::new(),
            memory: None,
        }
    }

    #[test]
    fn rows_add_up_in_words() {
        let mut file = card(RowUnit::Row, 1_200, 3);
        file.rows.read += 1;
        file.rows.duplicates = 1;
        assert_eq!(
            row_equation(&file).as_deref(),
            Some("1,204 rows read = 1,200 used + 1 duplicate + 3 rejected + 0 blank")
        );
        assert_eq!(row_equation(&card(RowUnit::Row, 0, 0)), None);
    }

    #[test]
    fn records_are_called_by_what_they_are() {
        let mut file = card(RowUnit::Record, 12, 0);
        let equation = |file: &FileCard| row_equation(file).unwrap_or_default();
        assert!(equation(&file).starts_with("12 records read = 12 used"));
        file.kind = Some(FileKind::CallRecords);
        assert!(equation(&file).starts_with("12 call records read = 12 used"));
    }

    #[test]
    fn a_package_counts_its_files() {
        let equation = |n_used, n_rejected| row_equation(&card(RowUnit::File, n_used, n_rejected));
        assert_eq!(equation(3, 0).as_deref(), Some("3 files in the package"));
        assert_eq!(
            equation(3, 1).as_deref(),
            Some("4 files in the package = 3 opened + 1 left out")
        );
    }

    #[test]
    fn all_files_add_up_packages_apart() {
        let cards = [
            card(RowUnit::File, 2, 0),
            card(RowUnit::Row, 1_000, 4),
            card(RowUnit::Row, 200, 0),
        ];
        assert_eq!(
            sum_sentence(&cards).as_deref(),
            Some("In 2 files: 1,204 rows read = 1,200 used + 0 duplicates + 4 rejected + 0 blank.")
        );
        let mixed = [card(RowUnit::Row, 2, 0), card(RowUnit::Record, 1, 0)];
        assert_eq!(
            sum_sentence(&mixed).as_deref(),
            Some(
                "In 2 files: 3 rows and records read = 3 used + 0 duplicates + 0 rejected + 0 blank."
            )
        );
        let mut asking = card(RowUnit::Row, 5, 0);
        asking.state = FileState::Asking(Question::DayFirst { column: 1 });
        assert_eq!(sum_sentence(&[asking, card(RowUnit::Row, 0, 0)]), None);
    }

    #[test]
    fn notes_ask_for_no_attention_but_rejected_rows_do() {
        let mut file = card(RowUnit::Row, 5, 0);
        file.problems = vec![problem(ProblemCode::OneDirection, Severity::Note)];
        assert!(!needs_attention(&file));
        assert!(needs_attention(&card(RowUnit::Row, 5, 1)));
        file.problems = vec![problem(ProblemCode::UnknownHeading, Severity::Warning)];
        assert!(needs_attention(&file));
    }

    #[test]
    fn the_gist_is_the_gravest_complaint_or_the_rows() {
        let mut file = card(RowUnit::Row, 5, 0);
        assert!(gist(&file).is_some_and(|words| words.starts_with("5 rows read = 5 used")));
        file.problems = vec![problem(ProblemCode::Empty, Severity::Error)];
        assert_eq!(gist(&file).as_deref(), Some("The file has no rows."));
    }

    #[test]
    fn rejected_rows_and_unknown_columns_are_told_in_a_line() {
        let mut file = card(RowUnit::Row, 5, 1);
        file.problems = vec![problem(ProblemCode::ColumnCount, Severity::Error)];
        assert_eq!(
            gist(&file).as_deref(),
            Some("1 of 6 rows is not used: The row has another number of columns than it should.")
        );
        let heading = |heading: String| Problem {
            heading: Some(heading),
            ..problem(ProblemCode::AmbiguousHeading, Severity::Warning)
        };
        let mut file = card(RowUnit::Row, 5, 0);
        file.problems = (1..=8).map(|n| heading(format!("H{n}"))).collect();
        assert_eq!(gist(&file).as_deref(), Some("8 columns are not used."));
        assert_eq!(unused_headings(&file), "H1, H2, H3, H4, H5, H6 and 2 more");
    }

    #[test]
    fn a_file_that_is_there_twice_needs_no_attention() {
        let mut file = card(RowUnit::Row, 5, 0);
        file.state = FileState::Failed;
        assert!(needs_attention(&file));
        file.problems = vec![problem(ProblemCode::SameFileTwice, Severity::Note)];
        assert!(!needs_attention(&file));
    }

    #[test]
    fn a_file_that_is_read_but_not_counted_is_not_called_in_use() {
        let mut file = card(RowUnit::Row, 0, 0);
        assert_eq!(state_word(&file), "In use");
        file.problems = vec![problem(ProblemCode::SameFileTwice, Severity::Note)];
        assert_eq!(state_word(&file), "In use already");
    }
}
