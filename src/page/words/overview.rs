//! The sentences of the Overview.

use super::{count, counted, date, rate, stream_noun};
use crate::protocol::{CallFigures, Choices, Figures, FileKind, Media, OverviewView, Period};

/// "Of 38,112 audio streams that could be judged, 1,034 were poor: 2.7 % (2.6 to 2.9 %)."
pub(crate) fn judged_sentence(total: &Figures, media: Media) -> String {
    let (one, many) = stream_noun(media);
    let Some(poor) = &total.poor else {
        return format!(
            "None of the {} could be judged.",
            counted(total.n_streams, one, many)
        );
    };
    let were = if total.n_poor == 1 { "was" } else { "were" };
    format!(
        "Of {} that could be judged, {} {were} poor: {}.",
        counted(total.n_good + total.n_poor, one, many),
        count(total.n_poor),
        rate(poor)
    )
}

/// How many streams say too little to be judged, beside those that were.
pub(crate) fn unclassified_sentence(total: &Figures) -> Option<String> {
    (total.n_unclassified != 0 && total.poor.is_some()).then(|| {
        format!(
            "{} more say too little to be judged; they count neither way.",
            count(total.n_unclassified)
        )
    })
}

/// How many streams have an end that no building explains.
pub(crate) fn not_mapped_sentence(view: &OverviewView) -> Option<String> {
    let n_not_mapped = view.n_not_mapped?;
    if view.n_with_ends == 0 {
        return Some("No stream has a client end that could be placed.".to_owned());
    }
    if n_not_mapped == 0 {
        return Some("Every stream found its building.".to_owned());
    }
    let share = n_not_mapped as f64 / view.n_with_ends as f64 * 100.0;
    Some(format!(
        "{} of {} streams with a client end ({share:.1} %) have an end in no known building.",
        count(n_not_mapped),
        count(view.n_with_ends),
    ))
}

/// Why no building is among the worst.
pub(crate) fn no_worst_sentence(n_ranked: u64, n_enough_streams: u64) -> String {
    let enough = counted(n_enough_streams, "judged stream", "judged streams");
    match n_ranked {
        0 => format!("No building has {enough}: too few to say which one to look at first."),
        1 => format!("The only building with at least {enough} had no poor one."),
        _ => format!(
            "None of the {} buildings with at least {enough} had a poor one.",
            count(n_ranked)
        ),
    }
}

/// From when to when the streams ended.
pub(crate) fn period_sentence(period: &Period) -> String {
    let (first, last) = (date(period.first_ms), date(period.last_ms));
    if first == last {
        first
    } else {
        format!("{first} to {last}")
    }
}

/// How many calls streams and call records tell of: "12,345".
pub(crate) fn calls_sentence(calls: &CallFigures) -> String {
    let all = count(calls.n_calls);
    if calls.may_be_more {
        format!("at least {all}")
    } else {
        all
    }
}

/// How many calls telephone exports tell of: "1,204 (300 found among the calls)".
pub(crate) fn telephone_sentence(calls: &CallFigures) -> Option<String> {
    let all = count(calls.n_telephone);
    let sentence = match (calls.n_telephone, calls.n_calls) {
        (0, _) => return None,
        (_, 0) => all,
        _ => format!("{all} ({} found among the calls)", count(calls.n_both)),
    };
    Some(sentence)
}

/// Which files are in use: "1 building file, 2 stream exports and 1 endpoint list".
pub(crate) fn files_sentence(files: &[FileKind]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let kinds = FileKind::READABLE.into_iter().chain([FileKind::CqdGroups]);
    for kind in kinds.filter(|kind| has_content(*kind)) {
        let n_files = files.iter().filter(|file| **file == kind).count() as u64;
        let [one, many] = file_noun(kind);
        if n_files != 0 {
            parts.push(counted(n_files, one, many));
        }
    }
    match parts.pop() {
        None => "None".to_owned(),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} and {last}", parts.join(", ")),
    }
}

/// What is said where no stream is counted.
pub(crate) const NO_STREAM: &str = "No stream of the chosen media is in the files.";

