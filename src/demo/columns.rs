//! The columns of the demo's stream export, each with the way its cell is made.

use std::net::Ipv4Addr;

use super::calls::{End, Stream};
use super::cells::Cells;
use super::figures::{Figures, Media, MediaFigures};
use super::people::Person;
use super::spots::{AccessPoint, Address};
use Cell::{Decimal, Network, Number, Place, Text, Time};

pub(super) enum Cell {
    Text(for<'a> fn(&'a Stream<'a>) -> &'a str),
    Time(fn(&Stream<'_>) -> u32),
    Place(fn(&Stream<'_>) -> Address),
    Network(fn(&Stream<'_>) -> Option<Ipv4Addr>),
    Number(fn(&Figures) -> u32),
    /// A number in units of its last decimal, and how many decimals there are.
    Decimal(u32, fn(&Figures) -> Option<u32>),
    Date,
    Bssid,
}

impl Cell {
    pub(super) fn write(&self, stream: &Stream<'_>, cells: &mut Cells) {
        match self {
            Text(text) => cells.text(text(stream)),
            Time(second) => cells.time(second(stream)),
            Place(address) => match address(stream) {
                Address::Unknown => {}
                Address::V4(address) => cells.ipv4(address),
                Address::V6(address) => cells.ipv6(address),
            },
            Network(address) => {
                if let Some(address) = address(stream) {
                    cells.ipv4(address);
                }
            }
            Number(number) => {
                if let Some(figures) = &stream.figures {
                    cells.number(number(figures));
                }
            }
            Decimal(n_decimals, number) => {
                if let Some(number) = stream.figures.as_ref().and_then(number) {
                    cells.decimal(number, *n_decimals);
                }
            }
            Self::Date => cells.date(stream.end_s / 86_400),
            Self::Bssid => {
                if let Some(AccessPoint { block, number, .. }) = stream.second.spot.access_point {
                    cells.bssid(block, number);
                }
            }
        }
    }
}

pub(super) const COLUMNS: [(&str, Cell); 54] = [
    ("Conference Id", Text(|stream| stream.call_id)),
    ("Start Time", Time(|stream| stream.start_s)),
    ("End Time", Time(|stream| stream.end_s)),
    ("Date", Cell::Date),
    ("Media Type", Text(|stream| media_type(stream.media))),
    ("Payload Description", Text(|stream| stream.codec)),
    (
        "Is Server Pair",
        Text(|stream| {
            if stream.first.is_server() {
                "Client : Server"
            } else {
                "Client : Client"
            }
        }),
    ),
    (
        "Session Type",
        Text(|stream| if stream.is_conference { "Conf" } else { "P2P" }),
    ),
    (
        "Stream Direction",
        Text(|stream| {
            if stream.is_to_second {
                "First-to-Second"
            } else {
                "Second-to-First"
            }
        }),
    ),
    ("First UserType", Text(|stream| stream.first.user_type)),
    ("Second UserType", Text(|stream| stream.second.user_type)),
    (
        "First User Agent Category",
        Text(|stream| stream.first.agent),
    ),
    (
        "Second User Agent Category",
        Text(|stream| stream.second.agent),
    ),
    (
        "First UPN",
        Text(|stream| of_person(stream.first, |person| &person.upn)),
    ),
    (
        "Second UPN",
        Text(|stream| of_person(stream.second, |person| &person.upn)),
    ),
    (
        "First User ObjectId",
        Text(|stream| object_id(stream.first)),
    ),
    (
        "Second User ObjectId",
        Text(|stream| object_id(stream.second)),
    ),
    (
        "First Phone Number",
        Text(|stream| stream.first.phone.as_deref().unwrap_or_default()),
    ),
    (
        "Second Phone Number",
        Text(|stream| stream.second.phone.as_deref().unwrap_or_default()),
    ),
    (
        "First IP Address",
        Place(|stream| stream.first.spot.address),
    ),
    (
        "Second IP Address",
        Place(|stream| stream.second.spot.address),
    ),
    ("First Subnet", Network(|stream| stream.first.spot.subnet)),
    ("Second Subnet", Network(|stream| stream.second.spot.subnet)),
    (
        "First Reflexive Local IP",
        Network(|stream| stream.first.spot.public_address),
    ),
    (
        "Second Reflexive Local IP",
        Network(|stream| stream.second.spot.public_address),
    ),
    (
        "First Network Connection Detail",
        Text(|stream| stream.first.spot.connection),
    ),
    (
        "Second Network Connection Detail",
        Text(|stream| stream.second.spot.connection),
    ),
    ("First Tenant Id", Text(|stream| stream.first.tenant_id)),
    ("Second Tenant Id", Text(|stream| stream.second.tenant_id)),
    ("Second BSSID", Cell::Bssid),
    (
        "Second Wifi Band",
        Text(|stream| {
            stream
                .second
                .spot
                .access_point
                .map_or("", |access_point| access_point.band)
        }),
    ),
    (
        "Second Wifi Vendor Driver",
        Text(|stream| of_wifi_machine(stream.second, |person| person.driver.name)),
    ),
    (
        "Second Wifi Vendor Driver Version",
        Text(|stream| of_wifi_machine(stream.second, |person| person.driver_version)),
    ),
    (
        "Second Capture Dev",
        Text(|stream| of_person(stream.second, |person| person.headset.capture)),
    ),
    (
        "Second Render Dev",
        Text(|stream| of_person(stream.second, |person| person.headset.render)),
    ),
    (
        "Second Client App Version",
        Text(|stream| stream.second.version),
    ),
    (
        "Second VPN",
        Text(|stream| {
            if stream.second.spot.is_vpn {
                "True"
            } else {
                "False"
            }
        }),
    ),
    (
        "Second Client Endpoint Name",
        Text(|stream| of_person(stream.second, endpoint_name)),
    ),
    (
        "Transport",
        Text(|stream| if stream.is_tcp { "TCP" } else { "UDP" }),
    ),
    (
        "First Connectivity Ice",
        Text(|stream| stream.connectivity[0]),
    ),
    (
        "Second Connectivity Ice",
        Text(|stream| stream.connectivity[1]),
    ),
    (
        "Avg Jitter",
        Decimal(2, |figures| Some(figures.jitter_100th_ms)),
    ),
    (
        "Avg Jitter Max",
        Decimal(2, |figures| Some(figures.jitter_max_100th_ms)),
    ),
    (
        "Avg Packet Loss Rate",
        Decimal(5, |figures| Some(figures.loss_per_100_000)),
    ),
    (
        "Avg Packet Loss Rate Max",
        Decimal(5, |figures| figures.loss_max_per_100_000),
    ),
    (
        "Avg Round Trip",
        Decimal(1, |figures| Some(figures.round_trip_10th_ms)),
    ),
    (
        "Avg Round Trip Max",
        Decimal(1, |figures| Some(figures.round_trip_max_10th_ms)),
    ),
    (
        "Avg Packet Utilization",
        Number(|figures| figures.n_packets),
    ),
    (
        "Avg Audio Degradation",
        Decimal(2, |figures| match figures.of_media {
            MediaFigures::Audio {
                degradation_100th_mos,
                ..
            } => Some(degradation_100th_mos),
            _ => None,
        }),
    ),
    (
        "Avg Ratio Concealed Samples",
        Decimal(4, |figures| match figures.of_media {
            MediaFigures::Audio {
                concealed_per_10_000,
                ..
            } => Some(concealed_per_10_000),
            _ => None,
        }),
    ),
    (
        "Avg Video Local Frame Loss Percentage",
        Decimal(2, |figures| match figures.of_media {
            MediaFigures::Video {
                frame_loss_100th_percent,
                ..
            } => frame_loss_100th_percent,
            _ => None,
        }),
    ),
    (
        "Avg Video Frame Rate",
        Decimal(2, |figures| match figures.of_media {
            MediaFigures::Video {
                frame_rate_100th, ..
            } => Some(frame_rate_100th),
            _ => None,
        }),
    ),
    (
        "Avg Video Post FECPLR",
        Decimal(5, |figures| match figures.of_media {
            MediaFigures::Video {
                lost_after_repair_per_100_000,
                ..
            } => Some(lost_after_repair_per_100_000),
            _ => None,
        }),
    ),
    (
        "Avg AppSharing Spoiled Tile Percent Total",
        Decimal(2, |figures| match figures.of_media {
            MediaFigures::AppSharing {
                spoiled_tiles_100th_percent,
            } => Some(spoiled_tiles_100th_percent),
            _ => None,
        }),
    ),
];

fn media_type(media: Media) -> &'static str {
    match media {
        Media::Audio => "Audio",
        Media::Video => "Video",
        Media::Vbss => "VBSS",
        Media::AppSharing => "AppSharing",
    }
}

fn of_person<'a>(end: &End<'a>, text: fn(&'a Person) -> &'a str) -> &'a str {
    end.person.map_or("", text)
}

/// Telephones do not report the driver of their radio.
fn of_wifi_machine<'a>(end: &End<'a>, text: fn(&'a Person) -> &'a str) -> &'a str {
    let is_on_wifi = end.spot.connection == "Wifi";
    end.person
        .filter(|person| is_on_wifi && !person.client.is_mobile)
        .map_or("", text)
}

fn endpoint_name(person: &Person) -> &str {
    if person.client.is_mobile {
        ""
    } else {
        &person.machine
    }
}

fn object_id<'a>(end: &End<'a>) -> &'a str {
    match end.person {
        Some(person) => &person.object_id,
        None if end.user_type == "Anonymous" => "00000000-0000-0000-0000-000000000000",
        None => "",
    }
}
