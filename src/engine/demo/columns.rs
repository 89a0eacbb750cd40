//! The columns of the demo's stream export, each with the way its cell is written.

use super::calls::{End, Stream};
use super::cells::Cells;
use super::figures::{Figures, Media, MediaFigures};
use super::people::Person;
use super::spots::Address;

type Write = fn(&Stream<'_>, &mut Cells);

pub(super) const COLUMNS: [(&str, Write); 54] = [
    ("Conference Id", |stream, cells| cells.text(stream.call_id)),
    ("Start Time", |stream, cells| cells.time(stream.start_s)),
    ("End Time", |stream, cells| cells.time(stream.end_s)),
    ("Date", |stream, cells| cells.date(stream.end_s / 86_400)),
    ("Media Type", |stream, cells| cells.text(media_type(stream.media))),
    ("Payload Description", |stream, cells| cells.text(stream.codec)),
    ("Is Server Pair", |stream, cells| {
        cells.text(if stream.first.is_server() { "Client : Server" } else { "Client : Client" });
    }),
    ("Session Type", |stream, cells| cells.text(if stream.is_conference { "Conf" } else { "P2P" })),
    ("Stream Direction", |stream, cells| {
        cells.text(if stream.is_to_second { "First-to-Second" } else { "Second-to-First" });
    }),
    ("First UserType", |stream, cells| cells.text(stream.first.user_type)),
    ("Second UserType", |stream, cells| cells.text(stream.second.user_type)),
    ("First User Agent Category", |stream, cells| cells.text(stream.first.agent)),
    ("Second User Agent Category", |stream, cells| cells.text(stream.second.agent)),
    ("First UPN", |stream, cells| upn(stream.first, cells)),
    ("Second UPN", |stream, cells| upn(stream.second, cells)),
    ("First User ObjectId", |stream, cells| object_id(stream.first, cells)),
    ("Second User ObjectId", |stream, cells| object_id(stream.second, cells)),
    ("First Phone Number", |stream, cells| cells.text(stream.first.phone.as_deref().unwrap_or_default())),
    ("Second Phone Number", |stream, cells| cells.text(stream.second.phone.as_deref().unwrap_or_default())),
    ("First IP Address", |stream, cells| address(stream.first, cells)),
    ("Second IP Address", |stream, cells| address(stream.second, cells)),
    ("First Subnet", |stream, cells| subnet(stream.first, cells)),
    ("Second Subnet", |stream, cells| subnet(stream.second, cells)),
    ("First Reflexive Local IP", |stream, cells| public_address(stream.first, cells)),
    ("Second Reflexive Local IP", |stream, cells| public_address(stream.second, cells)),
    ("First Network Connection Detail", |stream, cells| cells.text(stream.first.spot.connection)),
    ("Second Network Connection Detail", |stream, cells| cells.text(stream.second.spot.connection)),
    ("First Tenant Id", |stream, cells| cells.text(stream.first.tenant_id)),
    ("Second Tenant Id", |stream, cells| cells.text(stream.second.tenant_id)),
    ("Second BSSID", |stream, cells| {
        if let Some(access_point) = stream.second.spot.access_point {
            cells.bssid(access_point.block, access_point.number);
        }
    }),
    ("Second Wifi Band", |stream, cells| {
        if let Some(access_point) = stream.second.spot.access_point {
            cells.text(access_point.band);
        }
    }),
    ("Second Wifi Vendor Driver", |stream, cells| {
        if let Some(person) = machine_on_wifi(stream.second) {
            cells.text(person.driver.name);
        }
    }),
    ("Second Wifi Vendor Driver Version", |stream, cells| {
        if let Some(person) = machine_on_wifi(stream.second) {
            cells.text(person.driver_version);
        }
    }),
    ("Second Capture Dev", |stream, cells| {
        if let Some(person) = stream.second.person {
            cells.text(person.headset.capture);
        }
    }),
    ("Second Render Dev", |stream, cells| {
        if let Some(person) = stream.second.person {
            cells.text(person.headset.render);
        }
    }),
    ("Second Client App Version", |stream, cells| cells.text(stream.second.version)),
    ("Second VPN", |stream, cells| cells.truth(stream.second.spot.is_vpn)),
    ("Second Client Endpoint Name", |stream, cells| {
        if let Some(person) = stream.second.person.filter(|person| !person.client.is_mobile) {
            cells.text(&person.machine);
        }
    }),
    ("Transport", |stream, cells| cells.text(if stream.is_tcp { "TCP" } else { "UDP" })),
    ("First Connectivity Ice", |stream, cells| cells.text(stream.connectivity[0])),
    ("Second Connectivity Ice", |stream, cells| cells.text(stream.connectivity[1])),
    ("Avg Jitter", |stream, cells| decimal(stream, cells, 2, |figures| Some(figures.jitter_100th_ms))),
    ("Avg Jitter Max", |stream, cells| decimal(stream, cells, 2, |figures| Some(figures.jitter_max_100th_ms))),
    ("Avg Packet Loss Rate", |stream, cells| decimal(stream, cells, 5, |figures| Some(figures.loss_per_100_000))),
    ("Avg Packet Loss Rate Max", |stream, cells| decimal(stream, cells, 5, |figures| figures.loss_max_per_100_000)),
    ("Avg Round Trip", |stream, cells| decimal(stream, cells, 1, |figures| Some(figures.round_trip_10th_ms))),
    ("Avg Round Trip Max", |stream, cells| decimal(stream, cells, 1, |figures| Some(figures.round_trip_max_10th_ms))),
    ("Avg Packet Utilization", |stream, cells| {
        if let Some(figures) = &stream.figures {
            cells.number(figures.n_packets);
        }
    }),
    ("Avg Audio Degradation", |stream, cells| {
        decimal(stream, cells, 2, |figures| match figures.of_media {
            MediaFigures::Audio { degradation_100th_mos, .. } => Some(degradation_100th_mos),
            _ => None,
        });
    }),
    ("Avg Ratio Concealed Samples", |stream, cells| {
        decimal(stream, cells, 4, |figures| match figures.of_media {
            MediaFigures::Audio { concealed_per_10_000, .. } => Some(concealed_per_10_000),
            _ => None,
        });
    }),
    ("Avg Video Local Frame Loss Percentage", |stream, cells| {
        decimal(stream, cells, 2, |figures| match figures.of_media {
            MediaFigures::Video { frame_loss_100th_percent, .. } => frame_loss_100th_percent,
            _ => None,
        });
    }),
    ("Avg Video Frame Rate", |stream, cells| {
        decimal(stream, cells, 2, |figures| match figures.of_media {
            MediaFigures::Video { frame_rate_100th, .. } => Some(frame_rate_100th),
            _ => None,
        });
    }),
    ("Avg Video Post FECPLR", |stream, cells| {
        decimal(stream, cells, 5, |figures| match figures.of_media {
            MediaFigures::Video { lost_after_repair_per_100_000, .. } => Some(lost_after_repair_per_100_000),
            _ => None,
        });
    }),
    ("Avg AppSharing Spoiled Tile Percent Total", |stream, cells| {
        decimal(stream, cells, 2, |figures| match figures.of_media {
            MediaFigures::AppSharing { spoiled_tiles_100th_percent } => Some(spoiled_tiles_100th_percent),
            _ => None,
        });
    }),
];

fn media_type(media: Media) -> &'static str {
    match media {
        Media::Audio => "Audio",
        Media::Video => "Video",
        Media::Vbss => "VBSS",
        Media::AppSharing => "AppSharing",
    }
}

