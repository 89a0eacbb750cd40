// Compares the CSV file of Buildings with the oracle's answer, cell by cell.

import { readCsv } from "./csv.mjs";
import { expect } from "./test.mjs";

export const COLUMNS =
  "building,city,state,country,region,networks,streams,good,poor,unclassified,poor_percent,poor_percent_low,poor_percent_high,people,mean_round_trip_ms,mean_jitter_ms,mean_packet_loss_percent".split(
    ",",
  );

const TEXTS = 5;

/** Fails unless the file says what the oracle says: names and counts exactly, other numbers to 1e-9. */
export function expectSame(csv, answers) {
  const [headings, ...rows] = readCsv(csv);
  expect(headings).toEqual(COLUMNS);
  expect(rows.map((row) => row[0]).sort()).toEqual([...answers.keys()].sort());
  for (const row of rows) {
    expect(row).toHaveLength(COLUMNS.length);
    const answer = answers.get(row[0]);
    for (const [idx, column] of COLUMNS.entries()) {
      expectCell(row[idx], answer[column], idx < TEXTS, `${column} of ${row[0]}`);
    }
  }
}

function expectCell(cell, answer, isText, what) {
  if (isText || answer === null) {
    expect(cell, what).toBe(answer ?? "");
    return;
  }
  expect(cell, `${what} is a plain number`).toMatch(/^\d+(\.\d+)?$/);
  if (Number.isInteger(answer)) {
    expect(Number(cell), what).toBe(answer);
  } else {
    const distance = Math.abs(Number(cell) - answer) / Math.max(Math.abs(answer), 1e-300);
    expect(distance, `${what}: ${cell} is ${answer}`).toBeLessThanOrEqual(1e-9);
  }
}
