//! The people of the demo tenant: names, numbers, machines, headsets, and the homes they call from.

use std::net::Ipv6Addr;

use super::buildings::{Building, Network, Segment};
use super::calls::N_DAYS;
use super::random::Random;
use super::stories::{
    ACCESS_POINT_BUILDING, ACCESS_POINT_NUMBER, DRIVER, DRIVER_VERSION, HEADSET, MISSING_NETWORK,
    MISSING_NETWORK_BUILDING,
};

pub(super) struct Person {
    pub(super) upn: String,
    pub(super) object_id: String,
    pub(super) tenant_id: &'static str,
    /// The building of the desk; a person of another organization has none.
    pub(super) desk: Option<Desk>,
    pub(super) home: Home,
    pub(super) phone: Option<String>,
    pub(super) machine: String,
    pub(super) client: &'static Client,
    pub(super) headset: &'static Headset,
    pub(super) driver: &'static Driver,
    pub(super) driver_version: &'static str,
}

pub(super) struct Desk {
    pub(super) building_idx: usize,
    pub(super) wired: Network,
    pub(super) wifi: Network,
    pub(super) seat: u32,
    pub(super) prefers_wifi: bool,
    pub(super) access_point: u8,
}

pub(super) struct Home {
    pub(super) router: u8,
    pub(super) host: u8,
    pub(super) public_address: u32,
    pub(super) ipv6: Option<Ipv6Addr>,
    /// Some providers give the machine itself the public address.
    pub(super) has_router: bool,
}

pub(super) struct Client {
    pub(super) category: &'static str,
    pub(super) is_mobile: bool,
    versions: &'static [&'static str],
}

impl Client {
    /// The newest versions spread during the two months.
    pub(super) fn version(&self, day_idx: u32, seed: u32) -> &'static str {
        let n_days = N_DAYS + 24;
        self.versions[((day_idx + seed % 24) * self.versions.len() as u32 / n_days) as usize]
    }
}

pub(super) struct Headset {
    pub(super) name: &'static str,
    pub(super) capture: &'static str,
    pub(super) render: &'static str,
}

pub(super) struct Driver {
    pub(super) name: &'static str,
    versions: &'static [(u32, &'static str)],
}

pub(super) const HOME_TENANT_ID: &str = "7c1f0a52-4a0e-4b7c-9d1e-0f5a3c2b1d10";
const N_OUTSIDERS: usize = 100;
const OUTSIDE_TENANTS: [(&str, &str); 3] = [
    ("fabrikam.com", "2b9d4c61-93f5-4e0a-8a77-5d0c9be1f220"),
    (
        "northwindtraders.com",
        "58e3a7d0-1c46-4d93-b1f8-6e2f7a90c330",
    ),
    ("adatum.com", "c40d16be-7f2a-4185-a3c9-914bd8e7f440"),
];

const CLIENTS: [(u32, Client); 6] = [
    (
        64,
        desktop(
            "Microsoft Teams Windows",
            &[
                "26213.1210.3890.4120",
                "26225.603.4012.1190",
                "26241.1004.4077.2310",
            ],
        ),
    ),
    (
        14,
        desktop(
            "Microsoft Teams Mac",
            &["26210.1103.3881.9050", "26238.807.4069.7720"],
        ),
    ),
    (
        5,
        desktop("Microsoft Teams Web", &["49/26080514614", "49/26091812208"]),
    ),
    (3, desktop("Microsoft Teams VDI", &["26213.1210.3890.4120"])),
    (8, mobile("Microsoft Teams iOS", &["7.14.1", "7.15.2"])),
    (
        6,
        mobile(
            "Microsoft Teams Android",
            &["1.0.0.2026142301", "1.0.0.2026181102"],
        ),
    ),
];

