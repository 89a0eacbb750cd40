// A tool at work as a program of its own, which tells in one line of JSON its answer and how long it took,
// and then waits for the end of its input.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { checkBuildings } from "./check.mjs";
import { peakBytes } from "./memory.mjs";
import { pythonOf } from "./packages.mjs";

const NATIVE = fileURLToPath(new URL("../peers/native/", import.meta.url));

export const ENGINE = "cargo bench --quiet --locked --package callscope --bench engine -- read".split(" ");

export function python({ folder }, program) {
  return [pythonOf(folder), join(NATIVE, program)];
}

export async function measureProcess(files, [program, ...words], counting) {
  const child = spawn(program, [...words, files.buildings, files.streams], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  const ended = once(child, "exit");
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(([code]) => {
      throw new Error(`it ended with ${code}. ${complaints.trim().split("\n").at(-1)}`);
    }),
  ]);
  const { pid, seconds, buildings } = JSON.parse(line);
  const peak = await peakBytes(pid);
  child.stdin.end();
  await ended;
  checkBuildings(buildings, files.expected[counting]);
  return { seconds, peakBytes: peak };
}
