// The page that the browser keeps: opens without a network, asks nobody once it is sealed, is renewed when told to.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { App } from "./app.mjs";
import { FILES, renew, startStaticHost, withoutKeeper } from "./published.mjs";
import { startServer } from "./server.mjs";
import { test } from "./site.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect } from "./test.mjs";

const KEPT = FILES.filter((name) => /^(index\.html|(page-|style-|worker|unpack|manifest|icon).*)$/.test(name));

/** Browsers look for another keeper within this time of a visit, if they do it by themselves. */
const BROWSER_LOOKS_MS = 4_000;

const descriptionOf = (page) => page.locator("meta[name=description]").getAttribute("content");

/** What was asked since, and that nothing more comes. */
async function requestsSince(server, before, page) {
  await page.waitForTimeout(BROWSER_LOOKS_MS);
  return server.requests.slice(before);
}

async function mainJob(app, write) {
  await app.openDemo();
  await app.show("Buildings");
  await app.download();
  await app.show("Files");
  await app.add(await write("buildings.tsv", buildingFile()), await write("streams.csv", exportFile(streams(200))));
  await app.page.getByRole("button", { name: "Replace" }).click();
  await app.isIn("ready");
}

test("after the first visit the page does its job without server and network", async ({ app, context, page, write }) => {
  const server = await startServer();
  await app.open(server.address);
  await server.stop();
  await context.setOffline(true);
  await app.open(server.address);
  await mainJob(app, write);
  // What the host says is asked for each time, and the browser complains that it cannot be.
  app.complaints = app.complaints.filter((words) => !/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)/.test(words));
});

test("what the browser keeps is the page's own files, and nothing else", async ({ app, page, host, write }) => {
  await app.open(host.address);
  await mainJob(app, write);
  const kept = await page.evaluate(async () => {
    const [name, ...others] = await caches.keys();
    const requests = await (await caches.open(name)).keys();
    return { others, addresses: requests.map(({ url }) => url.slice(location.href.lastIndexOf("/") + 1)).sort() };
  });
  const expected = [...KEPT.map((name) => (name === "index.html" ? "" : name)), "callscope.json"];
  expect(kept).toEqual({ others: [], addresses: expected.sort() });
});

for (const [name, start] of Object.entries({ "the project's server": startServer, "a static host": undefined })) {
  test(`two visits in a row: the second asks ${name} only what the host says now, and both nothing once sealed`, async ({ app, folder, page }) => {
    const server = await (start ?? (() => startStaticHost(folder)))();
    await app.open(server.address);
    const first = server.requests.length;
    expect(await requestsSince(server, first, page)).toEqual([]);

    await app.open(server.address);
    const second = server.requests.length;
    expect(server.requests.slice(first)).toEqual(["GET /callscope.json"]);
    expect(await requestsSince(server, second, page)).toEqual([]);
    await server.stop();
  });
}

test("forgetting everything leaves nothing of the page in the browser, and the page goes on", async ({ app, page, host }) => {
  await app.open(host.address);
  await app.openDemo();
  const kept = () => page.evaluate(async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()].flat().length);
  expect(await kept()).toBeGreaterThan(1);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.getByRole("button", { name: "Yes, forget everything" }).click();
  await expect.poll(kept).toBe(0);
  await app.openDemo();
});

test("what the host says anew is heard at the next visit", async ({ app, folder, host, page }) => {
  const heard = () => page.evaluate(() => callscope.configuration());
  await app.open(host.address);
  await writeFile(join(folder, "callscope.json"), '{ "lockRole": true }');
  await app.open(host.address);
  expect(JSON.parse(await heard())).toEqual({ lockRole: true });
  // And is remembered where the host cannot be asked.
  await host.stop();
  await app.open(host.address);
  expect(JSON.parse(await heard())).toEqual({ lockRole: true });
  app.complaints = app.complaints.filter((words) => !/ERR_CONNECTION_REFUSED/.test(words));
});

