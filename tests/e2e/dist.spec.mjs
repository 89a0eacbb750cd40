// What is published: nothing in it can be another's without being noticed, every server is told the same, and it is small.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { App } from "./app.mjs";
import { DIST, FILES, headersOf, integrityOf, nameLike, policyOf, readDist, rulesOf } from "./published.mjs";
import { expect, test } from "./test.mjs";
import { startPlainServer } from "./watcher.mjs";

const PAGE = nameLike(/^page-[0-9a-f]{16}\.js$/);
const PAGE_PROGRAM = nameLike(/^page-[0-9a-f]{16}\.wasm$/);
const STYLE = nameLike(/^style-[0-9a-f]{16}\.css$/);
const PARTS = [PAGE, PAGE_PROGRAM, "worker.js", "worker_bg.wasm", "unpack.js", "unpack_bg.wasm"];

const POLICY = `${policyOf(readDist("index.html"))}; frame-ancestors 'self'`;
const POLICY_OF_ONE_FILE = `${policyOf(readDist("callscope.html"))}; frame-ancestors 'self'`;

const NAMES = [
  "X-Content-Type-Options",
  "Referrer-Policy",
  "X-DNS-Prefetch-Control",
  "Cross-Origin-Opener-Policy",
  "Permissions-Policy",
  "Cross-Origin-Resource-Policy",
  "Cache-Control",
  "Content-Security-Policy",
];

/** Byte for byte something else, and just as good a program. */
const changed = (name, body) =>
  Buffer.concat([body, name.endsWith(".wasm") ? Buffer.from([0, 2, 1, 97]) : Buffer.from("\n")]);

for (const part of PARTS) {
  test(`another ${part.replace(/-[0-9a-f]{16}/, "")} than was built is not run, and the page says so`, async ({ page }) => {
    const server = await startPlainServer(DIST, { change: (name, body) => (name === part ? changed(name, body) : body) });
    await page.goto(server.address);
    await expect(page.getByText("is not the one that was published")).toBeVisible();
    await expect(page.getByText("Sealed", { exact: true })).toBeHidden();
    expect(page.workers()).toEqual([]);
    await server.stop();
  });
}

test("what is changed so is a program that would run", async ({ page }) => {
  const before = [PAGE_PROGRAM, "worker_bg.wasm", "unpack_bg.wasm"].map((name) => changed(name, readFileSync(join(DIST, name))));
  expect(before.every((bytes) => WebAssembly.validate(bytes))).toBe(true);
  // A page that vouches for the changed part as well takes it.
  const body = changed("worker.js", readFileSync(join(DIST, "worker.js")));
  const server = await startPlainServer(DIST, {
    change: (name, bytes) => {
      const page = bytes.toString().replace(integrityOf(readFileSync(join(DIST, "worker.js"))), integrityOf(body));
      return name === "index.html" || name === "" ? Buffer.from(page) : name === "worker.js" ? body : bytes;
    },
  });
  const app = new App(page);
  await app.open(server.address);
  await app.openDemo();
  await server.stop();
});

