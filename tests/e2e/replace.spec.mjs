// One building file at a time: a second one asks before it takes the place of the first.

import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const OTHER = buildingFile([["10.0.0.0", 8, "Everything", "Bonn", "", "DE", "EMEA"]]);

test.beforeEach(async ({ app, write, page }) => {
  await app.open("#buildings");
  await app.addAndRead(
    await write("first.tsv", buildingFile()),
    await write("streams.csv", exportFile(streams(200))),
  );
  await expect(page.getByRole("button", { name: "Harbour East" })).toBeVisible();
  await app.add(await write("second.tsv", OTHER));
  const dialog = page.getByRole("dialog", { name: "Replace the building file?" });
  await expect(dialog).toContainText("second.tsv is a building file");
  await expect(dialog).toContainText("now it is first.tsv");
});

test("yes takes the new building file", async ({ app, page }) => {
  await page.getByRole("button", { name: "Replace" }).click();
  await app.isIn("ready");
  await expect(page.getByRole("button", { name: "Everything" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Harbour East" })).toHaveCount(0);
  await app.show("Files");
  await expect(app.file("second.tsv")).toContainText("In use");
  await expect(app.file("first.tsv")).toHaveCount(0);
});

test("no keeps the building file in use", async ({ app, page }) => {
  await page.getByRole("button", { name: "Keep the present one" }).click();
  await app.isIn("ready");
  await expect(page.getByRole("button", { name: "Harbour East" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Everything" })).toHaveCount(0);
});

test("Escape keeps the building file in use", async ({ app, page }) => {
  await page.keyboard.press("Escape");
  await app.isIn("ready");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Harbour East" })).toBeVisible();
});
