// One's own limits: they start as those of CQD current, judge as the oracle does, and stay as typed.

import { expectSame } from "./comparison.mjs";
import { buildingsOf, DEFAULT_CHOICES } from "./oracle.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";
import { ownLimits } from "./verdicts.mjs";

const BUILDINGS = buildingFile();
const EXPORT = exportFile(streams(600));

test.beforeEach(async ({ app, write }) => {
  await app.open("#buildings");
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  await app.select("Classifier").selectOption("custom");
});

test("one's own limits start as those of CQD current", async ({ app }) => {
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, EXPORT));
});

test("one's own limits give the oracle's buildings and stay as they were typed", async ({ app }) => {
  const typed = {
    "Round trip (ms)": "",
    "Packet loss (%)": "1.2",
    "Jitter (ms)": "11.5",
    "Concealed samples (%)": "7",
    "Only with more packets than": "1000",
  };
  for (const [label, text] of Object.entries(typed)) {
    await app.select(label).fill(text);
  }
  const limits = { "Avg Packet Loss Rate": 0.012, "Avg Jitter": 11.5, "Avg Ratio Concealed Samples": 0.07 };
  const choices = { ...DEFAULT_CHOICES, classifier: ownLimits(limits, 1000) };
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, EXPORT, choices));
  await app.select("Classifier").selectOption("cqd-current");
  await app.select("Classifier").selectOption("custom");
  for (const [label, text] of Object.entries(typed)) {
    await expect(app.select(label)).toHaveValue(text);
  }
});

test("without any limit nothing is judged, and the page says so", async ({ app }) => {
  for (const label of ["Round trip (ms)", "Packet loss (%)", "Jitter (ms)"]) {
    await app.select(label).fill("");
  }
  await expect(app.main).toContainText("With no limit at all no stream can be judged.");
  await app.table("Buildings");
  const choices = { ...DEFAULT_CHOICES, classifier: ownLimits({}, 500) };
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, EXPORT, choices));
});
