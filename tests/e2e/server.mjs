// The project's own server over dist/, with a port of its own and a list of what it was asked.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Serves what is built already, on a free port. */
export const SERVE = [
  ..."cargo run --quiet --package xtask -- serve".split(" "),
  ..."--no-build --no-open --log-requests --port 0".split(" "),
];

/** Starts a server of one's own; `requests` grows by a line `METHOD PATH` for each request. */
export async function startServer() {
  const [program, ...words] = SERVE;
  const child = spawn(program, words, {
    cwd: new URL("../..", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const requests = [];
  const address = await new Promise((resolve, reject) => {
    once(child, "exit").then(() => reject(new Error("the server ended before it was ready")));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /callscope is at (http:\S+)/.exec(line);
      if (found) {
        resolve(found[1]);
      } else if (/^[A-Z]+ \//.test(line)) {
        requests.push(line);
      }
    });
  });
  const stop = async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  };
  return { address, requests, stop };
}
