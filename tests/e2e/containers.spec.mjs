// Packages and folders: what is in them is read as if it had been chosen by itself, and nothing is asked of a server.

import { randomBytes } from "node:crypto";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { App } from "./app.mjs";
import { expectSame } from "./comparison.mjs";
import { readCsv } from "./csv.mjs";
import { dropFiles } from "./dropping.mjs";
import { buildingsOf } from "./oracle.mjs";
import { gzip, workbook, zip } from "./packing.mjs";
import { startServer } from "./server.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";
import { startPlainServer } from "./watcher.mjs";
import { tryFromWorker } from "./ways-out.mjs";

const BUILDINGS = buildingFile();
const EXPORT = exportFile(streams(600));
const ANSWER = buildingsOf(BUILDINGS, EXPORT);

const SAMPLES = new URL("../fixtures-packed/", import.meta.url);
const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

async function downloadedBuildings(app) {
  await app.show("Buildings");
  await app.table("Buildings");
  return (await app.download()).text;
}

const rowsOf = (text, delimiter) => readCsv(text, delimiter).map((row) => row.map((cell) => (/^(0|[1-9]\d*)$/.test(cell) ? Number(cell) : cell)));

/** Runs in the page: workers that it starts from now on are left without their program, and wait for it. */
function neverStart() {
  const Original = Worker;
  self.Worker = function (address) {
    const worker = new Original(address);
    worker.postMessage = () => {};
    return worker;
  };
  self.Worker.prototype = Original.prototype;
}

const PACKAGES = {
  "one zip file": { "both.zip": zip([["a/buildings.tsv", BUILDINGS], ["streams.csv", EXPORT], ["__MACOSX/._streams.csv", "x"]]) },
  "two gzip files": { "buildings.tsv.gz": gzip(BUILDINGS), "streams.csv.gz": gzip(EXPORT) },
  "zip files in a zip file": {
    "all.zip": zip([["streams.zip", zip([["streams.csv", EXPORT]])], ["buildings.tsv.gz", gzip(BUILDINGS)]]),
  },
  "workbooks": {
    "buildings.xlsx": workbook(rowsOf(BUILDINGS, "\t")),
    "streams.xlsx": workbook(rowsOf(EXPORT, ",")),
  },
  "a plain file and a workbook in a zip file": {
    "streams.csv": EXPORT,
    "buildings.zip": zip([["buildings.xlsx", workbook(rowsOf(BUILDINGS, "\t"))]]),
  },
};

for (const [title, files] of Object.entries(PACKAGES)) {
  test(`${title} give the oracle's buildings`, async ({ app, write }) => {
    await app.open();
    const paths = await Promise.all(Object.entries(files).map(([name, content]) => write(name, content)));
    await app.addAndRead(...paths);
    expectSame(await downloadedBuildings(app), ANSWER);
  });
}

