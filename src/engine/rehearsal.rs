//! Reads a made-up building file and export and answers its first views, while nobody has chosen a file yet.
//!
//! A browser compiles a function in a hurry when it is first called, and for speed when it has run for a while: the
//! first file would be read by slow functions until then. All workers share what one of them had compiled.

use std::fmt::Write;

use super::formats::{RangeRead, RangeReader, ReaderId, Rest};
use super::session::Session;
use crate::protocol::{
    BuildingColumn, BuildingsQuery, Choices, FileId, FileTicket, Request, Role, Sort, Window,
};

/// So many rows are made, and stand in the file so often: few enough for a single range.
const N_ROWS: u32 = 4_000;
const N_TIMES: u64 = 5;

/// So much of it shows what it is.
const HEAD_BYTES: usize = 96 << 10;

/// So much of the export is read in a step, and so many rows of the building file: it takes ten milliseconds at most.
const STEP_BYTES: usize = 256 << 10;
const STEP_NETWORKS: u32 = 400;

/// So many questions are answered, Overview and Buildings in turn.
const N_ANSWERS: u32 = 8;

const BUILDINGS: FileId = 0;
const STREAMS: FileId = 1;
const READER: ReaderId = 0;

/// So many networks are made: fewer do not keep the browser busy for long enough.
const N_NETWORKS: u32 = 4_000;

const HEADINGS: &str = "Conference Id,Start Time,End Time,Media Type,Is Server Pair,First UPN,Second UPN,\
    Second User ObjectId,First IP Address,Second IP Address,Second Subnet,Second Reflexive Local IP,\
    Second Tenant Id,First UserType,Second UserType,Second User Agent Category,First Connectivity Ice,Transport,\
    Avg Jitter,Avg Packet Loss Rate,Avg Round Trip,Avg Packet Utilization,Avg Video Frame Rate\n";

/// A rehearsal, step by step.
pub struct Rehearsal {
    session: Session,
    /// So many rows of the building file were read.
    n_networks: u32,
    headings_and_rows: String,
    /// None once everything is read.
    reader: Option<RangeReader>,
    /// The next byte that is read.
    at: usize,
    n_answers: u32,
}

impl Rehearsal {
    /// Before its first step; `None` if a made-up export cannot be read in ranges.
    pub fn new() -> Option<Self> {
        let mut headings_and_rows = HEADINGS.to_owned();
        (0..N_ROWS).for_each(|row| push_row(&mut headings_and_rows, row));
        let n_row_bytes = headings_and_rows.len() - HEADINGS.len();
        let size_bytes = HEADINGS.len() as u64 + n_row_bytes as u64 * N_TIMES;
        let mut session = Session::new(Role::Administrator);
        for (id, size_bytes) in [(BUILDINGS, 0), (STREAMS, size_bytes)] {
            session.open(FileTicket {
                id,
                name: String::new(),
                size_bytes,
            });
        }
        let head = &headings_and_rows.as_bytes()[..HEAD_BYTES];
        session.feed(STREAMS, head);
        let settings = session.begin_ranges(STREAMS)?;
        let mut reader = RangeReader::new(settings, head)?;
        let run = session.next_run(STREAMS, 1);
        let at = run.first()?.from as usize;
        reader.begin(run);
        Some(Self {
            session,
            n_networks: 0,
            headings_and_rows,
            reader: Some(reader),
            at,
            n_answers: 0,
        })
    }

    /// Goes on for some milliseconds. Gives whether there is more to do.
    pub fn step(&mut self) -> bool {
        if self.n_networks < N_NETWORKS {
            self.read_networks();
            return true;
        }
        match self.reader.take() {
            Some(reader) => self.read(reader),
            None => self.ask(),
        }
        self.n_answers < N_ANSWERS
    }

    fn read_networks(&mut self) {
        let behind = N_NETWORKS.min(self.n_networks + STEP_NETWORKS);
        let rows: String = (self.n_networks..behind).map(network).collect();
        self.session.feed(BUILDINGS, rows.as_bytes());
        self.n_networks = behind;
        if behind == N_NETWORKS {
            self.session.finish(BUILDINGS);
        }
    }

