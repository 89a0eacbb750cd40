//! Packages: what is found in them, and that no package does harm.

use callscope::protocol::ProblemCode;
use callscope::unpack::{Package, SLICE_BYTES, is_package};
use proptest::prelude::{any, prop, prop_assert_eq, proptest};

use crate::packing::{Entry, gzip, workbook, zip};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures-packed/");

fn opened(bytes: Vec<u8>, name: &str) -> Package {
    Package::open(bytes, name).expect("the package can be opened")
}

fn refusal(bytes: Vec<u8>) -> ProblemCode {
    Package::open(bytes, "p")
        .err()
        .expect("the package is refused")
}

fn content_in_slices(
    package: &Package,
    idx: usize,
    n_bytes: usize,
) -> Result<Vec<u8>, ProblemCode> {
    let mut reading = package.read(idx)?;
    let mut content = Vec::new();
    while let Some(slice) = reading.next_slice(n_bytes)? {
        assert!(slice.len() <= n_bytes);
        content.extend(slice);
    }
    Ok(content)
}

fn content(package: &Package, idx: usize) -> Result<Vec<u8>, ProblemCode> {
    content_in_slices(package, idx, SLICE_BYTES)
}

/// A line for each member: its name, and its content or why there is none.
fn told(package: &Package) -> String {
    (0..)
        .zip(package.members())
        .map(|(idx, member)| match content(package, idx) {
            Ok(bytes) => {
                assert_eq!(member.size_bytes, bytes.len() as u64, "{}", member.name);
                format!(
                    "{}: {}\n",
                    member.name,
                    String::from_utf8_lossy(&bytes).escape_debug()
                )
            }
            Err(problem) => format!("{}: {problem:?}\n", member.name),
        })
        .collect()
}

