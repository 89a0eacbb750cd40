// Writes exports of hundreds of megabytes: the same thousand streams over and over.

import { open, stat } from "node:fs/promises";

import { exportFile, streams } from "./tenant.mjs";

const ROWS = 1_000;
const BLOCKS_AT_ONCE = 20;

/** Writes at least so many bytes, and says how many rows that made. */
export async function writeBigExport(path, bytes) {
  const text = exportFile(streams(ROWS));
  const [heading] = text.split("\r\n", 1);
  const block = Buffer.from(text.slice(heading.length + 2).repeat(BLOCKS_AT_ONCE));
  const file = await open(path, "w");
  await file.write(`${heading}\r\n`);
  let blocks = 0;
  for (; blocks * block.length < bytes; blocks += 1) {
    await file.write(block);
  }
  await file.close();
  return { path, rows: blocks * BLOCKS_AT_ONCE * ROWS, bytes: (await stat(path)).size };
}
