//! Makes a building file and a stream export of any size, and the answer they have. What it says of the
//! files comes from the values it drew, not from reading them; only `check` knows answers of the engine.

pub(crate) mod check;
pub(crate) mod expected;
mod networks;
mod people;
mod random;
mod row;

use std::io::{self, Write};

use expected::Expected;
use networks::Network;
use people::{Person, Place};
use random::Random;
use row::{Cells, End, Figures, Stream};

const SEED: u64 = 0xbe4c_0000_ca11_5c0e;
const BLOCK_BYTES: usize = 1 << 16;

/// A tenant of a certain size; the same size gives the same bytes.
pub(crate) struct Tenant {
    n_rows: usize,
    networks: Vec<Network>,
    people: Vec<Person>,
}

impl Tenant {
    /// Draws a building file of so many networks, and the people for so many rows of streams.
    pub(crate) fn new(n_networks: usize, n_rows: usize) -> Self {
        let mut random = Random::new(SEED);
        let networks = networks::networks(n_networks, &mut random);
        let n_people = (n_rows / 50).clamp(500, 20_000);
        let people = people::people(n_people, &networks, &mut random);
        Self {
            n_rows,
            networks,
            people,
        }
    }

    /// Writes the building file.
    pub(crate) fn write_buildings(&self, out: &mut impl Write) -> io::Result<()> {
        networks::write(&self.networks, out)
    }

    /// Writes the stream export and says what is in it.
    pub(crate) fn write_streams(&self, out: &mut impl Write) -> io::Result<Expected> {
        let mut tally = expected::Tally::new(&self.networks);
        let mut cells = Cells::default();
        let mut random = Random::new(SEED + 1);
        let mut call = Call::default();
        row::write_headings(out)?;
        let mut n_written = 0;
        while n_written < self.n_rows {
            call.next_leg(&mut random);
            let ends = Ends::draw(&self.people, &mut random);
            let media = LEGS[random.idx(LEGS.len())];
            for (idx, media) in media.iter().take(self.n_rows - n_written).enumerate() {
                let stream = stream(&call, &ends, media, idx % 2 == 0, &mut random);
                row::write(&stream, &mut cells);
                tally.add(&stream);
                n_written += 1;
            }
            if cells.0.len() > BLOCK_BYTES {
                out.write_all(&cells.0)?;
                cells.0.clear();
            }
        }
        out.write_all(&cells.0)?;
        Ok(tally.finish())
    }
}

#[derive(Default)]
struct Call {
    id: String,
    start_s: u32,
    seconds: u32,
    n_legs_left: u32,
}

impl Call {
    fn next_leg(&mut self, random: &mut Random) {
        if self.n_legs_left == 0 {
            let start_s = random.below(30 * 86_400 - 6_000);
            *self = Self {
                id: random.guid(),
                start_s,
                seconds: 0,
                n_legs_left: 1 + random.below(8),
            };
        }
        self.n_legs_left -= 1;
        self.seconds = 20 + random.below(5_400);
    }
}

struct Ends<'a> {
    first: Option<(&'a Person, Place)>,
    second: (Option<&'a Person>, Place),
    server: Place,
}

impl<'a> Ends<'a> {
    fn draw(people: &'a [Person], random: &mut Random) -> Self {
        let mut somebody = || {
            let person = random.pick(people);
            let mut place = random.pick(&person.places).clone();
            if random.percent(1) {
                // The service writes this where it knows nothing.
                place.address = Some(std::net::Ipv4Addr::UNSPECIFIED.into());
            }
            (person, place)
        };
        let (first, second) = (somebody(), somebody());
        let is_anonymous = random.percent(3);
        Self {
            first: random.percent(12).then_some(first),
            second: ((!is_anonymous).then_some(second.0), second.1),
            server: people::server(random),
        }
    }
}

/// The streams of a leg; audio goes both ways.
const LEGS: [&[&str]; 6] = [
    &["Audio", "Audio"],
    &["Audio", "Audio"],
    &["Audio", "Audio", "Video"],
    &["Audio", "Audio", "VBSS"],
    &["Audio", "Audio", "Video", "Video"],
    &["Audio", "Audio", "AppSharing"],
];

fn stream<'a>(
    call: &'a Call,
    ends: &'a Ends<'_>,
    media: &'static str,
    is_to_second: bool,
    random: &mut Random,
) -> Stream<'a> {
    let first = match &ends.first {
        Some((person, place)) => End {
            person: Some(person),
            place,
            is_server: false,
        },
        None => End {
            person: None,
            place: &ends.server,
            is_server: true,
        },
    };
    Stream {
        call_id: &call.id,
        start_s: call.start_s,
        seconds: call.seconds,
        media,
        is_to_second,
        first,
        second: End {
            person: ends.second.0,
            place: &ends.second.1,
            is_server: false,
        },
        is_tcp: random.percent(4),
        is_failed: random.percent(1),
        figures: figures(call.seconds, random),
    }
}

/// Draws what was measured: now and then nothing, too much, too little to judge, or exactly the limit.
fn figures(seconds: u32, random: &mut Random) -> Figures {
    if random.percent(6) {
        return Figures::default();
    }
    let mut figure = |usual_below: u32, limit: u32| match random.below(200) {
        0 | 1 => Some(limit + 1 + random.below(limit)),
        2 => Some(limit),
        3 => None,
        _ => Some(random.below(usual_below)),
    };
    Figures {
        jitter_100th_ms: figure(1_800, 3_000),
        loss_per_100_000: figure(1_200, 10_000),
        round_trip_10th_ms: figure(2_600, 5_000),
        frame_rate_100th: figure(3_000, 4_000).map(|rate| rate.min(4_000)),
        n_packets: match random.below(100) {
            0..5 => Some(random.below(501)),
            5 => Some(500),
            6 => None,
            _ => Some(seconds * 45),
        },
    }
}