fn upn(end: &End<'_>, cells: &mut Cells) {
    if let Some(person) = end.person {
        cells.text(&person.upn);
    }
}

fn object_id(end: &End<'_>, cells: &mut Cells) {
    match end.person {
        Some(person) => cells.text(&person.object_id),
        None if end.user_type == "Anonymous" => cells.text("00000000-0000-0000-0000-000000000000"),
        None => {}
    }
}

fn address(end: &End<'_>, cells: &mut Cells) {
    match end.spot.address {
        Address::Unknown => {}
        Address::V4(address) => cells.ipv4(address),
        Address::V6(address) => cells.ipv6(address),
    }
}

fn subnet(end: &End<'_>, cells: &mut Cells) {
    if let Some(subnet) = end.spot.subnet {
        cells.ipv4(subnet);
    }
}

fn public_address(end: &End<'_>, cells: &mut Cells) {
    if let Some(address) = end.spot.public_address {
        cells.ipv4(address);
    }
}

/// Telephones do not report the driver of their radio.
fn machine_on_wifi<'a>(end: &End<'a>) -> Option<&'a Person> {
    end.person.filter(|person| end.spot.connection == "Wifi" && !person.client.is_mobile)
}

fn decimal(stream: &Stream<'_>, cells: &mut Cells, n_decimals: u32, figure: fn(&Figures) -> Option<u32>) {
    if let Some(number) = stream.figures.as_ref().and_then(figure) {
        cells.decimal(number, n_decimals);
    }
}
