//! Complaints about a file as sentences: where, what is wrong, what it means and what to do.

use super::{bytes, count, counted};
use crate::protocol::{Memory, Problem, ProblemCode, Severity};

/// A complaint in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// "Line 12, column 1 (Network)"; `None` if it concerns the whole file.
    pub(crate) place: Option<String>,
    /// What is wrong.
    pub(crate) what: &'static str,
    /// What it means and what to do.
    pub(crate) advice: &'static str,
    /// "41 times in all, next in lines 13 and 14", or the figures of a file that does not fit; `None` if it
    /// happened once.
    pub(crate) again: Option<String>,
}

/// The word for a complaint's gravity.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "Note",
        Severity::Warning => "Warning",
        Severity::Error => "Error",
    }
}

/// The complaint in words.
pub(crate) fn problem_sentence(problem: &Problem) -> Sentence {
    let (what, advice) = what_and_advice(problem.code);
    Sentence {
        place: place(problem),
        what,
        advice,
        again: problem.memory.map(figures).or_else(|| again(problem)),
    }
}

fn place(problem: &Problem) -> Option<String> {
    let line = problem.line.map(|line| format!("line {}", count(line)));
    let heading = problem
        .heading
        .as_ref()
        .map(|heading| format!(" ({heading})"))
        .unwrap_or_default();
    let column = problem
        .column
        .map(|column| format!("column {column}{heading}"));
    let mut place = [line, column]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    place.get_mut(..1)?.make_ascii_uppercase();
    Some(place)
}

fn figures(memory: Memory) -> String {
    let [file, needed, used, most] = [
        memory.file_bytes,
        memory.needed_bytes,
        memory.used_bytes,
        memory.most_bytes,
    ]
    .map(bytes);
    format!(
        "The file has {file}; its columns would take {needed} or more, those of other files take {used}, and all may take {most}"
    )
}

fn again(problem: &Problem) -> Option<String> {
    if problem.n_times < 2 {
        return None;
    }
    let times = counted(problem.n_times, "time", "times");
    let lines: Vec<String> = problem.further_lines.iter().copied().map(count).collect();
    let Some((last, others)) = lines.split_last() else {
        return Some(format!("{times} in all"));
    };
    let lines = match others {
        [] => format!("line {last}"),
        _ => format!("lines {} and {last}", others.join(", ")),
    };
    Some(format!("{times} in all, next in {lines}"))
}

