// The demo tenant: one click, and its planted stories can be found.

import { expect, test } from "./test.mjs";

test("one click loads the demo tenant and shows the Overview", async ({ app, page }) => {
  await app.open();
  await app.isIn("empty");
  await app.openDemo();
  await expect(app.heading).toHaveText("Overview");
  const figure = (name) =>
    page.getByRole("term").and(page.getByText(name, { exact: true })).locator("xpath=following-sibling::dd");
  await expect(figure("Files in use")).toHaveText("1 building file and 1 stream export");
  await expect(figure("Period (UTC)")).toHaveText("2 Sep 2026 to 31 Oct 2026");
  const count = async (name) => Number((await figure(name).innerText()).replaceAll(",", ""));
  expect(await count("Streams")).toBeGreaterThan(25_000);
  expect(await count("People")).toBeGreaterThan(1_900);
  expect(await count("Networks in the building file")).toBeGreaterThan(390);
  expect(await count("Buildings with streams")).toBeGreaterThanOrEqual(60);
});

test("the buildings with a planted story are the first to look at", async ({ app }) => {
  await app.open();
  await app.openDemo();
  const worst = app.main.getByRole("region", { name: "Look here first" }).getByRole("listitem");
  await expect(worst).toHaveCount(5);
  for (const name of ["Singapore Harbour", "Denver Tech Center", "Amsterdam Zuid", "Madrid Norte"]) {
    await expect(worst.filter({ hasText: name })).toHaveCount(1);
  }
});

test("Buildings lists all sixty, and the network that is missing from the building file", async ({ app, page }) => {
  await app.open("#buildings");
  await app.openDemo();
  expect(await app.countRows("Buildings")).toBeGreaterThanOrEqual(61);
  await page.getByRole("button", { name: "(not mapped)" }).click();
  expect((await app.rowNames("Networks of (not mapped)")).join()).toContain("10.58.44.0");
});

test("a story leads from the Overview to the network where it happens", async ({ app, page }) => {
  await app.open();
  await app.openDemo();
  await app.main.getByRole("button", { name: "Denver Tech Center" }).click();
  await expect(app.heading).toHaveText("Buildings");
  const networks = await app.table("Networks of Denver Tech Center");
  await expect(networks.getByRole("row").nth(1)).toContainText("VPN");
  await expect(page.getByRole("heading", { level: 2, name: "Denver Tech Center" })).toBeFocused();
});

test("the figures of a building come in beside its heading and do not replace it", async ({ app, page }) => {
  await app.open();
  await app.openDemo();
  const button = app.main.getByRole("button", { name: "Denver Tech Center" });
  // The first thing that gets the focus is the heading, drawn before any figure has come.
  const heading = await button.evaluateHandle((element) => {
    element.blur();
    const focused = new Promise((done) => addEventListener("focusin", (event) => done(event.target), { once: true }));
    element.click();
    return focused;
  });
  const panel = app.main.getByRole("region", { name: "Denver Tech Center" });
  await expect(panel.getByText("judged streams were poor")).toBeVisible();
  expect(await heading.evaluate((element) => element.textContent)).toBe("Denver Tech Center");
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
});

test("Help lists what is planted", async ({ app, page }) => {
  await app.open("#help");
  const stories = page.getByRole("region", { name: "What the demo tenant hides" }).getByRole("listitem");
  const planted = [
    "Amsterdam Zuid",
    "Denver Tech Center",
    "Singapore Harbour",
    "Contoso Voice 200",
    "Contoso Wireless AC 20.70.3",
    "Madrid Norte",
    "10.58.44.0",
  ];
  for (const [idx, thing] of planted.entries()) {
    await expect(stories.nth(idx)).toContainText(thing);
  }
});

test("the demo comes in as files that are read like any others", async ({ app }) => {
  await app.open("#files");
  await app.openDemo();
  const cards = app.main.getByRole("list", { name: "Files" }).getByRole("listitem");
  await expect(cards.filter({ hasText: /Building file · / })).toContainText("400 rows read = 400 used");
  await expect(cards.filter({ hasText: /Stream export of the Call Quality Dashboard · / })).toContainText("40,000 rows read = 40,000 used");
});