/// Why nothing is counted: for the days that were chosen, or else this.
pub(crate) fn nothing_counted(choices: &Choices, otherwise: &'static str) -> &'static str {
    if choices.days.is_limited() {
        "No stream ended on the chosen days."
    } else {
        otherwise
    }
}

/// How many files hold something themselves, and do not only serve others.
pub(crate) fn n_with_content(files: &[FileKind]) -> u64 {
    files.iter().filter(|kind| has_content(**kind)).count() as u64
}

fn has_content(kind: FileKind) -> bool {
    use FileKind::{ColumnMap, ExportParameters, Package};
    !matches!(kind, ColumnMap | ExportParameters | Package)
}

/// The files whose rows are streams.
pub(crate) fn has_streams(files: &[FileKind]) -> bool {
    use FileKind::{CallRecordInsights, CallRecords, CqdGroups, CqdStreams};
    let has = |kind| files.contains(&kind);
    [CqdStreams, CqdGroups, CallRecords, CallRecordInsights]
        .into_iter()
        .any(has)
}

fn file_noun(kind: FileKind) -> [&'static str; 2] {
    match kind {
        FileKind::Buildings => ["building file", "building files"],
        FileKind::Endpoints => ["endpoint list", "endpoint lists"],
        FileKind::AccessPoints => ["access point list", "access point lists"],
        FileKind::CqdStreams => ["stream export", "stream exports"],
        FileKind::CqdGroups => ["grouped export", "grouped exports"],
        FileKind::CallRecords => ["file of call records", "files of call records"],
        FileKind::CallRecordInsights => {
            ["Call Record Insights table", "Call Record Insights tables"]
        }
        FileKind::CallingPlans => ["Calling Plans export", "Calling Plans exports"],
        FileKind::DirectRouting => ["Direct Routing export", "Direct Routing exports"],
        FileKind::UserActivity => ["user activity report", "user activity reports"],
        FileKind::UserActivityCounts => [
            "user activity report by day",
            "user activity reports by day",
        ],
        FileKind::DeviceUsage => ["device usage report", "device usage reports"],
        FileKind::DeviceUsageCounts => {
            ["device usage report by day", "device usage reports by day"]
        }
        FileKind::Attendance | FileKind::AttendanceEvents => {
            ["attendance report", "attendance reports"]
        }
        FileKind::Nps => ["survey", "surveys"],
        FileKind::ColumnMap | FileKind::ExportParameters | FileKind::Package => ["file", "files"],
    }
}

#[cfg(test)]
mod tests {
    use super::{
        calls_sentence, files_sentence, judged_sentence, no_worst_sentence, telephone_sentence,
    };
    use crate::protocol::{CallFigures, Figures, FileKind, Media, Rate};

    #[test]
    fn the_share_of_poor_streams_is_told_with_its_interval() {
        let total = Figures {
            n_streams: 40_000,
            n_good: 37_078,
            n_poor: 1_034,
            n_unclassified: 1_888,
            poor: Some(Rate {
                percent: 2.713,
                low: 2.555,
                high: 2.88,
            }),
            ..Figures::default()
        };
        assert_eq!(
            judged_sentence(&total, Media::Audio),
            "Of 38,112 audio streams that could be judged, 1,034 were poor: 2.7 % (2.6 to 2.9 %)."
        );
    }

    #[test]
    fn without_a_judged_stream_there_is_no_rate() {
        let total = Figures {
            n_streams: 3,
            n_unclassified: 3,
            ..Figures::default()
        };
        assert_eq!(
            judged_sentence(&total, Media::All),
            "None of the 3 streams could be judged."
        );
    }

    #[test]
    fn a_tenant_without_poor_streams_is_not_called_small() {
        let sentences = [0, 1, 12].map(|n_ranked| no_worst_sentence(n_ranked, 50));
        assert_eq!(
            sentences,
            [
                "No building has 50 judged streams: too few to say which one to look at first.",
                "The only building with at least 50 judged streams had no poor one.",
                "None of the 12 buildings with at least 50 judged streams had a poor one.",
            ]
        );
    }

    #[test]
    fn telephone_calls_are_told_where_there_are_any() {
        let mut calls = CallFigures {
            n_calls: 12_345,
            ..CallFigures::default()
        };
        assert_eq!(calls_sentence(&calls), "12,345");
        assert_eq!(telephone_sentence(&calls), None);
        (calls.n_telephone, calls.n_both) = (1_204, 300);
        let said = telephone_sentence(&calls).expect("there are some");
        assert_eq!(said, "1,204 (300 found among the calls)");
        calls.may_be_more = true;
        assert_eq!(calls_sentence(&calls), "at least 12,345");
        calls.n_calls = 0;
        assert_eq!(telephone_sentence(&calls).as_deref(), Some("1,204"));
    }

    #[test]
    fn all_kinds_are_named() {
        let files = [FileKind::Nps, FileKind::Endpoints, FileKind::CqdStreams];
        assert_eq!(
            files_sentence(&files),
            "1 endpoint list, 1 stream export and 1 survey"
        );
        assert_eq!(files_sentence(&[FileKind::Package]), "None");
    }

    #[test]
    fn files_are_counted_by_kind() {
        let files = [
            FileKind::CqdStreams,
            FileKind::Buildings,
            FileKind::CqdStreams,
        ];
        assert_eq!(
            files_sentence(&files),
            "1 building file and 2 stream exports"
        );
    }
}
