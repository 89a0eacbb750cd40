//! Which export a file is taken for, and that none is taken for another.

use std::collections::BTreeMap;

use callscope::engine::formats::Content;
use callscope::protocol::{FileKind, ReadSettings, RowCounts};
use proptest::prelude::*;

use super::{cell, fixture, intake, load};

fn kind_of(text: &str) -> Option<FileKind> {
    intake(text.as_bytes(), ReadSettings::default(), usize::MAX).map(|loaded| loaded.result.kind)
}

/// The headings of each kind as its source documents them, from its fixture.
fn documented_headings() -> BTreeMap<FileKind, Vec<String>> {
    [
        "calling-plans/made/2025-all-columns.csv",
        "direct-routing/made/2025-25-columns.csv",
        "user-activity/made/2022-33-columns.csv",
        "user-activity/documented/TeamsUserActivityUserDetail_2019.csv",
        "device-usage/made/2022-16-columns.csv",
        "user-activity-counts/made/2022-a-week.csv",
        "device-usage-counts/made/ninety-days.csv",
        "endpoint/template/with-headings-6-columns.csv",
        "access-point/made/three-ways-to-write-a-mac.csv",
        "nps/made/score-comment-date.csv",
    ]
    .into_iter()
    .map(|path| {
        let bytes = fixture(path);
        let text = String::from_utf8(bytes.clone()).expect("the fixture is UTF-8");
        let line = text.trim_start_matches('\u{feff}').lines().next();
        let headings = line.unwrap_or_default().split(',').map(str::to_owned);
        (load(&bytes).result.kind, headings.collect())
    })
    .collect()
}

#[test]
fn no_export_is_taken_for_another_when_a_column_is_missing() {
    for (kind, headings) in documented_headings() {
        for left_out in 0..headings.len() {
            let mut some = headings.clone();
            let name = some.remove(left_out);
            let is_needed = matches!(name.as_str(), "Score" | "BSSID" | "EndpointName");
            if some.len() >= 3 && !is_needed {
                let found = kind_of(&(some.join(",") + "\n"));
                // Without these nothing says whose or of which day the rows are.
                let is_vital = matches!(
                    name.as_str(),
                    "Report Date" | "Windows" | "User Principal Name"
                );
                assert!(
                    found == Some(kind) || found.is_none() && is_vital,
                    "without {name} {kind:?} is {found:?}"
                );
            }
        }
    }
}

#[test]
fn files_that_say_nothing_are_not_taken_for_endpoints() {
    for text in [
        // Unknown headings over six columns.
        "name,make,model,kind,color,price\nA1,B,C,D,E,1\nA2,B,C,D,E,2\n",
        // Networks with too few columns, numbers, dates, addresses.
        "10.1.2.0,Lab,24,Lab,x,y\n10.1.3.0,Lab,24,Lab,x,y\n",
        "1,2,3,4,5,6\n7,8,9,10,11,12\n",
        "2026-10-05,a,b,c,d,e\n2026-10-06,a,b,c,d,e\n",
        "a@contoso.example,b,c,d,e,f\nb@contoso.example,b,c,d,e,f\n",
        // Words without digits.
        "Anna,b,c,d,e,f\nBen,b,c,d,e,f\n",
    ] {
        assert_ne!(kind_of(text), Some(FileKind::Endpoints), "{text}");
    }
}

#[test]
fn a_score_on_another_scale_is_no_survey() {
    assert_eq!(kind_of("Score\n93\n87\n100\n"), None);
    assert_eq!(kind_of("Name,Rating\nAnna,good\nBen,bad\n"), None);
    assert_eq!(kind_of("Score\n9\n7\n"), Some(FileKind::Nps));
}

proptest! {
    /// Bytes below real headings, in random slices.
    #[test]
    fn no_bytes_break_a_sheet_and_no_row_is_lost(
        start in prop::sample::select(vec![
            "1. Summary\nMeeting title\tx\nStart time\t7/22/26, 7:00:11 PM\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n",
            "1. A,,\n2. B,,\nName,First Join,Last Leave,In-Meeting Duration,Email,Participant ID (UPN),Role\n",
            "Full Name\tUser Action\tTimestamp\n",
            "BSSID;Access Point;Site\n00:1A:2B:3C:4D:5E;a;b\n",
            "PC-1,a,b,c,d,e,f\n",
            "Score,Comment\n9,x\n",
            "CorrelationId,UPN,Invite time,Duration (seconds),Callee Number,SBC FQDN\n",
        ]),
        rest in prop::collection::vec(
            prop_oneof![
                prop::sample::select(b",;\t|\"\n\n\r.:/-PM0123456789ahms \xff\xc3".to_vec()),
                prop::sample::select(b"\n\t,2. ".to_vec()),
                any::<u8>(),
            ],
            0..400,
        ),
        slice_bytes in 1usize..200,
    ) {
        let bytes = [start.as_bytes(), &rest].concat();
        let story = |slice_bytes| {
            intake(&bytes, ReadSettings::default(), slice_bytes).map(|loaded| {
                let rows = loaded.result.rows;
                let RowCounts { read, used, duplicates, rejected, blank } = rows;
                assert_eq!(read, used + duplicates + rejected + blank);
                if let Content::Records(table) = &loaded.result.content {
                    assert_eq!(table.n_rows as u64, used);
                    for column in table.columns.values() {
                        for row in 0..table.n_rows {
                            cell(column, row);
                        }
                    }
                }
                format!("{:?} {rows:?} {:?}", loaded.result.kind, loaded.result.diagnostics)
            })
        };
        prop_assert_eq!(story(slice_bytes), story(usize::MAX));
    }

    #[test]
    fn every_score_of_the_scale_is_used_and_no_other(scores in prop::collection::vec(-3i32..15, 1..40)) {
        let rows: String = scores.iter().map(|score| format!("{score},x\n")).collect();
        // Enough good answers in front for the file to be known.
        let text = format!("Score,Comment\n{}{rows}", "9,x\n".repeat(40));
        let rows = load(text.as_bytes()).result.rows;
        let n_fine = scores.iter().filter(|score| (0..=10).contains(*score)).count() as u64;
        prop_assert_eq!((rows.used, rows.rejected), (40 + n_fine, scores.len() as u64 - n_fine));
    }
}

#[test]
fn a_text_without_a_line_in_its_first_part_is_nothing() {
    let headings = "Conference Id,Start Time,Second UPN,Second Subnet,Media Type,Avg Jitter,Note\r";
    let text = headings.to_owned() + &"c1,2026-10-01,a1@x.com,10.1.2.0,Audio,4,x\r".repeat(3_000);
    assert_eq!(kind_of(&text), None);
}