#[track_caller]
fn tells(bytes: Vec<u8>, expected: &[&str]) {
    let told = told(&opened(bytes, "p"));
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn packages_are_known_by_their_beginning() {
    assert!(is_package(&zip(&[Entry::new("a", b"a")])));
    assert!(is_package(&zip(&[])));
    assert!(is_package(&gzip(b"a")));
    for other in ["", "P", "PK", "PK,1", "10.0.0.0,24", "\u{FEFF}PK"] {
        assert!(!is_package(other.as_bytes()), "{other}");
    }
}

#[test]
fn the_members_of_a_zip_file_keep_their_order_and_their_folders() {
    let bytes = zip(&[
        Entry::new("b/", b""),
        Entry::new("b/calls.csv", b"calls"),
        Entry::stored("a.csv", b"stored"),
        Entry::new("empty.csv", b""),
    ]);
    tells(
        bytes,
        &[
            "p › b/calls.csv: calls",
            "p › a.csv: stored",
            "p › empty.csv: ",
        ],
    );
}

#[test]
fn a_gzip_file_holds_one_member_that_is_named_after_it() {
    for (name, inside) in [
        ("calls.csv.gz", "calls.csv"),
        ("CALLS.CSV.GZ", "CALLS.CSV"),
        ("march/calls.gzip", "calls"),
        ("calls", "calls"),
        (".gz", ".gz"),
    ] {
        let package = opened(gzip(b"calls"), name);
        assert_eq!(told(&package), format!("{name} › {inside}: calls\n"));
    }
}

#[test]
fn a_gzip_file_of_two_parts_is_read_to_its_end() {
    let mut bytes = gzip(b"one ");
    bytes.extend(gzip(b"two"));
    let package = opened(bytes, "p");
    assert_eq!(content(&package, 0), Ok(b"one two".to_vec()));
}

#[test]
fn packages_inside_a_package_are_opened_and_those_inside_them_are_named() {
    let innermost = zip(&[Entry::new("deep.csv", b"deep")]);
    let inner = zip(&[
        Entry::new("inner.csv", b"inner"),
        Entry::new("innermost.zip", &innermost),
    ]);
    let bytes = zip(&[
        Entry::new("inner.zip", &inner),
        Entry::new("more.csv.gz", &gzip(b"more")),
        Entry::stored("more.gz", &gzip(&innermost)),
        Entry::stored(
            "book.xlsx",
            &workbook(&[("S", "visible", &number(1, 7))], &[]),
        ),
    ]);
    tells(
        bytes,
        &[
            "p › inner.zip › inner.csv: inner",
            "p › inner.zip › innermost.zip: NestedTooDeep",
            "p › more.csv.gz › more.csv: more",
            "p › more.gz › more: NestedTooDeep",
            "p › book.xlsx › S: 7\\n",
        ],
    );
    tells(gzip(&innermost), &["p › p › deep.csv: deep"]);
}

#[test]
fn what_systems_put_beside_the_files_is_left_out() {
    let names = [
        "__MACOSX/a.csv",
        "a/.DS_Store",
        "Thumbs.db",
        "DESKTOP.INI",
        "a/",
        "b\\",
    ];
    let mut entries: Vec<_> = names.iter().map(|name| Entry::new(name, b"x")).collect();
    assert_eq!(refusal(zip(&entries)), ProblemCode::Empty);
    entries.push(Entry::new("a.csv", b"a"));
    tells(zip(&entries), &["p › a.csv: a"]);
}

#[test]
fn names_are_for_showing_only() {
    let bytes = zip(&[
        Entry::new("../../etc/passwd", b"1"),
        Entry::new("/a\u{202E}b\r\n\u{0}.csv", b"2"),
        Entry::new("x", b"3").with_path(b"Geb\x84ude.csv"),
        Entry::new("", b"4"),
    ]);
    tells(
        bytes,
        &[
            "p › ../../etc/passwd: 1",
            "p › a\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}.csv: 2",
            "p › Gebäude.csv: 3",
        ],
    );
}

#[test]
fn two_members_of_one_name_are_both_read() {
    let bytes = zip(&[Entry::new("a.csv", b"1"), Entry::new("a.csv", b"2")]);
    tells(bytes, &["p › a.csv: 1", "p › a.csv: 2"]);
}

#[test]
fn a_package_without_members_says_so() {
    assert_eq!(refusal(zip(&[])), ProblemCode::Empty);
    let outer = zip(&[Entry::stored("empty.zip", &zip(&[]))]);
    tells(outer, &["p › empty.zip: Empty"]);
}

#[test]
fn what_cannot_be_unpacked_spoils_only_itself() {
    let bytes = zip(&[
        Entry::new("locked.csv", b"x").locked(),
        Entry::new("wrong.csv", b"wrong").with_wrong_sum(),
        Entry::stored("stored.csv", b"wrong").with_wrong_sum(),
        Entry::new("short.csv", b"short").claiming(4),
        Entry::new("long.csv", b"long").claiming(5),
        Entry::new("odd.csv", b"odd").packed_by(9),
        Entry::new("garbage.csv", b"x").packed_by(0).claiming(9),
        Entry::stored("broken.zip", b"PK\x03\x04 and no more"),
        Entry::stored("broken.gz", b"\x1F\x8B and no more"),
        Entry::new("sound.csv", b"sound"),
    ]);
    let damaged = [
        "wrong.csv",
        "stored.csv",
        "short.csv",
        "long.csv",
        "odd.csv",
        "garbage.csv",
        "broken.zip",
    ];
    let mut expected = vec!["p › locked.csv: Encrypted".to_owned()];
    expected.extend(damaged.map(|name| format!("p › {name}: DamagedPackage")));
    expected.push("p › broken.gz › broken: DamagedPackage".to_owned());
    expected.push("p › sound.csv: sound".to_owned());
    assert_eq!(
        told(&opened(bytes, "p")).lines().collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn a_package_that_is_cut_off_anywhere_is_damaged_and_nothing_worse() {
    let text = b"calls, calls, calls and nothing but calls".repeat(9);
    let whole = zip(&[Entry::new("a.csv", &text), Entry::stored("b.csv", &text)]);
    for n_bytes in 4..whole.len() {
        assert_eq!(
            refusal(whole[..n_bytes].to_vec()),
            ProblemCode::DamagedPackage,
            "{n_bytes}"
        );
    }
    let whole = gzip(&text);
    for n_bytes in 4..whole.len() {
        let package = Package::open(whole[..n_bytes].to_vec(), "p.gz");
        let problem = package.and_then(|package| content(&package, 0)).err();
        assert_eq!(problem, Some(ProblemCode::DamagedPackage), "{n_bytes}");
    }
}

#[test]
fn a_comment_behind_the_directory_is_no_damage() {
    let mut bytes = zip(&[Entry::new("a.csv", b"a")]);
    let at = bytes.len() - 2;
    bytes[at] = 9;
    bytes.extend(b"PK\x05\x06 but");
    tells(bytes, &["p › a.csv: a"]);
}

#[test]
fn too_many_entries_are_refused() {
    let entries = |n: usize| -> Vec<_> {
        (0..n)
            .map(|idx| Entry::stored(&format!("{idx}.csv"), b""))
            .collect()
    };
    assert_eq!(opened(zip(&entries(1_000)), "p").members().len(), 1_000);
    assert_eq!(refusal(zip(&entries(1_001))), ProblemCode::TooManyEntries);
    let half = zip(&entries(501));
    let outer = zip(&[Entry::new("1.zip", &half), Entry::new("2.zip", &half)]);
    let package = opened(outer, "p");
    let last = package.members().last().expect("there are members");
    assert_eq!(
        (package.members().len(), last.problem),
        (502, Some(ProblemCode::TooManyEntries))
    );
}

#[test]
fn a_bomb_does_not_go_off() {
    let zeros = vec![0; 32 << 20];
    let bomb = Entry::new("bomb.csv", &zeros);
    tells(
        zip(&[bomb, Entry::new("sound.csv", b"sound")]),
        &["p › bomb.csv: ExpandsTooMuch", "p › sound.csv: sound"],
    );
    let package = opened(gzip(&zeros), "p");
    assert_eq!(content(&package, 0), Err(ProblemCode::ExpandsTooMuch));
    // The same in parts, each too small to be told a bomb.
    let parts: Vec<_> = (0..9)
        .map(|idx| Entry::new(&format!("{idx}.csv"), &zeros[..15 << 20]))
        .collect();
    assert_eq!(refusal(zip(&parts)), ProblemCode::ExpandsTooMuch);
    // A liar gives no more than it claims.
    let liar = Entry::new("liar.csv", &zeros).claiming(1_000);
    tells(zip(&[liar]), &["p › liar.csv: DamagedPackage"]);
}

#[test]
fn entries_that_share_their_bytes_are_refused() {
    let one = zip(&[Entry::new("a.csv", &[7; 5_000].repeat(9))]);
    let directory_at = one.len() - 22 - 46 - 5;
    let (entry, rest) = one.split_at(directory_at);
    let (listed, end) = rest.split_at(46 + 5);
    let mut end = end.to_vec();
    end[12..16].copy_from_slice(&(51u32 * 40).to_le_bytes());
    let bytes = [entry, &listed.repeat(40), &end].concat();
    assert_eq!(refusal(bytes), ProblemCode::DamagedPackage);
}

fn number(row: u32, number: u32) -> String {
    format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{number}</v></c></row>")
}

#[test]
fn each_sheet_that_is_not_empty_is_a_member() {
    let bytes = workbook(
        &[
            ("Calls", "visible", &number(1, 1)),
            (
                "Empty",
                "visible",
                "<row r=\"3\"><c r=\"A3\" s=\"1\"/></row>",
            ),
            ("Hidden", "hidden", &number(1, 2)),
            ("Very hidden", "veryHidden", &number(1, 3)),
        ],
        &[],
    );
    tells(bytes, &["p › Calls: 1\\n", "p › Hidden: 2\\n"]);
    let empty = workbook(&[("Empty", "visible", "")], &[]);
    assert_eq!(refusal(empty), ProblemCode::Empty);
}

#[test]
fn the_lines_of_a_sheet_are_its_rows_and_all_are_as_wide_as_the_widest() {
    let rows = "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c></row>\
        <row r=\"5\"><c r=\"A5\" t=\"s\"><v>1</v></c><c r=\"D5\" t=\"b\"><v>1</v></c><c r=\"E5\" s=\"1\"/></row>\
        <row r=\"6\"><c r=\"C6\" s=\"2\"><v>46326.5</v></c></row>\
        <row r=\"9\"/>";
    let bytes = workbook(&[("S", "visible", rows)], &["two", "tab\tquote&quot;"]);
    let expected = "\n\n\ttwo\t\t\n\n\"tab\tquote\"\"\"\t\t\tTrue\n\t\t2026-10-31T12:00:00\t\n";
    let package = opened(bytes, "p");
    let content = content(&package, 0).expect("the sheet can be read");
    assert_eq!(String::from_utf8(content).expect("it is text"), expected);
}

#[test]
fn a_text_that_many_cells_share_is_no_way_round_the_limits() {
    let text = "x".repeat(30_000);
    let rows: String = (1..4_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    tells(
        workbook(&[("S", "visible", &rows)], &[&text]),
        &["p › S: ExpandsTooMuch"],
    );
}

#[test]
fn cells_that_no_sheet_has_are_damage() {
    for rows in [
        "<row r=\"2000000\"><c r=\"A2000000\"><v>1</v></c></row>".to_owned(),
        "<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>".to_owned(),
        format!("{}{}", number(2, 1), number(1, 1)),
        format!("{}{}", number(2, 1), number(2, 1)),
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c></row>".to_owned(),
        "<row r=\"1\"><c r=\"A1\"><v>1".to_owned(),
    ] {
        tells(
            workbook(&[("S", "visible", &rows)], &[]),
            &["p › S: DamagedPackage"],
        );
    }
}

#[test]
fn other_documents_of_the_same_family_are_not_recognized() {
    let bytes = zip(&[
        Entry::new("[Content_Types].xml", b"<Types/>"),
        Entry::new("word/document.xml", b"<w/>"),
    ]);
    assert_eq!(refusal(bytes), ProblemCode::NotRecognized);
}

#[test]
fn the_templates_of_the_quality_reports_can_be_opened() {
    for (name, first_row) in [
        ("location_QER-template.xlsx", "Network"),
        ("endpoint_QER-template.xlsx", "Endpoint"),
    ] {
        let bytes = std::fs::read(format!("{SAMPLES}{name}")).expect("the sample is there");
        let package = opened(bytes, name);
        let told = told(&package);
        assert!(told.contains(first_row), "{told}");
    }
}

#[test]
fn packages_by_other_programs_can_be_opened() {
    for name in ["python-zip64-streamed.zip", "python-utf8-names.zip"] {
        let bytes = std::fs::read(format!("{SAMPLES}{name}")).expect("the sample is there");
        let told = told(&opened(bytes, name));
        assert_eq!(told, format!("{name} › Gebäude.csv: 10.0.0.0\\n\n"));
    }
}

proptest! {
    #[test]
    fn members_come_out_as_they_went_in(
        members in prop::collection::vec((any::<bool>(), prop::collection::vec(0u8..9, 0..3_000)), 1..9),
        n_bytes in 1usize..5_000,
    ) {
        let entries: Vec<_> = members
            .iter()
            .map(|(is_stored, bytes)| if *is_stored { Entry::stored("a", bytes) } else { Entry::new("a", bytes) })
            .collect();
        let package = opened(zip(&entries), "p");
        prop_assert_eq!(package.members().len(), members.len());
        for (idx, (_, bytes)) in members.iter().enumerate() {
            prop_assert_eq!(content_in_slices(&package, idx, n_bytes), Ok(bytes.clone()));
            let packed = opened(gzip(bytes), "p");
            prop_assert_eq!(content_in_slices(&packed, 0, n_bytes), Ok(bytes.clone()));
        }
    }

    #[test]
    fn no_bytes_do_harm(mut bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..400, letter in any::<u8>()) {
        bytes.splice(0..0, *b"PK\x03\x04");
        let _ = Package::open(bytes.clone(), "p");
        let mut sound = zip(&[Entry::new("a.csv", &bytes), Entry::stored("b.csv", &bytes)]);
        let at = at % sound.len();
        sound[at] = letter;
        if let Ok(package) = Package::open(sound, "p") {
            told_without_sizes(&package);
        }
    }
}

fn told_without_sizes(package: &Package) {
    for idx in 0..package.members().len() {
        let _ = content(package, idx);
    }
}
