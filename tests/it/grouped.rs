//! Exports whose rows stand for many streams: what their counts say of Good and Poor, and what they do not.

use callscope::protocol::{Choices, Media, Role};

use crate::files::{buildings_table, complaints, session};
use crate::intake::BUILDING;

/// Streams, good and poor ones of all media, those of audio, and what is said of the file.
fn read(headings: &str, rows: &[&str]) -> (String, String, String) {
    let rows: String = rows.iter().map(|row| format!("10.1.2.0,{row}\n")).collect();
    let story = format!("{BUILDING}//- s.csv\nSecond Subnet,{headings}\n{rows}");
    let mut session = session(&story, Role::Administrator);
    let columns = ["streams", "good", "poor"];
    let [all, audio] = [Media::All, Media::Audio].map(|media| {
        let choices = Choices {
            media,
            ..Choices::default()
        };
        buildings_table(&mut session, choices, &columns)
            .trim()
            .to_owned()
    });
    (all, audio, complaints(&session.cards()[1]))
}

/// Measures of a file and its rows; streams, good and poor ones; `!` if it is said that not all is said.
const COUNTS: &str = "\
Good Poor Unclassified: 90,10,4 = 104 | 90 | 10
All Good Poor: 100,90,4 = 100 | 90 | 4
All Poor Unclassified: 100,6,4 = 100 | 90 | 6
All Good Unclassified: 100,90,4 = 100 | 90 | 6
All Good Poor Unclassified: 100,80,6,4 = 100 | 80 | 6 !
All Good Share: 100,90,10 = 100 | 90 | 10 !
Good Share: 90,10 = 100 | 90 | 10 !
All Share: 100,10 = 100 | 90 | 10 !
All Unclassified Share: 104,4,10 = 104 | 90 | 10 !
All Poor Share: 1000,0,0 100,5,5 = 1100 | 1095 | 5 !
No stream could be judged
All Poor Share: 40,0, 100,5,10 = 140 | 45 | 5 !
Shares are rounded
All Poor Share: 100000,1,0.00 = 100000 | 99999 | 1 !
All Poor Share: 1600,1,0.06 = 1600 | 1599 | 1 !
All Good Share: 1000,1,99.95 = 1000 | 1 | 999 !
All Good Share: 100000,1,100.00 = 100000 | 1 | 99999 !
All Good Share: 100,0,100 = 100 | 0 | 100 !
Good or Poor alone are no rate
All Poor: 100,6 = 100 | 0 | 0 !
Poor: 6 = 6 | 0 | 0 !
Total Share: 100,5 = !
";

#[test]
fn the_verdict_that_is_missing_follows_from_the_others_exactly_or_by_the_share_of_poor_streams() {
    let measure = |name: &str| match name {
        "All" => "Audio Stream Count".to_owned(),
        "Share" => "Audio Poor Percentage".to_owned(),
        "Total" => "Total Stream Count".to_owned(),
        verdict => format!("Audio {verdict} Stream Count"),
    };
    for case in COUNTS.lines().filter(|line| line.contains(": ")) {
        let (measures, rest) = case.split_once(": ").expect("measures");
        let (rows, expected) = rest.split_once(" =").expect("rows");
        let headings: Vec<String> = measures.split(' ').map(measure).collect();
        let rows: Vec<&str> = rows.split(' ').collect();
        let (_, audio, said) = read(&headings.join(","), &rows);
        assert_eq!(audio, expected.trim_matches([' ', '!']), "{case}");
        let is_said = said.contains("Warning GroupsPartlyJudged");
        assert_eq!(is_said, case.ends_with('!'), "{case}: {said}");
    }
}

#[test]
fn bare_captions_are_counts_together_and_of_the_medium_that_the_export_tells() {
    let healthy = ["100,1,5", "200,0,3"];
    let (_, audio, _) = read("Good,Poor,Unclassified", &healthy);
    assert_eq!(audio, "309 | 300 | 1");
    // Where the comma separates cells it can only group thousands.
    let (all, ..) = read("Video Streams,Good,Poor", &[r#""11,119","10,000",498"#]);
    assert_eq!(all, "11119 | 10000 | 498");
    let (all, audio, _) = read("Video Stream Count,Good,Poor", &["100,90,10"]);
    assert_eq!(all, "100 | 90 | 10");
    assert!(!audio.contains("90"), "{audio}");
    let rows = ["Audio,100,1,5", "Video,200,7,3"];
    let (all, audio, _) = read("Media Type,Good,Poor,Unclassified", &rows);
    assert_eq!(all, "316 | 300 | 8");
    assert_eq!(audio, "106 | 100 | 1");
}

#[test]
fn shares_and_counts_of_calls_tell_that_rows_stand_for_many_streams() {
    let metrics = "Avg Jitter,Avg Round Trip,Avg Packet Loss Rate";
    // Without metrics, too, a row may be one call.
    let (_, _, said) = read("Conference Id,Media Type,Total Call Count", &["c1,Audio,1"]);
    assert!(
        said.contains("NoQualityColumns") && !said.contains("Groups"),
        "{said}"
    );
    for (headings, cell) in [
        ("Audio Call Count", "4000"),
        ("Audio Poor Percentage", "12.5"),
    ] {
        let (_, _, said) = read(
            &format!("{headings},{metrics}"),
            &[&format!("{cell},8,60,0.004")],
        );
        assert!(
            said.contains("Error GroupsWithoutCounts"),
            "{headings}: {said}"
        );
    }
    let (_, audio, said) = read(
        &format!("Audio Call Count,Audio Poor Percentage,{metrics}"),
        &["1,100,40,60,0.004"],
    );
    assert_eq!(audio, "1 | 0 | 1");
    assert!(!said.contains("Groups"), "{said}");
}

#[test]
fn counts_that_are_no_whole_numbers_are_warned_of() {
    let headings = "Audio Good Stream Count,Audio Poor Stream Count";
    let (_, _, said) = read(headings, &["1.957,20"]);
    assert!(said.contains("Warning CountsNotWhole"), "{said}");
    let (_, _, said) = read(headings, &["1957.0,20"]);
    assert!(!said.contains("CountsNotWhole"), "{said}");
}
