// The main job: a building file and an export go in, in any way and order, and Buildings is right.

import { expectSame } from "./comparison.mjs";
import { dropFiles } from "./dropping.mjs";
import { buildingsOf, DEFAULT_CHOICES } from "./oracle.mjs";
import { SPELLINGS } from "./spellings.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const STREAMS = streams(1_500);
const BUILDINGS = buildingFile();
const EXPORT = exportFile(STREAMS);
const ANSWER = buildingsOf(BUILDINGS, EXPORT);

async function downloadedBuildings(app) {
  await app.show("Buildings");
  await app.table("Buildings");
  const { name, text } = await app.download();
  expect(name).toBe("buildings.csv");
  return text;
}

test("the oracle itself sees every building of the file", () => {
  const names = ["Harbour East", "Harbour West", "Kiosk", "NY,NY", 'Tower "One"', "Branch behind NAT"];
  expect([...ANSWER.keys()]).toEqual(expect.arrayContaining([...names, "(not mapped)"]));
});

for (const order of [
  ["buildings.tsv", "streams.csv"],
  ["streams.csv", "buildings.tsv"],
]) {
  const content = { "buildings.tsv": BUILDINGS, "streams.csv": EXPORT };

  test(`files chosen as ${order.join(", ")} give the oracle's buildings`, async ({ app, write }) => {
    await app.open();
    for (const name of order) {
      await app.addAndRead(await write(name, content[name]));
    }
    expectSame(await downloadedBuildings(app), ANSWER);
  });

  test(`files dropped as ${order.join(", ")} give the oracle's buildings`, async ({ app, page, write }) => {
    await app.open();
    const paths = await Promise.all(order.map((name) => write(name, content[name])));
    await dropFiles(page, paths);
    await app.isIn("ready");
    expectSame(await downloadedBuildings(app), ANSWER);
  });
}

test("both files chosen at once give the oracle's buildings", async ({ app, write }) => {
  await app.open();
  await app.addAndRead(await write("streams.csv", EXPORT), await write("buildings.tsv", BUILDINGS));
  expectSame(await downloadedBuildings(app), ANSWER);
});

for (const [title, { text, delimiter = ",", encode = Buffer.from }] of Object.entries(SPELLINGS(STREAMS))) {
  test(`an export with ${title} gives the oracle's buildings`, async ({ app, write }) => {
    await app.open();
    await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("export.csv", encode(text)));
    const answer = buildingsOf(BUILDINGS, text, DEFAULT_CHOICES, { streams: delimiter });
    expectSame(await downloadedBuildings(app), answer);
  });
}

test("every choice of classifier, media, mapping and ends gives the oracle's buildings", async ({ app, write }) => {
  await app.open();
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  const choices = { ...DEFAULT_CHOICES };
  const steps = [
    ["Classifier", "classifier", "cqd-2018"],
    ["Classifier", "classifier", "call-record-insights"],
    ["Classifier", "classifier", "real-time-analytics"],
    ["Mapping", "mapping", "same-as-cqd"],
    ["Classifier", "classifier", "cqd-current"],
    ["Media", "media", "all"],
    ["Mapping", "mapping", "most-specific"],
    ["Count streams by", "ends", "second-only"],
    ["Media", "media", "audio"],
  ];
  const answers = [];
  for (const [label, choice, value] of steps) {
    choices[choice] = value;
    await app.show("Buildings");
    await app.select(label).selectOption(value);
    const csv = await downloadedBuildings(app);
    expectSame(csv, buildingsOf(BUILDINGS, EXPORT, choices));
    answers.push(csv);
  }
  expect(new Set(answers).size, "each choice changes the answer").toBe(steps.length);
});

test("two exports add up", async ({ app, write }) => {
  await app.open();
  const [first, second] = [streams(300, 7), streams(500, 8)];
  await app.addAndRead(
    await write("first.csv", exportFile(first)),
    await write("buildings.tsv", BUILDINGS),
    await write("second.csv", exportFile(second)),
  );
  const answer = buildingsOf(BUILDINGS, exportFile([...first, ...second]));
  expectSame(await downloadedBuildings(app), answer);
});

test("the table shows what the file says, worst first", async ({ app, write }) => {
  await app.open();
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  await app.show("Buildings");
  const names = await app.rowNames("Buildings");
  expect([...names].sort()).toEqual([...ANSWER.keys()].sort());
  const poor = names.map((name) => ANSWER.get(name).poor);
  expect(poor).toEqual([...poor].sort((a, b) => b - a));
});
