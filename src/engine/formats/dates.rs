//! Dates such as `03/04/2026`, which the whole file has to decide: each is kept in both readings until then.

use std::collections::BTreeMap;

use super::table_block::ColumnPlan;
use super::time::TimeReading;
use crate::engine::diagnostic::{Diagnostics, Position};
use crate::engine::model::{
    column::{Column, NO_TIME},
    table::Table,
};
use crate::protocol::{DateOrder, ProblemCode};

/// The open dates of a file, column by column, and what they tell.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    open: BTreeMap<usize, Vec<OpenDate>>,
    /// Dates that only have a day-first reading.
    n_day_first: u64,
    /// Dates that only have a month-first reading.
    n_month_first: u64,
}

/// A date that can be read in two orders. A million of them are no rarity, so that it is kept small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OpenDate {
    pub(crate) row: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// `NO_TIME` if it is no date in that order.
    pub(crate) day_first: i64,
    /// Likewise.
    pub(crate) month_first: i64,
}

/// What the dates of a file say about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// No date leaves it open.
    NotAsked,
    /// The order of the file.
    Known(DateOrder),
    /// Every date can be read both ways; the first column of such dates, from 0.
    Open(usize),
}

impl Dates {
    /// Takes a date of a column and row whose order is open.
    pub(crate) fn push(
        &mut self,
        column: usize,
        row: usize,
        position: Position,
        reading: TimeReading,
    ) {
        let TimeReading::ByOrder {
            day_first,
            month_first,
        } = reading
        else {
            return;
        };
        let date = OpenDate {
            row: row as u32,
            line: position.line as u32,
            column: position.column,
            day_first: day_first.unwrap_or(NO_TIME),
            month_first: month_first.unwrap_or(NO_TIME),
        };
        self.push_open(column, date);
    }

    /// Takes over the dates of the next block, whose first row is this row of the file.
    pub(crate) fn append(&mut self, block: Self, first_row: usize) {
        let first_row = first_row as u32;
        self.n_day_first += block.n_day_first;
        self.n_month_first += block.n_month_first;
        for (column, dates) in block.open {
            let dates = dates.into_iter().map(|date| OpenDate {
                row: date.row + first_row,
                ..date
            });
            self.open.entry(column).or_default().extend(dates);
        }
    }

    /// Moves all dates so many lines down.
    pub(crate) fn shift_lines(&mut self, n_lines: u64) {
        for date in self.open.values_mut().flatten() {
            date.line += n_lines as u32;
        }
    }

    /// All open dates, column by column.
    pub(crate) fn open(&self) -> impl Iterator<Item = (usize, &[OpenDate])> {
        self.open
            .iter()
            .map(|(column, dates)| (*column, &dates[..]))
    }

    /// Takes the next open date of a column.
    pub(crate) fn push_open(&mut self, column: usize, date: OpenDate) {
        self.n_day_first += u64::from(date.month_first == NO_TIME);
        self.n_month_first += u64::from(date.day_first == NO_TIME);
        self.open.entry(column).or_default().push(date);
    }

    /// The order of day and month: the user's word, else the evidence of all dates together.
    pub(crate) fn order(&self, chosen: Option<DateOrder>) -> Order {
        let Some(column) = self.open.keys().next() else {
            return Order::NotAsked;
        };
        match (chosen, self.n_day_first, self.n_month_first) {
            (Some(order), _, _) => Order::Known(order),
            (None, 0, 0) => Order::Open(*column),
            (None, day, month) if day >= month => Order::Known(DateOrder::DayFirst),
            (None, _, _) => Order::Known(DateOrder::MonthFirst),
        }
    }

    /// Puts the dates into their columns, read in this order.
    pub(crate) fn settle(
        self,
        order: DateOrder,
        plan: &[ColumnPlan],
        table: &mut Table,
        diagnostics: &mut Diagnostics,
    ) {
        for (idx, dates) in self.open {
            let column = plan[idx]
                .field
                .and_then(|field| table.columns.get_mut(&field));
            let Some(Column::Time(times)) = column else {
                continue;
            };
            for date in dates {
                let time = match order {
                    DateOrder::DayFirst => date.day_first,
                    DateOrder::MonthFirst => date.month_first,
                };
                times[date.row as usize] = time;
                if time == NO_TIME {
                    let position = Position {
                        line: u64::from(date.line),
                        column: date.column,
                    };
                    diagnostics.cell(ProblemCode::DatesMixed, position);
                }
            }
        }
    }
}
