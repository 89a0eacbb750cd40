//! Draws the calls of two months and cuts them into streams, one for each direction and medium.

use super::buildings::Building;
use super::figures::{Circumstances, Figures, Media, figures};
use super::people::{Person, phone};
use super::random::Random;
use super::spots::{self, Spot, TCP};

/// The period begins on 2 September 2026 and ends with 31 October 2026.
pub(super) const N_DAYS: u32 = 60;

/// One line of the export.
pub(super) struct Stream<'a> {
    pub(super) call_id: &'a str,
    pub(super) is_conference: bool,
    pub(super) media: Media,
    /// Towards the client of a meeting, from First to Second.
    pub(super) is_to_second: bool,
    pub(super) start_s: u32,
    pub(super) end_s: u32,
    pub(super) first: &'a End<'a>,
    pub(super) second: &'a End<'a>,
    pub(super) is_tcp: bool,
    pub(super) connectivity: [&'static str; 2],
    pub(super) codec: &'static str,
    pub(super) figures: Option<Figures>,
}

/// One end of a stream.
pub(super) struct End<'a> {
    pub(super) user_type: &'static str,
    pub(super) agent: &'static str,
    pub(super) version: &'static str,
    pub(super) tenant_id: &'static str,
    pub(super) person: Option<&'a Person>,
    pub(super) phone: Option<String>,
    pub(super) spot: Spot,
}

impl<'a> End<'a> {
    fn of(person: &'a Person, day_idx: u32, buildings: &[Building], random: &mut Random) -> Self {
        Self {
            user_type: "User",
            agent: person.client.category,
            version: person.client.version(day_idx, u32::from(person.home.host)),
            tenant_id: person.tenant_id,
            person: Some(person),
            phone: None,
            spot: spots::spot(person, day_idx, buildings, random),
        }
    }

    fn nobody(user_type: &'static str, agent: &'static str, spot: Spot) -> Self {
        Self {
            user_type,
            agent,
            version: "",
            tenant_id: "",
            person: None,
            phone: None,
            spot,
        }
    }

    pub(super) fn is_server(&self) -> bool {
        matches!(self.user_type, "Server" | "PSTN")
    }
}

/// The part of one person, or of one pair, in one call.
struct Leg<'a> {
    call_id: String,
    is_conference: bool,
    start_s: u32,
    seconds: u32,
    first: End<'a>,
    second: End<'a>,
}

/// Hands every stream of the period to `write`, until there are `n_streams`.
pub(super) fn streams(
    n_streams: usize,
    buildings: &[Building],
    people: &[Person],
    random: &mut Random,
    mut write: impl FnMut(&Stream<'_>),
) {
    let weights: Vec<usize> = (0..N_DAYS)
        .map(|day_idx| if is_weekend(day_idx) { 1 } else { 11 })
        .collect();
    let total: usize = weights.iter().sum();
    let mut weight_so_far = 0;
    let mut n_written = 0;
    let mut host_idx = 0;
    for (day_idx, weight) in (0..N_DAYS).zip(weights) {
        weight_so_far += weight;
        let n_until_tonight = n_streams * weight_so_far / total;
        while n_written < n_until_tonight {
            // A step through the list, so that everybody has a call of their own.
            host_idx = (host_idx + 771) % people.len();
            for leg in &legs(&people[host_idx], day_idx, buildings, people, random) {
                for stream in leg_streams(leg, random) {
                    if n_written < n_until_tonight {
                        write(&stream);
                        n_written += 1;
                    }
                }
            }
        }
    }
}

/// 2 September 2026 is a Wednesday.
fn is_weekend(day_idx: u32) -> bool {
    (day_idx + 2) % 7 >= 5
}

/// The start of a call by the clock of the office, in hours with their weights.
const HOURS: [(u32, u32); 11] = [
    (5, 8),
    (12, 9),
    (14, 10),
    (12, 11),
    (5, 12),
    (9, 13),
    (13, 14),
    (12, 15),
    (10, 16),
    (6, 17),
    (2, 19),
];
const MEETING_MINUTES: [u32; 8] = [15, 30, 30, 30, 45, 60, 60, 90];

fn legs<'a>(
    host: &'a Person,
    day_idx: u32,
    buildings: &[Building],
    people: &'a [Person],
    random: &mut Random,
) -> Vec<Leg<'a>> {
    let utc_offset_minutes = host
        .desk
        .as_ref()
        .map_or(0, |desk| buildings[desk.building_idx].utc_offset_minutes);
    let hour = *random.pick_weighted(&HOURS);
    let kind = random.below(100);
    let is_conference = kind >= 36 && host.desk.is_some();
    let minute = if is_conference {
        random.below(2) * 30
    } else {
        random.below(60)
    };
    let start_s =
        in_period(i64::from(day_idx * 1440 + hour * 60 + minute) - i64::from(utc_offset_minutes));
    let call_id = random.guid();
    if !is_conference {
        let end = |random: &mut Random| -> End<'a> {
            End::of(other(host, people, random), day_idx, buildings, random)
        };
        let host_end = End::of(host, day_idx, buildings, random);
        let (first, second) = match kind {
            0..9 => pstn_ends(host_end, buildings, random),
            9..24 => (host_end, end(random)),
            _ => (end(random), host_end),
        };
        let seconds = seconds_of_leg(random.between(60, 1_900), random);
        return vec![Leg {
            call_id,
            is_conference,
            start_s,
            seconds,
            first,
            second,
        }];
    }
    let meeting_seconds = random.pick(&MEETING_MINUTES) * 60;
    let n_others = 2 + random.mostly_small(10);
    let mut legs = Vec::new();
    for participant in 0..=n_others {
        let second = match participant {
            0 => End::of(host, day_idx, buildings, random),
            _ if random.chance(40) => {
                End::nobody("Anonymous", "Microsoft Teams Web", spots::anonymous(random))
            }
            _ => End::of(other(host, people, random), day_idx, buildings, random),
        };
        let late_s = random.mostly_small(400);
        legs.push(Leg {
            call_id: call_id.clone(),
            is_conference,
            start_s: start_s + late_s,
            seconds: seconds_of_leg(meeting_seconds - late_s, random),
            first: End::nobody("Server", "AV-MCU", spots::server(random)),
            second,
        });
    }
    legs
}

