// The page as one file: opened from a disk, without a server, with everything in it.

import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { App } from "./app.mjs";
import { expectSame } from "./comparison.mjs";
import { buildingsOf } from "./oracle.mjs";
import { zip } from "./packing.mjs";
import { DIST, policyOf, readDist } from "./published.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test as base } from "./test.mjs";

const BUILDINGS = buildingFile();
const EXPORT = exportFile(streams(600));

const PAGE = readDist("callscope.html");

const test = base.extend({
  /** Where the file lies, with nothing beside it. */
  stick: async ({}, use, testInfo) => {
    const path = testInfo.outputPath("callscope.html");
    await copyFile(join(DIST, "callscope.html"), path);
    await use(path);
  },
});

/** What the page asks for and what its policies forbid, from its opening on. */
async function watch(page) {
  const requests = [];
  page.on("request", (request) => requests.push(request.url().replace(/^(data|blob):.*/, "$1:")));
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { requests, violations: () => page.evaluate(() => window.violations) };
}

test("one file opens from a disk and does the whole job, asking nobody", async ({ app, context, page, stick, write }) => {
  await context.setOffline(true);
  const { requests, violations } = await watch(page);
  const address = pathToFileURL(stick).href;
  await app.open(address);
  await app.openDemo();
  await app.add(await write("both.zip", zip([["a/buildings.tsv", BUILDINGS], ["streams.csv", EXPORT]])));
  await page.getByRole("button", { name: "Replace" }).click();
  await app.isIn("ready");
  await app.show("Files");
  for (const name of await app.main.getByRole("button", { name: /^Remove .*demo/i }).all()) {
    await name.click();
  }
  await app.show("Buildings");
  await app.table("Buildings");
  await app.download();
  for (const role of ["Specialist", "Administrator"]) {
    await app.select("Role").selectOption({ label: role });
    await app.isIn("ready");
    for (const view of ["Overview", "Buildings", "People", "Streams", "Files", "Help"]) {
      await app.show(view);
    }
  }
  expect(requests.filter((url) => !["data:", "blob:"].includes(url))).toEqual([address]);
  expect(await violations()).toEqual([]);
});

test("one file finds the same buildings as a second hand does", async ({ app, page, stick, write }) => {
  await app.open(pathToFileURL(stick).href);
  await app.addAndRead(await write("both.zip", zip([["a/buildings.tsv", BUILDINGS], ["streams.csv", EXPORT]])));
  await app.show("Buildings");
  await app.table("Buildings");
  expectSame((await app.download()).text, buildingsOf(BUILDINGS, EXPORT));
});

test("the policy of one file names nothing but what is in it", async () => {
  const sources = Object.fromEntries(policyOf(PAGE).split(/;\s*/).map((part) => part.split(/ (.*)/).slice(0, 2)));
  expect(sources).toMatchObject({
    "default-src": "'none'",
    "connect-src": "'none'",
    "worker-src": "blob:",
    "manifest-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "callscope",
  });
  expect(sources["script-src"]).toMatch(/^'wasm-unsafe-eval' 'sha256-[^']+'$/);
  expect(sources["style-src"]).toMatch(/^'sha256-[^']+'$/);
  expect(PAGE).not.toMatch(/\ssrc="|<link rel="(stylesheet|manifest|preload|modulepreload)/);
});

test("a script in one file reaches nobody, not even before it is sealed", async ({ page, stick, baseURL }) => {
  const changed = (await readFile(stick, "utf8")).replace("</title>", `</title><script>window.stranger = true; fetch("${baseURL}leak")</script>`);
  await writeFile(stick, changed);
  await page.goto(pathToFileURL(stick).href);
  await expect(page.getByText("Sealed", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => window.stranger)).toBe(undefined);
  await expect(page.evaluate((address) => fetch(address, { mode: "no-cors" }), baseURL)).rejects.toThrow("Failed to fetch");
});

test("one file whose script was changed is not run, and says so", async ({ page, stick }) => {
  await writeFile(stick, (await readFile(stick, "utf8")).replace("callscope was not started", "callscope was  not started"));
  await page.goto(pathToFileURL(stick).href);
  await expect(page.getByText("is not the one that was published")).toBeVisible();
  expect(page.workers()).toEqual([]);
});

test("what the host says stands in one file as text that may be changed by hand", async ({ app, page, stick }) => {
  const element = /(<script type="application\/json" id="configuration">)([^<]*)/;
  expect(JSON.parse(element.exec(PAGE)[2])).toEqual(JSON.parse(readDist("callscope.json")));
  await writeFile(stick, PAGE.replace(element, '$1{ "lockRole": true }'));
  await app.open(pathToFileURL(stick).href);
  expect(await page.evaluate(() => callscope.configuration())).toBe('{ "lockRole": true }');
});

test("one file does its job from a server, too, under the policy that the server sends with it", async ({ app, baseURL }) => {
  await app.open(`${baseURL}callscope.html`);
  await app.openDemo();
});
