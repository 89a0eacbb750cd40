// What `cargo xtask dist` made: where it is, copies of it, and a host that sends the headers of its `_headers` file.

import { createHash } from "node:crypto";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { startPlainServer } from "./watcher.mjs";

export const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** The names of all files of the folder and of those in it. */
export const FILES = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(DIST.length + 1).replaceAll("\\", "/"))
  .sort();

export const readDist = (name) => readFileSync(join(DIST, name), "utf8");

export const nameLike = (pattern) => FILES.find((name) => pattern.test(name));

export const policyOf = (page) => /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1];

export const integrityOf = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

/** Copies it to a place of the test's own. */
export async function copyTo(folder) {
  await cp(DIST, folder, { recursive: true });
  return folder;
}

/** Makes another version of a copy: its page says so in its description. */
export async function renew(folder, description) {
  const page = join(folder, "index.html");
  const before = await readFile(page);
  const after = before.toString().replace(/(<meta name="description" content=")[^"]*/, `$1${description}`);
  await writeFile(page, after);
  const keeper = join(folder, "service-worker.js");
  const told = (await readFile(keeper, "utf8"))
    .replace(integrityOf(before), integrityOf(Buffer.from(after)))
    .replace(/const VERSION = "[^"]*"/, `const VERSION = "${description}"`);
  await writeFile(keeper, told);
}

/** Takes the file out that keeps the page in the browser. */
export const withoutKeeper = (folder) => rm(join(folder, "service-worker.js"));

/** What a `_headers` file says, as `[address, [name, value] …]`. */
export function rulesOf(text) {
  const rules = [];
  for (const line of text.split("\n").filter((line) => line && !line.startsWith("#"))) {
    if (line.startsWith(" ")) {
      rules.at(-1)[1].push(/^ {2}([^:]+): (.*)$/.exec(line).slice(1));
    } else {
      rules.push([line, []]);
    }
  }
  return rules;
}

/** The headers of an address: where two rules name the same, hosts send both. */
export function headersOf(rules, address) {
  const headers = {};
  for (const [pattern, own] of rules) {
    if (pattern === address || pattern === "/*") {
      for (const [name, value] of own) {
        headers[name] = headers[name] ? `${headers[name]}, ${value}` : value;
      }
    }
  }
  return headers;
}

/** Serves a copy as a static host would. */
export async function startStaticHost(folder) {
  const rules = rulesOf(await readFile(join(folder, "_headers"), "utf8"));
  return startPlainServer(folder, { headersOf: (path) => headersOf(rules, path) });
}
