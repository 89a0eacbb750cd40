// What each role sees, what it does not see, and that changing the role takes effect at once.

import { BUILDINGS, EXPORT, MARK, PEOPLE } from "./canary.mjs";
import { readTable } from "./csv.mjs";
import { expect, test } from "./test.mjs";

const NAMES = PEOPLE.map((person) => person.upn).sort();

async function load(app, write) {
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
}

async function choose(app, role) {
  await app.select("Role").selectOption({ label: role });
  await app.isIn("ready");
}

async function rowsOf(app, view) {
  await app.show(view);
  await app.table(view);
  return readTable((await app.download()).text);
}

test("the administrator sees everything as the export holds it", async ({ app, write }) => {
  await app.open();
  await load(app, write);
  const people = await rowsOf(app, "People");
  expect(people.map((row) => row.person).sort()).toEqual(NAMES);
  expect(people.map((row) => row.phone).sort()).toEqual(PEOPLE.map((person) => person.phone).sort());
  const [stream] = await rowsOf(app, "Streams");
  expect(stream.second_address).toMatch(/^10\.77\./);
  expect(stream.second_building).toMatch(/house|hut/);
  await expect(app.main).toContainText("Sees everything as the export holds it.");
});

test("the engineer sees names and places, and phone numbers without their last three digits", async ({ app, page, write }) => {
  await app.open();
  await load(app, write);
  await choose(app, "Engineer");
  const people = await rowsOf(app, "People");
  expect(people.map((row) => row.person).sort()).toEqual(NAMES);
  expect([...new Set(people.map((row) => row.phone))]).toEqual(["+14255557***"]);
  await expect(page.getByRole("cell", { name: "+14255557***" }).first()).toBeVisible();
  const streams = await rowsOf(app, "Streams");
  expect(streams.every((row) => row.second_phone === "+14255557***")).toBe(true);
  expect(streams.every((row) => row.second_address.startsWith("10.77."))).toBe(true);
  await expect(app.main).toContainText("Does not see the last three digits of phone numbers.");
});

test("the specialist sees kinds of people, masked numbers and no place of a stream", async ({ app, page, write }) => {
  await app.open();
  await load(app, write);
  await choose(app, "Specialist");
  const people = await rowsOf(app, "People");
  const n_external = PEOPLE.filter((person) => person.upn.includes("fabrikam")).length;
  expect(people.filter((row) => row.person === "External User")).toHaveLength(n_external);
  expect(people.filter((row) => row.person === "Internal User")).toHaveLength(PEOPLE.length - n_external);
  await expect(page.getByRole("rowheader", { name: "Internal User" }).first()).toBeVisible();
  expect([...new Set(people.map((row) => row.phone))]).toEqual(["+14255557***"]);
  for (const row of await rowsOf(app, "Streams")) {
    expect([row.second_address, row.second_subnet, row.second_building]).toEqual(["", "", ""]);
    expect(row.second_person).toMatch(/^(In|Ex)ternal User$/);
  }
  await expect(page.getByRole("columnheader", { name: /address|building/ })).toHaveCount(0);
  await expect(app.main).toContainText("Does not see other people’s names");
  await expect(app.main).toContainText("A role is a view, not a lock");
});

test("the specialist finds one person by the whole sign-in name and nobody by a part of it", async ({ app, page, write }) => {
  await app.open();
  await load(app, write);
  await choose(app, "Specialist");
  await app.show("People");
  const search = page.getByRole("searchbox", { name: "Search people" });
  await search.fill(PEOPLE[3].upn.toUpperCase());
  await expect.poll(() => app.rowNames("People")).toEqual([PEOPLE[3].upn]);
  await search.fill(MARK);
  await expect(page.getByText("Nobody fits the search.")).toBeVisible();
});

test("small buildings are shown as one to the specialist, on the screen and in the file", async ({ app, page, write }) => {
  await app.open("#buildings");
  await load(app, write);
  expect((await app.rowNames("Buildings")).sort()).toEqual(["Big house", "Small hut", "Tiny hut", "Wide house"]);
  await choose(app, "Specialist");
  await expect
    .poll(async () => (await app.rowNames("Buildings")).sort())
    .toEqual(["2 buildings shown as one", "Big house", "Wide house"]);
  const rows = await rowsOf(app, "Buildings");
  expect(rows.map((row) => row.building).sort()).toEqual(["(2 buildings together)", "Big house", "Wide house"]);
  expect(rows.every((row) => Number(row.people) >= 5)).toBe(true);
  await page.getByRole("searchbox", { name: "Search buildings" }).fill("hut");
  await expect(page.getByText("No building fits the search.")).toBeVisible();
  for (const view of ["Overview", "Buildings", "People", "Streams", "Files"]) {
    await app.show(view);
    await expect(app.main).not.toContainText("hut");
  }
});

