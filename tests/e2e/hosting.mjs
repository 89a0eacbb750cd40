// Pages that have callscope within them: a host of callscope, an intranet that may embed it, a page that may not.

import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const ONE_FILE = join(DIST, "callscope.html");

export const hasOneFile = existsSync(ONE_FILE);

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".tsv": "text/tab-separated-values",
  ".wasm": "application/wasm",
};

/** The policy of a careful intranet page: scripts and styles from files, one frame. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src http:";

/** Notes in the page what the element tells. */
const LISTEN = `
  import "./callscope.js";
  window.told = [];
  const element = document.querySelector("call-scope");
  for (const type of ["ready", "loaded", "problem"]) {
    element.addEventListener(type, ({ detail }) => told.push({ type, ...detail }));
  }
`;

/** A server of its own origin. `answers` and `files` come before the folder's files, and may be changed at any time. */
export async function startHost({ folder = DIST, files = {}, headers = {} } = {}) {
  const requests = [];
  const answers = {};
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const path = new URL(request.url, "http://host").pathname;
    if (answers[path]) {
      answers[path](response);
      return;
    }
    const type = TYPES[path === "/" ? ".html" : extname(path)] ?? "application/octet-stream";
    try {
      const body = files[path] ?? (await readFile(join(folder, normalize(path))));
      response.writeHead(200, { "Content-Type": type, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin, answers, files, requests, stop };
}

/** A host of callscope, an intranet that its configuration names, and a page that it does not name. */
export async function startAll(configuration = {}) {
  const intranet = await startHost({ headers: { "Content-Security-Policy": POLICY } });
  const evil = await startHost();
  const callscope = await startHost();
  const all = { embedders: [intranet.origin], answers: true, supportRole: null, lockRole: false };
  callscope.files["/callscope.json"] = JSON.stringify({ ...all, ...configuration });
  intranet.files["/listen.js"] = LISTEN;
  const hosts = { intranet, evil, callscope };
  const stop = () => Promise.all(Object.values(hosts).map((host) => host.stop()));
  return { ...hosts, stop };
}

/** Writes what is allowed into the page that is one file, as its publisher would. */
export function configureOneFile({ callscope, intranet }, configuration) {
  const all = JSON.stringify({ embedders: [intranet.origin], answers: true, ...configuration });
  const page = readFileSync(ONE_FILE, "utf8");
  const configured = page.replace(/(<script type="application\/json" id="configuration"[^>]*>)[^<]*/, `$1${all}`);
  if (configured === page) {
    throw new Error("the one file has no place for a configuration");
  }
  callscope.files["/callscope.html"] = configured;
}

/** A page with the element between two fields; gives its address. */
export function elementPage(hosts, attributes = "", src = `${hosts.callscope.origin}/index.html`) {
  hosts.intranet.files["/"] = `<!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>Intranet</title></head>
    <body><h1>Intranet</h1><input id="before" aria-label="Before">
    <call-scope src="${src}" ${attributes}></call-scope>
    <input id="after" aria-label="After">
    <script type="module" src="/listen.js"></script></body></html>`;
  return `${hosts.intranet.origin}/`;
}

/** A page with a plain frame in it; gives its address. */
export function framePage(host, src, beside = "") {
  host.files["/frame.html"] = `<!DOCTYPE html><html lang="en"><title>Page</title>
    <iframe id="callscope" title="callscope" width="1200" height="800" src="${src}"></iframe>${beside}</html>`;
  return `${host.origin}/frame.html`;
}

/** What is in the frame. */
export function inside(page) {
  const frame = page.frameLocator("iframe[title='callscope']");
  return {
    frame,
    main: frame.getByRole("main"),
    heading: frame.getByRole("main").getByRole("heading", { level: 1 }),
    root: frame.locator(":root"),
  };
}
