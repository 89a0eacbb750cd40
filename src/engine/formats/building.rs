//! The building (location) file: 14, 15 or 16 columns by position, TAB or comma, without a header.
//!
//! Columns: <https://learn.microsoft.com/microsoftteams/cqd-upload-tenant-building-data>. The 15th (VPN)
//! came in 2019, the 16th (public address) in 2026; official templates still have 14. The header that
//! Microsoft forbids stands in many real files and is left out with a note.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{
    Content, Finding, Format, Head, Layout, ReadRows, Reader,
    cell::is_blank,
    cutter::Block,
    encoding,
    records::{Records, Row},
};
use crate::engine::diagnostic::{Diagnostics, Position, RejectedRow};
use crate::engine::location::{
    address::{Address, Network},
    index::LocationIndex,
    sites::{self, Sites},
};
use crate::engine::model::buildings::{BuildingFile, BuildingNetwork, Site};
use crate::protocol::{FileKind, ProblemCode as P, RowCounts};

/// How building files are told and read.
pub(crate) const FORMAT: Format = Format {
    kind: FileKind::Buildings,
    layout: Layout::Rows {
        recognize,
        reader: |head, _| Box::new(BuildingReader::new(head.delimiter)),
    },
};

/// The columns, from 0.
mod column {
    pub(super) const NETWORK: usize = 0;
    pub(super) const NETWORK_NAME: usize = 1;
    pub(super) const NETWORK_RANGE: usize = 2;
    pub(super) const BUILDING_NAME: usize = 3;
    pub(super) const CITY: usize = 7;
    pub(super) const COUNTRY: usize = 9;
    pub(super) const STATE: usize = 10;
    pub(super) const REGION: usize = 11;
    pub(super) const INSIDE_CORP: usize = 12;
    pub(super) const VPN: usize = 14;
    pub(super) const PUBLIC_IP: usize = 15;
}

fn recognize(head: &Head) -> Option<Finding> {
    let mut rows = head.rows.iter().filter(|row| row.len() > 1).peekable();
    let header = rows.next_if(|first| !is_network(first));
    let rows: Vec<_> = rows.collect();
    let n_networks = rows.iter().filter(|row| is_network(row)).count();
    if n_networks * 2 <= rows.len() {
        return None;
    }
    // A stream export may begin with an address as well; its headings speak louder then.
    let doubt = match header.and_then(|header| header.first()) {
        None => 10,
        Some(heading) if heading.to_lowercase().starts_with("network") => 9,
        Some(_) => 4,
    };
    let n_full = rows
        .iter()
        .filter(|row| (14..=16).contains(&row.len()))
        .count();
    // Without headings a log of addresses looks the same; the file has 14 columns at least.
    if header.is_none() && n_full == 0 {
        return None;
    }
    let fullness = if n_full * 2 > rows.len() { 10 } else { 5 };
    Some(Finding {
        score: n_networks * 10 * doubt * fullness / rows.len(),
        evidence: format!(
            "{n_networks} of {} rows that were looked at begin with a network and its range",
            rows.len()
        ),
    })
}

fn is_network(row: &[String]) -> bool {
    row.len() > column::BUILDING_NAME
        && Address::parse(row[column::NETWORK].as_bytes()).is_some()
        && prefix(row[column::NETWORK_RANGE].as_bytes()).is_some_and(|prefix| prefix <= 128)
}

struct BuildingReader {
    delimiter: u8,
    file: BuildingFile,
    seen: BTreeSet<sites::Site>,
    rows: RowCounts,
    diagnostics: Diagnostics,
    is_first_row: bool,
}

