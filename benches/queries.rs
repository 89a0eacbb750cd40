//! How long the engine takes to answer when the files are read: natively, on one core, in milliseconds.
//!
//! `cargo bench --bench queries` prints medians; `-- 1000000` asks for one number of rows. The first answer is
//! checked against what was drawn.

mod generate;
mod memory;

use std::collections::BTreeMap;
use std::fmt::Write;

use callscope::engine::session::Session;
use callscope::protocol::{
    BuildingColumn, BuildingGroup, BuildingsQuery, BuildingsView, Choices, Days, Media,
    NetworksQuery, PeopleQuery, PersonColumn, Request, Response, Sort, StreamsQuery, Window,
};
use generate::Tenant;
use generate::check::check;
use memory::{N_NETWORKS, load, read, say, timed};

const ROWS: [usize; 2] = [100_000, 1_000_000];
const N_RUNS: usize = 7;
/// 1 October 2026, the first day of the export, in days since 1970-01-01.
const FIRST_DAY: i32 = 20_727;
/// A table as long as tables get.
const N_GROUPS: u32 = 100_000;

fn main() {
    say("rows       question                                        median ms   slowest ms");
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
    let (buildings, streams) = many_groups();
    let mut bench = Bench {
        n_rows: N_GROUPS as usize,
        session: read(buildings.as_bytes(), streams.as_bytes()),
    };
    bench.questions_of_many_groups();
}

/// A building, a network and a person for each stream.
fn many_groups() -> (String, String) {
    let (mut buildings, mut streams) = (String::new(), String::new());
    streams.push_str("Second IP Address,Second UPN,Avg Jitter,Is Server Pair\n");
    for idx in 0..N_GROUPS {
        let address = std::net::Ipv4Addr::from(0x0a00_0000 | idx << 7);
        let jitter_ms = idx.wrapping_mul(2_654_435_761) % 60;
        writeln!(
            buildings,
            "{address}\tN\t25\tBuilding {jitter_ms} {idx}\t\t\t\tCity {}\t\tNO\t\t\t1\t0\t0",
            idx % 977
        )
        .expect("a String takes every word");
        writeln!(
            streams,
            "{address},p{idx}@contoso.com,{jitter_ms},Client : Server"
        )
        .expect("a String takes every word");
    }
    (buildings, streams)
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
        let second_week = Choices {
            days: Days {
                first: Some(FIRST_DAY + 7),
                last: Some(FIRST_DAY + 13),
            },
            ..audio
        };
        self.ask(
            "buildings, audio, one week",
            buildings(second_week),
            buildings(all),
        );
        self.days_add_up();
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

    fn questions_of_many_groups(&mut self) {
        let audio = Choices::default();
        let sorted = |by, first_idx: usize, search: &str| {
            let mut query = all_buildings(audio);
            query.sort.by = by;
            query.window = window(first_idx as u32, 60);
            search.clone_into(&mut query.search);
            Request::Buildings(query)
        };
        let scrolled = |n: usize| sorted(BuildingColumn::Jitter, 1_000 * n, "");
        self.ask("100,000 buildings: scrolled", scrolled, scrolled);
        let by_jitter = |_| sorted(BuildingColumn::Jitter, 0, "");
        let by_name = |_| sorted(BuildingColumn::Building, 0, "");
        let by_city = |_| sorted(BuildingColumn::City, 0, "");
        self.ask("100,000 buildings: sorted by a figure", by_jitter, by_name);
        self.ask("100,000 buildings: sorted by name", by_name, by_jitter);
        self.ask("100,000 buildings: sorted by city", by_city, by_jitter);
        let searched = |n: usize| sorted(BuildingColumn::Jitter, 0, &format!("building {n}"));
        self.ask("100,000 buildings: another search", searched, by_jitter);
        let people = |n: usize| Request::People(most_poor(audio, "", 1_000 * n as u32));
        self.ask("100,000 people: scrolled", people, people);
        let searched = |n: usize| Request::People(most_poor(audio, &format!("p1{n}"), 0));
        self.ask("100,000 people: another search", searched, searched);
    }

    /// The days of a building together are the building.
    fn days_add_up(&mut self) {
        let count = |view: BuildingsView| {
            let rows = view.rows.into_iter().map(|row| {
                let figures = row.figures;
                let counts = [figures.n_good, figures.n_poor, figures.n_unclassified];
                (format!("{:?}", row.group), counts)
            });
            rows.collect::<BTreeMap<_, _>>()
        };
        let whole = count(self.buildings(Choices::default()));
        let mut together: BTreeMap<String, [u64; 3]> = BTreeMap::new();
        // A call that begins late on the last day ends on the next one.
        for day in FIRST_DAY..FIRST_DAY + 31 {
            let days = Days {
                first: Some(day),
                last: Some(day),
            };
            let view = self.buildings(Choices {
                days,
                ..Choices::default()
            });
            for (group, counts) in count(view) {
                let known = together.entry(group).or_default();
                for (known, n) in known.iter_mut().zip(counts) {
                    *known += n;
                }
            }
        }
        assert_eq!(together, whole);
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
        window: window(0, u32::MAX),
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
        window: window(first_idx, 10),
    }
}

fn streams(choices: Choices, first_idx: u32) -> StreamsQuery {
    StreamsQuery {
        choices,
        building: None,
        window: window(first_idx, 60),
    }
}

fn networks_of(choices: Choices, building: BuildingGroup) -> NetworksQuery {
    NetworksQuery {
        choices,
        building,
        window: window(0, 60),
    }
}

fn window(first_idx: u32, n_rows: u32) -> Window {
    Window { first_idx, n_rows }
}
