// Servers that tell what reached them: one that only listens, one that serves a folder without any header.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Answers every request, even of another origin, and notes `METHOD PATH` of each. */
export function startWatcher() {
  return start((request, response) => {
    const isPage = request.url === "/" || request.url.startsWith("/page");
    response.writeHead(200, {
      "Access-Control-Allow-Origin": "*",
      "Content-Type": isPage ? "text/html" : "text/javascript",
      "Cache-Control": "no-store",
    });
    response.end(isPage ? "<!DOCTYPE html><title>open</title>" : "");
  });
}

/**
 * Serves a folder as the simplest server would: no policy, no other header of safety, unless it is told so.
 * It may also be told to change what a file holds. `answers` go before files, by their path, at any time.
 */
export async function startPlainServer(folder, { headersOf = () => ({}), change = (_, body) => body } = {}) {
  const answers = {};
  const server = await start(async (request, response) => {
    const path = normalize(new URL(request.url, "http://host").pathname);
    if (answers[path]) {
      answers[path](response);
      return;
    }
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = change(path.slice(1), await readFile(file));
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type, ...headersOf(path) });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return { ...server, answers };
}

async function start(answer) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  // The browser also opens sockets; what it asks for on them is a request like any other.
  server.on("upgrade", (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    requests,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
