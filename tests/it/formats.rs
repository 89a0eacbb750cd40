//! Files as they come: every fixture, in every disguise, and hostile ones.

use std::fs;
use std::path::{Path, PathBuf};

use callscope::protocol::{Choices, FileState, Role, RowCounts};
use expect_test::{expect, expect_file};
use proptest::prelude::*;

use crate::files::{accounted, buildings_table, complaints, session, session_of};

/// What a file was read as: kind, state, rows, complaints, and the buildings that follow.
fn reading(name: &str, bytes: &[u8], slice_bytes: usize) -> String {
    let mut session = session_of(
        &[(name.to_owned(), bytes.to_vec())],
        Role::Administrator,
        slice_bytes,
    );
    let card = session.cards().remove(0);
    let RowCounts {
        read,
        used,
        duplicates,
        rejected,
        blank,
    } = accounted(&card);
    let mut text = format!(
        "{:?} {:?}\n{}\nrows: {read} = {used} used + {duplicates} duplicates + {rejected} rejected + {blank} blank\n",
        card.kind, card.state, card.evidence
    );
    text += &complaints(&card);
    let columns = [
        "building", "city", "state", "country", "region", "networks", "streams", "poor",
    ];
    text + &buildings_table(&mut session, Choices::default(), &columns)
}

