// A folder with one file of each kind, as an administrator may have it, dropped as it is.

import { mkdir, readFile, writeFile } from "node:fs/promises";

import { dropFiles } from "./dropping.mjs";
import { zip } from "./packing.mjs";
import { expect, test } from "./test.mjs";

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** A fixture, and what the page calls it. */
const ONE_OF_EACH = {
  "building/official/template-14-columns.tsv": "Building file",
  "endpoint/made/6-columns.tsv": "Endpoint list",
  "access-point/made/three-ways-to-write-a-mac.csv": "Wi-Fi access point list",
  "cqd/made/ranges.csv": "Stream export of the Call Quality Dashboard",
  "cqd/made/grouped-template-captions.csv": "Grouped export of the Call Quality Dashboard",
  "graph/official/call-expanded.json": "Call records of Microsoft Graph",
  "graph/made/call-record-insights.csv": "Call Record Insights table",
  "calling-plans/made/2025-all-columns.csv": "PSTN usage, Calling Plans",
  "direct-routing/made/2025-25-columns.csv": "PSTN usage, Direct Routing",
  "user-activity/made/2022-33-columns.csv": "Teams user activity",
  "device-usage/made/2022-16-columns.csv": "Teams device usage",
  "user-activity-counts/made/2022-a-week.csv": "Teams user activity by day",
  "device-usage-counts/made/ninety-days.csv": "Teams device usage by day",
  "attendance/made/2026-utf16-four-sections.csv": "Meeting attendance report",
  "attendance-events/made/2020-utf16.csv": "Meeting attendance report of 2020",
  "nps/made/score-comment-date.csv": "Survey answers, 0 to 10",
  "export-parameters/made/parameters.json": "Period and plans of a PSTN export",
};

test("a folder with one of each is known, read and accounted for", async ({ app, page }, testInfo) => {
  const root = testInfo.outputPath("everything");
  await mkdir(root, { recursive: true });
  const names = {};
  for (const [path, kind] of Object.entries(ONE_OF_EACH)) {
    const name = path.replaceAll("/", " ");
    await writeFile(`${root}/${name}`, await readFile(new URL(path, FIXTURES)));
    names[`everything/${name}`] = kind;
  }
  const scores = await readFile(new URL("nps/made/score-only.csv", FIXTURES));
  await writeFile(`${root}/packed.zip`, zip([["scores.csv", scores]]));
  const requests = [];
  await app.open("#files");
  page.on("request", (request) => requests.push(request.url()));
  await dropFiles(page, [root]);
  await app.isIn("ready");
  await app.show("Files");
  for (const [name, kind] of Object.entries(names)) {
    await expect(app.file(name), name).toContainText(kind);
    await expect(app.file(name), name).not.toContainText("Cannot be used");
  }
  const sum = await page.locator(".files-sum").innerText();
  const equation = /([\d,]+) rows.* read = ([\d,]+) used \+ ([\d,]+) duplicates? \+ ([\d,]+) rejected \+ ([\d,]+) blank/;
  const [read, ...parts] = equation.exec(sum).slice(1).map((number) => Number(number.replaceAll(",", "")));
  expect(parts.reduce((all, part) => all + part)).toBe(read);
  await app.show("Overview");
  await expect(app.main).toContainText(/calls/i);
  expect(requests.filter((url) => !url.startsWith("blob:"))).toEqual([]);
});