    fn read(&mut self, mut reader: RangeReader) {
        let (headings, rows) = self.headings_and_rows.split_at(HEADINGS.len());
        let n_left = headings.len() + rows.len() * N_TIMES as usize - self.at;
        let n_bytes = STEP_BYTES.min(n_left);
        let at = &mut self.at;
        reader.feed(n_bytes, |mut room| {
            while !room.is_empty() {
                let bytes = match at.checked_sub(headings.len()) {
                    None => &headings[*at..],
                    Some(behind) => &rows[behind % rows.len()..],
                };
                let n_now = bytes.len().min(room.len());
                let (now, later) = room.split_at_mut(n_now);
                now.copy_from_slice(&bytes.as_bytes()[..n_now]);
                *at += n_now;
                room = later;
            }
        });
        let mut rest = Rest::Ranges;
        reader.hand_out(&mut |read| {
            let mut bytes = Vec::new();
            let complaints = read.to_wire(&mut bytes);
            let read = RangeRead::from_wire(&bytes, complaints);
            rest = self.session.take_range(STREAMS, READER, read);
        });
        if rest == Rest::Ranges && n_bytes > 0 {
            self.reader = Some(reader);
        } else {
            self.session.finish(STREAMS);
        }
    }

    fn ask(&mut self) {
        self.n_answers += 1;
        self.session.forget_answers();
        let request = if self.n_answers.is_multiple_of(2) {
            Request::Overview(Choices::default())
        } else {
            Request::Buildings(worst_buildings())
        };
        self.session.answer(&request);
    }
}

/// The buildings with the most poor streams.
fn worst_buildings() -> BuildingsQuery {
    BuildingsQuery {
        choices: Choices::default(),
        search: String::new(),
        sort: Sort {
            by: BuildingColumn::Poor,
            descending: true,
        },
        window: Window {
            first_idx: 0,
            n_rows: 150,
        },
    }
}

/// A row of the building file: the networks in which the streams' addresses lie.
fn network(idx: u32) -> String {
    let [.., third, last] = (idx * 16).to_be_bytes();
    format!(
        "10.0.{third}.{last}\tNetwork {idx}\t28\tHarbor {}\tOwn\tOffice\t\tOslo\t0001\tNO\t\tEurope\t1\t0\t0\n",
        idx % 50
    )
}

/// Appends a row: columns of few and of many texts, times, numbers of all kinds, empty cells.
fn push_row(text: &mut String, row: u32) {
    // A call is told in several rows.
    let (call, end) = (row / 3, row / 2);
    let [.., third, last] = (end * 31).to_be_bytes();
    let media = ["Video", "Audio", "Audio", "Audio"][row as usize % 4];
    // A text takes whatever is written to it.
    let _ = writeln!(
        text,
        "{call:08x}-0000-4000-8000-{call:012x},2026-01-{:02}T10:{:02}:00,2026-01-{:02}T11:{:02}:00,{media},\
         Client : Client,person{call}@example.com,person{end}@example.com,{end:08x}-0000-4000-8000-000000000000,\
         192.0.{third}.{last},10.0.{third}.{last},10.0.{third}.0,203.0.113.{last},\
         11111111-0000-4000-8000-000000000000,\
         User,User,Microsoft Teams,DIRECT,UDP,{}.{},0.00{},{}.5,{},",
        row % 28 + 1,
        row % 60,
        row % 28 + 1,
        row % 60,
        row % 40,
        row % 100,
        row % 990,
        row % 700,
        row * 7,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{BuildingGroup, Response};

    #[test]
    fn a_rehearsal_reads_all_its_rows_and_has_a_view() {
        let mut rehearsal = Rehearsal::new().expect("it is an export");
        while rehearsal.step() {}
        let cards = rehearsal.session.cards();
        assert!(
            cards.iter().all(|card| card.problems.is_empty()),
            "{cards:#?}"
        );
        assert_eq!(cards[0].rows.used, u64::from(N_NETWORKS));
        assert_eq!(cards[1].rows.used, u64::from(N_ROWS) * N_TIMES);
        let found = rehearsal
            .session
            .answer(&Request::Overview(Choices::default()));
        let Response::Overview(overview) = found else {
            panic!("{found:?}");
        };
        let total = overview.total.expect("streams have figures");
        assert_eq!(total.n_streams, 15_000);
        assert!(!overview.worst.is_empty());
        let found = rehearsal
            .session
            .answer(&Request::Buildings(worst_buildings()));
        let Response::Buildings(buildings) = found else {
            panic!("{found:?}");
        };
        let harbor = BuildingGroup::Building("Harbor 0".to_owned());
        assert!(buildings.rows.iter().any(|row| row.group == harbor));
    }
}
