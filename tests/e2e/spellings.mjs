// The same export as its producers would write it: portal, templates, command line, scripts, spreadsheets.

import { exportFile, FIELDS } from "./tenant.mjs";

const SCRIPT_CAPTIONS = {
  "Avg Round Trip": "Average Round Trip (ms)",
  "Avg Jitter": "Average Jitter (ms)",
  "Avg Packet Loss Rate": "Average Packet Loss Rate (0-1)",
  "First UPN": "UPN of first end of stream",
  "Second UPN": "UPN of second end of stream",
};

const isMeasure = (field) => /^Avg /.test(field);
const tableOf = (field) => (isMeasure(field) ? "Measures" : "AllStreams");

/** By what is special about it: the text, and how its bytes are made. */
export const SPELLINGS = (rows) => ({
  "names of the data model": { text: exportFile(rows, { spell: (field) => `[${tableOf(field)}].[${field}]` }) },
  "table and field joined by a dot": { text: exportFile(rows, { spell: (field) => `${tableOf(field)}.${field}` }) },
  "every value quoted": { text: exportFile(rows, { quoteAll: true, lineEnd: "\n" }) },
  "headings in lower case and with hyphens": {
    text: exportFile(rows, { spell: (field) => field.toLowerCase().replaceAll(" ", "-") }),
  },
  "headings without blanks, columns the other way round": {
    text: exportFile(rows, {
      fields: [...FIELDS].reverse(),
      spell: (field) => field.replaceAll(" ", ""),
    }),
  },
  "captions of a public script": {
    text: exportFile(rows, { spell: (field) => SCRIPT_CAPTIONS[field] ?? field }),
  },
  "captions of a template": {
    text: exportFile(rows, {
      spell: (field) => ({ "Second Subnet": "Subnet", "Avg Round Trip": "Avg Round Trip Time" })[field] ?? field,
    }),
  },
  "a byte order mark": { text: `\uFEFF${exportFile(rows)}` },
  "UTF-16 and TABs": {
    text: exportFile(rows, { delimiter: "\t" }),
    delimiter: "\t",
    encode: (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  },
  "only the columns that are needed": {
    text: exportFile(rows, {
      fields: ["Media Type", "Is Server Pair", "Second Subnet", "Second UPN", "Avg Jitter", "End Time"],
    }),
  },
  "no names of people": {
    text: exportFile(rows, { fields: FIELDS.filter((field) => !field.endsWith("UPN")) }),
  },
});
