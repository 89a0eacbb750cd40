//! Files in words: what they are, where reading stands, what became of their rows.

use super::{count, counted};
use crate::protocol::{FileCard, FileKind, FileState, RowCounts};

/// What a file is.
pub(crate) fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Buildings => "Building file",
        FileKind::Endpoints => "Endpoint file",
        FileKind::AccessPoints => "Access point list",
        FileKind::CqdStreams => "CQD export, single streams",
        FileKind::CqdGroups => "CQD export, grouped",
        FileKind::CallRecords => "Graph call records",
        FileKind::CallRecordInsights => "Call Record Insights table",
        FileKind::CallingPlans => "PSTN usage, Calling Plans",
        FileKind::DirectRouting => "PSTN usage, Direct Routing",
        FileKind::UserActivity => "Teams user activity",
        FileKind::DeviceUsage => "Teams device usage",
        FileKind::UserActivityCounts => "Teams activity by day",
        FileKind::DeviceUsageCounts => "Teams device counts",
        FileKind::Attendance => "Attendance report",
        FileKind::AttendanceEvents => "Attendance report of 2020",
        FileKind::Nps => "Survey: would you recommend it",
        FileKind::ColumnMap => "Column map",
        FileKind::ExportParameters => "Parameters of a PSTN export",
        FileKind::Package => "Package of files",
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
pub(crate) fn state_word(state: &FileState) -> &'static str {
    match state {
        FileState::Waiting => "Waiting",
        FileState::Reading { .. } => "Reading",
        FileState::Asking(_) => "Needs your answer",
        FileState::Ready => "In use",
        FileState::Cancelled => "Cancelled, not in use",
        FileState::Failed => "Cannot be used",
    }
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

/// What became of each row: the sum that shows that nothing was lost.
pub(crate) fn row_equation(rows: &RowCounts) -> String {
    format!(
        "{} read = {} used + {} + {} rejected + {} blank",
        counted(rows.read, "row", "rows"),
        count(rows.used),
        counted(rows.duplicates, "duplicate", "duplicates"),
        count(rows.rejected),
        count(rows.blank),
    )
}

#[cfg(test)]
mod tests {
    use super::row_equation;
    use crate::protocol::RowCounts;

    #[test]
    fn rows_add_up_in_words() {
        let rows = RowCounts {
            read: 1_204,
            used: 1_200,
            duplicates: 1,
            rejected: 3,
            blank: 0,
        };
        assert_eq!(
            row_equation(&rows),
            "1,204 rows read = 1,200 used + 1 duplicate + 3 rejected + 0 blank"
        );
    }
}
