// What keeps the page in the browser: what it leaves to the host of today, to the host of yesterday, and to others.

import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { App } from "./app.mjs";
import { copyTo, nameLike, withoutKeeper } from "./published.mjs";
import { test } from "./site.mjs";
import { expect } from "./test.mjs";
import { page as pageOfToday, silence, status } from "./trouble.mjs";

const PORTAL = '<!DOCTYPE html><title>portal</title><iframe src="./" title="callscope"></iframe>';

const REFUSES_FRAMES = { "Content-Security-Policy": "frame-ancestors 'none'" };

const CONFIGURATION = "/callscope.json";

const frameOf = (page) => page.frameLocator("iframe[title=callscope]");

const isSealed = (place) => expect(place.getByText("Sealed", { exact: true })).toBeVisible();

/** What the browser keeps, and for whom. */
const kept = (page) =>
  page.evaluate(async () => ({
    caches: (await caches.keys()).map((name) => name.split(" ")[1]).sort(),
    scopes: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope).sort(),
  }));

async function forget(place) {
  for (const name of ["Settings", "Forget everything", "Yes, forget everything"]) {
    await place.getByRole("button", { name, exact: true }).click();
  }
}

const heard = (page) => page.evaluate(() => callscope.configuration().then((text) => text ?? "there is none"));

test("whether the page may be framed the host says anew each time, whatever the browser keeps", async ({ folder, host, page }) => {
  await new App(page).open(host.address);
  await writeFile(join(folder, "portal.html"), PORTAL);
  const before = host.requests.length;
  await page.goto(`${host.address}portal.html`);
  await isSealed(frameOf(page));
  expect(host.requests.slice(before)).toContain("GET /");

  host.answers["/"] = pageOfToday("<!DOCTYPE html><title>callscope</title>", REFUSES_FRAMES);
  await page.reload();
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
});

for (const code of [404, 410]) {
  test(`a host that says ${code} of its configuration has none, also at a visit without a network`, async ({ app, host, page }) => {
    host.answers[CONFIGURATION] = status(code);
    await app.open(host.address);
    await host.stop();
    await app.open(host.address);
    expect(await heard(page)).toBe("there is none");
    await expect(app.select("Role")).toHaveValue("administrator");
    app.complaints = app.complaints.filter((words) => !/ERR_CONNECTION_REFUSED|status of 4\d\d/.test(words));
  });
}

for (const [what, trouble] of Object.entries({ silent: silence, "in trouble": status(500) })) {
  test(`while the host is ${what}, what it said last of its configuration is in force`, async ({ app, folder, host, page }) => {
    const said = '{ "supportRole": "engineer", "lockRole": true }';
    await writeFile(join(folder, "callscope.json"), said);
    await app.open(host.address);
    host.answers[CONFIGURATION] = trouble;
    await app.open(host.address);
    expect(await heard(page)).toBe(said);
    await expect(app.main.getByText("Role: Engineer, set by")).toBeVisible();
    app.complaints = app.complaints.filter((words) => !/status of 500/.test(words));
  });
}

test("a neighbor in the folder and its workers get the files of the host, even those of the page's names", async ({ folder, host, page }) => {
  await new App(page).open(host.address);
  await writeFile(join(folder, "portal.html"), "<!DOCTYPE html><title>portal</title>");
  await writeFile(join(folder, "worker.js"), "the neighbor's");
  await page.goto(`${host.address}portal.html`);
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const ask = async (names) => Promise.all(names.map(async (name) => (await fetch(name)).text()));
  const names = ["worker.js", "SHA256SUMS"].map((name) => `${host.address}${name}`);
  const expected = ["the neighbor's", expect.stringContaining("index.html")];
  expect(await page.evaluate(ask, names)).toEqual(expected);

  const program = `onmessage = ({ data }) => (${ask})(data).then(postMessage, (error) => postMessage(String(error)))`;
  const answer = await page.evaluate(
    ([program, names]) =>
      new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([program])));
        worker.onmessage = ({ data }) => resolve(data);
        worker.postMessage(names);
      }),
    [program, names],
  );
  expect(answer).toEqual(expected);
});

