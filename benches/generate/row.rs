//! One row of the export: forty-seven columns, some of them quoted, many of them empty.

use std::io::{self, Write};

use super::people::{Person, Place};

pub(crate) const HEADINGS: [&str; 47] = [
    "Conference Id",
    "Start Time",
    "End Time",
    "Media Type",
    "Is Server Pair",
    "Session Type",
    "Stream Direction",
    "First UserType",
    "Second UserType",
    "First User Agent Category",
    "Second User Agent Category",
    "First UPN",
    "Second UPN",
    "First User ObjectId",
    "Second User ObjectId",
    "First Phone Number",
    "Second Phone Number",
    "First IP Address",
    "Second IP Address",
    "First Subnet",
    "Second Subnet",
    "First Reflexive Local IP",
    "Second Reflexive Local IP",
    "First Network Connection Detail",
    "Second Network Connection Detail",
    "First Tenant Id",
    "Second Tenant Id",
    "Second BSSID",
    "Second Wifi Vendor Driver",
    "Second Wifi Vendor Driver Version",
    "Second Capture Dev",
    "Second Client App Version",
    "Second VPN",
    "Second Client Endpoint Name",
    "Transport",
    "First Connectivity Ice",
    "Second Connectivity Ice",
    "Avg Jitter",
    "Avg Jitter Max",
    "Avg Packet Loss Rate",
    "Avg Packet Loss Rate Max",
    "Avg Round Trip",
    "Avg Round Trip Max",
    "Avg Packet Utilization",
    "Avg Video Local Frame Loss Percentage",
    "Avg Video Frame Rate",
    "Avg Video Post FECPLR",
];

const AGENTS: [&str; 5] = [
    "Microsoft Teams Windows",
    "Microsoft Teams Mac",
    "Microsoft Teams iOS",
    "Microsoft Teams Android",
    "Microsoft Teams Web",
];
const VERSIONS: [&str; 4] = [
    "26213.1210.3890.4120",
    "26225.603.4012.1190",
    "26241.1004.4077.2310",
    "7.15.2",
];
const DRIVERS: [&str; 4] = [
    "Contoso Wireless AC",
    "Fabrikam Wi-Fi 6E",
    "Northwind Wireless, 802.11ax",
    "(Blank)",
];
const DEVICES: [&str; 6] = [
    "Microphone Array (Adatum Smart Sound)",
    "Headset Microphone (Contoso Voice 310)",
    "Mikrofon (Northwind Duo, USB)",
    "Headset \"Pro\" (Fabrikam Hush 75)",
    "MissingDeviceName",
    "Echo Cancelling Speakerphone (Fabrikam Speak 20)",
];

/// The stream of a row, before it is written.
pub(crate) struct Stream<'a> {
    pub(crate) call_id: &'a str,
    pub(crate) start_s: u32,
    pub(crate) seconds: u32,
    pub(crate) media: &'static str,
    pub(crate) is_to_second: bool,
    pub(crate) first: End<'a>,
    pub(crate) second: End<'a>,
    pub(crate) is_tcp: bool,
    pub(crate) is_failed: bool,
    pub(crate) figures: Figures,
}

/// One end of it.
#[derive(Copy, Clone)]
pub(crate) struct End<'a> {
    /// A server has none, and neither has somebody who did not sign in.
    pub(crate) person: Option<&'a Person>,
    pub(crate) place: &'a Place,
    pub(crate) is_server: bool,
}

impl<'a> End<'a> {
    fn of_person(&self, text: fn(&'a Person) -> &'a str) -> &'a str {
        self.person.map_or("", text)
    }

    fn user_type(&self) -> &'static str {
        match (self.is_server, self.person) {
            (true, _) => "Server",
            (false, Some(_)) => "User",
            (false, None) => "Anonymous",
        }
    }

    fn agent(&self) -> &'static str {
        if self.is_server {
            "AV-MCU"
        } else {
            AGENTS[self.device_idx() % AGENTS.len()]
        }
    }

    fn device_idx(&self) -> usize {
        self.person.map_or(4, |person| person.device_idx)
    }
}

/// What was measured, in units of the last decimal that is written.
#[derive(Clone, Default)]
pub(crate) struct Figures {
    pub(crate) jitter_100th_ms: Option<u32>,
    pub(crate) loss_per_100_000: Option<u32>,
    pub(crate) round_trip_10th_ms: Option<u32>,
    pub(crate) n_packets: Option<u32>,
    pub(crate) frame_rate_100th: Option<u32>,
}

pub(crate) fn write_headings(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}\r", HEADINGS.join(","))
}

