// What Buildings must say of a building file and an export: computed a second time, slowly and plainly,
// from the texts alone. Shares no line with the engine, so that both being wrong alike is unlikely.

import { bitsOf, holds, isFirst } from "./addresses.mjs";
import { readCsv } from "./csv.mjs";
import { verdictOf } from "./verdicts.mjs";

export const DEFAULT_CHOICES = {
  classifier: "cqd-current",
  media: "audio",
  mapping: "most-specific",
  ends: "each-client",
};

const Z = 1.959963984540054;
const BLANK_WORDS = ["", "-", "nan", "null", "<null>", "(null)", "(blank)", "0.0.0.0"];

/** What tells where an end was. */
const KEYS = ["IP Address", "Subnet", "Reflexive Local IP"];

/** Captions of Microsoft's templates and of public scripts that stand for a field. */
const CAPTIONS = {
  "Avg Round Trip Time": "Avg Round Trip",
  "Average Round Trip (ms)": "Avg Round Trip",
  "Average Jitter (ms)": "Avg Jitter",
  "Average Packet Loss Rate (0-1)": "Avg Packet Loss Rate",
  "UPN of first end of stream": "First UPN",
  "UPN of second end of stream": "Second UPN",
  Subnet: "Second Subnet",
};

/** The rows of Buildings as the CSV has them, by building, numbers as numbers and `null` for nothing. */
export function buildingsOf(buildingText, exportText, choices = DEFAULT_CHOICES, delimiters = {}) {
  const rows = buildingRows(buildingText, delimiters.buildings ?? "\t");
  const streams = streamsOf(exportText, delimiters.streams ?? ",");
  const isAnybodyNamed = streams.some((stream) => stream.text("First UPN") ?? stream.text("Second UPN"));
  const groups = new Map();
  for (const stream of streams) {
    if (choices.media === "audio" && stream.text("Media Type") !== "Audio") {
      continue;
    }
    const ends = clientEnds(stream, choices.ends).map((side) => endOf(stream, side, rows, choices.mapping));
    for (const name of new Set(ends.map((end) => end.building))) {
      if (!groups.has(name)) {
        groups.set(name, { streams: [], people: new Set(), networks: new Set() });
      }
      const group = groups.get(name);
      group.streams.push(stream);
      for (const end of ends.filter((end) => end.building === name)) {
        if (end.person !== null) {
          group.people.add(end.person);
        }
        if (end.unmapped !== null) {
          group.networks.add(end.unmapped);
        }
      }
    }
  }
  const answers = [...groups].map(([name, group]) => ({
    ...answerOf(name, group, rows, choices.classifier),
    people: isAnybodyNamed ? group.people.size : null,
  }));
  return new Map(answers.map((answer) => [answer.building, answer]));
}

function answerOf(name, group, rows, classifier) {
  const own = rows.filter((row) => row.building === name);
  const verdicts = group.streams.map((stream) => verdictOf(classifier, stream));
  const n = (verdict) => verdicts.filter((found) => found === verdict).length;
  const [good, poor] = [n("good"), n("poor")];
  const loss = meanOf(group.streams, "Avg Packet Loss Rate");
  return {
    building: name,
    city: own[0]?.city ?? "",
    state: own[0]?.state ?? "",
    country: own[0]?.country ?? "",
    region: own[0]?.region ?? "",
    networks: own.length || group.networks.size,
    streams: verdicts.length,
    good,
    poor,
    unclassified: n("unclassified"),
    ...rateOf(poor, good),
    mean_round_trip_ms: meanOf(group.streams, "Avg Round Trip"),
    mean_jitter_ms: meanOf(group.streams, "Avg Jitter"),
    mean_packet_loss_percent: loss === null ? null : 100 * loss,
  };
}

/** The share of poor streams and its Wilson interval, in percent. */
function rateOf(poor, good) {
  const n = poor + good;
  if (n === 0) {
    return { poor_percent: null, poor_percent_low: null, poor_percent_high: null };
  }
  const share = poor / n;
  const middle = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return {
    poor_percent: 100 * share,
    poor_percent_low: 100 * Math.max(0, middle - half),
    poor_percent_high: 100 * Math.min(1, middle + half),
  };
}

