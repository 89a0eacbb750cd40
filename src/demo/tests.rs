//! Reads the demo's bytes back with a scan of its own and looks for what was planted.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::Ipv4Addr;
use std::sync::LazyLock;

use super::stories::{
    ACCESS_POINT_BSSID, ACCESS_POINT_BUILDING, CHANGED_BUILDING, DRIVER, DRIVER_VERSION, HEADSET,
    MISSING_NETWORK_BUILDING, PROXY_BUILDING, VPN_BUILDING,
};
use super::{STORIES, demo_files};
use crate::engine::fields::fields;

/// The demo as text: the rows of both files, and for each stream the rows of its ends' networks.
struct Demo {
    networks: Vec<Vec<&'static str>>,
    headings: Vec<String>,
    streams: Vec<Vec<String>>,
    network_idx_of_address: HashMap<String, Option<usize>>,
}

static FILES: LazyLock<[String; 2]> =
    LazyLock::new(|| demo_files().map(|bytes| String::from_utf8(bytes).expect("UTF-8")));

static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let [buildings, streams] = &*FILES;
    let networks: Vec<Vec<&str>> = buildings
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let mut lines = streams.lines().map(cells);
    let headings = lines.next().expect("a header row");
    let mut demo = Demo {
        networks,
        headings,
        streams: lines.collect(),
        network_idx_of_address: HashMap::new(),
    };
    let mut addresses = BTreeSet::new();
    for row in &demo.streams {
        for end in ["First", "Second"] {
            addresses.insert(demo.cell(row, &format!("{end} IP Address")).to_owned());
        }
    }
    demo.network_idx_of_address = addresses
        .into_iter()
        .map(|address| (address.clone(), demo.longest_match(&address)))
        .collect();
    demo
});

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().expect("a cell").push(c),
        }
    }
    cells
}

impl Demo {
    fn cell<'a>(&self, row: &'a [String], heading: &str) -> &'a str {
        let column = self
            .headings
            .iter()
            .position(|name| name == heading)
            .expect("a heading of the demo");
        &row[column]
    }

    fn longest_match(&self, address: &str) -> Option<usize> {
        let address = u32::from(address.parse::<Ipv4Addr>().ok()?);
        let contains = |network: &&(usize, u32, u32)| {
            let shift = 32 - network.2;
            address >> shift == network.1 >> shift
        };
        let rows = self.networks.iter().enumerate().filter_map(|(idx, row)| {
            let first = row[0].parse::<Ipv4Addr>().ok()?;
            Some((idx, u32::from(first), row[2].parse().expect("a prefix")))
        });
        rows.collect::<Vec<_>>()
            .iter()
            .filter(contains)
            .max_by_key(|network| network.2)
            .map(|network| network.0)
    }

    /// The building-file rows of the ends that are clients.
    fn networks_of<'a>(
        &'a self,
        row: &'a [String],
    ) -> impl Iterator<Item = (&'a str, &'a [&'static str])> {
        ["First", "Second"].into_iter().filter_map(move |end| {
            if matches!(
                self.cell(row, &format!("{end} UserType")),
                "Server" | "PSTN"
            ) {
                return None;
            }
            let address = self.cell(row, &format!("{end} IP Address"));
            let network = self.networks[self.network_idx_of_address[address]?].as_slice();
            Some((self.cell(row, &format!("{end} UPN")), network))
        })
    }

    fn is_in(&self, row: &[String], building: &str) -> bool {
        self.networks_of(row)
            .any(|(_, network)| network[3] == building)
    }

    /// Whether an audio stream is poor under the service's present limits; none where it does not say.
    fn is_poor(&self, row: &[String]) -> Option<bool> {
        let number = |heading: &str| self.cell(row, heading).parse::<f64>().ok();
        let is_failed = ["First Connectivity Ice", "Second Connectivity Ice"]
            .iter()
            .any(|heading| self.cell(row, heading) == "FAILED");
        if self.cell(row, "Media Type") != "Audio" || is_failed {
            return None;
        }
        let is_beyond = number("Avg Round Trip")? > 500.0
            || number("Avg Packet Loss Rate")? > 0.1
            || number("Avg Jitter")? > 30.0;
        (!is_beyond || number("Avg Packet Utilization")? > 500.0).then_some(is_beyond)
    }

    fn rate(&self, is_counted: impl Fn(&[String]) -> bool) -> (f64, usize) {
        let rows = self.streams.iter().filter(|row| is_counted(row));
        let verdicts: Vec<bool> = rows.filter_map(|row| self.is_poor(row)).collect();
        let n_poor = verdicts.iter().filter(|is_poor| **is_poor).count();
        (n_poor as f64 / verdicts.len() as f64, verdicts.len())
    }

    /// Asserts that streams in trouble are poor clearly more often than their like.
    fn assert_stands_out(
        &self,
        in_trouble: impl Fn(&[String]) -> bool,
        like: impl Fn(&[String]) -> bool,
    ) {
        let (rate, n) = self.rate(|row| in_trouble(row) && like(row));
        let (rate_of_others, n_others) = self.rate(|row| !in_trouble(row) && like(row));
        let noise = (rate * (1.0 - rate) / n as f64
            + rate_of_others * (1.0 - rate_of_others) / n_others as f64)
            .sqrt();
        assert!(n >= 100, "only {n} streams");
        assert!(rate < 0.35, "{rate} would be found by anybody");
        assert!(
            rate > rate_of_others * 2.0,
            "{rate} against {rate_of_others}"
        );
        assert!(
            rate - rate_of_others > 3.0 * noise,
            "{rate} against {rate_of_others}, noise {noise}"
        );
    }

    fn mean(&self, heading: &str, is_counted: impl Fn(&[String]) -> bool) -> f64 {
        let rows = self.streams.iter().filter(|row| is_counted(row));
        let numbers: Vec<f64> = rows
            .filter_map(|row| self.cell(row, heading).parse().ok())
            .collect();
        numbers.iter().sum::<f64>() / numbers.len() as f64
    }
}

