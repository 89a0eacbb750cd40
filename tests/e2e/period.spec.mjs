// Days: from and to limit every view as the oracle does on fewer rows, and are never the specialist's.

import { violations } from "./axe.mjs";
import { expectSame } from "./comparison.mjs";
import { readTable } from "./csv.mjs";
import { buildingsOf } from "./oracle.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const BUILDINGS = buildingFile();
const N_UNDATED = 5;
const STREAMS = streams(600).map((row, idx) =>
  idx < N_UNDATED ? { ...row, "End Time": "", "Media Type": "Audio" } : row,
);
const EXPORT = exportFile(STREAMS);

/** The rows whose streams ended on these days. */
function between(first, last) {
  return STREAMS.filter((row) => {
    const day = row["End Time"].slice(0, 10);
    return day !== "" && day >= first && day <= last;
  });
}

async function choose(app, first, last) {
  await app.select("From").fill(first);
  await app.select("To").fill(last);
}

test.beforeEach(async ({ app, write }) => {
  await app.open("#overview");
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
});

test("every view has the streams of the chosen days alone, and says what is left out", async ({ app }) => {
  const chosen = between("2026-03-05", "2026-03-11");
  const only = exportFile(chosen);
  await choose(app, "2026-03-05", "2026-03-11");
  await expect(app.main).toContainText("5 Mar 2026 to 11 Mar 2026");
  const sentence = "Only streams that ended on these days (UTC) count. 5 streams are left out: the files do not say when.";
  await expect(app.page.getByText(sentence)).toBeVisible();
  await app.show("Buildings");
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, only));
  await expect(app.page.getByText(sentence)).toBeVisible();
  await app.show("Streams");
  await app.table("Streams");
  const n_audio = chosen.filter((row) => row["Media Type"] === "Audio").length;
  expect(await app.countRows("Streams")).toBe(n_audio);
  await app.show("People");
  await app.table("People");
  const people = readTable((await app.download()).text);
  const n_at_most = new Set(chosen.flatMap((row) => [row["First UPN"], row["Second UPN"]]).map((upn) => upn.toLowerCase()));
  expect(people.length).toBeGreaterThan(0);
  expect(people.length).toBeLessThanOrEqual(n_at_most.size);
});

test("either day may be left open, and all days come back with one button", async ({ app, page }) => {
  await app.show("Buildings");
  await app.select("To").fill("2026-03-09");
  await app.table("Buildings");
  await expect(page.getByText("Only streams that ended on these days")).toBeVisible();
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, exportFile(between("", "2026-03-09"))));
  await app.select("To").fill("");
  await app.select("From").fill("2026-03-20");
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, exportFile(between("2026-03-20", "9"))));
  const all = page.getByRole("button", { name: "All days" });
  await all.focus();
  await page.keyboard.press("Enter");
  await expect(app.select("From")).toHaveValue("");
  await expect(all).toBeFocused();
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, EXPORT));
});

test("the calendars offer the days of the files", async ({ app, page }) => {
  await expect(app.select("From")).toHaveAttribute("min", "2026-03-01");
  await expect(app.select("To")).toHaveAttribute("max", "2026-03-28");
  await choose(app, "2026-03-12", "2026-03-04");
  await expect(page.getByText("From is later than To, so no day is left.")).toBeVisible();
});

test("days are typed with the keyboard", async ({ app, page }) => {
  await app.select("From").focus();
  await page.keyboard.type("03052026");
  await expect(app.select("From")).toHaveValue("2026-03-05");
  await expect(app.main).toContainText("5 Mar 2026 to 28 Mar 2026");
});

test("the specialist has no days, and a lower role loses them", async ({ app }) => {
  await choose(app, "2026-03-05", "2026-03-05");
  await expect(app.main).toContainText("5 Mar 2026");
  await app.select("Role").selectOption({ label: "Specialist" });
  await expect(app.select("From")).toHaveCount(0);
  await expect(app.main).toContainText("1 Mar 2026 to 28 Mar 2026");
  await app.select("Role").selectOption({ label: "Engineer" });
  await app.isIn("ready");
  await expect(app.select("From")).toHaveValue("");
});

test("days go when the files go", async ({ app, page, write }) => {
  await choose(app, "2026-03-05", "2026-03-05");
  await app.show("Files");
  for (const name of ["streams.csv", "buildings.tsv"]) {
    await app.file(name).getByRole("button", { name: /^Remove/ }).click();
    await expect(app.file(name)).toHaveCount(0);
  }
  await app.addAndRead(await write("streams.csv", EXPORT));
  await page.goto("#overview");
  await expect(app.select("From")).toHaveValue("");
});

test("the fields fit a narrow page and forced colors, and axe finds nothing", async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await choose(app, "2026-03-05", "2026-03-11");
  const from = await app.select("From").boundingBox();
  const to = await app.select("To").boundingBox();
  expect(to.y).toBe(from.y);
  expect(to.x + to.width).toBeLessThanOrEqual(390);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.emulateMedia({ forcedColors: "active" });
  const border = await app.select("From").evaluate((input) => getComputedStyle(input).borderTopStyle);
  expect(border).toBe("solid");
  expect(await violations(page)).toEqual([]);
});
