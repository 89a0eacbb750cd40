// Takes pictures of every screen into tests/e2e/screenshots/: `node tests/e2e/screenshots.mjs`.

import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { App } from "./app.mjs";
import { CHROMIUM } from "./chromium.mjs";
import { startServer } from "./server.mjs";

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
