// The same export as the dashboard gives it: in files of 10,000 rows each.

import { existsSync } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PART_ROWS = 10_000;

/** The files with the export in parts, which are written the first time. */
export async function inParts(files) {
  const folder = join(files.folder, `parts-${files.rows}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished);
    await writeParts(files.streams, unfinished);
    await rename(unfinished, folder);
  }
  const names = Array.from({ length: Math.ceil(files.rows / PART_ROWS) }, (_, idx) => partName(idx));
  return { ...files, streams: names.map((name) => join(folder, name)) };
}

/** No row of these exports goes over a line end. */
async function writeParts(path, folder) {
  const file = await open(path);
  let headings;
  let rows = [];
  let idx = 0;
  const write = () => writeFile(join(folder, partName(idx++)), `${[headings, ...rows].join("\n")}\n`);
  for await (const line of file.readLines()) {
    if (headings === undefined) {
      headings = line;
    } else if (rows.push(line) === PART_ROWS) {
      await write();
      rows = [];
    }
  }
  if (rows.length > 0) {
    await write();
  }
}

const partName = (idx) => `part-${String(idx).padStart(4, "0")}.csv`;
