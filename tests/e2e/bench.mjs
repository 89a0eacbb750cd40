// Measures the page in Chromium: from the choice of a building file and an export to the table of
// Buildings, beside a plain count of the export's line ends in a worker of the same tab.
//
//     node tests/e2e/bench.mjs FOLDER
//
// The folder holds `buildings.tsv` and exports named `streams-ROWS.csv`; `cargo bench --bench engine --
// write FOLDER` makes them. Each line of the table is the median of three runs.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { App } from "./app.mjs";
import { CHROMIUM } from "./chromium.mjs";
import { startServer } from "./server.mjs";

const RUNS = 3;
const LONGEST_MS = 600_000;

const [folder] = process.argv.slice(2);
const exports = readdirSync(folder)
  .map((name) => ({ path: join(folder, name), rows: Number(/^streams-(\d+)\.csv$/.exec(name)?.[1]) }))
  .filter(({ rows }) => rows > 0)
  .sort((a, b) => a.rows - b.rows);

const server = await startServer();
const browser = await chromium.launch(CHROMIUM);
const lines = [];
for (const { path, rows } of exports) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await measure(path, rows));
  }
  const [seconds, countSeconds] = [0, 1].map((idx) => median(runs.map((run) => run[idx])));
  const megabytes = statSync(path).size / 1e6;
  lines.push({
    rows: String(rows),
    MB: megabytes.toFixed(0),
    "page s": seconds.toFixed(2),
    "MB/s": (megabytes / seconds).toFixed(0),
    "rows/s": (rows / seconds).toFixed(0),
    "line ends s": countSeconds.toFixed(2),
    "line ends MB/s": (megabytes / countSeconds).toFixed(0),
    "times as long": (seconds / countSeconds).toFixed(1),
  });
}
await browser.close();
await server.stop();
print(lines);

/** Seconds of the page and of the plain count, on the same file in the same tab. */
async function measure(path, rows) {
  // The counting worker is no part of the page, whose policy would rightly refuse it.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_MS);
  await page.addInitScript(() => {
    addEventListener("change", () => (window.chosen ??= performance.now()), { capture: true });
  });
  const app = new App(page);
  await app.open(`${server.address}#buildings`);
  await app.add(join(folder, "buildings.tsv"), path);
  const seconds = await page.evaluate(async () => {
    const isThere = () =>
      document.querySelector("main[data-phase=ready] table[aria-rowcount]:not([aria-busy], [aria-rowcount='1'])");
    while (!isThere()) {
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - window.chosen) / 1000;
  });
  await app.show("Files");
  const used = `${rows.toLocaleString("en-US")} rows read = ${rows.toLocaleString("en-US")} used`;
  await app.main.getByText(used).waitFor();
  const countSeconds = await countLineEnds(page, path, rows + 1);
  await context.close();
  return [seconds, countSeconds];
}

async function countLineEnds(page, path, expected) {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "to-count";
    document.body.append(input);
  });
  await page.locator("#to-count").setInputFiles(path);
  const [seconds, count] = await page.evaluate((code) => {
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    const [file] = document.getElementById("to-count").files;
    return new Promise((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(file);
    });
  }, `onmessage = ${countInWorker}`);
  if (count !== expected) {
    throw new Error(`${path} has ${count} line ends instead of ${expected}`);
  }
  return seconds;
}

/** Runs in the worker: reads slices as large as the page's engine does, the next one always under way. */
async function countInWorker({ data: file }) {
  const SLICE_BYTES = 4 << 20;
  const start = performance.now();
  let lineEnds = 0;
  const read = (at) => file.slice(at, at + SLICE_BYTES).arrayBuffer();
  let next = read(0);
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    const bytes = new Uint8Array(await next);
    next = read(at + SLICE_BYTES);
    for (let idx = 0; idx < bytes.length; idx += 1) {
      lineEnds += bytes[idx] === 10 ? 1 : 0;
    }
  }
  postMessage([(performance.now() - start) / 1000, lineEnds]);
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** One aligned table. */
function print(lines) {
  const headings = Object.keys(lines[0] ?? {});
  const rows = [headings, ...lines.map(Object.values)];
  const widths = headings.map((_, idx) => Math.max(...rows.map((row) => row[idx].length)));
  console.log(`The page in Chromium ${browser.version()}, medians of ${RUNS} runs:`);
  for (const row of rows) {
    console.log(row.map((cell, idx) => cell.padStart(widths[idx])).join("  "));
  }
}
