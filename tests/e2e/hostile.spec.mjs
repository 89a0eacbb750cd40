// Names that outsiders chose: file names, buildings and people that try to be markup, scripts or formulas.

import { readCsv } from "./csv.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const MARKUP = `<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>`;
const LINK = `"><a href="javascript:alert(4)">click</a><iframe srcdoc="<script>alert(5)</script>">`;
const BIDI = "\u202Egpj.exe";
const FORMULAS = [`=HYPERLINK("http://example.com","x")`, "+SUM(1;2)", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "＝1+1"];
const BUILDINGS = [MARKUP, LINK, BIDI, ...FORMULAS];
const FILE_NAME = `${MARKUP.replaceAll("/", "⁄")}.csv`;

const networks = BUILDINGS.map((name, idx) => [`10.50.${idx}.0`, 24, name, MARKUP, "=1+1", LINK, BIDI]);
const rows = streams(400).map((stream, idx) => ({
  ...stream,
  "Media Type": "Audio",
  "Is Server Pair": "Client : Server",
  "Second IP Address": `10.50.${idx % BUILDINGS.length}.${2 + (idx % 200)}`,
  "Second Subnet": "",
  "Second UPN": `${BUILDINGS[(idx * 3) % BUILDINGS.length]}@example.com`,
  "Second Phone Number": "+14255550142",
  "Second Network Connection Detail": MARKUP,
}));
const FIELDS = [...Object.keys(rows[0])];

/** Elements that only a name that was taken for markup could have made. */
const FOREIGN = "img, iframe, object, embed, base, [onerror], [onload], a[href^='javascript:'], body script, svg[onload]";

test.beforeEach(async ({ app, page, write }) => {
  page.on("dialog", (dialog) => {
    app.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await app.open("#buildings");
  await app.add({ name: FILE_NAME, mimeType: "text/csv", buffer: Buffer.from(exportFile(rows, { fields: FIELDS })) });
  await app.add(await write("buildings.tsv", buildingFile(networks)));
  await app.isIn("ready");
  await app.table("Buildings");
});

test("hostile names are shown as they are written and create no element", async ({ app, page }) => {
  const nothingForeign = () => expect(page.locator(FOREIGN)).toHaveCount(0);
  expect([...(await app.rowNames("Buildings"))].sort()).toEqual([...BUILDINGS].sort());
  await nothingForeign();
  await page.getByRole("rowheader").filter({ hasText: MARKUP }).getByRole("button").click();
  await expect(page.getByRole("heading", { level: 2, name: MARKUP })).toBeVisible();
  await page.getByRole("button", { name: "Show streams" }).click();
  await app.table("Streams");
  await expect(app.main.getByText(/^Only /)).toContainText(MARKUP);
  await nothingForeign();
  for (const view of ["Overview", "People", "Files"]) {
    await app.show(view);
    await nothingForeign();
  }
  await expect(page.getByRole("heading", { name: FILE_NAME })).toBeVisible();
  const fewer = Buffer.from(buildingFile(networks.slice(1)));
  await app.add({ name: `again ${FILE_NAME}`, mimeType: "text/csv", buffer: fewer });
  await expect(page.getByRole("dialog")).toContainText(FILE_NAME);
  await nothingForeign();
});

test("a name that turns its letters round turns no neighbour round", async ({ app, page }) => {
  await page.getByRole("rowheader").getByRole("button").filter({ hasText: BIDI }).click();
  await page.getByRole("button", { name: "Show streams" }).click();
  await app.table("Streams");
  const cell = app.main.getByRole("cell").filter({ hasText: BIDI }).filter({ hasText: "by address" });
  expect(await readsForward(cell.first(), "by address")).toBe(true);
  await app.add({ name: BIDI, mimeType: "text/csv", buffer: Buffer.from(buildingFile(networks.slice(1))) });
  expect(await readsForward(page.getByRole("dialog"), "is a building file")).toBe(true);
});

/** Whether the letters of these words stand from left to right on the screen. */
async function readsForward(place, words) {
  await expect(place).toContainText(words);
  return place.evaluate((element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const start = walker.currentNode.data.indexOf(words);
      if (start >= 0) {
        const left = (idx) => {
          const range = document.createRange();
          range.setStart(walker.currentNode, idx);
          range.setEnd(walker.currentNode, idx + 1);
          return range.getBoundingClientRect().left;
        };
        return left(start) < left(start + 1);
      }
    }
    return null;
  }, words);
}

test("no cell of a download is a formula, and phone numbers stay whole", async ({ app, page }) => {
  const isFormula = (cell) => /^[\s\u00a0]*[=+\-@\t\r＝＋－＠]/.test(cell) && !/^[+-][\d.]+$/.test(cell);
  for (const view of ["Buildings", "People", "Streams"]) {
    await app.show(view);
    await app.table(view);
    const cells = readCsv((await app.download()).text).flat();
    expect(cells.filter(isFormula), view).toEqual([]);
    expect(cells.some((cell) => cell.startsWith("'=HYPERLINK")), view).toBe(true);
    if (view !== "Buildings") {
      expect(cells, view).toContain("+14255550142");
    }
  }
});
