//! How long the engine takes to answer when the files are read: natively, on one core, in milliseconds.
//!
//! `cargo bench --bench queries` prints medians; `-- 1000000` asks for one number of rows. The first answer is
//! checked against what was drawn.

mod generate;

use std::time::Instant;

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingColumn, BuildingGroup, BuildingsQuery, BuildingsView, Choices, FileTicket, Media,
    NetworksQuery, PeopleQuery, PersonColumn, Request, Response, Role, Sort, StreamsQuery, Window,
};
use generate::Tenant;
use generate::check::check;

const N_NETWORKS: usize = 5_000;
const ROWS: [usize; 2] = [100_000, 1_000_000];
const N_RUNS: usize = 7;
const SLICE_BYTES: usize = 4 << 20;

fn main() {
    say("rows       question                                      fastest ms    median ms");
    let asked = std::env::args().filter_map(|word| word.parse().ok());
    let asked: Vec<usize> = asked.collect();
    for n_rows in if asked.is_empty() {
        ROWS.to_vec()
    } else {
        asked
    } {
        let tenant = Tenant::new(N_NETWORKS, n_rows);
        let (mut buildings, mut streams) = (Vec::new(), Vec::new());
        tenant
            .write_buildings(&mut buildings)
            .expect("memory is enough");
        let expected = tenant
            .write_streams(&mut streams)
            .expect("memory is enough");
        let mut bench = Bench {
            n_rows,
            session: read(&buildings, &streams),
        };
        // A file that goes takes all that was worked out with it, and one that comes is read anew.
        bench.ask_anew("first answer: buildings", |session| {
            session.remove(1);
            load(session, 1, "buildings.tsv", &buildings);
        });
        check(&bench.buildings(Choices::default()), &expected);
        bench.questions();
    }
}

struct Bench {
    n_rows: usize,
    session: Session,
}

impl Bench {
    fn questions(&mut self) {
        let audio = Choices::default();
        let all = Choices {
            media: Media::All,
            ..audio
        };
        let buildings = |choices| move |_| Request::Buildings(all_buildings(choices));
        // Answers are kept, so that a question in between makes the next one a new one.
        self.ask("buildings, all media", buildings(all), buildings(audio));
        self.ask("buildings, audio", buildings(audio), buildings(all));
        let overview = |choices| move |_| Request::Overview(choices);
        self.ask("overview, audio", overview(audio), overview(all));
        let worst = |choices| move |_| Request::People(most_poor(choices, "", 0));
        self.ask(
            "ten people with most poor streams",
            worst(audio),
            worst(all),
        );
        let searched = |n: usize| Request::People(most_poor(audio, &format!("person.0{n}"), 0));
        self.ask("people: another search", searched, searched);
        let n_all = self.n_streams(audio);
        for (name, first_idx) in [("top", 0), ("middle", n_all / 2), ("end", n_all - 60)] {
            let window = move |n: usize| Request::Streams(streams(audio, first_idx + n as u32));
            self.ask(&format!("streams: window at the {name}"), window, window);
        }
        let anew = |choices| move |_| Request::Streams(streams(choices, 0));
        self.ask("streams: another medium", anew(audio), anew(all));
        let view = self.buildings(audio);
        let group = |idx: usize| view.rows[idx].group.clone();
        let (one, other) = (group(0), group(1));
        let networks = |building: BuildingGroup| {
            move |_: usize| Request::Networks(networks_of(audio, building.clone()))
        };
        self.ask(
            "networks of a building",
            networks(one.clone()),
            networks(other),
        );
        let not_mapped = networks(BuildingGroup::NotMapped);
        self.ask("networks not mapped", not_mapped, networks(one));
    }

    /// Times a question, with another one before each time.
    fn ask(
        &mut self,
        name: &str,
        question: impl Fn(usize) -> Request,
        between: impl Fn(usize) -> Request,
    ) {
        let times = (0..N_RUNS).map(|n| {
            self.session.answer(&between(n + N_RUNS));
            timed(|| self.session.answer(&question(n))).0
        });
        let times = times.collect();
        self.print(name, times);
    }

    fn ask_anew(&mut self, name: &str, make_new: impl Fn(&mut Session)) {
        let request = Request::Buildings(all_buildings(Choices::default()));
        let times = (0..N_RUNS).map(|_| {
            make_new(&mut self.session);
            timed(|| self.session.answer(&request)).0
        });
        let times = times.collect();
        self.print(name, times);
    }

    fn print(&self, name: &str, mut times: Vec<f64>) {
        times.sort_by(f64::total_cmp);
        let [median, slowest] = [times.len() / 2, times.len() - 1].map(|idx| 1e3 * times[idx]);
        let n_rows = self.n_rows;
        say(&format!(
            "{n_rows:<10} {name:<46} {median:>9.3} {slowest:>12.3}"
        ));
    }

    fn buildings(&mut self, choices: Choices) -> BuildingsView {
        match self
            .session
            .answer(&Request::Buildings(all_buildings(choices)))
        {
            Response::Buildings(view) => view,
            other => panic!("not buildings: {other:?}"),
        }
    }

    fn n_streams(&mut self, choices: Choices) -> u32 {
        match self.session.answer(&Request::Streams(streams(choices, 0))) {
            Response::Streams(view) => view.n_all,
            other => panic!("not streams: {other:?}"),
        }
    }
}

fn all_buildings(choices: Choices) -> BuildingsQuery {
    BuildingsQuery {
        choices,
        search: String::new(),
        sort: Sort {
            by: BuildingColumn::PoorPercent,
            descending: true,
        },
        window: Window {
            first_idx: 0,
            n_rows: u32::MAX,
        },
    }
}

fn most_poor(choices: Choices, search: &str, first_idx: u32) -> PeopleQuery {
    PeopleQuery {
        choices,
        search: search.to_owned(),
        sort: Sort {
            by: PersonColumn::Poor,
            descending: true,
        },
        window: Window {
            first_idx,
            n_rows: 10,
        },
    }
}

fn streams(choices: Choices, first_idx: u32) -> StreamsQuery {
    StreamsQuery {
        choices,
        building: None,
        window: Window {
            first_idx,
            n_rows: 60,
        },
    }
}

fn networks_of(choices: Choices, building: BuildingGroup) -> NetworksQuery {
    NetworksQuery {
        choices,
        building,
        window: Window {
            first_idx: 0,
            n_rows: 60,
        },
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

fn read(buildings: &[u8], streams: &[u8]) -> Session {
    let mut session = Session::new(Role::Administrator);
    load(&mut session, 1, "buildings.tsv", buildings);
    load(&mut session, 2, "streams.csv", streams);
    session
}

fn load(session: &mut Session, id: u32, name: &str, bytes: &[u8]) {
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
fn say(line: &str) {
    println!("{line}");
}
