//! What benches share that read generated files from memory.

use std::time::Instant;

use callscope::engine::session::Session;
use callscope::protocol::{FileTicket, Role};

/// Networks of the building file.
pub(crate) const N_NETWORKS: usize = 5_000;

/// So much of a file is fed at a time.
pub(crate) const SLICE_BYTES: usize = 4 << 20;

/// Does some work; gives how many seconds it took, and what came of it.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

/// A session that has read a building file and an export.
pub(crate) fn read(buildings: &[u8], streams: &[u8]) -> Session {
    let mut session = Session::new(Role::Administrator);
    load(&mut session, 1, "buildings.tsv", buildings);
    load(&mut session, 2, "streams.csv", streams);
    session
}

/// Reads one more file.
pub(crate) fn load(session: &mut Session, id: u32, name: &str, bytes: &[u8]) {
    session.open(FileTicket {
        id,
        name: name.to_owned(),
        size_bytes: bytes.len() as u64,
    });
    for slice in bytes.chunks(SLICE_BYTES) {
        session.feed(id, slice);
    }
    session.finish(id);
}

#[expect(clippy::print_stdout, reason = "the table is what the bench is for")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