function meanOf(streams, field) {
  const values = streams.map((stream) => stream.number(field)).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** First is the server when one side is one; servers never count, nor ends that no column places. */
function clientEnds(stream, ends) {
  const sides = { "Client : Client": ["First", "Second"], "Server : Server": [] };
  const clients = sides[stream.text("Is Server Pair")] ?? ["Second"];
  const placed = clients.filter((side) => KEYS.some((key) => stream.has(`${side} ${key}`)));
  return ends === "second-only" ? placed.filter((side) => side === "Second") : placed;
}

function endOf(stream, side, rows, mapping) {
  const row = rowOf(stream, side, rows, mapping);
  const person = stream.text(`${side} UPN`);
  return {
    building: row?.building ?? "(not mapped)",
    person: person === null ? null : person.toLowerCase(),
    unmapped: row === null ? networkOf(stream, side) : null,
  };
}

/** The row of the building file for an end, by the table of decisions in the documents. */
function rowOf(stream, side, rows, mapping) {
  const [address, subnet, outside] = KEYS.map((key) => bitsOf(stream.text(`${side} ${key}`)));
  const around = longest(rows, subnet);
  if (mapping === "same-as-cqd") {
    return around;
  }
  const byAddress = longest(rows, address);
  const exact = around !== null && isFirst(around, subnet) ? around : null;
  if (byAddress !== null && exact !== null) {
    return exact.prefix > byAddress.prefix ? exact : byAddress;
  }
  return byAddress ?? exact ?? around ?? longest(rows, outside);
}

/** The row with the longest prefix that holds the address, found by looking at every row. */
function longest(rows, address) {
  let best = null;
  for (const row of address === null ? [] : rows) {
    if (holds(row, address) && (best === null || row.prefix > best.prefix)) {
      best = row;
    }
  }
  return best;
}

/** An end that no row explains has the subnet it reported, else the usual network around its address. */
function networkOf(stream, side) {
  const [inside, subnet, outside] = KEYS.map((key) => bitsOf(stream.text(`${side} ${key}`)));
  const address = inside ?? outside;
  return subnet ?? (address === null ? null : `${address.slice(0, address.length === 32 ? 24 : 64)}/`);
}

function buildingRows(text, delimiter) {
  const rows = [];
  for (const cells of readCsv(text, delimiter)) {
    const bits = bitsOf(cells[0]);
    const prefix = Number(cells[2]);
    const isUsable = bits !== null && /^\d+$/.test(cells[2] ?? "") && prefix <= bits.length;
    const isKnown = isUsable && rows.some((row) => row.prefix === prefix && holds(row, bits));
    if (isUsable && !isKnown) {
      const [city, country, state, region] = [7, 9, 10, 11].map((idx) => (cells[idx] ?? "").trim());
      rows.push({ bits, prefix, building: cells[3] || cells[1], city, country, state, region });
    }
  }
  return rows;
}

function streamsOf(text, delimiter) {
  const [headings, ...rows] = readCsv(text, delimiter);
  const fields = new Map(headings.map((heading, idx) => [keyOf(fieldOf(heading)), idx]));
  return rows.map((cells) => {
    const textOf = (field) => {
      const cell = (cells[fields.get(keyOf(field))] ?? "").trim();
      return BLANK_WORDS.includes(cell.toLowerCase()) ? null : cell;
    };
    return {
      text: textOf,
      has: (field) => fields.has(keyOf(field)),
      number: (field) => (textOf(field) === null ? null : Number(textOf(field))),
    };
  });
}

function fieldOf(heading) {
  const bare = /\[([^\]]*)\]$/.exec(heading)?.[1] ?? heading.replace(/^(AllStreams|Measures)\./, "");
  return CAPTIONS[bare] ?? bare;
}

/** Headings are the same without regard to case, blanks, hyphens and punctuation. */
function keyOf(heading) {
  return heading.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
