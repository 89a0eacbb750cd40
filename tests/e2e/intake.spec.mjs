// Files that do not explain themselves: the user says how they are read, what their columns are and what
// their dates mean, and sees that no row was lost.

import { violations } from "./axe.mjs";
import { expectSame } from "./comparison.mjs";
import { readTable } from "./csv.mjs";
import { manyKinds, openDates, OWN_JITTER, ownExport, withoutJitter, withShortRows } from "./intake-files.mjs";
import { buildingsOf } from "./oracle.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const STREAMS = streams(600);
const BUILDINGS = buildingFile();

/** Writes files by name and adds them all. */
async function addAll({ app, write }, files) {
  const paths = [];
  for (const [name, content] of Object.entries(files)) {
    paths.push(await write(name, content));
  }
  await app.add(...paths);
}

async function downloadedBuildings(app) {
  await app.show("Buildings");
  await app.table("Buildings");
  return (await app.download()).text;
}

/** Opens "How it was read" of a file and gives the select with this label. */
async function howRead(app, name, label) {
  const card = app.file(name);
  const details = card.locator(".how-read details");
  if (!(await details.evaluate((element) => element.open))) {
    await details.locator("summary").click();
  }
  return card.getByLabel(label, { exact: true });
}

/** Opens the columns of a file. */
async function openColumns(app, page, name) {
  await app.file(name).getByRole("button", { name: `Columns of ${name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Columns of ${name}` });
  await expect(dialog.getByRole("table", { name: "Columns" })).toBeVisible();
  return dialog;
}

test("a delimiter that the user says beats the evidence, and there is a way back", async ({ app, page, write }) => {
  await app.open("#files");
  await addAll({ app, write }, { "streams.tsv": exportFile(STREAMS, { delimiter: "\t" }) });
  await app.isIn("ready");
  await app.show("Files");
  const select = await howRead(app, "streams.tsv", "Cells are separated by");
  await expect(select.locator("option").first()).toHaveText("Automatic (found: Tab)");
  await select.selectOption("Semicolon");
  await expect(page.getByLabel("Cells are separated by")).toHaveCount(1);
  await expect(app.file("streams.tsv")).not.toContainText("600 used");
  await app.file("streams.tsv").getByRole("button", { name: "Read it automatically again" }).click();
  await expect(app.file("streams.tsv")).toContainText("600 rows read = 600 used");
});

test("the user's encoding is taken at its word", async ({ app, page, write }) => {
  await app.open();
  const latin = Buffer.from(BUILDINGS.replaceAll("Café Süd", "Café Süd"), "latin1");
  await addAll({ app, write }, { "buildings.tsv": latin });
  await app.isIn("ready");
  await app.show("Files");
  const select = await howRead(app, "buildings.tsv", "Letters are stored as");
  await select.selectOption({ label: "Windows-1252 (Excel, Western Europe)" });
  await app.isIn("ready");
  await expect(app.file("buildings.tsv")).toContainText("as you chose");
  await app.show("Buildings");
  await expect(page.getByRole("rowheader", { name: "Café Süd" })).toBeVisible();
});

test("a file that is not recognized is read as the user says", async ({ app, write }) => {
  await app.open();
  await addAll({ app, write }, { "odd.csv": "Machine,Maker\r\nPC-1,Contoso\r\nPC-2,Contoso\r\n" });
  const card = app.file("odd.csv");
  await expect(card).toContainText("Do you know what it is?");
  await expect(card.getByRole("button", { name: "Read it so" })).toBeDisabled();
  expect(await violations(app.page)).toEqual([]);
  await card.getByLabel("This file is").selectOption("Endpoint list");
  await card.getByRole("button", { name: "Read it so" }).click();
  await expect(card).toContainText("Endpoint list");
  await expect(card).toContainText("as you chose");
});