test("totals do not give a lone small building away", async ({ app, page, write }) => {
  const lines = EXPORT.split("\r\n");
  const withoutTiny = lines.filter((line) => !line.includes("10.77.3."));
  await app.open("#buildings");
  await app.addAndRead(
    await write("buildings.tsv", BUILDINGS),
    await write("streams.csv", withoutTiny.join("\r\n")),
  );
  await choose(app, "Specialist");
  const rows = await rowsOf(app, "Buildings");
  expect(rows.map((row) => row.building).sort()).toEqual(["(2 buildings together)", "Big house"]);
  await expect(page.getByRole("button", { name: "Wide house" })).toHaveCount(0);
});

test("an export that names nobody shows a specialist no figures and says why", async ({ app, page, write }) => {
  const nameless = EXPORT.replaceAll(/person\d+\.[^,]*/g, "").replaceAll(new RegExp(`${MARK}[^,\r]*`, "g"), "");
  await app.open("#buildings");
  await app.select("Role").selectOption({ label: "Specialist" });
  await app.addAndRead(
    await write("buildings.tsv", BUILDINGS),
    await write("streams.csv", nameless.replaceAll(/\+\d+/g, "")),
  );
  for (const view of ["Buildings", "Overview"]) {
    await app.show(view);
    await expect(app.main).toContainText("The exports name nobody");
  }
  await app.show("Buildings");
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Download CSV" })).toHaveCount(0);
  await choose(app, "Administrator");
  await expect.poll(async () => (await app.rowNames("Buildings")).length).toBe(4);
});

test("the specialist is not offered the streams of a building", async ({ app, page, write }) => {
  await app.open("#buildings");
  await load(app, write);
  await page.getByRole("button", { name: "Big house" }).click();
  await expect(page.getByRole("button", { name: "Show streams" })).toBeVisible();
  await choose(app, "Specialist");
  await page.getByRole("button", { name: "Big house" }).click();
  await app.table("Networks of Big house");
  await expect(page.getByRole("button", { name: "Show streams" })).toHaveCount(0);
});

test("a lower role takes hold at once in the same session, a higher one reads the files anew", async ({ app, page, write }) => {
  await app.open("#people");
  await load(app, write);
  const [first] = page.workers();
  await choose(app, "Specialist");
  await expect.poll(async () => new Set(await app.rowNames("People"))).toEqual(new Set(["Internal User", "External User"]));
  await expect.poll(() => page.workers()).toEqual([first]);
  const ended = first.waitForEvent("close");
  await choose(app, "Administrator");
  await ended;
  await expect.poll(async () => (await app.rowNames("People")).sort()).toEqual(NAMES);
  await app.show("Buildings");
  await expect(page.getByRole("button", { name: "Small hut" })).toBeVisible();
});

test("what an administrator searched for and opened is gone for the specialist", async ({ app, page, write }) => {
  await app.open("#people");
  await load(app, write);
  await page.getByRole("searchbox", { name: "Search people" }).fill(PEOPLE[0].upn);
  await expect.poll(() => app.rowNames("People")).toEqual([PEOPLE[0].upn]);
  await app.show("Buildings");
  await page.getByRole("button", { name: "Small hut" }).click();
  await choose(app, "Specialist");
  await expect(page.getByRole("heading", { name: "Small hut" })).toHaveCount(0);
  await app.show("People");
  await expect(page.getByRole("searchbox", { name: "Search people" })).toHaveValue("");
  expect(await page.content()).not.toContain(MARK);
});

test("the demo tenant's tiny offices are not named to a specialist", async ({ app, page }) => {
  await app.open("#buildings");
  await app.select("Role").selectOption({ label: "Specialist" });
  await app.openDemo();
  await app.table("Buildings");
  await page.getByRole("searchbox", { name: "Search buildings" }).fill("Tallinn");
  await expect(page.getByText("No building fits the search.")).toBeVisible();
});
