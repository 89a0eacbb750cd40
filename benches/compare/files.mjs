// The generated files, and the answers that the generator drew with them.

import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** What `cargo bench --bench engine -- write FOLDER ROWS` made. */
export function filesOf(folder, rows) {
  const path = (name) => resolve(join(folder, name));
  const streams = path(`streams-${rows}.csv`);
  return {
    folder: resolve(folder),
    rows,
    buildings: path("buildings.tsv"),
    streams,
    bytes: statSync(streams).size,
    expected: JSON.parse(readFileSync(path(`answers-${rows}.json`), "utf8")),
  };
}
