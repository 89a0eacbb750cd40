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

#[test]
fn the_verdict_that_is_missing_follows_from_the_others_exactly_or_by_the_share_of_poor_streams() {
    let (good, poor) = ("Audio Good Stream Count", "Audio Poor Stream Count");
    let (all, unclassified) = ("Audio Stream Count", "Audio Unclassified Stream Count");
    let share = "Audio Poor Percentage";
    let cases: [(&[&str], &[&str], &str, bool); 13] = [
        (
            &[good, poor, unclassified],
            &["90,10,4"],
            "104 | 90 | 10",
            false,
        ),
        (&[all, good, poor], &["100,90,4"], "100 | 90 | 4", false),
        (
            &[all, poor, unclassified],
            &["100,6,4"],
            "100 | 90 | 6",
            false,
        ),
        (
            &[all, good, unclassified],
            &["100,90,4"],
            "100 | 90 | 6",
            false,
        ),
        (
            &[all, good, poor, unclassified],
            &["100,80,6,4"],
            "100 | 80 | 6",
            true,
        ),
        (&[all, good, share], &["100,90,10"], "100 | 90 | 10", true),
        (&[good, share], &["90,10"], "100 | 90 | 10", true),
        (
            &[all, poor, share],
            &["1000,0,0", "100,5,5"],
            "1100 | 1095 | 5",
            true,
        ),
        // No stream could be judged, so that there is no share.
        (
            &[all, poor, share],
            &["40,0,", "100,5,10"],
            "140 | 45 | 5",
            true,
        ),
        (&[all, share], &["100,10"], "100 | 90 | 10", true),
        (
            &[all, unclassified, share],
            &["104,4,10"],
            "104 | 90 | 10",
            true,
        ),
        (&[all, poor], &["100,6"], "100 | 0 | 0", true),
        (&[poor], &["6"], "6 | 0 | 0", true),
    ];
    for (headings, rows, expected, is_said) in cases {
        let (_, audio, said) = read(&headings.join(","), rows);
        assert_eq!(audio, expected, "{headings:?} {rows:?}");
        let code = "Warning GroupsPartlyJudged";
        assert_eq!(
            said.contains(code),
            is_said,
            "{headings:?} {rows:?}: {said}"
        );
    }
}

#[test]
fn bare_captions_are_counts_together_and_of_the_medium_that_the_export_tells() {
    let healthy = ["100,1,5", "200,0,3"];
    let (_, audio, _) = read("Good,Poor,Unclassified", &healthy);
    assert_eq!(audio, "309 | 300 | 1");
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
