// Audio streams by place and person of the second end: few enough for JavaScript to find their buildings.

const IS_BEYOND = `("Avg Jitter" > 30 OR "Avg Packet Loss Rate" > 0.1 OR "Avg Round Trip" > 500)`;
const IS_JUDGED = `("Second Connectivity Ice" IS DISTINCT FROM 'FAILED'
  AND coalesce("Avg Jitter", "Avg Packet Loss Rate", "Avg Round Trip") IS NOT NULL)`;

export const IS_POOR = `(${IS_JUDGED} AND ${IS_BEYOND} AND "Avg Packet Utilization" > 500)`;
export const IS_GOOD = `(${IS_JUDGED} AND ${IS_BEYOND} IS NOT TRUE)`;

const TEXTS = ["Second IP Address", "Second Subnet", "Second Reflexive Local IP", "Second UPN"];

export const GROUPS = `
  SELECT ${TEXTS.map((name) => `"${name}"`).join(", ")}, count(*)::INTEGER AS streams,
    (count(*) FILTER (WHERE ${IS_GOOD}))::INTEGER AS good, (count(*) FILTER (WHERE ${IS_POOR}))::INTEGER AS poor
  FROM streams WHERE "Media Type" = 'Audio' GROUP BY ALL`;

/** The groups of an Arrow table. */
export function* groupsOf(table) {
  const texts = TEXTS.map((name) => table.getChild(name));
  const [streams, good, poor] = ["streams", "good", "poor"].map((name) => table.getChild(name).toArray());
  for (let idx = 0; idx < table.numRows; idx += 1) {
    const [address, subnet, publicAddress, upn] = texts.map((column) => column.get(idx) ?? "");
    yield { address, subnet, publicAddress, upn, streams: streams[idx], good: good[idx], poor: poor[idx] };
  }
}