pub(crate) fn write(stream: &Stream<'_>, cells: &mut Cells) {
    let Stream {
        first,
        second,
        figures,
        ..
    } = stream;
    let device_idx = second.device_idx();
    let is_on_wifi = second.place.connection == "Wifi" && second.person.is_some();
    cells.text(stream.call_id);
    cells.time(stream.start_s);
    cells.time(stream.start_s + stream.seconds);
    cells.text(stream.media);
    cells.text(if first.is_server {
        "Client : Server"
    } else {
        "Client : Client"
    });
    cells.text(if first.is_server { "Conf" } else { "P2P" });
    cells.text(if stream.is_to_second {
        "First-to-Second"
    } else {
        "Second-to-First"
    });
    for end in [first, second] {
        cells.text(end.user_type());
    }
    for end in [first, second] {
        cells.text(end.agent());
    }
    for end in [first, second] {
        cells.text(end.of_person(|person| &person.upn));
    }
    for end in [first, second] {
        cells.text(end.of_person(|person| &person.object_id));
    }
    for end in [first, second] {
        cells.text(end.of_person(|person| &person.phone));
    }
    for end in [first, second] {
        cells.address(end.place.address);
    }
    for end in [first, second] {
        cells.address(end.place.subnet);
    }
    for end in [first, second] {
        cells.address(end.place.public_address);
    }
    for end in [first, second] {
        cells.text(end.place.connection);
    }
    for end in [first, second] {
        cells.text(end.of_person(|person| person.tenant_id));
    }
    cells.text(second.place.bssid.as_deref().unwrap_or_default());
    cells.text(if is_on_wifi {
        DRIVERS[device_idx % DRIVERS.len()]
    } else {
        ""
    });
    cells.text(if is_on_wifi {
        ["20.70.3", "23.30.1", "3.4.2.1207"][device_idx % 3]
    } else {
        ""
    });
    cells.text(if second.person.is_some() {
        DEVICES[device_idx % DEVICES.len()]
    } else {
        ""
    });
    cells.text(VERSIONS[device_idx % VERSIONS.len()]);
    cells.text(if device_idx.is_multiple_of(16) {
        "True"
    } else {
        "False"
    });
    cells.text(second.of_person(|person| &person.machine));
    cells.text(if stream.is_tcp { "TCP" } else { "UDP" });
    cells.text(if first.is_server { "DIRECT" } else { "RELAY" });
    cells.text(if stream.is_failed { "FAILED" } else { "DIRECT" });
    let with_decimals = [
        (figures.jitter_100th_ms, 2),
        (figures.loss_per_100_000, 5),
        (figures.round_trip_10th_ms, 1),
    ];
    for (figure, n_decimals) in with_decimals {
        cells.decimal(figure, n_decimals);
        cells.decimal(figure.map(|number| number * 2 + 7), n_decimals);
    }
    cells.decimal(figures.n_packets, 0);
    let of_pictures = figures.frame_rate_100th.filter(|_| stream.media != "Audio");
    cells.decimal(of_pictures.map(|rate| 9_000 - rate * 2), 2);
    cells.decimal(of_pictures, 2);
    cells.decimal(of_pictures.map(|rate| rate / 3), 5);
    cells.end_row();
}

/// Rows as bytes. Its own digits: the general formatting would take longer than the reading that is measured.
#[derive(Default)]
pub(crate) struct Cells(pub(crate) Vec<u8>);

impl Cells {
    fn text(&mut self, text: &str) {
        if text.contains([',', '"']) {
            self.0.push(b'"');
            self.0
                .extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.0.push(b'"');
        } else {
            self.0.extend_from_slice(text.as_bytes());
        }
        self.0.push(b',');
    }

    fn decimal(&mut self, number: Option<u32>, n_decimals: u32) {
        if let Some(number) = number {
            let one = 10_u32.pow(n_decimals);
            self.digits(number / one, 1);
            if n_decimals > 0 {
                self.0.push(b'.');
                self.digits(number % one, n_decimals);
            }
        }
        self.0.push(b',');
    }

    fn digits(&mut self, number: u32, n_at_least: u32) {
        if number >= 10 || n_at_least > 1 {
            self.digits(number / 10, n_at_least.saturating_sub(1));
        }
        self.0.push(b'0' + (number % 10) as u8);
    }

    fn address(&mut self, address: Option<std::net::IpAddr>) {
        if let Some(address) = address {
            write!(self.0, "{address}").expect("a Vec takes every byte");
        }
        self.0.push(b',');
    }

    /// Writes a time of the thirty days from 1 October 2026.
    fn time(&mut self, second: u32) {
        self.0.extend_from_slice(b"2026-10-");
        self.digits(second / 86_400 + 1, 2);
        for (start, number) in [
            (b'T', second / 3600 % 24),
            (b':', second / 60 % 60),
            (b':', second % 60),
        ] {
            self.0.push(start);
            self.digits(number, 2);
        }
        self.0.push(b',');
    }

    fn end_row(&mut self) {
        self.0.pop();
        self.0.extend_from_slice(b"\r\n");
    }
}