test("a column gets its field, and poor streams are counted with it", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "buildings.tsv": BUILDINGS, "own.csv": ownExport(STREAMS) });
  await app.isIn("ready");
  expectSame(await downloadedBuildings(app), buildingsOf(BUILDINGS, withoutJitter(STREAMS)));
  await app.show("Files");
  await expect(app.file("own.csv")).toContainText("1 column is not used.");
  const dialog = await openColumns(app, page, "own.csv");
  const row = dialog.getByRole("row", { name: OWN_JITTER });
  await expect(row).toContainText("Not known; not used");
  await dialog.getByLabel(`Field for ${OWN_JITTER}`).fill("avg jitter");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(row).toContainText("You chose Avg Jitter");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(app.file("own.csv")).not.toContainText("not used.");
  expectSame(await downloadedBuildings(app), buildingsOf(BUILDINGS, exportFile(STREAMS)));
});

test("choices about columns are saved, and serve another session", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "own.csv": ownExport(STREAMS) });
  await app.isIn("ready");
  await app.show("Files");
  const dialog = await openColumns(app, page, "own.csv");
  await expect(dialog.getByRole("button", { name: "Save as a file" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel(`Field for ${OWN_JITTER}`).fill("Avg Jitter");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog).toContainText("1 column is read as you chose");
  const map = await app.download("Save as a file");
  expect(map.text).toContain(`${OWN_JITTER},Avg Jitter`);
  await app.open();
  await page.reload();
  await expect(page.getByText("Sealed", { exact: true })).toBeVisible();
  await addAll({ app, write }, { "buildings.tsv": BUILDINGS, "own.csv": ownExport(STREAMS), [map.name]: map.text });
  await app.isIn("ready");
  expectSame(await downloadedBuildings(app), buildingsOf(BUILDINGS, exportFile(STREAMS)));
  await app.show("Files");
  const again = await openColumns(app, page, "own.csv");
  await expect(again.getByRole("row", { name: OWN_JITTER })).toContainText("A file of your choices says Avg Jitter");
});

test("what was decided about a file outlives a change of role", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "buildings.tsv": BUILDINGS, "own.csv": ownExport(STREAMS) });
  await app.isIn("ready");
  await app.show("Files");
  const dialog = await openColumns(app, page, "own.csv");
  await dialog.getByLabel(`Field for ${OWN_JITTER}`).fill("Avg Jitter");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog.getByRole("row", { name: OWN_JITTER })).toContainText("You chose Avg Jitter");
  await dialog.getByRole("button", { name: "Done" }).click();
  await app.select("Role").selectOption("specialist");
  await (await howRead(app, "own.csv", "Letters are stored as")).selectOption("UTF-8");
  await app.isIn("ready");
  await app.select("Role").selectOption("administrator");
  await app.isIn("ready");
  expectSame(await downloadedBuildings(app), buildingsOf(BUILDINGS, exportFile(STREAMS)));
  await app.show("Files");
  await expect(app.file("own.csv")).toContainText("as you chose");
});

for (const [button, day] of [
  ["3rd of April", "3 Apr 2026"],
  ["4th of March", "4 Mar 2026"],
]) {
  test(`dates that can be read both ways are read as the user says: ${day}`, async ({ app, page, write }) => {
    await app.open();
    await addAll({ app, write }, { "open.csv": openDates(STREAMS) });
    const dialog = page.getByRole("dialog", { name: "Is 03/04/2026 the 3rd of April or the 4th of March?" });
    await expect(dialog).toContainText("open.csv");
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: button }).click();
    await app.isIn("ready");
    await app.show("Overview");
    await expect(app.main).toContainText(day);
  });
}

test("one answer about dates serves all files that ask", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "one.csv": openDates(STREAMS), "two.csv": openDates(streams(50, 3)) });
  await expect(page.getByLabel("The same answer for 1 other file that asks")).toBeChecked();
  await page.getByRole("button", { name: "3rd of April" }).click();
  await app.isIn("ready");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("Escape leaves out the file that asks for its dates", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "open.csv": openDates(STREAMS) });
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(app.file("open.csv")).toContainText("Cancelled, not in use");
});

