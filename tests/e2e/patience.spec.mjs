// A server that takes requests and does not answer them: the page waits so long, and then goes on without.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { App } from "./app.mjs";
import { DIST, renew } from "./published.mjs";
import { test } from "./site.mjs";
import { expect } from "./test.mjs";
import { half, silence, status } from "./trouble.mjs";
import { startPlainServer } from "./watcher.mjs";

/** Longer than the page waits for what it waits for longest, one after the other. */
const PATIENCE_MS = 40_000;

/** What was not kept in time would be asked for once more within this time. */
const LATER_MS = 4_000;

/** So late that an installation would outlast the page's waiting for it. */
const LATE_MS = 12_000;

const isSealed = (page) =>
  expect(page.getByText("Sealed", { exact: true })).toBeVisible({ timeout: PATIENCE_MS });

test("what the browser does not keep in time it does not keep: the page is sealed, and asks nobody after that", async ({ app, host, page }) => {
  // The page itself needs no such file.
  host.answers["/icon-512.png"] = silence;
  await page.goto(host.address);
  await isSealed(page);
  const asked = host.requests.length;
  expect(host.requests.filter((request) => request === "GET /icon-512.png")).toHaveLength(1);
  const registrations = () => page.evaluate(() => navigator.serviceWorker.getRegistrations().then(({ length }) => length));
  expect(await registrations()).toBe(0);
  await app.openDemo();
  await page.waitForTimeout(LATER_MS);
  expect(host.requests.slice(asked)).toEqual([]);
  expect(await registrations()).toBe(0);
});

test("what keeps the page and comes only when that is sealed asks nobody for anything, and is not kept", async ({ app, folder, host, page }) => {
  let send;
  host.answers["/service-worker.js"] = (response) => {
    send = async () => {
      response.writeHead(200, { "Content-Type": "text/javascript", "Cache-Control": "max-age=86400" });
      response.end(await readFile(join(folder, "service-worker.js")));
    };
  };
  await page.goto(host.address);
  await isSealed(page);
  const asked = host.requests.length;
  await send();
  await page.waitForTimeout(LATER_MS);
  expect(host.requests.slice(asked)).toEqual([]);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await app.openDemo();
});

test("a new version that comes too slowly is given up before the page is sealed", async ({ app, folder, host, page }) => {
  await app.open(host.address);
  await renew(folder, "the second version");
  // The word of it comes late, and then one of its files never does.
  host.answers["/service-worker.js"] = async (response) => {
    const text = await readFile(join(folder, "service-worker.js"));
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    response.writeHead(200, { "Content-Type": "text/javascript" });
    response.end(text);
  };
  host.answers["/icon-512.png"] = silence;
  await page.goto(`${host.address}?look-for-update`);
  await isSealed(page);
  const asked = host.requests.length;
  await page.waitForTimeout(3 * LATER_MS);
  expect(host.requests.slice(asked).filter((request) => request !== "GET /service-worker.js")).toEqual([]);
});

test("the part that opens packages may be refused first and then never come: the page goes on without it", async ({ app, page }) => {
  const server = await startPlainServer(DIST);
  server.answers["/service-worker.js"] = status(404);
  let times = 0;
  server.answers["/unpack_bg.wasm"] = (response) => {
    times += 1;
    (times === 1 ? status(503) : silence)(response);
  };
  await page.goto(server.address);
  await isSealed(page);
  expect(times).toBeGreaterThan(1);
  app.complaints = app.complaints.filter((words) => !/integrity|SRI|40\d|503/.test(words));
  await server.stop();
});

test("a configuration that never comes is read in the strictest way, a building file that never comes is named", async ({ page }) => {
  // Without what keeps the page: it would wait, too.
  const server = await startPlainServer(DIST);
  server.answers["/service-worker.js"] = status(404);
  server.answers["/callscope.json"] = silence;
  server.answers["/places.tsv"] = half;
  const app = new App(page);
  await page.goto(`${server.address}?locations=places.tsv&support-role=administrator`);
  await isSealed(page);
  await expect(app.main.getByText("Role: Specialist, set by")).toBeVisible();
  await expect(app.main.getByText("callscope.json, cannot be understood")).toBeVisible();
  await expect(app.main.getByText("could not be loaded. Add one by hand.")).toBeVisible();
  await app.openDemo();
  await server.stop();
});