impl BuildingReader {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            file: BuildingFile::default(),
            seen: BTreeSet::new(),
            rows: RowCounts::default(),
            diagnostics: Diagnostics::default(),
            is_first_row: true,
        }
    }

    fn read_row(&mut self, text: &[u8], row: &Row) {
        if row.is_blank(text) {
            self.rows.read += 1;
            self.rows.blank += 1;
            return;
        }
        let is_first_row = std::mem::take(&mut self.is_first_row);
        let written = row.cell(text, column::NETWORK);
        let address = Address::parse(&written);
        let prefix = prefix(&row.cell(text, column::NETWORK_RANGE));
        if is_first_row && address.is_none() && prefix.is_none() {
            self.diagnostics.row(P::HeaderInBuildingFile, row.line);
            return;
        }
        self.rows.read += 1;
        let Some(address) = address else {
            return self.reject(P::BadNetwork, row, column::NETWORK, text);
        };
        // An IPv4 address within an IPv6 one is its last 32 bits.
        let n_before = match address {
            Address::V4(_) if written.contains(&b':') => 96,
            _ => 0,
        };
        let prefix = prefix.and_then(|prefix| prefix.checked_sub(n_before));
        let Some(network) = prefix.and_then(|prefix| Network::new(address, prefix)) else {
            return self.reject(P::BadPrefix, row, column::NETWORK_RANGE, text);
        };
        let site = (network, self.public_address(text, row));
        if !self.seen.insert(site) {
            self.rows.duplicates += 1;
            self.complain(P::SameNetworkTwice, row, column::NETWORK);
            return;
        }
        self.use_row(text, row, site, address);
    }

    /// The public address that tells the sites of a network apart. A site of which it cannot be read is that of no end.
    fn public_address(&mut self, text: &[u8], row: &Row) -> Option<Address> {
        let cell = row.cell(text, column::PUBLIC_IP);
        if is_blank(&cell) {
            return None;
        }
        let all_bits: &[u8] = if cell.contains(&b':') {
            b"/128"
        } else {
            b"/32"
        };
        let address = cell.strip_suffix(all_bits).unwrap_or(&cell);
        Address::parse(address).or_else(|| {
            self.complain(P::NotAnAddress, row, column::PUBLIC_IP);
            // The addresses that begin with 96 zeros are in use nowhere.
            Some(Address::V6(u128::from(row.line)))
        })
    }

    fn use_row(
        &mut self,
        text: &[u8],
        row: &Row,
        (network, public): sites::Site,
        address: Address,
    ) {
        if network.first() != address {
            self.complain(P::HostBits, row, column::NETWORK);
        }
        if !(14..=16).contains(&row.n_cells()) {
            let position = Position {
                line: row.line,
                column: row.n_cells() as u32,
            };
            self.diagnostics.cell(P::OddColumnCount, position);
        }
        for flag in column::INSIDE_CORP..=column::VPN {
            let cell = row.cell(text, flag);
            let may_be_empty = flag == column::VPN || flag >= row.n_cells();
            let is_flag = matches!(&*cell, b"0" | b"1");
            if !(is_flag || may_be_empty && cell.is_empty()) {
                self.complain(P::BadFlag, row, flag);
            }
        }
        let network_name = self.words(text, row, column::NETWORK_NAME);
        let mut building_name = self.words(text, row, column::BUILDING_NAME);
        if building_name.is_empty() {
            self.complain(P::NoBuildingName, row, column::BUILDING_NAME);
            building_name = if network_name.is_empty() {
                network.to_string()
            } else {
                network_name.clone()
            };
        }
        let site = Site {
            city: self.words(text, row, column::CITY),
            state: self.words(text, row, column::STATE),
            country: self.words(text, row, column::COUNTRY),
            region: self.words(text, row, column::REGION),
        };
        let (building, is_elsewhere) = self.file.building(&building_name, &site);
        if is_elsewhere {
            self.complain(P::BuildingInTwoPlaces, row, column::CITY);
        }
        self.file.buildings[building as usize].n_networks += 1;
        self.file.networks.push(BuildingNetwork {
            network,
            public,
            name: network_name,
            building,
            line: row.line,
        });
        self.rows.used += 1;
    }

    fn words(&mut self, text: &[u8], row: &Row, column: usize) -> String {
        let cell = row.cell(text, column);
        match encoding::words(&cell) {
            Cow::Borrowed(words) => words.to_owned(),
            Cow::Owned(words) => {
                self.complain(P::BadEncoding, row, column);
                words
            }
        }
    }

    fn reject(&mut self, code: P, row: &Row, column: usize, text: &[u8]) {
        self.rows.rejected += 1;
        self.diagnostics.reject(RejectedRow {
            line: row.line,
            column: Some(column as u32 + 1),
            code,
            text: row.raw(text).to_vec(),
        });
    }

    fn complain(&mut self, code: P, row: &Row, column: usize) {
        let position = Position {
            line: row.line,
            column: column as u32 + 1,
        };
        self.diagnostics.cell(code, position);
    }
}

/// A prefix length: `24`, `/24`, or as the mask `255.255.255.0`.
fn prefix(cell: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(cell).ok()?.trim_start_matches('/');
    if let Ok(mask) = text.parse::<std::net::Ipv4Addr>() {
        let bits = mask.to_bits();
        return (bits.leading_ones() + bits.trailing_zeros() == 32)
            .then_some(bits.leading_ones() as u8);
    }
    text.parse().ok()
}

impl Reader for BuildingReader {
    fn read(&mut self, block: &Block) {
        if let Some(code) = block.broken {
            self.rows.read += 1;
            self.rows.rejected += 1;
            self.diagnostics.reject(RejectedRow {
                line: block.first_line,
                column: None,
                code,
                text: Vec::new(),
            });
            return;
        }
        let mut records = Records::new(&block.text, self.delimiter, block.first_line);
        let mut row = Row::default();
        while records.read(&mut row) {
            self.read_row(&block.text, &row);
        }
    }

    fn rows(&self) -> RowCounts {
        self.rows
    }

    fn finish(mut self: Box<Self>) -> ReadRows {
        if self.rows.used == 0 {
            self.diagnostics.file(P::Empty);
        }
        let networks = self.file.networks.iter().map(|row| row.network).collect();
        self.file.index = LocationIndex::new(networks);
        self.seen = BTreeSet::new();
        let networks = &self.file.networks;
        let sites: Vec<sites::Site> = networks
            .iter()
            .map(|row| (row.network, row.public))
            .collect();
        self.file.sites = Sites::new(&sites, |row| networks[row as usize].building);
        ReadRows::new(
            FileKind::Buildings,
            Content::Buildings(self.file),
            self.rows,
            self.diagnostics,
        )
    }
}