test("forgetting everything within a frame leaves nothing of this page in the browser, and all of its neighbor", async ({ context, folder, host, page }) => {
  await copyTo(join(folder, "other"));
  const other = `${host.address}other/`;
  for (const address of [host.address, other]) {
    const visit = await context.newPage();
    await new App(visit).open(address);
    await visit.close();
  }
  await writeFile(join(folder, "portal.html"), PORTAL);
  await page.goto(`${host.address}portal.html`);
  expect(await kept(page)).toEqual({ caches: [host.address, other], scopes: [host.address, other] });
  const frame = frameOf(page);
  await isSealed(frame);
  await forget(frame);
  await expect.poll(() => kept(page)).toEqual({ caches: [other], scopes: [other] });
});

test("in a frame the host's page of today gets the host's files of today, whatever the browser keeps", async ({ folder, host, page }) => {
  await new App(page).open(host.address);
  const [style, another] = [nameLike(/^style-/), "style-0000000000000000.css"];
  await rename(join(folder, style), join(folder, another));
  const today = (await readFile(join(folder, "index.html"), "utf8")).replace(style, another);
  await writeFile(join(folder, "index.html"), today);
  await writeFile(join(folder, "portal.html"), PORTAL);
  await page.goto(`${host.address}portal.html`);
  await isSealed(frameOf(page));
  expect(host.requests).toContain(`GET /${another}`);
  expect(await page.frames()[1].evaluate(() => document.styleSheets.length)).toBe(1);
});

test("of a version that could not be kept as a whole nothing is kept", async ({ folder, host, page }) => {
  await writeFile(join(folder, "icon.svg"), "<svg/>");
  await new App(page).open(host.address);
  await expect.poll(() => kept(page)).toEqual({ caches: [], scopes: [] });
});

test("forgetting everything in a page below another leaves alone what the browser keeps of that one", async ({ context, folder, host, page }) => {
  await withoutKeeper(await copyTo(join(folder, "other")));
  const visit = await context.newPage();
  await new App(visit).open(host.address);
  await visit.close();
  await writeFile(join(folder, "portal.html"), PORTAL.replace("./", "other/"));
  await page.goto(`${host.address}portal.html`);
  const frame = frameOf(page);
  await isSealed(frame);
  await frame.getByRole("button", { name: "Try the demo tenant" }).click();
  await forget(frame);
  await expect(frame.getByRole("main")).toHaveAttribute("data-phase", "empty");
  expect(await kept(page)).toEqual({ caches: [host.address], scopes: [host.address] });
});

test("files whose keeper is gone are forgotten, too", async ({ app, host, page }) => {
  await app.open(host.address);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).unregister());
  expect(await kept(page)).toEqual({ caches: [host.address], scopes: [] });
  await forget(page);
  await expect.poll(() => kept(page)).toEqual({ caches: [], scopes: [] });
});

test("who forgets everything before all is loaded has nothing kept afterwards", async ({ app, host, page }) => {
  let fail;
  host.answers["/worker_bg.wasm"] = (response) => {
    delete host.answers["/worker_bg.wasm"];
    fail = () => status(503)(response);
  };
  await page.goto(host.address);
  await forget(page);
  fail();
  await page.getByRole("button", { name: "Restart" }).click();
  await isSealed(page);
  expect(await kept(page)).toEqual({ caches: [], scopes: [] });
  app.complaints = app.complaints.filter((words) => !/status of 503|integrity/.test(words));
});

test("what is forgotten while the page is stopped is not kept again by what kept it", async ({ app, host, page }) => {
  await app.open(host.address);
  await page.evaluate(() => caches.keys().then(([name]) => caches.open(name)).then((cache) => cache.delete("worker_bg.wasm")));
  await page.goto(host.address);
  await expect(page.getByRole("button", { name: "Restart" })).toBeVisible();
  await forget(page);
  await isSealed(page);
  expect(await kept(page)).toEqual({ caches: [], scopes: [] });
  await app.openDemo();
  app.complaints = [];
});

test("an address that names no building file harms no later visit", async ({ app, host, page }) => {
  await app.open(host.address);
  await app.open(`${host.address}?locations=//`);
  await isSealed(page);
  await expect(page.getByText("this page’s address names could not be loaded")).toBeVisible();
});
