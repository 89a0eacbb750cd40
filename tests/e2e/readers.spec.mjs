// Big files are read by several workers: their answer is that of one, and what befalls them is told.

import { randomBytes } from "node:crypto";
import { appendFile, rm, truncate, writeFile } from "node:fs/promises";

import { writeBigExport } from "./big-export.mjs";
import { expectSame } from "./comparison.mjs";
import { buildingsOf } from "./oracle.mjs";
import { zip } from "./packing.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

/** Several ranges, so that readers have something to share. */
const ROWS = 150_000;

/** Rows of an export that a reader reads alone, and how many of these are read at the same time. */
const PART_ROWS = 20_000;
const N_EXPORTS = 8;

/** Says what a heading means. */
const MAP = "Callscope Heading,Callscope Field\r\nNetz,Second Subnet\r\n";

/** Long enough to be interrupted. */
const LONG_BYTES = 700e6;

const AT_SOME_TIME = { timeout: 60_000 };

/** The engine's readers: the other workers that run now. */
const readers = (page) => page.workers().slice(1);

async function die(reader) {
  await reader.evaluate(() => {
    setTimeout(() => {
      throw new Error("on purpose");
    });
  });
}

/** Begins to read a long file, and waits until some of it is read. */
async function readSome(app, page, path) {
  await app.open("#files");
  await app.add(path);
  await expect.poll(() => page.locator("progress").first().evaluate((bar) => bar.value)).toBeGreaterThan(0);
}

test("an export that several readers share gives the oracle's buildings", async ({ app, page, write }) => {
  const text = exportFile(streams(ROWS));
  await app.open("#buildings");
  await expect.poll(() => readers(page).length, "readers").toBeGreaterThan(0);
  await app.addAndRead(await write("buildings.tsv", buildingFile()), await write("streams.csv", text));
  await app.table("Buildings");
  await expect.poll(() => readers(page).length, "readers, when everything is read").toBe(0);
  expectSame((await app.download()).text, buildingsOf(buildingFile(), text));
});

test("files beside big ones are read at the same time, whatever their order", async ({ app, page, write }) => {
  const texts = [0, 1].map((part) => exportFile(streams(2 * ROWS).slice(part * ROWS, (part + 1) * ROWS)));
  // Only the map says what this heading means.
  const [first, second] = texts.map((text) => text.replace("Second Subnet", "Netz"));
  await app.open("#buildings");
  await app.addAndRead(
    await write("first.csv", first),
    await write("second.csv", second),
    await write("map.csv", MAP),
    await write("buildings.tsv", buildingFile()),
  );
  await app.table("Buildings");
  const [heading] = texts[0].split("\r\n", 1);
  expectSame((await app.download()).text, buildingsOf(buildingFile(), texts[0] + texts[1].slice(heading.length + 2)));
  await app.show("Files");
  for (const name of ["first.csv", "second.csv"]) {
    await expect(app.file(name)).toContainText(`${ROWS.toLocaleString("en-US")} rows read`);
  }
});

/** Exports with some megabytes each, and what all of them say together. */
async function severalExports(write, n = N_EXPORTS, change = (text) => text) {
  const text = exportFile(streams(n * PART_ROWS));
  const [heading, ...rows] = change(text).trimEnd().split("\r\n");
  const parts = Array.from({ length: n }, (_, idx) => rows.slice(idx * PART_ROWS, (idx + 1) * PART_ROWS));
  const together = (some) => `${[heading, ...some.flat()].join("\r\n")}\r\n`;
  const paths = parts.map((part, idx) => write(`part ${idx}.csv`, together([part])));
  const without = (idx) => together(parts.filter((_, other) => other !== idx));
  return { paths: await Promise.all(paths), all: text, without };
}

test("several exports are read at the same time, and none of their rows is lost", async ({ app, write }) => {
  const { paths, all } = await severalExports(write);
  await app.open("#buildings");
  await app.addAndRead(...paths, await write("buildings.tsv", buildingFile()));
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(buildingFile(), all));
});

test("a reader that dies takes no row of several exports with it", async ({ app, page, write }) => {
  const { paths, all } = await severalExports(write);
  await app.open("#buildings");
  await app.addAndRead(await write("buildings.tsv", buildingFile()));
  await app.add(...paths);
  await app.isIn("reading");
  await expect.poll(() => readers(page).length, "readers").toBeGreaterThan(0);
  await die(readers(page)[0]);
  await app.isIn("ready", AT_SOME_TIME);
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(buildingFile(), all));
  app.complaints = app.complaints.filter((words) => !words.includes("on purpose"));
});