test("rows that are not used are saved with line, column and reason", async ({ app, write }) => {
  await app.open();
  await addAll({ app, write }, { "short.csv": withShortRows(STREAMS, 3) });
  await app.isIn("ready");
  await app.show("Files");
  const { name, text } = await app.download("Download the 3 rows not used of short.csv");
  expect(name).toBe("rows-not-used.csv");
  const rows = readTable(text);
  expect(rows.map((row) => [row.line, row.code])).toEqual([602, 603, 604].map((line) => [String(line), "column-count"]));
  expect(Object.keys(rows[0])).toEqual(["line", "column", "code", "row"]);
});

test("the rows of all files add up, and files that need attention can be listed alone", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, manyKinds());
  await app.isIn("ready");
  await app.show("Files");
  const sum = await page.locator(".files-sum").innerText();
  const numbers = /([\d,]+) rows.* read = ([\d,]+) used \+ ([\d,]+) duplicates? \+ ([\d,]+) rejected \+ ([\d,]+) blank/.exec(sum);
  const [read, ...parts] = numbers.slice(1).map((number) => Number(number.replaceAll(",", "")));
  expect(parts.reduce((all, part) => all + part)).toBe(read);
  expect(read).toBeGreaterThan(1_000);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("radio", { name: /^Need attention/ }).check();
  await expect(app.file("buildings.tsv")).toHaveCount(0);
  await expect(app.file("notes of the meeting.txt")).toBeVisible();
  await page.getByRole("radio", { name: /^Not in use/ }).check();
  await expect(app.file("streams march.csv")).toHaveCount(0);
});

test("a specialist sees neither headings nor the way to columns", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "own.csv": ownExport(STREAMS) });
  await app.isIn("ready");
  await app.show("Files");
  await expect(page.getByRole("button", { name: "Columns of own.csv" })).toBeVisible();
  await app.select("Role").selectOption("specialist");
  await app.show("Files");
  await expect(page.getByRole("button", { name: "Columns of own.csv" })).toHaveCount(0);
  await expect(app.main).not.toContainText(OWN_JITTER);
  await expect(page.getByText("Choose what it is")).toHaveCount(0);
});

test("a column is chosen, left out and looked for with the keyboard alone", async ({ app, page, write }) => {
  await app.open();
  await addAll({ app, write }, { "own.csv": ownExport(STREAMS) });
  await app.isIn("ready");
  await app.show("Files");
  const opener = page.getByRole("button", { name: "Columns of own.csv" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Columns of own.csv" });
  await expect(dialog.getByRole("heading", { level: 2 })).toBeFocused();
  const input = dialog.getByLabel(`Field for ${OWN_JITTER}`);
  await expect(input).toBeVisible();
  await tabTo(page, input);
  await page.keyboard.type("Avg Jitter");
  await page.keyboard.press("Tab");
  const apply = dialog.getByRole("button", { name: "Apply" });
  await tabTo(page, apply);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("row", { name: OWN_JITTER })).toContainText("You chose Avg Jitter");
  await expect(apply).toBeFocused();
  await tabTo(page, dialog.getByRole("button", { name: `Leave out ${OWN_JITTER}` }), "Shift+Tab");
  await page.keyboard.press("Space");
  await expect(dialog.getByRole("button", { name: `Leave out ${OWN_JITTER}` })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

async function tabTo(page, target, key = "Tab") {
  for (let stops = 0; stops < 60; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${target} cannot be reached with ${key}`);
}

for (const width of [1440, 390]) {
  test(`the empty page says what can be dropped and where it comes from, ${width} wide`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await app.open();
    await page.getByText("Where do I get these files?").click();
    await expect(app.main).toContainText("Building and endpoint data");
    await expect(app.main).toContainText("Get-MgCommunicationCallRecord");
    expect(await violations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
