// How many bytes a user downloads: the files that the tab asked for, as servers compress them with Brotli.

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);

export async function compressedBytes(folder, paths) {
  // Thirty megabytes of WebAssembly take a minute to compress, so the sizes are kept.
  const memory = join(folder, "brotli.json");
  const known = JSON.parse(await readFile(memory, "utf8").catch(() => "{}"));
  let sum = 0;
  let isNew = false;
  for (const path of new Set(paths)) {
    const bytes = await readFile(path);
    const digest = createHash("sha256").update(bytes).digest("hex");
    if (known[digest] === undefined) {
      known[digest] = (await compress(bytes)).length;
      isNew = true;
    }
    sum += known[digest];
  }
  if (isNew) {
    await writeFile(memory, JSON.stringify(known));
  }
  return sum;
}
