// How the page draws what is large: frames while a table of all streams is scrolled, and sorting and paging of a
// hundred thousand buildings.
//
//     node benches/compare/drawing.mjs --files target/bench --rows 1000000

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { change, load } from "./callscope.mjs";
import { filesOf } from "./files.mjs";
import { median } from "./median.mjs";
import { stopServers } from "./servers.mjs";
import { withTab } from "./tab.mjs";

const N_FRAMES = 240;
const N_GROUPS = 100_000;
const N_TIMES = 5;

const { values: options } = parseArgs({
  options: {
    files: { type: "string", default: "target/bench" },
    rows: { type: "string", default: "1000000" },
  },
});

try {
  await scrollStreams(filesOf(options.files, Number(options.rows)));
  await sortBuildings();
} finally {
  await stopServers();
}

async function scrollStreams(files) {
  await withTab(async (page) => {
    const { app } = await load(page, files, 2);
    await app.show("Streams");
    await app.table("Streams");
    for (const step of [120, 40_000]) {
      const frames = await page.evaluate(scroll, [N_FRAMES, step]);
      console.log(`${files.rows} streams, ${step} px a frame: ${inWords(frames)}`);
    }
  });
}

/** Scrolls a bit in each frame. Gives the milliseconds between frames, and those in which scripts and layout ran. */
async function scroll([nFrames, step]) {
  const place = document.querySelector("main .table-place");
  const frame = () => new Promise(requestAnimationFrame);
  const channel = new MessageChannel();
  const drawn = () =>
    new Promise((resolve) => {
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(null);
    });
  const between = [];
  const work = [];
  let last = await frame();
  for (let idx = 0; idx < nFrames; idx += 1) {
    place.scrollTop += step;
    const start = await frame();
    between.push(start - last);
    last = start;
    // What is posted in a frame comes behind its layout and painting.
    work.push((await drawn()) - start);
  }
  return { between, work };
}

async function sortBuildings() {
  const folder = await mkdtemp(join(tmpdir(), "callscope-"));
  try {
    const files = { buildings: join(folder, "buildings.tsv"), streams: join(folder, "streams.csv") };
    const addresses = Array.from({ length: N_GROUPS }, (_, idx) => `10.${idx >> 16}.${(idx >> 8) & 255}.${idx & 255}`);
    const network = (address, idx) =>
      [address, `Net ${idx}`, 32, `Building ${idx}`, "Contoso", "", "", "Oslo", "", "NO", "", "EMEA", 1, 0].join("\t");
    const stream = (address, idx) =>
      `c${idx},Audio,2026-10-05T10:00:00,${address},person${idx % 20_000}@contoso.com,${idx % 61},0.01,${idx % 700},900`;
    const headings =
      "Conference Id,Media Type,End Time,Second IP Address,Second UPN,Avg Jitter,Avg Packet Loss Rate,Avg Round Trip,Avg Packet Utilization";
    await writeFile(files.buildings, `${addresses.map(network).join("\n")}\n`);
    await writeFile(files.streams, `${[headings, ...addresses.map(stream)].join("\n")}\n`);
    await withTab(async (page) => {
      const { app } = await load(page, files, 2);
      console.log(`${await app.countRows("Buildings")} buildings`);
      const table = await app.table("Buildings");
      for (const name of ["Poor", "Streams", "People"]) {
        const button = table.getByRole("columnheader", { name, exact: true }).getByRole("button");
        const seconds = [];
        for (let run = 0; run < N_TIMES; run += 1) {
          seconds.push((await change(button)).at(-1));
        }
        console.log(`sorted by ${name}: ${(median(seconds) * 1_000).toFixed(1)} ms to the table`);
      }
      const frames = await page.evaluate(scroll, [N_FRAMES, 20_000]);
      console.log(`paged through, 20000 px a frame: ${inWords(frames)}`);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function inWords({ between, work }) {
  const of = (list) => {
    const sorted = [...list].sort((a, b) => a - b);
    const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(1);
    return `median ${at(0.5)} ms, 95 of 100 below ${at(0.95)} ms, longest ${at(1)} ms`;
  };
  return `between frames ${of(between)}; page work in a frame ${of(work)}`;
}
