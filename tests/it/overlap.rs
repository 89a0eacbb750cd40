//! Overlapping exports against the slow, obvious way, and in any order.

use std::collections::BTreeMap;

use callscope::protocol::{Choices, Role};
use proptest::prelude::*;

use crate::files::{buildings_table, session_of};

const BUILDING: &str = "10.1.0.0\tLab\t16\tLab\t\t\t\tBergen\t\tNO\t\tNorth\t1\t0\n";

/// An export of streams, each of which is known by a number. Some do not say where they were.
fn export(streams: &[u32]) -> Vec<u8> {
    let mut text =
        "Conference Id,Start Time,Stream Direction,Second Subnet,Avg Jitter\n".to_owned();
    for stream in streams {
        let (call, minute) = (stream / 3, stream % 3);
        let subnet = match minute {
            0 => String::new(),
            _ => format!("10.1.{stream}.0"),
        };
        text += &format!(
            "c{call},2026-10-01 10:0{minute}:00,First-to-Second,{subnet},{}\n",
            10 + 5 * call
        );
    }
    text.into_bytes()
}

/// Streams, poor ones and mean jitter of the one building.
fn answer(exports: &[Vec<u8>]) -> String {
    let mut files = vec![("b.tsv".to_owned(), BUILDING.as_bytes().to_vec())];
    for (idx, export) in exports.iter().enumerate() {
        files.push((format!("{idx}.csv"), export.clone()));
    }
    answer_of(&files)
}

/// How many streams count in all.
fn n_counting(exports: &[Vec<u8>]) -> u64 {
    let files = (0..).zip(exports);
    let files: Vec<_> = files
        .map(|(idx, export): (u32, _)| (format!("{idx}.csv"), export.clone()))
        .collect();
    let mut session = session_of(&files, Role::Administrator, usize::MAX);
    session.cards().iter().map(|card| card.rows.used).sum()
}

fn answer_of(files: &[(String, Vec<u8>)]) -> String {
    let mut session = session_of(files, Role::Administrator, usize::MAX);
    let columns = ["streams", "poor", "mean_jitter_ms"];
    buildings_table(&mut session, Choices::default(), &columns)
}

/// Each stream as often as the export that has it most often.
fn union(exports: &[Vec<u32>]) -> Vec<u32> {
    let mut most: BTreeMap<u32, usize> = BTreeMap::new();
    for export in exports {
        for stream in export {
            let n = export.iter().filter(|other| *other == stream).count();
            let most = most.entry(*stream).or_default();
            *most = n.max(*most);
        }
    }
    let most = most.into_iter();
    most.flat_map(|(stream, n)| std::iter::repeat_n(stream, n))
        .collect()
}

/// The same export without the times of its streams.
fn without_times(export: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(export).expect("UTF-8");
    let without = |line: &str| {
        let cells: Vec<_> = line.split(',').collect();
        [&cells[..1], &cells[2..]].concat().join(",") + "\n"
    };
    text.lines().map(without).collect::<String>().into_bytes()
}

#[test]
fn exports_of_which_each_two_have_another_id_in_common_are_compared_by_it() {
    let files = |b: &str| {
        let texts = [
            "Conference Id,Start Time,Second Subnet,Avg Jitter\nc1,2026-10-01 10:00:00,10.1.2.0,10\n".to_owned(),
            format!("Conference Id,Second Subnet,Avg Jitter\n{b},10.1.2.0,10\n"),
            "Start Time,Second Subnet,Avg Jitter\n2026-10-02 11:00:00,10.1.2.0,10\n".to_owned(),
        ];
        texts.map(String::into_bytes)
    };
    assert_eq!(answer(&files("c2")), "3 | 0 | 10\n");
    assert_eq!(answer(&files("c1")), "2 | 0 | 10\n");
    assert_eq!(answer(&files("")), "3 | 0 | 10\n");
}

#[test]
fn a_row_stands_for_one_row_of_another_export_however_these_are_cut() {
    let less = "Conference Id,Second Subnet,Avg Jitter,Avg Round Trip\nc1,10.1.2.0,10,20\n";
    let more = |minutes: &[u32]| {
        let row = |minute| {
            format!(
                "c1,2026-10-01 10:0{minute}:00,2026-10-01 10:0{}:00\n",
                minute + 1
            )
        };
        let rows: String = minutes.iter().map(row).collect();
        format!("Conference Id,Start Time,End Time\n{rows}")
    };
    for files in [
        vec![less.to_owned(), more(&[1, 3])],
        vec![less.to_owned(), more(&[1]), more(&[3])],
        vec![more(&[1]), less.to_owned(), more(&[3])],
        vec![more(&[3]), more(&[3, 1]), less.to_owned(), more(&[1])],
    ] {
        let files: Vec<_> = files.into_iter().map(String::into_bytes).collect();
        assert_eq!(n_counting(&files), 2);
    }
}

#[test]
fn what_is_left_out_for_an_export_that_a_third_one_does_not_know_is_known_to_that() {
    let files = [
        "Conference Id,Second Subnet,Avg Jitter,Media Type\nc1,10.1.2.0,10,Audio\n",
        "Conference Id,Start Time,Second Subnet\nc1,2026-10-01 10:00:00,10.1.2.0\n",
        "Start Time,Second Subnet\n2026-10-01 10:00:00,10.1.2.0\n",
    ];
    for turn in 0..3 {
        let mut files = files.map(|text| text.as_bytes().to_vec());
        files.rotate_left(turn);
        assert_eq!(n_counting(&files), 1, "{turn}");
    }
}

proptest! {
    /// An export that says less of the same streams changes nothing, wherever it comes among the others.
    #[test]
    fn an_export_that_says_less_makes_the_others_no_less_exact(
        exports in prop::collection::vec(prop::collection::vec(0..12u32, 1..10), 2..4),
        place in 0usize..4,
    ) {
        let mut written: Vec<Vec<u8>> = exports.iter().map(|streams| export(streams)).collect();
        let less = without_times(&written[0]);
        written.insert(place.min(written.len()), less);
        prop_assert_eq!(answer(&written), answer(&[export(&union(&exports))]));
    }

    /// A stream counts as often as the export that has it most often.
    #[test]
    fn overlapping_exports_give_what_one_export_of_all_would(
        exports in prop::collection::vec(prop::collection::vec(0..12u32, 1..10), 2..5),
    ) {
        let written: Vec<Vec<u8>> = exports.iter().map(|streams| export(streams)).collect();
        prop_assert_eq!(answer(&written), answer(&[export(&union(&exports))]));
    }

    #[test]
    fn the_order_of_files_does_not_matter(
        exports in prop::collection::vec(prop::collection::vec(0..12u32, 1..10), 2..5),
        turn in 0usize..5,
    ) {
        let mut files = vec![("b.tsv".to_owned(), BUILDING.as_bytes().to_vec())];
        for (idx, streams) in exports.iter().enumerate() {
            files.push((format!("{idx}.csv"), export(streams)));
        }
        let first = answer_of(&files);
        let n_files = files.len();
        files.rotate_left(turn % n_files);
        prop_assert_eq!(answer_of(&files), first);
    }
}
