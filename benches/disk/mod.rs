//! The files on disk: written for every tool of the comparison, and read here as one of the tools.

mod answers;

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process;
use std::time::Instant;

use callscope::engine::session::Session;
use callscope::protocol::{BuildingGroup, BuildingsView, FileTicket, Role};
use serde_json::{Map, Value, json};

use crate::ask;
use crate::generate::{Tenant, expected::NOT_MAPPED};
use crate::memory::{N_NETWORKS, SLICE_BYTES, say};

/// Writes `buildings.tsv`, and an export and its answers for each number of rows.
pub(crate) fn write(folder: &Path, rows: &[usize]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let create = |name: String| File::create(folder.join(name)).map(BufWriter::new);
    for &n_rows in rows {
        let tenant = Tenant::new(N_NETWORKS, n_rows);
        tenant.write_buildings(&mut create("buildings.tsv".to_owned())?)?;
        let mut streams = create(format!("streams-{n_rows}.csv"))?;
        let expected = tenant.write_streams(&mut streams)?;
        streams.flush()?;
        let mut expectations = create(format!("answers-{n_rows}.json"))?;
        answers::write(&expected, n_rows, &mut expectations)?;
    }
    Ok(())
}

/// Reads a building file and an export, and prints one line of JSON: how long that took, and the answer.
/// Then waits for the end of its input, so that whoever started it can see how much memory it took.
pub(crate) fn read(buildings: &Path, streams: &Path) -> io::Result<()> {
    let start = Instant::now();
    let mut session = Session::new(Role::Administrator);
    for (id, path) in [(1, buildings), (2, streams)] {
        let mut file = File::open(path)?;
        session.open(FileTicket {
            id,
            name: path.display().to_string(),
            size_bytes: file.metadata()?.len(),
        });
        let mut slice = vec![0; SLICE_BYTES];
        loop {
            let n_bytes = file.read(&mut slice)?;
            if n_bytes == 0 {
                break;
            }
            session.feed(id, &slice[..n_bytes]);
        }
        session.finish(id);
    }
    let view = ask(&mut session);
    let seconds = start.elapsed().as_secs_f64();
    let line = json!({ "pid": process::id(), "seconds": seconds, "buildings": figures(&view) });
    say(&line.to_string());
    io::stdin().read_to_end(&mut Vec::new()).map(drop)
}

/// `[streams, good, poor, people]` of each building by name.
fn figures(view: &BuildingsView) -> Map<String, Value> {
    let rows = view.rows.iter().map(|row| {
        let name = match &row.group {
            BuildingGroup::Building(name) => name,
            _ => NOT_MAPPED,
        };
        let of = &row.figures;
        let figures = json!([of.n_streams, of.n_good, of.n_poor, of.n_people]);
        (name.to_owned(), figures)
    });
    rows.collect()
}