test("a zip file and what is in it stand among the files, by name", async ({ app, write }) => {
  await app.open("#files");
  await app.addAndRead(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
  await app.show("Files");
  await expect(app.file("both.zip")).toBeVisible();
  await expect(app.file("both.zip › a/buildings.tsv")).toContainText("12 rows read");
  await expect(app.file("both.zip › streams.csv")).toContainText("600 rows read");
});

test("the template of the quality reports is a building file", async ({ app }, testInfo) => {
  await app.open("#files");
  const path = testInfo.outputPath("location.xlsx");
  await copyFile(new URL("location_QER-template.xlsx", SAMPLES), path);
  await app.add(path);
  await expect(app.file("location.xlsx › Sheet1")).toContainText("Building");
});

test("a member that asks how to read its dates is read again out of its package", async ({ app, page, write }) => {
  const asking = streams(40).map((stream) => ({ ...stream, "End Time": "03/04/2026 10:00:00" }));
  await app.open("#files");
  await app.add(await write("asking.zip", zip([["buildings.tsv", BUILDINGS], ["asking.csv", exportFile(asking)]])));
  await page.getByRole("button", { name: "3rd of April" }).click();
  await app.isIn("ready");
  await app.show("Files");
  await expect(app.file("asking.zip › asking.csv")).toContainText("40 rows read = 40 used");
  await expect(app.file("asking.zip › buildings.tsv")).toContainText("12 rows read = 12 used");
  await app.show("Overview");
  await expect(app.main).toContainText("Apr");
});

test("cancelling ends the program that opens a package, and the next file is read", async ({ app, page, write }) => {
  await app.open("#files");
  await app.openDemo();
  await app.show("Files");
  await page.evaluate(neverStart);
  await app.add(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
  await expect.poll(() => page.workers().length).toBe(2);
  await page.getByRole("button", { name: "Cancel reading both.zip" }).click();
  await expect.poll(() => page.workers().length).toBe(1);
  await app.isIn("ready");
  await expect(app.file("both.zip")).toContainText("Cancelled, not in use");
  await app.addAndRead(await write("streams.csv", EXPORT));
  await expect(app.file("streams.csv")).toContainText("600 rows read");
});

const BROKEN = {
  "cut-off.zip": [PACKAGES["one zip file"]["both.zip"].subarray(0, 2_000), "The package is damaged, cut off, or packed in a way"],
  "cut-off.csv.gz": [gzip(EXPORT).subarray(0, 2_000), "The package is damaged, cut off, or packed in a way"],
  "noise.zip": [Buffer.concat([Buffer.from("PK\x03\x04"), randomBytes(3_000)]), "The package is damaged, cut off, or packed in a way"],
  "bomb.zip": [zip([["bomb.csv", Buffer.alloc(40 << 20)]]), "expands to more than 200 times its size"],
  "deep.zip": [zip([["1.zip", zip([["2.zip", zip([["3.csv", EXPORT]])]])]]), "A package within a package within a package."],
  "empty.zip": [zip([]), "no rows"],
};

for (const [name, [content, words]] of Object.entries(BROKEN)) {
  test(`${name} is refused in words, and the session stays as it was`, async ({ app, write }) => {
    await app.open();
    await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
    await app.add(await write(name, content));
    await app.show("Files");
    await expect(app.main).toContainText(words);
    await app.isIn("ready");
    expectSame(await downloadedBuildings(app), ANSWER);
  });
}

test("a package that is removed takes what was in it along", async ({ app, page, write }) => {
  await app.open();
  await app.addAndRead(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
  await app.show("Files");
  await page.getByRole("button", { name: "Remove both.zip", exact: true }).click();
  await app.isIn("empty");
});

test("another role reads packages again", async ({ app, write }) => {
  await app.open();
  await app.addAndRead(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
  await app.select("Role").selectOption({ label: "Specialist" });
  await app.select("Role").selectOption({ label: "Administrator" });
  await app.isIn("ready");
  expectSame(await downloadedBuildings(app), ANSWER);
});

test("without its part for packages the page still reads files and says what is missing", async ({ app, baseURL, page, write }) => {
  await page.route("**/unpack_bg.wasm", (route) => route.abort());
  await app.open(baseURL);
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  await app.add(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
  await app.show("Files");
  await expect(app.file("both.zip")).toContainText("could not be loaded");
  expectSame(await downloadedBuildings(app), ANSWER);
  app.complaints = app.complaints.filter((words) => !words.includes("ERR_FAILED"));
});

test("files that are chosen before the page is sealed wait for the seal", async ({ app, baseURL, page, write }) => {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route("**/unpack_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(baseURL);
  await app.add(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
  await app.isIn("reading");
  expect(page.workers()).toEqual([]);
  await expect(page.getByText("Sealed", { exact: true })).toBeHidden();
  letGo();
  await app.isIn("ready");
  await expect(page.getByText("Sealed", { exact: true })).toBeVisible();
  expectSame(await downloadedBuildings(app), ANSWER);
});

const SERVERS = { "the project's server": startServer, "a server that sends no headers": () => startPlainServer(DIST) };

for (const [name, start] of Object.entries(SERVERS)) {
  test(`packages ask nobody for anything, served by ${name}`, async ({ page, write }) => {
    const server = await start();
    const app = new App(page);
    await app.open(server.address);
    const before = [...server.requests];
    expect(before.filter((line) => line.includes("unpack"))).toHaveLength(2);
    await app.addAndRead(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
    await app.add(await write("buildings.xlsx", PACKAGES.workbooks["buildings.xlsx"]));
    await fetch(`${server.address}control`);
    await expect.poll(() => server.requests).toContain("GET /control");
    expect(server.requests.filter((line) => line !== "GET /control")).toEqual(before);
    await server.stop();
  });

  test(`no way out of the program that opens packages leads anywhere, served by ${name}`, async ({ page, write }) => {
    const server = await start();
    const app = new App(page);
    await app.open(server.address);
    await app.openDemo();
    await page.evaluate(neverStart);
    await app.add(await write("both.zip", PACKAGES["one zip file"]["both.zip"]));
    await expect.poll(() => page.workers().length).toBe(2);
    await page.workers()[1].evaluate(tryFromWorker, `${server.address}leak/`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(server.requests.filter((line) => line.includes("/leak/"))).toEqual([]);
    await server.stop();
  });
}

async function folder(testInfo, files) {
  const root = testInfo.outputPath("march");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(`${root}/${path}`), { recursive: true });
    await writeFile(`${root}/${path}`, content);
  }
  return root;
}

const IN_FOLDER = {
  "sites/buildings.tsv": BUILDINGS,
  "week 1/calls/streams.csv": EXPORT,
  ".hidden/secret.csv": EXPORT,
  ".DS_Store": "x",
  "sites/Thumbs.db": "x",
};

const NAMES = ["march/sites/buildings.tsv", "march/week 1/calls/streams.csv"];

test("a folder that is dropped gives the files in it, by their paths", async ({ app, page }, testInfo) => {
  await app.open("#files");
  await dropFiles(page, [await folder(testInfo, IN_FOLDER)]);
  await app.isIn("ready");
  await app.show("Files");
  expect(await app.main.getByRole("listitem").getByRole("heading").allInnerTexts()).toEqual(NAMES);
  expectSame(await downloadedBuildings(app), ANSWER);
});

test("a folder of many files is read to its last one", async ({ app, page }, testInfo) => {
  const many = Object.fromEntries(
    Array.from({ length: 250 }, (_, idx) => [`${String(idx).padStart(3, "0")}.txt`, `${idx}`]),
  );
  await app.open("#files");
  await dropFiles(page, [await folder(testInfo, { ...many, "buildings.tsv": BUILDINGS, "streams.csv": EXPORT })]);
  await app.isIn("ready");
  await app.show("Files");
  await expect(app.file("march/249.txt")).toContainText("Cannot be used");
  expectSame(await downloadedBuildings(app), ANSWER);
});

test("a folder that is chosen gives the files in it, by their paths", async ({ app, page }, testInfo) => {
  await app.open("#files");
  await page.getByLabel("Add folder", { exact: true }).setInputFiles(await folder(testInfo, IN_FOLDER));
  await app.isIn("ready");
  await app.show("Files");
  expect(await app.main.getByRole("listitem").getByRole("heading").allInnerTexts()).toEqual(NAMES);
  expectSame(await downloadedBuildings(app), ANSWER);
});
