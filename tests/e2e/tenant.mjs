// A small made-up tenant: a building file, and exports of any size whose values lie on both sides of
// every limit and on it. The same seed gives the same files. All names and addresses are examples.

import { writeCsv } from "./csv.mjs";

/** Network, prefix, building, city, state, country, region: nested, split, IPv6, one address, public. */
const NETWORKS = [
  ["10.0.0.0", 8, "Campus", "Reading", "", "UK", "EMEA"],
  ["10.1.0.0", 16, "Harbour", "Oslo", "", "NO", "EMEA"],
  ["10.1.2.0", 25, "Harbour East", "Oslo", "", "NO", "EMEA"],
  ["10.1.2.128", 25, "Harbour West", "Oslo", "", "NO", "EMEA"],
  ["10.0.128.0", 32, "Kiosk", "Seattle", "WA", "US", "AMER"],
  ["10.2.0.0", 22, "NY,NY", "New York", "NY", "US", "AMER"],
  ["10.2.8.0", 24, "NY,NY", "New York", "NY", "US", "AMER"],
  ["2001:db8:a::", 48, "Café Süd", "Zürich", "", "CH", "EMEA"],
  ["2001:db8:a:1::", 64, "Tower \"One\"", "Zürich", "", "CH", "EMEA"],
  ["172.16.18.0", 24, "VPN Denver", "Denver", "CO", "US", "AMER"],
  ["198.51.100.0", 24, "Branch behind NAT", "Lima", "", "PE", "LATAM"],
  ["192.0.2.8", 30, "No city", "", "", "", ""],
];

export function buildingFile(networks = NETWORKS) {
  const rows = networks.map(([network, prefix, building, city, state, country, region]) => [
    ...[network, `Net ${network}`, prefix, building, "Contoso", "Office", "Main"],
    ...[city, "00100", country, state, region, 1, 0, 0],
  ]);
  return writeCsv(rows, { delimiter: "\t" });
}

/** Address, subnet and public address of an end: every way in and out of the building file. */
const SPOTS = [
  ["10.9.9.9", "10.9.9.0", "203.0.113.7"],
  ["10.1.2.17", "10.1.2.0", "203.0.113.7"],
  ["10.1.2.200", "10.1.2.0", "203.0.113.7"],
  ["10.1.77.5", "10.1.77.0", ""],
  ["10.0.128.57", "10.0.128.0", "203.0.113.9"],
  ["", "10.2.1.0", "203.0.113.9"],
  ["10.2.3.4", "10.2.8.0", "203.0.113.9"],
  ["10.2.8.9", "(Blank)", ""],
  ["2001:db8:a:1::17", "", ""],
  ["2001:db8:a:9::17%12", "<null>", ""],
  ["::ffff:172.16.18.4", "172.16.18.0", "203.0.113.20"],
  ["192.168.1.4", "192.168.1.0", "198.51.100.3"],
  ["192.168.1.4", "192.168.1.0", "203.0.113.30"],
  ["192.168.7.7", "", "203.0.113.31"],
  ["192.0.2.9", "192.0.2.8", ""],
  ["0.0.0.0", "0.0.0.0", ""],
  ["2001:db8:ffff::1", "", ""],
];

export const FIELDS = [
  "Conference Id",
  "Is Server Pair",
  "Media Type",
  "Stream Direction",
  "End Time",
  "First IP Address",
  "First Subnet",
  "First Reflexive Local IP",
  "First UPN",
  "Second IP Address",
  "Second Subnet",
  "Second Reflexive Local IP",
  "Second UPN",
  "First Connectivity Ice",
  "Second Connectivity Ice",
  "Payload Description",
  "Second Capture Dev",
  "Avg Jitter",
  "Avg Packet Loss Rate",
  "Avg Round Trip",
  "Packet Utilization",
  "Avg Audio Degradation",
  "Avg Ratio Concealed Samples",
  "Video Local Frame Loss Percentage Avg",
  "Video Frame Rate Avg",
  "Video Post FECPLR",
  "Spoiled Tile Percent Total",
  "AppSharing RDP Tile Processing Latency Average",
  "AppSharing Relative OneWay Average",
];

/** Streams as one object each, by field. */
export function streams(n_streams, seed = 1) {
  const random = seeded(seed);
  const below = (n) => Math.floor(random() * n);
  const pick = (choices) => choices[below(choices.length)];
  const person = () => {
    const name = `person${below(40)}@contoso.com`;
    return pick([name, name, name, name.toUpperCase(), ""]);
  };
  return Array.from({ length: n_streams }, (_, idx) => {
    const pair = pick(["Client : Server", "Client : Server", "Client : Client", "Server : Server"]);
    const isServer = pair !== "Client : Client";
    const first = isServer ? ["192.0.2.10", "192.0.2.8", ""] : pick(SPOTS);
    const second = pick(SPOTS);
    const day = String(1 + (idx % 28)).padStart(2, "0");
    const media = pick(["Audio", "Audio", "Audio", "Video", "VBSS", "AppSharing", ""]);
    const isNumb = below(15) === 0;
    const measured = (choices) => (isNumb ? "" : pick(choices));
    const values = [
      `00000000-0000-0000-0000-${String(1 + (idx >> 1)).padStart(12, "0")}`,
      pair,
      media,
      pick(["First-to-Second", "Second-to-First"]),
      `2026-03-${day}T10:00:00`,
      ...first,
      isServer ? "" : person(),
      ...second,
      person(),
      pick(["DIRECT", "RELAY", "RELAY", "FAILED"]),
      pick(["DIRECT", "RELAY", "HTTP", ""]),
      pick(["SATIN", "SILK", "H264S", "H264", ""]),
      pick(["Realtek, built-in", 'Mic "Pro" 5', "", "MissingDeviceName"]),
      measured(["4.25", "12", "30", "30.01", "31", "(null)", "-", "1E-05"]),
      measured(["0", "0.0125", "0.05", "0.1", "0.1001", "NaN", "5E-02"]),
      measured(["20", "480.5", "499.99", "500", "500.25", "612", ""]),
      pick(["500", "501", "1000", "1001", "48000", "48000", "48000", ""]),
      measured(["0.2", "1", "1.01", ""]),
      measured(["0.01", "0.07", "0.0701", ""]),
      measured(["12", "50", "50.5", "", ""]),
      measured(["0.9", "1", "6.9", "7", "29.5", "", ""]),
      measured(["0.1", "0.15", "0.16", ""]),
      measured(["36", "36.5", "12", ""]),
      measured(["400", "401", "80", ""]),
      measured(["1.75", "1.8", "0.4", ""]),
    ];
    return Object.fromEntries(FIELDS.map((field, field_idx) => [field, values[field_idx]]));
  });
}

/** An export of streams; `headings` gives the spelling of a field. */
export function exportFile(rows, { fields = FIELDS, spell = (field) => field, ...options } = {}) {
  return writeCsv([fields.map(spell), ...rows.map((row) => fields.map((field) => row[field]))], options);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
