// Files that cannot be used, or not whole: the page says why and where, and good files are unharmed.

import { writeBigExport } from "./big-export.mjs";
import { cancelOnceReading } from "./cancelling.mjs";
import { expectSame } from "./comparison.mjs";
import { buildingsOf } from "./oracle.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const STREAMS = streams(300);
const BUILDINGS = buildingFile();
const EXPORT = exportFile(STREAMS);
const ANSWER = buildingsOf(BUILDINGS, EXPORT);

const USELESS = {
  "poem.txt": ["Roses are red,\nviolets are blue.\n", "This is no file that callscope knows."],
  "other.csv": ["Name,Price\nChair,12\nTable,40\n", "This is no file that callscope knows."],
  "empty.csv": ["", "The file has no rows."],
  "blank-lines.csv": ["\r\n\r\n  \r\n", "The file has no rows."],
  "workbook.xlsx": [Buffer.from("504b0304140000000800000021000000", "hex"), "The package is damaged, cut off, or packed in a way"],
  "only-headings.csv": [EXPORT.split("\r\n")[0], "The file has no rows."],
};
const GROUPED = "Second Subnet,Media Type,Avg Jitter,Total Stream Count\n10.1.2.0,Audio,3,40\n";

for (const [name, [content, words]] of Object.entries(USELESS)) {
  test(`${name} is refused in words and nothing of it is in`, async ({ app, write }) => {
    await app.open();
    await app.add(await write(name, content));
    await expect(app.file(name)).toContainText(words);
    await expect(app.file(name)).toContainText("Cannot be used");
    await app.isIn("empty");
  });
}

test("good files beside useless ones give the oracle's buildings", async ({ app, write }) => {
  const useless = await Promise.all(
    Object.entries(USELESS).map(([name, [content]]) => write(name, content)),
  );
  const good = [await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT)];
  await app.open("#buildings");
  await app.addAndRead(...useless.slice(0, 3), ...good, ...useless.slice(3));
  await app.table("Buildings");
  expectSame((await app.download()).text, ANSWER);
  await app.show("Files");
  for (const name of Object.keys(USELESS)) {
    await expect(app.file(name)).toContainText("Cannot be used");
  }
});

test("a grouped export beside single streams is not counted, and says so", async ({ app, write }) => {
  await app.open("#buildings");
  await app.addAndRead(
    await write("grouped.csv", GROUPED),
    await write("buildings.tsv", BUILDINGS),
    await write("streams.csv", EXPORT),
  );
  await app.table("Buildings");
  expectSame((await app.download()).text, ANSWER);
  await app.show("Files");
  await expect(app.file("grouped.csv")).toContainText("Not counted");
});

test("wrong rows of a building file are named by line and column and the rest is used", async ({ app, page, write }) => {
  const lines = BUILDINGS.trimEnd().split("\r\n");
  const replace = (line, column, cell) => {
    const cells = lines[line - 1].split("\t");
    cells[column - 1] = cell;
    lines[line - 1] = cells.join("\t");
  };
  replace(2, 1, "10.1.0.x");
  replace(5, 3, "33");
  replace(7, 13, "yes");
  const text = lines.join("\r\n");
  await app.open("#buildings");
  await app.addAndRead(await write("buildings.tsv", text), await write("streams.csv", EXPORT));
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(text, EXPORT));
  await app.show("Files");
  const card = app.file("buildings.tsv");
  await expect(card).toContainText("Error: Line 2, column 1: The network is not an IP address.");
  await expect(card).toContainText("Error: Line 5, column 3: The network range is not a prefix length.");
  await expect(card).toContainText("Warning: Line 7, column 13: The cell should be 0 or 1.");
  await expect(card).toContainText("12 rows read = 10 used + 0 duplicates + 2 rejected + 0 blank");
  await expect(page.getByRole("listitem").filter({ hasText: "Error: Line 2" }).first()).toBeVisible();
});

test("wrong cells of an export are named by line, column and heading and the rest is used", async ({ app, write }) => {
  const rows = STREAMS.slice(0, 20).map((stream) => ({ ...stream }));
  rows[2]["Avg Jitter"] = "fast";
  rows[4]["End Time"] = "yesterday";
  const lines = exportFile(rows).split("\r\n");
  lines[10] = lines[10].split(",").slice(0, 6).join(",");
  await app.open("#files");
  await app.addAndRead(await write("streams.csv", lines.join("\r\n")));
  const card = app.file("streams.csv");
  await expect(card).toContainText("Error: Line 11, column 6 (First IP Address): The row has another number of columns");
  await expect(card).toContainText("Warning: Line 4, column 18 (Avg Jitter): The cell is not a number.");
  await expect(card).toContainText("Warning: Line 6, column 5 (End Time): The cell is not a date and time.");
  await expect(card).toContainText("20 rows read = 19 used + 0 duplicates + 1 rejected + 0 blank");
});

test("a quotation mark that is never closed costs its row alone and says so", async ({ app, write }) => {
  const rows = STREAMS.slice(0, 20).map((stream) => ({ ...stream, "Second Capture Dev": "" }));
  const lines = exportFile(rows).trimEnd().split("\r\n");
  lines[18] = `${lines[18]},"and so on`;
  await app.open("#files");
  await app.addAndRead(await write("cut.csv", lines.join("\r\n")));
  const card = app.file("cut.csv");
  await expect(card).toContainText("Error: Line 19: A quotation mark is opened and not closed.");
  await expect(card).toContainText("20 rows read = 19 used + 0 duplicates + 1 rejected + 0 blank");
});

test("the same export twice is counted once, under whatever name", async ({ app, write }) => {
  await app.open("#buildings");
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  await app.add(await write("copy.csv", EXPORT));
  await app.show("Files");
  await expect(app.file("copy.csv")).toContainText("The very same file is already in use.");
  await app.show("Buildings");
  await app.table("Buildings");
  expectSame((await app.download()).text, ANSWER);
});

test("a removed file is forgotten and the rest is counted again", async ({ app, page, write }) => {
  await app.open("#files");
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  await page.getByRole("button", { name: "Remove buildings.tsv" }).click();
  await expect(app.file("buildings.tsv")).toHaveCount(0);
  await app.show("Buildings");
  await expect.poll(() => app.rowNames("Buildings")).toEqual(["(not mapped)"]);
  await app.show("Files");
  await page.getByRole("button", { name: "Remove streams.csv" }).click();
  await app.isIn("empty");
  await expect(page.getByRole("button", { name: "Try the demo tenant" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "streams.csv" })).toHaveCount(0);
});

test("a file that is cancelled while it is read leaves everything as before", async ({ app, page, write }, testInfo) => {
  const big = await writeBigExport(testInfo.outputPath("big.csv"), 150e6);
  await app.open("#buildings");
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  await app.table("Buildings");
  await cancelOnceReading(page, "big.csv");
  await app.add(big.path);
  await app.show("Files");
  await expect(app.file("big.csv")).toContainText("Cancelled, not in use");
  await app.isIn("ready");
  await app.show("Buildings");
  await app.table("Buildings");
  expectSame((await app.download()).text, ANSWER);
});
