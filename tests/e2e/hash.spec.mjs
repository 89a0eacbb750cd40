// The address names the view and nothing else.

import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const VIEWS = ["Overview", "Buildings", "People", "Streams", "Files", "Help"];

const hashOf = (page) => new URL(page.url()).hash;

test("an address that names Buildings shows Buildings as soon as there is data", async ({ app, page }) => {
  await app.open("#buildings");
  await expect(app.heading).toHaveText("See which buildings have bad calls");
  await app.openDemo();
  await expect(app.heading).toHaveText("Buildings");
  await app.table("Buildings");
  expect(hashOf(page)).toBe("#buildings");
});

test("each link of the navigation shows its view, and its name is in title and address", async ({ app, page }) => {
  await app.open();
  await app.openDemo();
  for (const view of VIEWS) {
    await app.show(view);
    expect(hashOf(page)).toBe(`#${view.toLowerCase()}`);
    await expect(page).toHaveTitle(`${view} – callscope`);
    await expect(app.link(view)).toHaveAttribute("aria-current", "page");
    await expect(page.locator("[aria-current]")).toHaveCount(1);
  }
});

test("the caption of each table is the title of its view", async ({ app }) => {
  await app.open();
  await app.openDemo();
  for (const view of ["Buildings", "People", "Streams"]) {
    await app.show(view);
    await app.table(view);
  }
});

test("back and forward lead through the views, and data stays", async ({ app, page }) => {
  await app.open();
  await app.openDemo();
  await app.show("Buildings");
  await app.show("People");
  await page.goBack();
  await expect(app.heading).toHaveText("Buildings");
  await page.goBack();
  await expect(app.heading).toHaveText("Overview");
  await page.goForward();
  await expect(app.heading).toHaveText("Buildings");
  await app.isIn("ready");
});

test("a link to a part of Help leads to its title, which takes the focus", async ({ app, page }) => {
  const follow = async (link, title, hash) => {
    await app.link("Overview").click();
    await page.getByRole("link", { name: link }).click();
    const heading = page.getByRole("heading", { name: title, exact: true });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport();
    expect(hashOf(page)).toBe(hash);
  };
  await app.open();
  await follow("What the roles see", "What the roles see", "#help-roles");
  await follow("How to check this", "Check that nothing leaves this page", "#help-privacy");
  await app.link("Overview").click();
  await app.openDemo();
  await follow("What Good and Poor mean", "What Good and Poor mean", "#help-verdicts");
  await follow("What the choices mean", "How figures are counted", "#help-counting");
  await app.link("Help").click();
  await expect(app.heading).toBeFocused();
});

test("an address that names a part of Help shows it from the start", async ({ app, page }) => {
  await app.open("#help-roles");
  const heading = page.getByRole("heading", { name: "What the roles see" });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(app.link("Help")).toHaveAttribute("aria-current", "page");
});

test("an address that names no view shows the Overview", async ({ app }) => {
  await app.open("#nonsense");
  await app.openDemo();
  await expect(app.heading).toHaveText("Overview");
});

test("the address never holds data, whatever is searched, sorted or opened", async ({ app, page, write }) => {
  await app.open("#buildings");
  await app.addAndRead(await write("buildings.tsv", buildingFile()), await write("streams.csv", exportFile(streams(200))));
  const addresses = new Set();
  const note = () => addresses.add(page.url().replace(/^.*\//, ""));
  await page.getByRole("searchbox", { name: "Search buildings" }).fill("Harbour");
  await page.getByRole("button", { name: "Harbour West" }).click();
  note();
  await page.getByRole("button", { name: "Show streams" }).click();
  await app.table("Streams");
  note();
  await app.show("People");
  await page.getByRole("searchbox", { name: "Search people" }).fill("person1@contoso.com");
  await page.getByRole("button", { name: "Jitter (ms)" }).click();
  note();
  await app.select("Media").selectOption("all");
  note();
  expect([...addresses]).toEqual(["#buildings", "#streams", "#people"]);
  expect(await page.evaluate(() => history.state)).toBeNull();
});