test("a new version is not looked for unless the user says so, and changes nothing until told to", async ({ app, folder, host, page }) => {
  await app.open(host.address);
  const old = await descriptionOf(page);
  await renew(folder, "the second version");
  await app.open(host.address);
  await expect(page.getByText("A new version is ready.").last()).toBeHidden();

  await app.open(`${host.address}?look-for-update`);
  await expect(page.getByRole("region", { name: "Version" })).toContainText("A new version is ready.");
  expect(await descriptionOf(page)).toBe(old);
  await page.reload();
  await expect(page.getByRole("region", { name: "Version" })).toBeVisible();
  expect(await descriptionOf(page)).toBe(old);

  await page.getByRole("button", { name: "Update", exact: true }).click();
  await expect.poll(() => descriptionOf(page)).toBe("the second version");
  await expect(page.getByText("Sealed", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Version" })).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/ the second version$/)]);
});

test("with files loaded the new version asks first", async ({ app, folder, host, page }) => {
  await app.open(host.address);
  await renew(folder, "the second version");
  await app.open(`${host.address}?look-for-update`);
  await app.openDemo();
  await page.getByRole("button", { name: "Update", exact: true }).click();
  const line = page.getByRole("region", { name: "Version" });
  await expect(line).toContainText("Your files have to be dropped again after that.");
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(line).toContainText("A new version is ready.");
  await app.isIn("ready");
  await page.getByRole("button", { name: "Update", exact: true }).click();
  await page.getByRole("button", { name: "Update now" }).click();
  await expect.poll(() => descriptionOf(page)).toBe("the second version");
});

test("a page that another has put beside this one is left alone, and a script in this one gets nothing else", async ({ browser, folder, host }) => {
  // Without the policies only what keeps the page stands between a script and the server.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await new App(page).open(host.address);
  await page.reload();
  await expect(page.getByText("Sealed", { exact: true })).toBeVisible();
  const isShut = async () => {
    for (const address of ["leak?secret", "SHA256SUMS", "http://127.0.0.1:9/leak"]) {
      await expect(page.evaluate((address) => fetch(address, { mode: "no-cors" }), address)).rejects.toThrow("Failed to fetch");
    }
    expect(await page.evaluate(async () => (await fetch("worker.js")).status)).toBe(200);
  };
  await isShut();
  // Not even when nothing is kept any more.
  await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
  await isShut();

  await writeFile(join(folder, "portal.html"), "<!DOCTYPE html><title>portal</title>");
  const portal = await context.newPage();
  await portal.goto(`${host.address}portal.html`);
  expect(await portal.title()).toBe("portal");
  expect(await portal.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(await portal.evaluate(async () => (await fetch("SHA256SUMS")).status)).toBe(200);
  expect(host.requests.filter((line) => /leak/.test(line))).toEqual([]);
  expect(host.requests).toContain("GET /SHA256SUMS");
  await context.close();
});

test("files that were changed on their way are not kept", async ({ folder, host, page }) => {
  await writeFile(join(folder, "icon.svg"), (await readFile(join(folder, "icon.svg"), "utf8")).replace("#4f52b2", "#ff0000"));
  await new App(page).open(host.address);
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.active ?? null))).toBe(null);
});

test("where nothing keeps the page it works like any other", async ({ folder, host, page }) => {
  await withoutKeeper(folder);
  const app = new App(page);
  await app.open(host.address);
  await app.openDemo();
});

test("in a frame the page is not kept", async ({ folder, host, page }) => {
  await writeFile(join(folder, "portal.html"), '<!DOCTYPE html><title>portal</title><iframe src="./" title="callscope"></iframe>');
  await page.goto(`${host.address}portal.html`);
  await expect(page.frameLocator("iframe").getByText("Sealed", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((found) => found.length))).toBe(0);
});

test("the building file that the address names comes past what the browser keeps, and is not kept", async ({ app, folder, host }) => {
  await writeFile(join(folder, "places.tsv"), buildingFile());
  await app.open(host.address);
  for (let n_visits = 1; n_visits <= 2; n_visits += 1) {
    await app.open(`${host.address}?locations=places.tsv`);
    await app.isIn("ready");
    expect(host.requests.filter((request) => request === "GET /places.tsv")).toHaveLength(n_visits);
  }
});