test("an export that is cancelled takes nothing of those with it that are read at the same time", async ({ app, page, write }) => {
  const { paths, all, without } = await severalExports(write);
  await app.open("#files");
  await app.addAndRead(await write("buildings.tsv", buildingFile()));
  await page.evaluate(() => {
    const look = () => {
      const bars = [...document.querySelectorAll(".file-card progress")];
      const card = bars.find((bar) => bar.value > 0)?.closest("li");
      if (card) {
        window.cancelled = card.querySelector("h2").textContent;
        card.querySelector("button").click();
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  });
  await app.add(...paths);
  await app.isIn("ready", AT_SOME_TIME);
  const name = await page.evaluate(() => window.cancelled);
  // It may have been read by the time the engine hears of it.
  const isCancelled = (await app.file(name).textContent()).includes("Cancelled, not in use");
  await app.show("Buildings");
  await app.table("Buildings");
  const text = isCancelled ? without(paths.findIndex((path) => path.endsWith(name))) : all;
  expectSame((await app.download()).text, buildingsOf(buildingFile(), text));
});

test("exports that are read again for a column map are read by it, whoever had read them before", async ({ app, page, write }) => {
  const { paths, all } = await severalExports(write, 2, (text) => text.replace("Second Subnet", "Netz"));
  await app.open("#buildings");
  await app.addAndRead(
    ...paths,
    // The noise takes a while, in which the exports are read without the map.
    await write("map.zip", zip([["noise.bin", randomBytes(7 << 20)], ["map.csv", MAP]])),
    await write("buildings.tsv", buildingFile()),
  );
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(buildingFile(), all));
});

test("a big package takes its turn among small files", async ({ app, page, write }) => {
  const text = exportFile(streams(200));
  await app.open("#buildings");
  await app.addAndRead(
    await write("buildings.tsv", buildingFile()),
    await write("all.zip", zip([["noise.bin", randomBytes(9 << 20)], ["streams.csv", text]])),
  );
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(buildingFile(), text));
});

test("a file that cannot fit into memory is refused before it is read", async ({ app, write }) => {
  const path = await write("endless.csv", exportFile(streams(2_000)));
  await truncate(path, 100e9);
  await app.open("#files");
  await app.add(path);
  await expect(app.file("endless.csv")).toContainText("The file does not fit into the memory of a browser tab.");
  await expect(app.file("endless.csv")).toContainText("Cannot be used");
});

test("a building file of another organization is complained of", async ({ app, page, write }) => {
  const elsewhere = buildingFile([["172.31.255.0", 24, "Elsewhere", "Bonn", "", "DE", "EMEA"]]);
  await app.open("#files");
  await app.addAndRead(await write("buildings.tsv", elsewhere), await write("streams.csv", exportFile(streams(200))));
  await expect(app.file("buildings.tsv")).toContainText("No address of the exports lies in a network of this file.");
});

test("a reader that dies is replaced, and nothing is lost", async ({ app, page }, testInfo) => {
  test.setTimeout(120_000);
  const long = await writeBigExport(testInfo.outputPath("long.csv"), LONG_BYTES);
  await readSome(app, page, long.path);
  await die(readers(page)[0]);
  await app.isIn("ready", AT_SOME_TIME);
  await expect(app.file("long.csv")).toContainText(`${long.rows.toLocaleString("en-US")} rows read`);
  app.complaints = app.complaints.filter((words) => !words.includes("on purpose"));
});

test("readers that die again and again end in a clear stop of that file alone", async ({ app, page, write }, testInfo) => {
  test.setTimeout(120_000);
  const long = await writeBigExport(testInfo.outputPath("long.csv"), LONG_BYTES);
  const goesOn = async () => (await app.main.getAttribute("data-phase")) === "reading";
  await app.open("#files");
  await app.addAndRead(await write("streams.csv", exportFile(streams(50))));
  await app.add(long.path);
  await app.isIn("reading");
  while (await goesOn()) {
    // Some are gone before they hear of it.
    await Promise.all(readers(page).map((reader) => die(reader).catch(() => {})));
  }
  await expect(app.file("long.csv")).toContainText("Reading broke down twice at the same place");
  await expect(app.file("streams.csv")).toContainText("50 rows read");
  app.complaints = app.complaints.filter((words) => !words.includes("on purpose"));
});

for (const [befalls, change] of [
  ["changes", (path) => appendFile(path, "more\n")],
  ["vanishes", (path) => rm(path)],
]) {
  test(`a file that ${befalls} while it is read is said to be unreadable`, async ({ app, page }, testInfo) => {
    test.setTimeout(120_000);
    const long = await writeBigExport(testInfo.outputPath("long.csv"), LONG_BYTES);
    await readSome(app, page, long.path);
    await change(long.path);
    await expect(app.file("long.csv")).toContainText("could not be read to its end", AT_SOME_TIME);
    await expect(app.file("long.csv")).toContainText("Cannot be used");
    app.complaints = [];
  });
}

test("cancelling ends the readers, and with them their memory", async ({ app, page }, testInfo) => {
  test.setTimeout(120_000);
  const long = await writeBigExport(testInfo.outputPath("long.csv"), LONG_BYTES);
  await readSome(app, page, long.path);
  await page.getByRole("button", { name: "Cancel reading long.csv" }).click();
  await expect(app.file("long.csv")).toContainText("Cancelled, not in use");
  await expect.poll(() => readers(page).length, "readers that are left").toBe(0);
  const other = testInfo.outputPath("other.csv");
  await writeFile(other, exportFile(streams(ROWS)));
  await app.addAndRead(other);
  await expect(app.file("other.csv")).toContainText(`${ROWS.toLocaleString("en-US")} rows read`);
});
