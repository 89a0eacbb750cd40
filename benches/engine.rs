//! The engine on generated exports, beside a plain newline count of the same bytes. Every answer is checked.
//!
//! `cargo bench --bench engine` measures in memory. For the comparison with other tools (`benches/compare`),
//! `-- write FOLDER ROWS…` writes the files and their answers, and `-- read BUILDINGS STREAMS` reads them.

mod disk;
mod generate;
mod memory;

use std::hint::black_box;
use std::path::Path;

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingColumn, BuildingsQuery, BuildingsView, Choices, Request, Response, Sort, Window,
};
use generate::Tenant;
use generate::check::check;
use memory::{N_NETWORKS, read, say, timed};

const ROWS: [usize; 2] = [100_000, 1_000_000];
const N_RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    match arguments.as_slice() {
        [word, folder, rows @ ..] if word == "write" => {
            let rows: Vec<usize> = rows
                .iter()
                .map(|rows| rows.parse().expect("a number of rows"))
                .collect();
            disk::write(Path::new(folder), &rows).expect("there is room");
        }
        [word, buildings, streams] if word == "read" => {
            disk::read(Path::new(buildings), Path::new(streams)).expect("the files can be read");
        }
        _ => measure(),
    }
}

fn measure() {
    say("rows       MB   read s   MB/s   rows/s     answer s  newlines s  newlines MB/s");
    for n_rows in ROWS {
        let tenant = Tenant::new(N_NETWORKS, n_rows);
        let (mut buildings, mut streams) = (Vec::new(), Vec::new());
        tenant
            .write_buildings(&mut buildings)
            .expect("memory is enough");
        let expected = tenant
            .write_streams(&mut streams)
            .expect("memory is enough");
        let mut runs: Vec<[f64; 3]> = (0..N_RUNS)
            .map(|_| {
                let (newlines_s, _) =
                    timed(|| black_box(memchr::memchr_iter(b'\n', &streams).count()));
                let (read_s, mut session) = timed(|| read(&buildings, &streams));
                let (answer_s, view) = timed(|| ask(&mut session));
                check(&view, &expected);
                [read_s, answer_s, newlines_s]
            })
            .collect();
        let mut median = |idx: usize| {
            runs.sort_by(|a, b| a[idx].total_cmp(&b[idx]));
            runs[N_RUNS / 2][idx]
        };
        let megabytes = streams.len() as f64 / 1e6;
        let (read_s, answer_s, newlines_s) = (median(0), median(1), median(2));
        say(&format!(
            "{n_rows:<9} {megabytes:>4.0} {read_s:>8.3} {:>6.0} {:>8.0} {answer_s:>12.3} {newlines_s:>11.3} {:>14.0}",
            megabytes / read_s,
            n_rows as f64 / read_s,
            megabytes / newlines_s,
        ));
    }
}

fn ask(session: &mut Session) -> BuildingsView {
    let query = BuildingsQuery {
        choices: Choices::default(),
        search: String::new(),
        sort: Sort {
            by: BuildingColumn::PoorPercent,
            descending: true,
        },
        window: Window {
            first_idx: 0,
            n_rows: u32::MAX,
        },
    };
    match session.answer(&Request::Buildings(query)) {
        Response::Buildings(view) => view,
        other => panic!("not buildings: {other:?}"),
    }
}