#[expect(
    clippy::too_many_lines,
    reason = "a table: one line of words for each code"
)]
fn what_and_advice(code: ProblemCode) -> (&'static str, &'static str) {
    use ProblemCode as Code;
    match code {
        Code::NotRecognized => (
            "This is no file that callscope knows.",
            "Help says which files are read and where they come from.",
        ),
        Code::Empty => ("The file has no rows.", "Export it again with data in it."),
        Code::Unreadable => (
            "The file could not be read to its end.",
            "It was changed, moved or locked while it was being read: close it elsewhere and add it again. A folder cannot be dropped: drop the files in it.",
        ),
        Code::NotText => (
            "This is not a text file.",
            "If it is a workbook, save it as CSV (UTF-8) or as tab-separated text and add that.",
        ),
        Code::LineTooLong => (
            "A line is too long to be a row of an export.",
            "Check that the file has line ends and that quotes are closed.",
        ),
        Code::TooManyColumns => (
            "The file has more columns than any export.",
            "Check the delimiter, or export fewer columns.",
        ),
        Code::TooManyRows => (
            "The file does not fit into the memory of a browser tab.",
            "Export a shorter period or fewer columns, or remove another file.",
        ),
        Code::ReaderFailed => (
            "Reading broke down twice at the same place; most likely the browser ran out of memory.",
            "Nothing of this file is used. Close other tabs, and add it again.",
        ),
        Code::UnclosedQuote => (
            "A quotation mark is opened and not closed.",
            "Close or remove the quotation mark.",
        ),
        Code::BadEncoding => (
            "The file is not valid UTF-8 and was read as Windows-1252.",
            "Letters like ü may look wrong. Save the file as UTF-8 and add it again.",
        ),
        Code::ColumnCount => (
            "The row has another number of columns than it should.",
            "It is not used. Look for a missing or an extra delimiter.",
        ),
        Code::OddColumnCount => (
            "The row has neither 14, 15 nor 16 columns.",
            "What it has is used. The Teams admin center refuses such a file: give each row the same columns, empty ones too, before you upload it there.",
        ),
        Code::HeaderInBuildingFile => (
            "The building file starts with headings.",
            "They were left out. The Teams admin center refuses such a file: remove the first line before you upload it there.",
        ),
        Code::BadNetwork => (
            "The network is not an IP address.",
            "The row is not used. Write an address such as 10.1.2.0.",
        ),
        Code::BadPrefix => (
            "The network range is not a prefix length.",
            "The row is not used. Write 0 to 32 for IPv4, 0 to 128 for IPv6.",
        ),
        Code::HostBits => (
            "The address is not the first one of its network.",
            "The network that it lies in was taken. Write the network’s first address.",
        ),
        Code::BadFlag => (
            "The cell should be 0 or 1.",
            "It was left out. The Teams admin center accepts only 0 and 1 here.",
        ),
        Code::NoBuildingName => (
            "The row has no building name.",
            "The network’s name stands in for it.",
        ),
        Code::SameNetworkTwice => (
            "The same network stands in an earlier row.",
            "This row is not used. Keep one row for each network, or tell its sites apart by their public addresses in column 16.",
        ),
        Code::BuildingInTwoPlaces => (
            "The same building name is listed at different places.",
            "The first place is shown. Give each building a name of its own.",
        ),
        Code::UnknownHeading => (
            "No column of this name is known in this kind of file.",
            "The column is not used.",
        ),
        Code::AmbiguousHeading => (
            "The heading may stand for several fields.",
            "The column is not used. Export it under the field’s full name.",
        ),
        Code::FieldTwice => (
            "The same field stands in two columns.",
            "The first one is used.",
        ),
        Code::NotANumber => (
            "The cell is not a number.",
            "It counts as empty; the rest of the row is used.",
        ),
        Code::NotAFraction => (
            "Values above 1 stand where a fraction between 0 and 1 was expected.",
            "They were left out; the rest of the row is used. If the column holds percentages, put % into its heading.",
        ),
        Code::BelowNought => (
            "Values below 0 stand where nothing below 0 can be measured.",
            "They were left out; the rest of the row is used.",
        ),
        Code::ReadAsPercent => (
            "Fractions were expected, and the column holds percentages.",
            "It was read as percentages: 2.5 means 2.5 %. Compare a value with its source to make sure.",
        ),
        Code::NotATime => (
            "The cell is not a date and time.",
            "It counts as empty; the rest of the row is used.",
        ),
        Code::NotADuration => (
            "Not a length of time.",
            "The cell is left out. Such cells look like PT1M6S, 00:01:06 or 1m 6s.",
        ),
        Code::NotAScore => (
            "The score is not a whole number from 0 to 10.",
            "The answer is not used. Scores on another scale, such as one to five stars, cannot be turned into a net promoter score.",
        ),
        Code::NotAMac => (
            "The BSSID is not the address of a radio.",
            "The row is not used. Such an address has twelve hexadecimal digits: 00:1A:2B:3C:4D:5E, 00-1A-2B-3C-4D-5E or 001a.2b3c.4d5e.",
        ),
        Code::NoEndpointName => (
            "The row names no endpoint.",
            "It is not used: the first column, the name of the computer, is what calls are matched by.",
        ),
        Code::LongerThan64 => (
            "The cell has more than 64 characters.",
            "It is used here as it is, but the Call Quality Dashboard refuses such a file.",
        ),
        Code::SameEndpointTwice => (
            "The same endpoint stands in an earlier row.",
            "The first row counts. Names that differ in capital letters only are different endpoints.",
        ),
        Code::SameAccessPointTwice => (
            "The same access point stands in an earlier row.",
            "The first row counts. Remove one of them.",
        ),
        Code::NamesHidden => (
            "The names of people are hidden.",
            "Your organization hides names in usage reports, so 32 digits stand in their place. They cannot be matched to calls. An administrator can show names in the Microsoft 365 admin center: Settings > Org settings > Services > Reports.",
        ),
        Code::LocalTimes => (
            "The times are those of the clock of the person who saved the report.",
            "The file names no time zone, so they are shown as they stand. They may differ by hours from the UTC times of other files.",
        ),
        Code::HeadingsByPlace => (
            "The headings are in a language that callscope does not know.",
            "Columns and summary lines were taken in the order of the English report. Compare a row with the report, or save the report again with Teams in English.",
        ),
        Code::UnknownSummaryLine => (
            "A line of the summary says nothing that callscope knows.",
            "It is left out; the rows below are used.",
        ),
        Code::UnknownSection => (
            "The row stands in a section whose columns callscope does not know.",
            "It is not used. Save the report again with Teams in English, or do without this section.",
        ),
        Code::NotAnAddress => (
            "The cell is neither an IPv4 nor an IPv6 address.",
            "It is not used; the rest of the row is.",
        ),
        Code::NoAddressColumns => (
            "No column tells where a stream was.",
            "All streams stay without a building. Add First and Second Subnet, or First and Second IP Address, to the export.",
        ),
        Code::NoQualityColumns => (
            "No column tells how good a stream was.",
            "All streams stay unclassified. Add Avg Round Trip, Avg Packet Loss Rate and Avg Jitter to the export.",
        ),
        Code::NoMediaType => (
            "The export has no Media Type.",
            "All streams were taken for audio.",
        ),
        Code::NoEndKinds => (
            "The export does not say which ends are servers.",
            "So servers count as ends in no known building. Add Is Server Pair to the report.",
        ),
        Code::NoPeople => (
            "The export names no people.",
            "Names are emptied after 28 days, and for some roles; people cannot be counted.",
        ),
        Code::CutOff => (
            "The export has exactly 10,000 rows.",
            "The dashboard cuts exports off there, so some streams are probably missing. Export a shorter period or one region at a time.",
        ),
        Code::LinesBeforeHeadings => (
            "Lines before the headings, such as a title, were left out.",
            "The headings and all rows below them are used.",
        ),
        Code::HeadingsAgain => (
            "The headings stand in the file again.",
            "The row is not used. This happens when exports were pasted together: check that the columns below it are the same.",
        ),
        Code::BadJson => (
            "This is not JSON.",
            "What stands there is not used. Look for a missing comma, bracket or quotation mark, or export the file again.",
        ),
        Code::UnclosedJson => (
            "The file ends within a record.",
            "The record that begins here is not used: the file was cut off. Export it again.",
        ),
        Code::JsonTooDeep => (
            "Brackets lie in brackets, deeper than in any export.",
            "The record is not used.",
        ),
        Code::RecordTooLong => (
            "A record is longer than any export’s.",
            "It is not used. Check that brackets and quotation marks are closed.",
        ),
        Code::NotARecord => (
            "This is JSON, but no record like the others.",
            "It is not used. Put files of different kinds in separate files.",
        ),
        Code::NotExpanded => (
            "The call record has no sessions with segments.",
            "It says who called and when, not how good it was. Get the record by its id with $expand=sessions($expand=segments), or with -ExpandProperty \"sessions(`$expand=segments)\" and ConvertTo-Json -Depth 20 in PowerShell.",
        ),
        Code::MorePages => (
            "The service may have more pages than this file.",
            "A list names a next link, or has exactly as many rows as a page. Follow the links until there is none and add those pages too, unless they are here already.",
        ),
        Code::CallUnknown => (
            "Sessions do not say which call they are of.",
            "Streams that another file has as well count twice. Save the whole answer with its @odata.context, or get the call record by its id.",
        ),
        Code::EarlierVersion => (
            "The file has the same call again, as new or newer.",
            "It is counted once, by its newest record: the service writes a call again when more of it is known.",
        ),
        Code::DataStreams => (
            "Streams of data channels were left out.",
            "They carry neither sound nor pictures, and nothing of them is measured.",
        ),
        Code::UnknownProperty => (
            "callscope does not know this property.",
            "It is not used; everything else in the record is.",
        ),
        Code::SameFileTwice => (
            "The very same file is already in use.",
            "It is not counted again.",
        ),
        Code::NestedTooDeep => (
            "A package within a package within a package.",
            "Unpack it once by hand and add what is in it.",
        ),
        Code::Encrypted => (
            "The file is locked with a password.",
            "Unpack it by hand and add the file itself.",
        ),
        Code::DamagedPackage => (
            "The package is damaged, cut off, or packed in a way that callscope does not know.",
            "Download it again, or unpack it by hand.",
        ),
        Code::TooManyEntries => (
            "The package holds more than 1,000 files.",
            "Unpack it by hand and add the files you need.",
        ),
        Code::ExpandsTooMuch => (
            "The file expands to more than 200 times its size, as no export does.",
            "If you trust it, unpack it by hand and add what is in it.",
        ),
        Code::PackageTooBig => (
            "The package is larger than 512 MB, or than 4 GB when unpacked.",
            "Unpack it by hand and add the files one after the other.",
        ),
        Code::NoUnpacker => (
            "The part of callscope that opens packages could not be loaded.",
            "Reload the page, or unpack the file by hand.",
        ),
        Code::CellTooLong => (
            "A cell is longer than 64 KB.",
            "The row is not used. Look for a quotation mark that is opened and never closed.",
        ),
        Code::DatesMixed => (
            "Some dates have the day first and others the month first.",
            "Dates that fit only the other order are left out. Choose the order under How it was read.",
        ),
        Code::GroupsPartlyJudged => (
            "The export does not say of all streams whether they were good or poor.",
            "That is reckoned from the share of poor ones where it is said; the other streams are shown as Unclassified. Add the Good, Poor and Unclassified stream counts to the report.",
        ),
        Code::CountsNotWhole => (
            "Counts of streams are no whole numbers.",
            "Marks of thousands may have been read as decimals. Choose the decimal mark of the file.",
        ),
        Code::GroupsWithoutCounts => (
            "Each row stands for many streams, but none of its columns counts them.",
            "Add the Good, Poor and Unclassified stream counts to the report and export it again.",
        ),
        Code::GroupedVerdicts => (
            "Each row stands for many streams.",
            "Good and Poor are the dashboard's own counts, whatever limits you choose here, and single streams cannot be listed.",
        ),
        Code::GroupsNotCounted => (
            "The file is not counted: other exports in use may hold the same streams.",
            "Single streams come before grouped rows, and only one grouping is counted at a time. Remove the other exports to use this one.",
        ),
        Code::PeopleCleared => (
            "The columns for people are there, but they are empty.",
            "Microsoft clears names and addresses after 28 days. Export the last four weeks to see people.",
        ),
        Code::OneDirection => (
            "All streams go in one direction.",
            "The other half of each call is missing. Take the filter on Stream Direction out of the report.",
        ),
        Code::FederatedTenants => (
            "People of other organizations are in the export.",
            "They count as external users. If you want only your own, filter by your tenant in the dashboard.",
        ),
        Code::BeganBeforePeriod => (
            "Streams began before the first day of the export.",
            "The dashboard puts a stream on the day on which it ended. Nothing is wrong.",
        ),
        Code::EndsBeforeStart => (
            "Streams end before they begin.",
            "Their times are shown as they are. The clock of an endpoint may be wrong.",
        ),
        Code::BuildingsMatchNothing => (
            "No address of the exports lies in a network of this file.",
            "It may be the file of another organization, or an old one. Networks are compared with the addresses and subnets of calls.",
        ),
        Code::OverlapUnknown => (
            "This export does not say enough to tell its streams from those of other exports.",
            "If two exports overlap, streams count twice. Add Conference Id, Start Time, End Time and Stream Direction to the report.",
        ),
        Code::RowsInOtherFile => (
            "Another file in use has the same rows, or their calls.",
            "They are counted once.",
        ),
        Code::ColumnsMapped => (
            "Columns are read as you decided.",
            "See its columns to change that.",
        ),
        Code::BadColumnMap => (
            "The column map names a field that callscope does not know.",
            "The other columns of the map are used.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::problem_sentence;
    use crate::protocol::{Memory, Problem, ProblemCode, Severity};

    fn bad_network() -> Problem {
        Problem {
            severity: Severity::Error,
            code: ProblemCode::BadNetwork,
            line: Some(1_012),
            column: Some(1),
            heading: Some("Network".to_owned()),
            n_times: 1,
            further_lines: Vec::new(),
            memory: None,
        }
    }

    #[test]
    fn a_file_that_does_not_fit_is_told_with_its_figures() {
        let sentence = problem_sentence(&Problem {
            code: ProblemCode::TooManyRows,
            memory: Some(Memory {
                file_bytes: 25_000_000_000,
                needed_bytes: 7_500_000_000,
                used_bytes: 120_000_000,
                most_bytes: 3_200_000_000,
            }),
            ..bad_network()
        });
        assert_eq!(
            sentence.again.as_deref(),
            Some(
                "The file has 25.0 GB; its columns would take 7.5 GB or more, those of other files take 120 MB, and all may take 3.2 GB"
            )
        );
    }

    #[test]
    fn a_complaint_says_line_column_and_heading() {
        let sentence = problem_sentence(&bad_network());
        assert_eq!(
            sentence.place.as_deref(),
            Some("Line 1,012, column 1 (Network)")
        );
        assert_eq!(sentence.again, None);
    }

    #[test]
    fn a_complaint_without_a_line_starts_with_its_column() {
        let sentence = problem_sentence(&Problem {
            line: None,
            ..bad_network()
        });
        assert_eq!(sentence.place.as_deref(), Some("Column 1 (Network)"));
    }

    #[test]
    fn a_complaint_about_the_whole_file_has_no_place() {
        let sentence = problem_sentence(&Problem {
            line: None,
            column: None,
            ..bad_network()
        });
        assert_eq!(sentence.place, None);
    }

    #[test]
    fn repeated_complaints_name_the_next_lines() {
        let twice = Problem {
            n_times: 2,
            further_lines: vec![1_020],
            ..bad_network()
        };
        let often = Problem {
            n_times: 40,
            further_lines: vec![1_020, 1_021, 1_030],
            ..bad_network()
        };
        let again =
            [twice, often].map(|problem| problem_sentence(&problem).again.unwrap_or_default());
        assert_eq!(
            again,
            [
                "2 times in all, next in line 1,020",
                "40 times in all, next in lines 1,020, 1,021 and 1,030",
            ]
        );
    }
}
