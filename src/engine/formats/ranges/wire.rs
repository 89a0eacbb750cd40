//! What a reader made of a range, as bytes that cross from its memory to the engine's.
//!
//! Numbers stand with their low byte first. Complaints go beside the bytes: there are few of them.

use super::RangeRead;
use crate::engine::diagnostic::{Complaints, Diagnostics};
use crate::engine::formats::{
    dates::OpenDate,
    table_block::{BlockColumn, TableBlock},
};
use crate::engine::model::{
    codes::Codes,
    numbers::{Numbers, Parts},
    texts::Texts,
};
use crate::engine::sorting;
use crate::protocol::RowCounts;

impl RangeRead {
    /// The bytes, in place of what `bytes` held before, and the complaints.
    pub fn to_wire(&mut self, bytes: &mut Vec<u8>) -> Complaints {
        let block = &mut self.block;
        bytes.clear();
        let mut out = Writer { bytes };
        for number in [
            u64::from(self.idx),
            self.start,
            self.end,
            self.n_lines,
            self.piece,
            u64::from(self.is_odd),
            block.rows.read,
            block.rows.used,
            block.rows.duplicates,
            block.rows.rejected,
            block.rows.blank,
            block.n_decimal_commas,
            block.n_numbers,
        ] {
            out.number(number);
        }
        out.list(&block.lines);
        let with_sign: Vec<u32> = block.with_sign.iter().map(|idx| *idx as u32).collect();
        out.list(&with_sign);
        for starts in &block.run_starts {
            out.list(starts);
        }
        let dates: Vec<_> = block.dates.open().collect();
        out.number(dates.len() as u64);
        for (column, dates) in dates {
            out.number(column as u64);
            out.number(dates.len() as u64);
            for date in dates {
                out.bytes.extend(date.row.to_le_bytes());
                out.bytes.extend(date.line.to_le_bytes());
                out.bytes.extend(date.column.to_le_bytes());
                out.bytes.extend(date.day_first.to_le_bytes());
                out.bytes.extend(date.month_first.to_le_bytes());
            }
        }
        out.number(block.columns.len() as u64);
        for column in &block.columns {
            out.column(column);
        }
        std::mem::take(&mut block.diagnostics).into_complaints()
    }

    /// The other way round. The bytes must come from `to_wire`.
    pub fn from_wire(source: &dyn Source, complaints: Complaints) -> Self {
        let mut wire = Wire { source, at: 0 };
        let [idx, start, end, n_lines, piece, is_odd] = wire.numbers();
        let [read, used, duplicates, rejected, blank] = wire.numbers();
        let [n_decimal_commas, n_numbers] = wire.numbers();
        let mut block = TableBlock {
            rows: RowCounts {
                read,
                used,
                duplicates,
                rejected,
                blank,
            },
            n_decimal_commas,
            n_numbers,
            lines: wire.list(),
            diagnostics: Diagnostics::of_complaints(complaints),
            ..TableBlock::default()
        };
        let with_sign: Vec<u32> = wire.list();
        block.run_starts = [wire.list(), wire.list()];
        block.with_sign = sorting::set(with_sign.into_iter().map(|idx| idx as usize));
        for _ in 0..wire.number() {
            let [column, n_dates] = wire.numbers();
            for _ in 0..n_dates {
                let date = OpenDate {
                    row: u32::from_le_bytes(wire.take()),
                    line: u32::from_le_bytes(wire.take()),
                    column: u32::from_le_bytes(wire.take()),
                    day_first: i64::from_le_bytes(wire.take()),
                    month_first: i64::from_le_bytes(wire.take()),
                };
                block.dates.push_open(column as usize, date);
            }
        }
        let n_columns = wire.number();
        block.columns = (0..n_columns).map(|_| wire.column()).collect();
        Self {
            idx: idx as u32,
            start,
            end,
            n_lines,
            piece,
            is_odd: is_odd == 1,
            block,
        }
    }
}

const SKIPPED: u64 = 0;
const TEXT: u64 = 1;
const NUMBER: u64 = 2;
const TIME: u64 = 3;

struct Writer<'wire> {
    bytes: &'wire mut Vec<u8>,
}

impl Writer<'_> {
    fn number(&mut self, number: u64) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn list<T: bytemuck::Pod>(&mut self, values: &[T]) {
        self.number(values.len() as u64);
        self.bytes.extend_from_slice(bytemuck::cast_slice(values));
    }

    fn column(&mut self, column: &BlockColumn) {
        match column {
            BlockColumn::Skipped => self.number(SKIPPED),
            BlockColumn::Text { codes, texts } => {
                self.number(TEXT);
                self.codes(codes);
                let (bytes, ends) = texts.as_parts();
                self.list(bytes);
                self.list(ends);
            }
            BlockColumn::Number(values) => self.numbers(&Numbers::packed(values)),
            BlockColumn::Packed(values) => self.numbers(values),
            BlockColumn::Time(values) => {
                self.number(TIME);
                self.list(values);
            }
        }
    }

    fn numbers(&mut self, numbers: &Numbers) {
        self.number(NUMBER);
        match numbers.parts() {
            Parts::Short(decimals, values) => {
                self.number(2);
                self.number(decimals.into());
                self.list(values);
            }
            Parts::Middle(decimals, values) => {
                self.number(4);
                self.number(decimals.into());
                self.list(values);
            }
            Parts::Exact(values) => {
                self.number(8);
                self.list(values);
            }
        }
    }

    fn codes(&mut self, codes: &Codes) {
        match codes {
            Codes::Narrow(codes) => {
                self.number(1);
                self.list(codes);
            }
            Codes::Middle(codes) => {
                self.number(2);
                self.list(codes);
            }
            Codes::Wide(codes) => {
                self.number(4);
                self.list(codes);
            }
        }
    }
}

/// Where bytes come from that are copied piece by piece, each straight to its place.
pub trait Source {
    /// Copies the bytes from this place on.
    fn copy(&self, from: usize, into: &mut [u8]);
}

impl Source for Vec<u8> {
    fn copy(&self, from: usize, into: &mut [u8]) {
        into.copy_from_slice(&self[from..from + into.len()]);
    }
}

/// The bytes from a place on.
struct Wire<'source> {
    source: &'source dyn Source,
    at: usize,
}

impl Wire<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.source.copy(self.at, &mut bytes);
        self.at += N;
        bytes
    }

    fn number(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }

    fn numbers<const N: usize>(&mut self) -> [u64; N] {
        std::array::from_fn(|_| self.number())
    }

    fn list<T: bytemuck::Pod>(&mut self) -> Vec<T> {
        let mut values = vec![T::zeroed(); self.number() as usize];
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut values);
        self.source.copy(self.at, bytes);
        self.at += bytes.len();
        values
    }

    fn column(&mut self) -> BlockColumn {
        match self.number() {
            TEXT => BlockColumn::Text {
                codes: match self.number() {
                    1 => Codes::Narrow(self.list()),
                    2 => Codes::Middle(self.list()),
                    _ => Codes::Wide(self.list()),
                },
                texts: Texts::from_parts(self.list(), self.list()),
            },
            NUMBER => BlockColumn::Packed(match self.number() {
                2 => Numbers::of_short(self.number() as u8, self.list()),
                4 => Numbers::of_middle(self.number() as u8, self.list()),
                _ => Numbers::of_exact(self.list()),
            }),
            TIME => BlockColumn::Time(self.list()),
            _ => BlockColumn::Skipped,
        }
    }
}
