// The settings: how the page looks, what the browser keeps, and that nothing is left when the user says so.

import { violations } from "./axe.mjs";
import { expect, test } from "./test.mjs";

const open = async (page) => {
  await page.getByRole("button", { name: "Settings" }).click();
  const panel = page.getByRole("dialog", { name: "Settings" });
  await expect(panel).toBeVisible();
  return panel;
};

/** All that a page can leave in a browser, but for its own program files. */
const storage = (page) =>
  page.evaluate(async () => ({
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    cookies: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }));

const NOTHING = { local: [], session: [], cookies: "", databases: [] };

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("a look is chosen at once, against the system's", async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await app.open();
  const light = await background(page);
  const panel = await open(page);
  await panel.getByLabel("Look", { exact: true }).selectOption("Dark");
  await expect.poll(() => background(page)).not.toBe(light);
  const dark = await background(page);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await panel.getByLabel("Look", { exact: true }).selectOption("Light");
  await expect.poll(() => background(page)).toBe(light);
  await panel.getByLabel("Look", { exact: true }).selectOption("As the system");
  await expect.poll(() => background(page)).toBe(dark);
  expect(await storage(page)).toEqual(NOTHING);
});

test("look and limits come back on the next visit only if the user wants that", async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await app.open();
  await app.openDemo();
  await app.select("Classifier").selectOption("custom");
  await app.select("Jitter (ms)").fill("12");
  await app.select("Jitter (ms)").press("Tab");
  const panel = await open(page);
  await panel.getByLabel("Look", { exact: true }).selectOption("Dark");
  expect(await storage(page)).toEqual(NOTHING);
  await panel.getByLabel(/^Remember/).check();
  const { local, ...others } = await storage(page);
  expect(others).toEqual({ ...NOTHING, local: undefined });
  expect(local.map(([name]) => name)).toEqual(["callscope.settings"]);

  const dark = await background(page);
  await page.reload();
  await expect.poll(() => background(page)).toBe(dark);
  await app.openDemo();
  await expect(app.select("Jitter (ms)")).toHaveValue("12");
  const address = page.url();
  await page.goto(new URL("?theme=system", address).href);
  await expect.poll(() => background(page), "what the address says goes first").not.toBe(dark);
  await page.goto(address);

  await (await open(page)).getByLabel(/^Remember/).uncheck();
  expect(await storage(page)).toEqual(NOTHING);
  await page.reload();
  await expect.poll(() => background(page)).not.toBe(dark);
});

test("settings that nobody can read do no harm", async ({ app, page }) => {
  await page.addInitScript(() => localStorage.setItem("callscope.settings", "dark custom <img> - 1"));
  await app.open();
  await app.openDemo();
  await expect(app.select("Classifier")).toHaveValue(/cqd/);
});

test("forgetting everything closes the files and empties the browser", async ({ app, page }) => {
  await app.open("#people");
  await app.openDemo();
  await app.select("Role").selectOption({ label: "Engineer" });
  await app.isIn("ready");
  const panel = await open(page);
  await panel.getByLabel("Look", { exact: true }).selectOption("Dark");
  await panel.getByLabel(/^Remember/).check();
  await panel.getByRole("button", { name: "Forget everything" }).click();
  await panel.getByRole("button", { name: "Keep it" }).click();
  await app.isIn("ready");
  await panel.getByRole("button", { name: "Forget everything" }).click();
  await panel.getByRole("button", { name: "Yes, forget everything" }).click();
  await app.isIn("empty");
  await expect(panel).toBeHidden();
  await expect(app.heading).toHaveText("See which buildings have bad calls");
  await expect(app.select("Role")).toHaveValue("engineer");
  expect(await storage(page)).toEqual(NOTHING);
  await app.openDemo();
});