const fn desktop(category: &'static str, versions: &'static [&'static str]) -> Client {
    Client {
        category,
        is_mobile: false,
        versions,
    }
}

const fn mobile(category: &'static str, versions: &'static [&'static str]) -> Client {
    Client {
        category,
        is_mobile: true,
        versions,
    }
}

const HEADSETS: [(u32, Headset); 7] = [
    (
        24,
        headset(
            "Fabrikam Hush 75",
            "Microphone (Fabrikam Hush 75)",
            "Headphones (Fabrikam Hush 75)",
        ),
    ),
    (
        16,
        headset(
            "Contoso Voice 310",
            "Microphone (Contoso Voice 310)",
            "Headset Earphone (Contoso Voice 310)",
        ),
    ),
    (
        5,
        headset(
            HEADSET,
            "Microphone (Contoso Voice 200)",
            "Headset Earphone (Contoso Voice 200)",
        ),
    ),
    (
        14,
        headset(
            "Northwind Duo",
            "Mikrofon (Northwind Duo, USB)",
            "Lautsprecher (Northwind Duo, USB)",
        ),
    ),
    (
        28,
        headset(
            "built-in",
            "Microphone Array (Adatum Smart Sound)",
            "Speakers (Adatum Audio)",
        ),
    ),
    (
        8,
        headset(
            "Fabrikam Speak 20",
            "Echo Cancelling Speakerphone (Fabrikam Speak 20)",
            "Echo Cancelling Speakerphone (Fabrikam Speak 20)",
        ),
    ),
    (
        5,
        headset("unknown", "MissingDeviceName", "MissingDeviceName"),
    ),
];

const fn headset(name: &'static str, capture: &'static str, render: &'static str) -> Headset {
    Headset {
        name,
        capture,
        render,
    }
}

const DRIVERS: [(u32, Driver); 4] = [
    (
        34,
        Driver {
            name: DRIVER,
            versions: &[(24, DRIVER_VERSION), (40, "22.180.0"), (36, "23.30.1")],
        },
    ),
    (
        30,
        Driver {
            name: "Fabrikam Wi-Fi 6E",
            versions: &[(40, "3.1.0.1190"), (60, "3.4.2.1207")],
        },
    ),
    (
        22,
        Driver {
            name: "Northwind Wireless 802.11ax",
            versions: &[(50, "6001.16.124"), (50, "6001.18.131")],
        },
    ),
    (
        14,
        Driver {
            name: "Adatum WLAN Adapter",
            versions: &[(100, "12.0.0.1015")],
        },
    ),
];

/// Ranges that the numbering authorities keep for films and examples.
const PHONE_RANGES: [(&str, &str, u32); 6] = [
    ("North America", "+142555501", 2),
    ("North America", "+120655501", 2),
    ("South America", "+120255501", 2),
    ("Europe", "+442079460", 3),
    ("Europe", "+4930231250", 2),
    ("Asia", "+6125550", 4),
];

/// All people: first those of the tenant, building by building, then those of other organizations.
pub(super) fn people(buildings: &[Building], random: &mut Random) -> Vec<Person> {
    let given_names: Vec<&str> = include_str!("given_names.txt").lines().collect();
    let family_names: Vec<&str> = include_str!("family_names.txt").lines().collect();
    let n_pairs = given_names.len() * family_names.len();
    // A step without a common factor visits each pair of names once.
    let local_part = |person_idx: usize| {
        let pair = person_idx * 2377 % n_pairs;
        format!(
            "{}.{}",
            given_names[pair % given_names.len()],
            family_names[pair / given_names.len()]
        )
    };
    let mut people = Vec::new();
    for (building_idx, building) in buildings.iter().enumerate() {
        for seat in 0..building.n_people {
            let upn = format!("{}@contoso.com", local_part(people.len()));
            let desk = desk(building, building_idx, seat, random);
            let phone = random.chance(180).then(|| phone(building.region, random));
            let person_idx = people.len();
            people.push(person(
                upn,
                HOME_TENANT_ID,
                Some(desk),
                phone,
                person_idx,
                random,
            ));
        }
    }
    for outsider in 0..N_OUTSIDERS {
        let (domain, tenant_id) = OUTSIDE_TENANTS[outsider % 7 % OUTSIDE_TENANTS.len()];
        let upn = format!("{}@{domain}", local_part(people.len()));
        let person_idx = people.len();
        people.push(person(upn, tenant_id, None, None, person_idx, random));
    }
    people
}

fn person(
    upn: String,
    tenant_id: &'static str,
    desk: Option<Desk>,
    phone: Option<String>,
    person_idx: usize,
    random: &mut Random,
) -> Person {
    let driver = random.pick_weighted(&DRIVERS);
    let driver_version = random.pick_weighted(driver.versions);
    Person {
        upn,
        object_id: random.guid(),
        tenant_id,
        desk,
        home: home(person_idx, random),
        phone,
        machine: format!("CTS-{:05}", 10_000 + person_idx * 7),
        client: random.pick_weighted(&CLIENTS),
        headset: random.pick_weighted(&HEADSETS),
        driver,
        driver_version,
    }
}

fn desk(building: &Building, building_idx: usize, seat: u32, random: &mut Random) -> Desk {
    let wired: Vec<&Network> = building.networks_for(Segment::Wired).collect();
    let wifi: Vec<&Network> = building.networks_for(Segment::Wifi).collect();
    let missing = wifi
        .iter()
        .find(|network| network.first_address == MISSING_NETWORK);
    let wifi = match missing {
        // A floor that moved in after the building file was written.
        Some(missing) if building.name == MISSING_NETWORK_BUILDING && random.chance(350) => missing,
        _ => wifi[random.idx(wifi.len() - usize::from(missing.is_some()))],
    };
    Desk {
        building_idx,
        wired: **random.pick(&wired),
        wifi: *wifi,
        seat,
        prefers_wifi: random.chance(580),
        access_point: access_point(building, random),
    }
}

/// One of the building's access points, one for about ten people.
pub(super) fn access_point(building: &Building, random: &mut Random) -> u8 {
    // The bad one hangs where everybody passes, else it would be too few calls to find it by.
    if building.name == ACCESS_POINT_BUILDING && random.chance(160) {
        return ACCESS_POINT_NUMBER;
    }
    random.between(1, building.n_people / 10 + 1) as u8
}

fn home(person_idx: usize, random: &mut Random) -> Home {
    // 198.18.0.0/15 is kept for tests of networks, so that nobody's real address is shown.
    let public_address = (198 << 24 | 18 << 16) + 256 + person_idx as u32 * 61;
    let ipv6 = random.chance(140).then(|| {
        let site = 0x2001_0db8_u128 << 96 | u128::from(0xa000 + person_idx as u32) << 80;
        Ipv6Addr::from(
            site | u128::from(random.between(1, 0xffff)) << 64
                | u128::from(random.between(1, u32::MAX - 1)),
        )
    });
    Home {
        router: *random.pick(&[0, 1, 1, 1, 2, 50, 68, 178, 178]),
        host: random.between(2, 240) as u8,
        public_address,
        ipv6,
        has_router: random.chance(930),
    }
}

pub(super) fn phone(region: &str, random: &mut Random) -> String {
    let ranges: Vec<_> = PHONE_RANGES
        .iter()
        .filter(|(of, _, _)| *of == region)
        .collect();
    let (_, start, n_digits) = **random.pick(&ranges);
    let number = random.below(10_u32.pow(n_digits));
    format!("{start}{number:0width$}", width = n_digits as usize)
}
