// Files of many kinds as an administrator might have them in one folder. All names and numbers are examples.

import { writeCsv } from "./csv.mjs";
import { buildingFile, exportFile, FIELDS, streams } from "./tenant.mjs";

/** A heading that nobody knows for the jitter of a stream. */
export const OWN_JITTER = "Wobble of the line";

const spellOwn = (field) => (field === "Avg Jitter" ? OWN_JITTER : field);

/** An export whose jitter stands under a heading of its own. */
export function ownExport(rows, options = {}) {
  return exportFile(rows, { spell: spellOwn, ...options });
}

/** The same streams as an export whose jitter column nobody has told the meaning of. */
export function withoutJitter(rows) {
  return exportFile(rows, { fields: FIELDS.filter((field) => field !== "Avg Jitter") });
}

/** An export whose dates can be read with the day or the month first. */
export function openDates(rows) {
  return exportFile(rows.map((row) => ({ ...row, "End Time": "03/04/2026 10:00:00" })));
}

/** An export with so many rows that lack cells, behind those that are whole. */
export function withShortRows(rows, n_short) {
  return exportFile(rows) + "short,row\r\n".repeat(n_short);
}

/** An export with more columns that nobody knows, as scripts write them. */
export function withStrangeColumns(rows) {
  const strange = ["Quality mark", "Poor Stream Rate (%)", "Jitter mean ms", "Ticket"];
  const more = rows.map((row, idx) => ({
    ...row,
    "Quality mark": ["A", "B", "C"][idx % 3],
    "Poor Stream Rate (%)": String(idx % 9),
    "Jitter mean ms": String(4 + (idx % 40)),
    Ticket: `INC00${4711 + (idx % 17)}`,
  }));
  return exportFile(more, { fields: [...FIELDS, ...strange] });
}

/** One file of each kind, by name. */
export function manyKinds() {
  const rows = streams(400);
  return {
    "buildings.tsv": buildingFile(),
    "streams march.csv": withShortRows(rows, 3),
    "streams april.csv": withStrangeColumns(streams(300, 9)),
    "endpoints.csv": writeCsv([
      ["Endpoint Name", "Endpoint Make", "Endpoint Model", "Endpoint Type"],
      ["PC-0001", "Contoso", "Book 3", "Laptop"],
      ["PC-0002", "Contoso", "Tower 5", "Desktop"],
    ]),
    "access points.csv": writeCsv([
      ["AP Name", "BSSID", "Building", "Floor"],
      ["AP-1-07", "00:00:5e:00:53:01", "Harbour East", "1"],
      ["AP-2-03", "00:00:5e:00:53:02", "Harbour West", "2"],
    ]),
    "survey.csv": writeCsv([
      ["ID", "Completion time", "Would you recommend", "Comment"],
      ["1", "2026-03-02 10:00:00", "9", "Clear sound"],
      ["2", "2026-03-02 11:00:00", "11", "More than possible"],
      ["3", "2026-03-03 09:00:00", "4", ""],
    ]),
    "notes of the meeting.txt": "Ask about the headsets.\r\nCall the provider.\r\n",
    "streams march again.csv": withShortRows(rows, 3),
  };
}
