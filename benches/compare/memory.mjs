// How much memory a process held at its peak, as the kernel remembers it: exact, and nothing is disturbed.

import { readFile } from "node:fs/promises";

/** The largest resident set so far, the program's own pages included; undefined where there is no /proc. */
export async function peakBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes && Number(kilobytes) * 1024;
}