#[test]
fn the_bytes_are_the_same_everywhere() {
    let hashes = demo_files().map(|bytes| {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    });
    assert_eq!(
        format!("{hashes:x?}"),
        "[8666d24cbc0cad29, 970771909038883]"
    );
}

#[test]
fn the_building_file_is_of_the_size_that_was_promised() {
    let demo = &*DEMO;
    let distinct = |column: usize| {
        demo.networks
            .iter()
            .map(|row| row[column])
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(demo.networks.len(), 400);
    assert!(demo.networks.iter().all(|row| row.len() == 15));
    assert_eq!(distinct(0).len(), 400);
    assert_eq!(distinct(3).len(), 60);
    assert_eq!(distinct(11).len(), 4);
    let prefixes: BTreeSet<u32> = distinct(2)
        .iter()
        .map(|prefix| prefix.parse().expect("a prefix"))
        .collect();
    assert_eq!(
        Vec::from_iter(prefixes),
        [20, 21, 22, 23, 24, 25, 26, 27, 32, 48]
    );
}

#[test]
fn the_export_is_of_the_size_that_was_promised() {
    let demo = &*DEMO;
    assert_eq!(demo.streams.len(), 40_000);
    assert!(
        demo.streams
            .iter()
            .all(|row| row.len() == demo.headings.len())
    );
    let mut people = BTreeSet::new();
    let mut media: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &demo.streams {
        people.extend([demo.cell(row, "First UPN"), demo.cell(row, "Second UPN")]);
        *media.entry(demo.cell(row, "Media Type")).or_default() += 1;
    }
    people.remove("");
    assert_eq!(people.len(), 2_000);
    assert!((27_000..29_000).contains(&media["Audio"]), "{media:?}");
    assert_eq!(media.len(), 4);
}

#[test]
fn the_period_is_sixty_days() {
    let demo = &*DEMO;
    let days: BTreeSet<&str> = demo
        .streams
        .iter()
        .map(|row| demo.cell(row, "Date"))
        .collect();
    assert_eq!(days.len(), 60);
    assert_eq!(
        (days.first(), days.last()),
        (Some(&"2026-09-02"), Some(&"2026-10-31"))
    );
    for row in &demo.streams {
        let (start, end) = (demo.cell(row, "Start Time"), demo.cell(row, "End Time"));
        assert!(
            start < end && end.starts_with(demo.cell(row, "Date")),
            "{start} to {end}"
        );
    }
}

#[test]
fn every_heading_is_a_field() {
    for heading in &DEMO.headings {
        assert!(fields().id_of(heading).is_some(), "{heading}");
    }
}

#[test]
fn most_calls_are_good() {
    let (rate, n) = DEMO.rate(|_| true);
    assert!((0.025..0.035).contains(&rate), "{rate}");
    assert!(n > 24_000);
}

#[test]
fn some_ends_are_at_home_and_some_have_ipv6() {
    let demo = &*DEMO;
    let count = |is_counted: &dyn Fn(&str) -> bool| {
        demo.streams
            .iter()
            .filter(|row| is_counted(demo.cell(row, "Second IP Address")))
            .count()
    };
    assert!(count(&|address| address.starts_with("192.168.")) > 4_000);
    assert!(count(&|address| address.contains(':')) > 1_000);
    assert!(count(&str::is_empty) > 100);
}

#[test]
fn every_story_names_something_in_the_files() {
    for story in STORIES {
        assert!(
            FILES.iter().any(|file| file.contains(story.thing)),
            "{}",
            story.title
        );
    }
}

#[test]
fn one_access_point_is_bad() {
    let demo = &*DEMO;
    demo.assert_stands_out(
        |row| demo.cell(row, "Second BSSID") == ACCESS_POINT_BSSID,
        |row| demo.is_in(row, ACCESS_POINT_BUILDING) && !demo.cell(row, "Second BSSID").is_empty(),
    );
}

#[test]
fn the_vpn_takes_a_long_way_round() {
    let demo = &*DEMO;
    let on_vpn = |row: &[String]| {
        demo.networks_of(row)
            .any(|(_, network)| network[3] == VPN_BUILDING && network[14] == "1")
    };
    let in_building = |row: &[String]| demo.is_in(row, VPN_BUILDING);
    demo.assert_stands_out(on_vpn, in_building);
    let round_trip_ms = demo.mean("Avg Round Trip", on_vpn);
    let usual_ms = demo.mean("Avg Round Trip", |row| in_building(row) && !on_vpn(row));
    assert!(
        round_trip_ms > usual_ms + 200.0,
        "{round_trip_ms} against {usual_ms}"
    );
}

#[test]
fn a_proxy_forces_tcp() {
    let demo = &*DEMO;
    let in_building = |row: &[String]| demo.is_in(row, PROXY_BUILDING);
    demo.assert_stands_out(in_building, |_| true);
    let share_of_tcp = |is_counted: &dyn Fn(&[String]) -> bool| {
        let rows: Vec<_> = demo.streams.iter().filter(|row| is_counted(row)).collect();
        rows.iter()
            .filter(|row| demo.cell(row, "Transport") == "TCP")
            .count() as f64
            / rows.len() as f64
    };
    assert!(share_of_tcp(&in_building) > 0.7);
    assert!(share_of_tcp(&|row| !in_building(row)) < 0.05);
}

#[test]
fn one_headset_is_bad_everywhere() {
    let demo = &*DEMO;
    let with_headset = |row: &[String]| demo.cell(row, "Second Capture Dev").contains(HEADSET);
    demo.assert_stands_out(with_headset, |_| true);
    let poor = demo
        .streams
        .iter()
        .filter(|row| with_headset(row) && demo.is_poor(row) == Some(true));
    let buildings: BTreeSet<&str> = poor
        .flat_map(|row| demo.networks_of(row))
        .map(|(_, network)| network[3])
        .collect();
    assert!(buildings.len() > 15, "{buildings:?}");
}

#[test]
fn an_old_driver_is_bad_and_newer_ones_are_not() {
    let demo = &*DEMO;
    demo.assert_stands_out(
        |row| demo.cell(row, "Second Wifi Vendor Driver Version") == DRIVER_VERSION,
        |row| demo.cell(row, "Second Wifi Vendor Driver") == DRIVER,
    );
}

#[test]
fn a_building_got_worse() {
    let demo = &*DEMO;
    demo.assert_stands_out(
        |row| demo.cell(row, "Date") >= "2026-10-09",
        |row| demo.is_in(row, CHANGED_BUILDING),
    );
}

#[test]
fn a_network_is_missing_from_the_building_file() {
    let demo = &*DEMO;
    let missing: Vec<_> = demo
        .streams
        .iter()
        .filter(|row| demo.cell(row, "Second Subnet") == "10.58.44.0")
        .collect();
    assert!(missing.len() > 100, "{}", missing.len());
    for row in missing {
        let address = demo.cell(row, "Second IP Address");
        assert!(address.starts_with("10.58.44.") && demo.network_idx_of_address[address].is_none());
    }
    assert!(
        demo.networks
            .iter()
            .any(|row| row[0] == "10.58.0.0" && row[3] == MISSING_NETWORK_BUILDING)
    );
}

#[test]
fn some_buildings_have_fewer_than_five_people() {
    let demo = &*DEMO;
    let mut people: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &demo.streams {
        for (upn, network) in demo.networks_of(row) {
            people.entry(network[3]).or_default().insert(upn);
        }
    }
    let tiny: Vec<_> = people
        .iter()
        .filter(|(_, people)| people.len() < 5)
        .map(|(building, _)| *building)
        .collect();
    assert_eq!(
        tiny,
        [
            "Lisbon Studio",
            "Montevideo Desk",
            "Oslo Fjord Lab",
            "Tallinn Hub"
        ]
    );
}
