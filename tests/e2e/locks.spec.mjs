// The locks of the house, checked on what was built: two programs, and a policy without holes.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { App } from "./app.mjs";
import { expect, test } from "./test.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const read = (pattern) => readFileSync(DIST + readdirSync(DIST).find((name) => pattern.test(name)), "latin1");

const PAGE_PROGRAM = read(/^page.*\.wasm$/);
const ENGINE_PROGRAM = read(/^worker.*\.wasm$/);
const UNPACKING_PROGRAM = read(/^unpack.*\.wasm$/);
const INDEX = read(/^index\.html$/);
const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(INDEX)?.[1];

/** The demo tenant is made by the program that opens packages, and has some columns about devices. */
const DEMO = readFileSync(new URL("../../src/demo/columns.rs", import.meta.url), "utf8");

/** Fields about devices: the engine knows them all by name, the page has no reason to. */
const DEVICE_FIELDS = readFileSync(new URL("../../src/engine/fields/cqd.tsv", import.meta.url), "utf8")
  .split("\n")
  .map((line) => line.split("\t"))
  .filter(([, , , , sensitivity]) => sensitivity === "device")
  .map(([name]) => name);

test("the page's program holds no text of the engine, and the engine's holds it", () => {
  expect(DEVICE_FIELDS).toContain("First Wifi Vendor Driver Version");
  expect(DEVICE_FIELDS.filter((name) => PAGE_PROGRAM.includes(name))).toEqual([]);
  expect(DEVICE_FIELDS.filter((name) => !ENGINE_PROGRAM.includes(name))).toEqual([]);
});

test("the engine's program holds no text of the page, and the page's holds it", () => {
  const texts = ["Try the demo tenant", "callscope-page-program", "Check that nothing leaves this page"];
  expect(texts.filter((text) => ENGINE_PROGRAM.includes(text))).toEqual([]);
  expect(texts.filter((text) => !PAGE_PROGRAM.includes(text))).toEqual([]);
});

test("only the program that opens packages knows how to, and it knows nothing of page and engine", () => {
  // Words of the libraries that inflate zip files and read workbooks.
  const texts = ["xl/workbook.xml", "invalid gzip header"];
  expect(texts.filter((text) => PAGE_PROGRAM.includes(text) || ENGINE_PROGRAM.includes(text))).toEqual([]);
  expect(texts.filter((text) => !UNPACKING_PROGRAM.includes(text))).toEqual([]);
  const fields = DEVICE_FIELDS.filter((name) => !DEMO.includes(name));
  const others = ["Try the demo tenant", "callscope-page-program", ...fields];
  expect(others.filter((text) => UNPACKING_PROGRAM.includes(text))).toEqual([]);
});

test("the program that opens packages is not among what the page loads first", () => {
  const tags = [...INDEX.matchAll(/<[^>]*unpack[^>]*>/g)].map(([tag]) => tag);
  expect(tags).toHaveLength(2);
  expect(tags.filter((tag) => !tag.startsWith('<script type="text/plain" id="unpacker'))).toEqual([]);
});

test("no script and no style stands in the page, and what it loads must be what was built", () => {
  const tags = [...INDEX.matchAll(/<script\b[^>]*>[^<]*<\/script>|<link\b[^>]*>/g)].map(([tag]) => tag);
  const data = /^<script type="(text\/plain|application\/json)" id="[a-z-]+"( data-[a-z]+="[^"]+")+><\/script>$/;
  const loading = tags.filter((tag) => !data.test(tag) && !/rel="(icon|manifest)"/.test(tag));
  expect(loading).toHaveLength(2);
  expect(loading.filter((tag) => !/ (src|href)="[^"]+" integrity="sha384-[^"]+">/.test(tag))).toEqual([]);
  expect(tags.filter((tag) => data.test(tag))).toHaveLength(6);
  expect(INDEX).not.toMatch(/\son[a-z]+\s*=|javascript:|<style|\sstyle=/i);
  expect(POLICY).not.toContain("'sha256-");
});

test("the policy stands before everything it governs and allows only what is needed", () => {
  expect(INDEX).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy"/);
  expect(POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|unsafe-hashes|nonce-|\*|https?:|strict-dynamic/);
  const sources = Object.fromEntries(POLICY.split(/;\s*/).map((part) => part.split(/ (.*)/).slice(0, 2)));
  expect(sources).toMatchObject({
    "default-src": "'none'",
    "connect-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",
    "form-action": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "callscope",
  });
});

test("every answer of the server carries the policy of the page", async ({ page, baseURL }) => {
  const answered = [];
  page.on("response", (response) => answered.push(response));
  await new App(page).open();
  const ours = answered.filter((response) => response.url().startsWith(baseURL));
  expect(ours.length).toBeGreaterThanOrEqual(6);
  for (const response of ours) {
    const headers = await response.allHeaders();
    expect(headers["content-security-policy"], response.url()).toBe(`${POLICY}; frame-ancestors 'self'`);
    expect(headers["x-content-type-options"], response.url()).toBe("nosniff");
  }
});

test("the page adds a second policy that shuts out even its own server", async ({ page }) => {
  await new App(page).open();
  const policies = await page
    .locator("meta[http-equiv='Content-Security-Policy']")
    .evaluateAll((metas) => metas.map((meta) => meta.content));
  expect(policies).toHaveLength(2);
  expect(policies[0]).toBe(POLICY);
  expect(policies[1]).not.toMatch(/'self'|https?:|\*/);
  expect(policies[1]).toContain("worker-src blob:;");
});
