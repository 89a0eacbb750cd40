// Takes pictures of every screen into tests/e2e/screenshots/: `node tests/e2e/screenshots.mjs`.

import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { App } from "./app.mjs";
import { CHROMIUM } from "./chromium.mjs";
import { manyKinds, openDates } from "./intake-files.mjs";
import { startServer } from "./server.mjs";
import { exportFile, streams } from "./tenant.mjs";

const FOLDER = fileURLToPath(new URL("screenshots/", import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER);
const server = await startServer();
const browser = await chromium.launch(CHROMIUM);
for (const viewport of SIZES) {
  for (const colorScheme of ["light", "dark"]) {
    for (const role of ["administrator", "specialist"]) {
      await takeAll(role, { viewport, colorScheme });
    }
    await takeIntake({ viewport, colorScheme });
  }
}
await browser.close();
await server.stop();

async function takeAll(role, { viewport, colorScheme }) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  const app = new App(page);
  const take = (screen) =>
    page.screenshot({ path: `${FOLDER}${screen}-${viewport.width}-${colorScheme}-${role}.png` });
  await app.open(server.address);
  await app.select("Role").selectOption(role);
  await take("empty");
  await app.openDemo();
  await app.main.getByRole("heading", { name: "Look here first" }).waitFor();
  await take("overview");
  for (const view of ["Buildings", "People", "Streams"]) {
    await app.show(view);
    await app.table(view);
    await take(view.toLowerCase());
  }
  await app.show("Buildings");
  await app.main.getByRole("rowheader").getByRole("button").first().click();
  await page.getByRole("table", { name: /^Networks of / }).waitFor();
  await take("building");
  for (const view of ["Files", "Help"]) {
    await app.show(view);
    await take(view.toLowerCase());
  }
  await context.close();
}

/** Files that need the user: not recognized, columns, dates, and a folder of many. */
async function takeIntake({ viewport, colorScheme }) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  const app = new App(page);
  const take = (screen) =>
    page.screenshot({ path: `${FOLDER}${screen}-${viewport.width}-${colorScheme}.png` });
  const add = (files) =>
    app.add(
      ...Object.entries(files).map(([name, text]) => ({
        name,
        mimeType: "text/plain",
        buffer: Buffer.from(text),
      })),
    );
  await app.open(server.address);
  await page.getByText("Where do I get these files?").click();
  await page.getByRole("heading", { name: "What you can drop" }).scrollIntoViewIfNeeded();
  await take("sources");
  await add({ "notes.txt": "Roses are red" });
  await app.main.getByText("Do you know what it is?").scrollIntoViewIfNeeded();
  await take("not-recognized");
  await page.getByRole("button", { name: "Remove notes.txt" }).click();

  const files = manyKinds();
  const april = { "streams april.csv": files["streams april.csv"] };
  await add({ "buildings.tsv": files["buildings.tsv"], ...april });
  await app.show("Files");
  await app.file("streams april.csv").locator(".how-read summary").click();
  await take("files-two");
  await page.getByRole("button", { name: "Columns of streams april.csv" }).click();
  await page.getByRole("button", { name: "Avg Jitter for Jitter mean ms" }).click();
  await take("columns");
  await page.getByRole("button", { name: "Done" }).click();

  await add({ "dates.csv": openDates(streams(30)), "more dates.csv": openDates(streams(31, 4)) });
  await page.getByLabel("The same answer for 1 other file that asks").waitFor();
  await take("dates");
  await page.getByRole("button", { name: "3rd of April" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });

  const folder = Object.fromEntries(
    Array.from({ length: 60 }, (_, idx) => [
      `site ${idx + 1}.csv`,
      idx % 17 === 3 ? "Only a note." : exportFile(streams(20 + idx, 100 + idx)),
    ]),
  );
  delete files["buildings.tsv"];
  await add({ ...files, ...folder });
  await app.file("site 60.csv").getByText("In use", { exact: true }).waitFor();
  await take("files-many");
  await page.getByRole("radio", { name: /^Need attention/ }).check();
  await take("files-attention");
  await context.close();
}
