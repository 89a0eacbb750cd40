//! Writes cells of a comma-separated file. Its own digits: the general formatting is several times slower.

use std::io::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

pub(super) struct Cells(Vec<u8>);

impl Cells {
    pub(super) fn with_capacity(n_bytes: usize) -> Self {
        Self(Vec::with_capacity(n_bytes))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(super) fn text(&mut self, text: &str) {
        let needs_quotes = text
            .bytes()
            .any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
        if !needs_quotes {
            self.0.extend_from_slice(text.as_bytes());
            return;
        }
        self.byte(b'"');
        for byte in text.bytes() {
            self.0
                .extend(std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }));
        }
        self.byte(b'"');
    }

    pub(super) fn number(&mut self, number: u32) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.byte(b'0' + (number % 10) as u8);
    }

    fn padded(&mut self, number: u32, n_digits: u32) {
        if n_digits > 1 {
            self.padded(number / 10, n_digits - 1);
        }
        self.byte(b'0' + (number % 10) as u8);
    }

    /// Writes a number that is given in units of its last decimal.
    pub(super) fn decimal(&mut self, number: u32, n_decimals: u32) {
        let one = 10_u32.pow(n_decimals);
        self.number(number / one);
        self.byte(b'.');
        self.padded(number % one, n_decimals);
    }

    pub(super) fn ipv4(&mut self, address: Ipv4Addr) {
        let [a, b, c, d] = address.octets();
        self.number(u32::from(a));
        for octet in [b, c, d] {
            self.byte(b'.');
            self.number(u32::from(octet));
        }
    }

    pub(super) fn ipv6(&mut self, address: Ipv6Addr) {
        write!(self.0, "{address}").expect("a Vec takes every byte");
    }

    /// Writes the hardware address of an access point: a locally administered one, so nobody's.
    pub(super) fn bssid(&mut self, block: u8, number: u8) {
        write!(self.0, "02-1a-{block:02x}-00-00-{number:02x}").expect("a Vec takes every byte");
    }

    /// Writes a day of the period that begins on 2 September 2026.
    pub(super) fn date(&mut self, day_idx: u32) {
        let (month, day) = if day_idx < 29 {
            (9, day_idx + 2)
        } else {
            (10, day_idx - 28)
        };
        self.text("2026-");
        self.padded(month, 2);
        self.byte(b'-');
        self.padded(day, 2);
    }

    pub(super) fn time(&mut self, second_of_period: u32) {
        let second = second_of_period % 86_400;
        self.date(second_of_period / 86_400);
        self.byte(b'T');
        self.padded(second / 3600, 2);
        self.byte(b':');
        self.padded(second / 60 % 60, 2);
        self.byte(b':');
        self.padded(second % 60, 2);
    }
}
