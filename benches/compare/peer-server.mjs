// Serves the peers' page and their installed packages to this machine, and notes what was asked for.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const PAGE = fileURLToPath(new URL("../peers/browser", import.meta.url));

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** `/packages/NAME/…` is the folder where npm put the package and what that needs. */
export async function startPeerServer(folder) {
  const fileOf = (path) => {
    const [, name, rest] = /^\/packages\/([\w-]+)\/(.+)$/.exec(path) ?? [];
    return name ? join(folder, "peers", name, "node_modules", rest) : join(PAGE, path === "/" ? "index.html" : path);
  };
  const requests = [];
  const server = createServer(async ({ url }, response) => {
    const path = normalize(new URL(url, "http://localhost").pathname);
    try {
      const bytes = await readFile(fileOf(path));
      requests.push(fileOf(path));
      response.writeHead(200, { "content-type": TYPES[extname(fileOf(path))] ?? "application/octet-stream" });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, requests, stop };
}