fn fixtures() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("fixtures can be listed") {
            let path = entry.expect("fixtures can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_none_or(|extension| extension != "expected")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn every_fixture_is_read_as_the_text_beside_it_says() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 10, "fixtures are missing");
    for path in fixtures {
        let bytes = fs::read(&path).expect("the fixture can be read");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let expected = PathBuf::from(format!("{}.expected", path.display()));
        expect_file![expected].assert_eq(&reading(&name, &bytes, usize::MAX));
    }
}

#[test]
fn no_disguise_changes_a_reading() {
    for path in fixtures() {
        let bytes = fs::read(&path).expect("the fixture can be read");
        let plain = reading("calls.csv", &bytes, usize::MAX);
        for slice_bytes in [1, 2, 3, 7, 64, 1000] {
            assert_eq!(
                reading("x.bin", &bytes, slice_bytes),
                plain,
                "{}",
                path.display()
            );
        }
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let crlf = text.replace('\n', "\r\n");
        let utf16 = |to_bytes: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
            format!("\u{FEFF}{text}")
                .encode_utf16()
                .flat_map(to_bytes)
                .collect()
        };
        for disguise in [
            crlf.clone().into_bytes(),
            format!("\u{FEFF}{text}").into_bytes(),
            utf16(u16::to_le_bytes, &text),
            utf16(u16::to_be_bytes, &crlf),
        ] {
            assert_eq!(
                reading("x.txt", &disguise, 333),
                plain,
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn a_quote_that_is_never_closed_above_the_headings_costs_its_line() {
    let rows = "10.1.2.3,10.1.2.0,Audio,4\n".repeat(60_000);
    let text = format!(
        "\"Call quality, March\nSecond IP Address,Second Subnet,Media Type,Avg Jitter\n{rows}"
    );
    for slice_bytes in [1_000, 128 << 10, usize::MAX] {
        let told = reading("x.csv", text.as_bytes(), slice_bytes);
        assert!(told.starts_with("Some(CqdStreams) Ready"), "{told}");
        assert!(told.contains("= 60000 used"), "{told}");
    }
}

#[test]
fn all_spellings_of_headings_give_the_same_answer() {
    let rows = "10.1.2.3,10.1.2.0,Audio,40,0.01\n10.1.2.4,10.1.2.0,Audio,4,0.01\n";
    let quoted: String = rows
        .lines()
        .map(|line| format!("\"{}\"\n", line.replace(',', "\",\"")))
        .collect();
    let story = |header: &str, rows: &str| {
        format!(
            "//- b.tsv\n10.1.2.0\tLab\t24\tLab\t\t\t\tBergen\t\tNO\t\tNorth\t1\t0\n//- s.csv\n{header}\n{rows}"
        )
    };
    let answer = |header: &str, rows: &str| {
        let mut session = session(&story(header, rows), Role::Administrator);
        buildings_table(
            &mut session,
            Choices::default(),
            &["building", "streams", "poor", "mean_jitter_ms"],
        )
    };
    let plain = answer(
        "Second IP Address,Second Subnet,Media Type,Avg Jitter,Avg Packet Loss Rate",
        rows,
    );
    assert_eq!(plain, "Lab | 2 | 1 | 22\n");
    for header in [
        "[AllStreams].[Second IP Address],[AllStreams].[Second Subnet],[AllStreams].[Media Type],[Measures].[Avg Jitter],[Measures].[Avg Packet Loss Rate]",
        "second ip address,SECOND SUBNET,media-type,AvgJitter,Avg. Packet Loss Rate",
        "Second IP Address,Subnet,Media Type,Average Jitter (ms),Average Packet Loss Rate (0-1)",
        "AllStreams.Second IP Address,AllStreams.Second Subnet,AllStreams.Media Type,Measures.Avg Jitter,Measures.Avg Packet Loss Rate",
    ] {
        assert_eq!(answer(header, rows), plain, "{header}");
    }
    let quoted_header = "\"Second IP Address\",\"Second Subnet\",\"Media Type\",\"Avg Jitter\",\"Avg Packet Loss Rate\"";
    assert_eq!(answer(quoted_header, &quoted), plain);
    let other_order = rows
        .lines()
        .map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n")
        .collect::<String>();
    let header = "Avg Packet Loss Rate,Avg Jitter,Media Type,Second Subnet,Second IP Address";
    assert_eq!(answer(header, &other_order), plain);
}

#[test]
fn percentages_are_told_from_fractions() {
    let loss = |heading: &str, cells: &[&str]| {
        let rows: String = cells
            .iter()
            .map(|cell| format!("10.1.2.3,{cell}\n"))
            .collect();
        let story = format!("//- s.csv\nSecond IP Address,{heading}\n{rows}");
        let mut session = session(&story, Role::Administrator);
        let table = buildings_table(
            &mut session,
            Choices::default(),
            &["mean_packet_loss_percent", "poor"],
        );
        format!(
            "{}; {}",
            table.trim(),
            complaints(&session.cards()[0]).replace('\n', "; ")
        )
    };
    let notes = "Warning NoPeople; Note NoMediaType; ";
    assert_eq!(
        loss("Avg Packet Loss Rate", &["0.2", "0.4"]),
        format!("30 | 2; {notes}")
    );
    assert_eq!(
        loss("Avg Packet Loss Rate", &["20%", "40 %"]),
        format!("30 | 2; {notes}")
    );
    assert_eq!(
        loss("Avg Packet Loss Rate (%)", &["2", "0.4"]),
        format!("1.2 | 0; {notes}")
    );
    assert_eq!(
        loss("Avg Packet Loss Rate", &["2", "0.4"]),
        "1.2 | 0; Warning ReadAsPercent column 2 (Avg Packet Loss Rate); Warning NoPeople; Note NoMediaType; "
    );
}

#[test]
fn one_slip_does_not_turn_the_meaning_of_a_column() {
    let rows = "10.1.2.3,0.12\n".repeat(80) + "10.1.2.3,1.5\n";
    let story = format!("//- s.csv\nSecond IP Address,Avg Packet Loss Rate\n{rows}");
    let mut session = session(&story, Role::Administrator);
    let table = buildings_table(
        &mut session,
        Choices::default(),
        &["good", "poor", "unclassified"],
    );
    assert_eq!(table, "0 | 80 | 1\n");
    assert!(complaints(&session.cards()[0]).contains("Warning NotAFraction column 2"));
}

#[test]
fn below_nought_nothing_was_measured() {
    let names = [
        "Avg Round Trip",
        "Avg Jitter",
        "Avg Packet Loss Rate",
        "Round Trip",
        "Jitter",
        "Packet Loss Rate",
    ];
    for name in names {
        let text = format!(
            "//- s.csv\nSecond IP Address,{name}\n10.1.2.3,-1\n10.1.2.3,-0.0\n10.1.2.3,9999\n"
        );
        let text = if name.contains("Loss") {
            text.replace("9999", "0.9")
        } else {
            text
        };
        let mut session = session(&text, Role::Administrator);
        let columns = ["good", "poor", "unclassified"];
        let table = buildings_table(&mut session, Choices::default(), &columns);
        assert_eq!(table, "1 | 1 | 1\n", "{name}");
        assert!(complaints(&session.cards()[0]).contains("Warning BelowNought column 2"));
    }
}

#[test]
fn a_decimal_comma_is_read_where_it_separates_no_cells() {
    let jitter = |text: &str| {
        let mut session = session(&format!("//- s.csv\n{text}"), Role::Administrator);
        buildings_table(
            &mut session,
            Choices::default(),
            &["poor", "mean_jitter_ms"],
        )
    };
    assert_eq!(
        jitter("Second IP Address;Avg Jitter\n10.1.2.3;31,5\n"),
        "1 | 31.5\n"
    );
    assert_eq!(
        jitter("Second IP Address\tAvg Jitter\n10.1.2.3\t31,5\n"),
        "1 | 31.5\n"
    );
}

#[test]
fn the_same_file_counts_once() {
    let file = (
        "s.csv".to_owned(),
        b"Second IP Address,Avg Jitter\n10.1.2.3,4\n".to_vec(),
    );
    let copy = ("copy.csv".to_owned(), file.1.clone());
    let mut session = session_of(&[file, copy], Role::Administrator, 5);
    let table = buildings_table(&mut session, Choices::default(), &["streams"]);
    assert_eq!(table, "1\n");
    let card = &session.cards()[1];
    assert_eq!(
        (card.state.clone(), card.rows.duplicates),
        (FileState::Failed, 1)
    );
    assert!(complaints(card).contains("Error SameFileTwice"));
}

#[test]
fn hostile_files_end_in_a_complaint() {
    let check = |bytes: &[u8]| {
        let text = reading("x.csv", bytes, 5);
        text.lines()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    };
    expect!["None Failed; rows: 0 = 0 used + 0 duplicates + 0 rejected + 0 blank; Error Empty"]
        .assert_eq(&check(b""));
    expect!["None Failed; rows: 0 = 0 used + 0 duplicates + 0 rejected + 0 blank; Error Empty"]
        .assert_eq(&check(b"\xEF\xBB\xBF\r\n\r\n"));
    expect!["None Failed; rows: 0 = 0 used + 0 duplicates + 0 rejected + 0 blank; Error NotText"]
        .assert_eq(&check(b"PK\x03\x04\x00\x00\x08\x00 binary \x00\x00"));
    expect![
        "None Failed; rows: 0 = 0 used + 0 duplicates + 0 rejected + 0 blank; Error NotRecognized"
    ]
    .assert_eq(&check(b"name;age\nAnna;7\n"));
}

proptest! {
    /// Bytes that look like exports as far as random bytes can, in random slices.
    #[test]
    fn no_bytes_break_the_reader_and_no_row_is_lost(
        start in prop::sample::select(vec![
            "",
            "Second Subnet,Media Type,Avg Jitter,Avg Packet Loss Rate,End Time\n",
            "10.0.0.0\tA\t24\tB\t\t\t\t\t\t\t\t\t1\t0\n",
            "\u{FEFF}Second IP Address;Second UPN;Avg Round Trip\r\n",
        ]),
        rest in prop::collection::vec(
            prop_oneof![
                prop::sample::select(b",;\t|\"\n\r.:-[)%0123456789aZ \x00\xff\xc3".to_vec()),
                any::<u8>(),
            ],
            0..400,
        ),
        slice_bytes in 1usize..200,
    ) {
        let bytes = [start.as_bytes(), &rest].concat();
        let whole = reading("x", &bytes, usize::MAX);
        prop_assert_eq!(reading("x", &bytes, slice_bytes), whole);
    }
}

#[test]
fn a_percent_sign_speaks_for_its_own_cell_only() {
    let mut session = session(
        "//- s.csv\nSecond Subnet,Media Type,Avg Packet Loss Rate\n10.1.2.0,Audio,3%\n10.1.2.0,Audio,5 %\n10.1.2.0,Audio,2\n",
        Role::Administrator,
    );
    let columns = ["streams", "mean_packet_loss_percent"];
    let table = buildings_table(&mut session, Choices::default(), &columns);
    assert_eq!(table, "3 | 4\n");
    assert!(complaints(&session.cards()[0]).contains("NotAFraction"));
}
