// When a stream is Good, Poor or Unclassified, straight from Microsoft's page on stream classification
// and the documented presets. Knows nothing of the engine.
//
// https://learn.microsoft.com/microsoftteams/stream-classification-in-call-quality-dashboard

const above = (limit) => (value) => value > limit;
const below = (limit) => (value) => value < limit;

const LOSS = "Avg Packet Loss Rate";
const JITTER = "Avg Jitter";
const ROUND_TRIP = "Avg Round Trip";

const THREE = [
  [ROUND_TRIP, above(500)],
  [LOSS, above(0.1)],
  [JITTER, above(30)],
];

const CONCEALMENT = [
  ["Avg Audio Degradation", above(1)],
  ["Avg Ratio Concealed Samples", above(0.07)],
];

/** By the option of the select "Classifier": the audio rules, those of other codecs, the packets for Poor. */
const AUDIO = {
  "cqd-current": { rules: THREE, packets: 500 },
  "cqd-2018": {
    rules: THREE,
    notForSatin: CONCEALMENT,
    packets: null,
  },
  "call-record-insights": { rules: THREE, packets: 1000 },
  "real-time-analytics": {
    rules: [
      [ROUND_TRIP, (value) => value >= 500],
      [LOSS, (value) => value >= 0.05],
      [JITTER, (value) => value >= 30],
    ],
    packets: null,
  },
};

/** One's own limits: values above them are poor, with more packets than stated. */
export function ownLimits(limits, packets) {
  return { rules: Object.entries(limits).map(([field, limit]) => [field, above(limit)]), packets };
}

/**
 * The verdict of a stream, by a preset's name or by one's own limits; `number(field)` gives a value or
 * `null`. Other media than audio are judged by CQD current only.
 */
export function verdictOf(classifier, stream) {
  const ice = ["First Connectivity Ice", "Second Connectivity Ice"].map((field) => stream.text(field));
  if (ice.includes("FAILED")) {
    return "unclassified";
  }
  switch (stream.text("Media Type")) {
    case "Audio":
      return audio(AUDIO[classifier] ?? classifier, stream);
    case "Video":
      return withPackets(500, stream, first(VIDEO, stream));
    case "VBSS":
      return sharing(stream);
    case "AppSharing":
      return any(TILES, stream);
    default:
      return "unclassified";
  }
}

function audio({ rules, notForSatin = [], packets }, stream) {
  const isSatin = stream.text("Payload Description") === "SATIN";
  return withPackets(packets, stream, any([...rules, ...(isSatin ? [] : notForSatin)], stream));
}

const VIDEO = [
  ["Video Local Frame Loss Percentage Avg", above(50)],
  ["Video Frame Rate Avg", below(7)],
  ["Video Post FECPLR", above(0.15)],
];

const TILES = [
  ["Spoiled Tile Percent Total", above(36)],
  ["AppSharing RDP Tile Processing Latency Average", above(400)],
  ["AppSharing Relative OneWay Average", above(1.75)],
];

/** The sharing classifier of 2024: by direction and codec. */
function sharing(stream) {
  const isOutbound = stream.text("Stream Direction") === "Second-to-First";
  const isH264s = stream.text("Payload Description") === "H264S";
  const rule =
    isOutbound || isH264s
      ? ["Video Frame Rate Avg", below(1)]
      : ["Video Local Frame Loss Percentage Avg", above(50)];
  return any([rule], stream);
}

/** A limit passed with too few packets, or with none stated, says nothing. */
function withPackets(packets, stream, verdict) {
  if (verdict !== "poor" || packets === null || !stream.has("Packet Utilization")) {
    return verdict;
  }
  const n_packets = stream.number("Packet Utilization");
  return n_packets !== null && n_packets > packets ? "poor" : "unclassified";
}

function any(rules, stream) {
  const said = rules.filter(([field]) => stream.number(field) !== null);
  if (said.length === 0) {
    return "unclassified";
  }
  return said.some(([field, isBad]) => isBad(stream.number(field))) ? "poor" : "good";
}

/** The first measurement that is there decides. */
function first(rules, stream) {
  return any(rules.filter(([field]) => stream.number(field) !== null).slice(0, 1), stream);
}
