// Building files as Microsoft and others publish them, each with a small export of calls made in it.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { expectSame } from "./comparison.mjs";
import { readCsv } from "./csv.mjs";
import { buildingsOf, DEFAULT_CHOICES } from "./oracle.mjs";
import { exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const FOLDER = fileURLToPath(new URL("../fixtures/building", import.meta.url));

const SAMPLES = readdirSync(FOLDER, { recursive: true })
  .filter((path) => /\.[ct]sv$/.test(path))
  .sort();

/** Calls from the networks of a building file: some with a subnet, some with an address in it. */
function callsFrom(rows) {
  const networks = rows.map((cells) => cells[0]).filter((network) => /^[\d.]+$/.test(network));
  return streams(networks.length * 30).map((stream, idx) => {
    const network = networks[idx % networks.length];
    const host = network.replace(/\d+$/, (last) => Number(last) + (idx % 3));
    return { ...stream, "Second IP Address": host, "Second Subnet": idx % 2 ? network : "" };
  });
}

const DELIMITERS = ["\t", ";", ","];

/** A text in UTF-8, or in the code page of older Windows programs. */
function textOf(path) {
  const bytes = readFileSync(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

test("the samples are there", () => {
  expect(SAMPLES).toEqual(expect.arrayContaining([expect.stringMatching(/^official/)]));
});

for (const sample of SAMPLES) {
  test(`${sample} gives the oracle's buildings`, async ({ app, write }) => {
    const path = join(FOLDER, sample);
    const text = textOf(path);
    const delimiter = DELIMITERS.find((delimiter) => text.includes(delimiter));
    const file = exportFile(callsFrom(readCsv(text, delimiter)));
    await app.open("#buildings");
    await app.addAndRead(path, await write("calls.csv", file));
    await app.table("Buildings");
    const { text: csv } = await app.download();
    expectSame(csv, buildingsOf(text, file, DEFAULT_CHOICES, { buildings: delimiter }));
    await app.show("Files");
    await expect(app.file(basename(path))).toContainText("In use");
    await expect(app.file(basename(path))).toContainText("Building file");
  });
}