/// A call never leaves the period: one that would, moves by a day.
fn in_period(start_minute: i64) -> u32 {
    let latest_start = i64::from(N_DAYS * 1440 - 100);
    let minute = match start_minute {
        early if early < 0 => early + 1440,
        late if late > latest_start => late - 1440,
        minute => minute,
    };
    u32::try_from(minute * 60).expect("a start within the period")
}

fn seconds_of_leg(usual: u32, random: &mut Random) -> u32 {
    if random.chance(45) {
        random.between(4, 58)
    } else {
        usual - random.below(usual / 8)
    }
}

fn pstn_ends<'a>(
    mut host: End<'a>,
    buildings: &[Building],
    random: &mut Random,
) -> (End<'a>, End<'a>) {
    let person = host.person.expect("a host is a person");
    host.phone.clone_from(&person.phone);
    let region = person
        .desk
        .as_ref()
        .map_or("Europe", |desk| buildings[desk.building_idx].region);
    let mut line = End::nobody("PSTN", "MediationServer", spots::server(random));
    line.phone = Some(phone(region, random));
    (line, host)
}

/// Somebody to talk to: mostly from the same building or region.
fn other<'a>(host: &Person, people: &'a [Person], random: &mut Random) -> &'a Person {
    let building_of = |person: &Person| person.desk.as_ref().map(|desk| desk.building_idx);
    let n_tries = if random.chance(450) { 40 } else { 0 };
    let mut found = random.pick(people);
    for _ in 0..n_tries {
        if building_of(found).is_some() && building_of(found) == building_of(host) {
            break;
        }
        found = random.pick(people);
    }
    if std::ptr::eq(found, host) {
        &people[0]
    } else {
        found
    }
}

fn leg_streams<'a>(leg: &'a Leg<'_>, random: &mut Random) -> Vec<Stream<'a>> {
    let tcp_per_mille = leg
        .first
        .spot
        .tcp_per_mille
        .max(leg.second.spot.tcp_per_mille);
    let is_tcp = random.chance(tcp_per_mille);
    let connectivity = connectivity(leg, random);
    let mut streams = Vec::new();
    for (media, is_to_second) in flows(leg, random) {
        let seconds = leg.seconds;
        let is_unreported =
            connectivity.contains(&"FAILED") || random.chance(if seconds < 60 { 850 } else { 40 });
        let is_muted =
            media == Media::Audio && !is_to_second && leg.is_conference && random.chance(150);
        let hazard = leg.first.spot.hazard.and(leg.second.spot.hazard);
        let circumstances = Circumstances {
            media,
            seconds,
            is_muted,
            is_tcp,
            round_trip_ms: leg.first.spot.round_trip_ms + leg.second.spot.round_trip_ms,
            hazard: if is_tcp { hazard.and(TCP) } else { hazard },
        };
        streams.push(Stream {
            call_id: &leg.call_id,
            is_conference: leg.is_conference,
            media,
            is_to_second,
            start_s: leg.start_s,
            end_s: leg.start_s + seconds,
            first: &leg.first,
            second: &leg.second,
            is_tcp,
            connectivity,
            codec: codec(media, leg.first.user_type, random),
            figures: (!is_unreported).then(|| figures(&circumstances, random)),
        });
    }
    streams
}

/// The media of a leg with their directions.
fn flows(leg: &Leg<'_>, random: &mut Random) -> Vec<(Media, bool)> {
    let mut flows = vec![(Media::Audio, true), (Media::Audio, false)];
    if leg.first.user_type == "PSTN" {
        return flows;
    }
    if random.chance(270) {
        flows.extend([(Media::Video, true), (Media::Video, false)]);
    }
    if random.chance(280) {
        flows.push((Media::Vbss, random.chance(700)));
    }
    if random.chance(35) {
        flows.push((Media::AppSharing, random.chance(600)));
    }
    flows
}

fn connectivity(leg: &Leg<'_>, random: &mut Random) -> [&'static str; 2] {
    if random.chance(13) {
        return if random.chance(600) {
            ["FAILED"; 2]
        } else {
            ["DIRECT", "FAILED"]
        };
    }
    let is_relayed = !leg.first.is_server() && random.chance(550);
    if is_relayed {
        ["RELAY"; 2]
    } else {
        ["DIRECT"; 2]
    }
}

fn codec(media: Media, first_user_type: &str, random: &mut Random) -> &'static str {
    let choices: &[&str] = match media {
        Media::Audio if first_user_type == "PSTN" => &["PCMU"],
        Media::Audio => &["SATIN", "SATIN", "SATIN", "OPUS"],
        Media::Video => &["H264", "H264", "AV1"],
        Media::Vbss => &["H264", "H264", "H264S"],
        Media::AppSharing => &["x-data"],
    };
    choices[random.idx(choices.len())]
}
