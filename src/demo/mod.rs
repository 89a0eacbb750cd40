//! The demo tenant: a building file and a stream export made from a seed, as the bytes of real files.
//! Everybody and everything in it is invented; addresses and numbers are those kept for examples.

mod buildings;
mod calls;
mod cells;
mod columns;
mod figures;
mod people;
mod random;
mod spots;
mod stories;
#[cfg(test)]
mod tests;

pub use stories::{STORIES, Story};

use cells::Cells;
use columns::COLUMNS;
use random::Random;

const SEED: u64 = 0x0ca1_15c0_be00_2026;
const N_STREAMS: usize = 40_000;
const BYTES_PER_STREAM: usize = 640;

/// The names of the two files.
pub const DEMO_NAMES: [&str; 2] = [
    "contoso-buildings.tsv",
    "contoso-streams-2026-09-02-to-2026-10-31.csv",
];

/// Makes the building file and the stream export, as they would lie on a disk; they are the same each time.
pub fn demo_files() -> [Vec<u8>; 2] {
    let mut random = Random::new(SEED);
    let buildings = buildings::buildings();
    let people = people::people(&buildings, &mut random);
    let mut cells = Cells::with_capacity(N_STREAMS * BYTES_PER_STREAM);
    row(&mut cells, |column, cells| cells.text(COLUMNS[column].0));
    calls::streams(N_STREAMS, &buildings, &people, &mut random, |stream| {
        row(&mut cells, |column, cells| {
            COLUMNS[column].1.write(stream, cells);
        });
    });
    [buildings::building_file(&buildings), cells.into_bytes()]
}

fn row(cells: &mut Cells, write: impl Fn(usize, &mut Cells)) {
    for column in 0..COLUMNS.len() {
        if column > 0 {
            cells.byte(b',');
        }
        write(column, cells);
    }
    cells.byte(b'\r');
    cells.byte(b'\n');
}
