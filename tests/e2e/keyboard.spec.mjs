// The main job with the keyboard alone: Tab, Enter, Space and arrows, never a pointer.

import { expect, test } from "./test.mjs";

const MOST_STOPS = 80;

/** Presses Tab until the focus is there, as somebody would who looks for it. */
async function tabTo(page, target, key = "Tab") {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectFocusRing(page);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${target} cannot be reached with ${key}`);
}

/** Where the focus is can be seen: by a line around the element or around the label that stands for it. */
async function expectFocusRing(page) {
  const rings = await page.evaluate(() =>
    [document.activeElement, ...(document.activeElement.labels ?? [])].map((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
    }),
  );
  expect(Math.max(...rings), "the focus can be seen").toBeGreaterThanOrEqual(2);
}

test("demo, Buildings, sort, a building, role and download are done without a pointer", async ({ app, page }) => {
  await app.open();
  await tabTo(page, page.getByRole("button", { name: "Try the demo tenant" }));
  await page.keyboard.press("Enter");
  await app.isIn("ready");

  await tabTo(page, app.link("Buildings"));
  await page.keyboard.press("Enter");
  await expect(app.heading).toHaveText("Buildings");
  await expect(app.heading).toBeFocused();
  await app.table("Buildings");

  const sort = page.getByRole("columnheader", { name: "People" }).getByRole("button");
  await tabTo(page, sort);
  await page.keyboard.press("Space");
  await expect(page.getByRole("columnheader", { name: "People" })).toHaveAttribute("aria-sort", "descending");
  await app.table("Buildings");
  await expect(sort).toBeFocused();

  const building = app.main.getByRole("rowheader").getByRole("button").first();
  const name = await building.innerText();
  await tabTo(page, building);
  await page.keyboard.press("Enter");
  const title = page.getByRole("heading", { level: 2, name });
  await expect(title).toBeFocused();
  await app.table(`Networks of ${name}`);
  await page.keyboard.press("Escape");
  await expect(title).toHaveCount(0);

  await tabTo(page, app.select("Role"), "Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(app.select("Role")).toHaveValue("specialist");
  await expect(app.main).toContainText("groups of fewer than 5 people");
  await app.table("Buildings");

  const download = page.getByRole("button", { name: "Download CSV" });
  await tabTo(page, download);
  const waiting = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await waiting).suggestedFilename()).toBe("buildings.csv");
});

test("files are added without a pointer", async ({ app, page }) => {
  // Asked for before the page is opened: the browser has to be told in time that the dialog is ours.
  const chosen = page.waitForEvent("filechooser");
  await app.open();
  await tabTo(page, page.getByLabel("Add files", { exact: true }));
  await page.keyboard.press("Enter");
  expect((await chosen).isMultiple()).toBe(true);
});

test("the first stop leads past the navigation to the content", async ({ app, page }) => {
  await app.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(app.heading).toBeFocused();
});

test("a long table can be scrolled with arrows and pages", async ({ app, page }) => {
  await app.open("#people");
  await app.openDemo();
  await app.table("People");
  await tabTo(page, page.getByRole("region", { name: "People" }));
  await page.keyboard.press("End");
  const last = await app.countRows("People");
  await expect(page.locator(`tr[aria-rowindex="${last + 1}"]`)).toBeVisible();
  await expect(page.locator(`tr[aria-rowindex="${last + 1}"]`)).not.toContainText("…");
});

test("a row that stays on the screen keeps the focus while the table moves", async ({ app, page }) => {
  await app.open();
  await app.openDemo();
  await app.show("Buildings");
  const table = await app.table("Buildings");
  const building = table.getByRole("rowheader").getByRole("button").nth(20);
  const name = await building.innerText();
  await building.focus();
  const place = page.getByRole("region", { name: "Buildings", exact: true });
  const lastDrawn = () => table.getByRole("row").last().getAttribute("aria-rowindex");
  const before = await lastDrawn();
  await place.evaluate((element) => element.scrollBy(0, 500));
  await expect.poll(lastDrawn).not.toBe(before);
  await expect(table.getByRole("button", { name, exact: true })).toBeFocused();
});
