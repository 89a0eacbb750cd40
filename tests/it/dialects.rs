//! A table written in any dialect reads back the same, wherever it is cut.

use callscope::engine::fields::fields;
use callscope::engine::formats::{Content, Intake, cell};
use callscope::protocol::ReadSettings;
use proptest::prelude::*;

/// How a table is written.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own that a writer has"
)]
struct Dialect {
    delimiter: char,
    line_end: &'static str,
    quotes_all: bool,
    decimal_comma: bool,
    dotted_dates: bool,
    encoding: Encoding,
    ends_with_line_end: bool,
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
    Utf16WithoutMark,
}

/// A row: who, jitter in thousandths of a millisecond, day of October 2026.
type Row = (String, i32, i64);

fn dialects() -> impl Strategy<Value = Dialect> {
    let encodings = vec![
        Encoding::Utf8,
        Encoding::Utf8WithMark,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Utf16WithoutMark,
    ];
    (
        prop::sample::select(vec!['\t', ',', ';', '|']),
        prop::sample::select(vec!["\n", "\r\n"]),
        any::<[bool; 4]>(),
        prop::sample::select(encodings),
    )
        .prop_map(|(delimiter, line_end, flags, encoding)| Dialect {
            delimiter,
            line_end,
            quotes_all: flags[0],
            // With the comma between cells a decimal comma needs the user's word.
            decimal_comma: flags[1] && delimiter != ',',
            dotted_dates: flags[2],
            encoding,
            ends_with_line_end: flags[3],
        })
}

impl Dialect {
    fn write(self, rows: &[Row]) -> Vec<u8> {
        let mut lines =
            vec![self.line(["Second UPN", "Avg Jitter", "End Time"].map(str::to_owned))];
        for (who, thousandths, day) in rows {
            let mut jitter = (f64::from(*thousandths) / 1000.0).to_string();
            if self.decimal_comma {
                jitter = jitter.replace('.', ",");
            }
            let date = if self.dotted_dates {
                format!("{day:02}.10.2026")
            } else {
                format!("2026-10-{day:02}")
            };
            lines.push(self.line([who.clone(), jitter, date]));
        }
        let mut text = lines.join(self.line_end);
        if self.ends_with_line_end {
            text += self.line_end;
        }
        let utf16 = |text: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(to_bytes).collect()
        };
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf8WithMark => format!("\u{FEFF}{text}").into_bytes(),
            Encoding::Utf16Le => utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes),
            Encoding::Utf16Be => utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes),
            Encoding::Utf16WithoutMark => utf16(&text, u16::to_le_bytes),
        }
    }

    fn line(self, cells: [String; 3]) -> String {
        let quoted = cells.map(|cell| {
            let needs_quotes = cell.contains([self.delimiter, '"', '\n', '\r']);
            if needs_quotes || self.quotes_all {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        });
        quoted.join(&self.delimiter.to_string())
    }
}

fn read(bytes: &[u8], slice_bytes: usize) -> Vec<Row> {
    let mut intake = Intake::new(ReadSettings::default());
    for slice in bytes.chunks(slice_bytes) {
        intake.feed(slice);
    }
    let loaded = intake.finish().expect("the file is read");
    let Content::Streams(table) = loaded.result.content else {
        panic!("no streams");
    };
    let who = table.text(fields().named("Second UPN")).expect("names");
    let jitter = table
        .numbers(fields().named("Avg Jitter"))
        .expect("numbers");
    let times = table.times(fields().named("End Time")).expect("times");
    (0..table.n_rows)
        .map(|row| {
            let day = times[row] / 86_400_000 - 20_726;
            (
                who.words(row).unwrap_or_default(),
                (jitter.get(row) * 1000.0).round() as i32,
                day,
            )
        })
        .collect()
}

proptest! {
    #[test]
    fn a_table_in_any_dialect_reads_back(
        rows in prop::collection::vec(
            ("[a-zäЖ漢🦀=+@<>&;,|\t\"\n]{0,12}x", 0..9_999_999i32, 1..31i64), 1..12),
        dialect in dialects(),
        slice_bytes in prop::sample::select(vec![1, 2, 3, 7, 64, 100_000]),
    ) {
        // Blanks around a cell are not kept, and some words stand for nothing.
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|(who, jitter, day)| (who.trim().to_owned(), jitter, day))
            .filter(|(who, ..)| !cell::is_blank(who.as_bytes()))
            .collect();
        prop_assume!(!rows.is_empty());
        prop_assert_eq!(read(&dialect.write(&rows), slice_bytes), rows);
    }
}