test("another style than was built is not used", async ({ page }) => {
  const server = await startPlainServer(DIST, {
    change: (name, body) => (name === STYLE ? Buffer.from("body { --changed: yes }") : body),
  });
  await new App(page).open(server.address);
  expect(await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--changed"))).toBe("");
  await server.stop();
});

test("without the part of the page's own program the page says so, too", async ({ page }) => {
  await page.route(`**/${PAGE_PROGRAM}`, (route) => route.abort());
  await page.goto(process.env.CALLSCOPE_ADDRESS);
  await expect(page.getByRole("alert")).toContainText("callscope was not started");
});

/** What each file for a host says of a file of the page, as `{ name: value }`. */
const HOSTS = {
  "nginx.conf": (text, file) => {
    const inner = text.split(`location ~ /${file.replaceAll(".", "\\.")}$ {\n`)[1]?.split("\n}")[0];
    const outer = text.replaceAll(/^location[^]*?^\}/gm, "");
    return Object.fromEntries([...(inner ?? outer).matchAll(/add_header (\S+) "([^"]*)" always;/g)].map((found) => found.slice(1)));
  },
  "apache.htaccess": (text, file) => {
    const inner = new RegExp(`<Files "${file}">([^]*?)</Files>`).exec(text)?.[1];
    const outer = text.replaceAll(/<Files[^]*?<\/Files>/g, "");
    return Object.fromEntries([...(inner ?? outer).matchAll(/Header always set (\S+) "([^"]*)"/g)].map((found) => found.slice(1)));
  },
  "web.config": (text, file) => {
    const inner = new RegExp(`<location path="${file}">([^]*?)</location>`).exec(text)?.[1];
    const outer = text.replaceAll(/<location[^]*?<\/location>/g, "");
    return Object.fromEntries([...(inner ?? outer).matchAll(/<add name="([^"]*)" value="([^"]*)" \/>/g)].map((found) => found.slice(1)));
  },
};

for (const [host, read] of Object.entries(HOSTS)) {
  test(`${host} tells its server what the project's server sends`, async ({ baseURL }) => {
    const text = readDist(`hosting/${host}`);
    for (const file of ["index.html", "worker.js", "callscope.html", "callscope.js", "service-worker.js"]) {
      const told = read(text, file);
      expect(Object.keys(told), file).toEqual(NAMES);
      const { headers } = await fetch(`${baseURL}${file}`);
      expect(told, file).toEqual(Object.fromEntries(NAMES.map((name) => [name, headers.get(name)])));
      expect(told["Content-Security-Policy"], file).toBe(file === "callscope.html" ? POLICY_OF_ONE_FILE : POLICY);
    }
  });
}

test("_headers tells a static host what the project's server sends, nothing twice", async ({ baseURL }) => {
  const rules = rulesOf(readDist("_headers"));
  for (const file of ["", ...FILES.filter((name) => !["_headers", "SHA256SUMS"].includes(name) && !name.startsWith("hosting/"))]) {
    const { headers } = await fetch(`${baseURL}${file}`);
    expect(headersOf(rules, `/${file}`), file).toEqual(Object.fromEntries(NAMES.map((name) => [name, headers.get(name)])));
  }
});

test("SHA256SUMS names every published file, and each sum is right", () => {
  const sums = Object.fromEntries(readDist("SHA256SUMS").trim().split("\n").map((line) => line.split("  ").reverse()));
  expect(Object.keys(sums)).toEqual(FILES.filter((name) => name !== "SHA256SUMS"));
  for (const [name, sum] of Object.entries(sums)) {
    expect(createHash("sha256").update(readFileSync(join(DIST, name))).digest("hex"), name).toBe(sum);
  }
});

test("the bill of materials names what the programs are made of, and each has a license", () => {
  const bill = JSON.parse(readDist("callscope.cdx.json"));
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.5" });
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["yew", "memchr", "serde_json", "zlib-rs", "calamine", "Rust standard library"]));
  expect(names.filter((name) => /^(callscope|xtask|sha2|proptest|syn|serde_derive)/.test(name))).toEqual([]);
  const licenses = readDist("LICENSES.txt");
  for (const { name, version, hashes, licenses: [{ expression }] } of bill.components.slice(0, -1)) {
    expect(hashes?.[0]?.content, name).toMatch(/^[0-9a-f]{64}$/);
    expect(licenses).toContain(`${name} ${version}: ${expression}\n`);
  }
  expect(licenses.length).toBeGreaterThan(20_000);
});

test("no folder of the machine that built it is named in what is published", () => {
  const folders = [join(DIST, ".."), process.env.HOME, process.env.CARGO_HOME].filter((name) => name?.length > 4);
  for (const name of FILES) {
    const bytes = readFileSync(join(DIST, name), "latin1");
    expect(folders.filter((folder) => bytes.includes(folder)), name).toEqual([]);
  }
});

/** The most that each may weigh as servers send it, in bytes. */
const BUDGETS = {
  "the page, with its style": [["index.html", STYLE, PAGE, PAGE_PROGRAM], 245_000],
  "the engine": [["worker.js", "worker_bg.wasm"], 280_000],
  "what opens packages": [["unpack.js", "unpack_bg.wasm"], 290_000],
  "the first load": [["index.html", STYLE, PAGE, PAGE_PROGRAM, "worker.js", "worker_bg.wasm"], 500 * 1024],
  "what keeps the page": [["service-worker.js", "manifest.webmanifest", "icon.svg", "icon-192.png", "icon-512.png"], 16_000],
  "the element for other pages": [["callscope.js"], 4_500],
  "the page as one file": [["callscope.html"], 2_000_000],
};

for (const [what, [files, budget]] of Object.entries(BUDGETS)) {
  test(`${what} stays within ${budget} bytes`, () => {
    const weigh = (name) => brotliCompressSync(readFileSync(join(DIST, name))).length;
    const weight = files.map(weigh).reduce((sum, bytes) => sum + bytes, 0);
    console.log(`${what}: ${weight} bytes of ${budget}`);
    expect(weight).toBeLessThanOrEqual(budget);
  });
}
