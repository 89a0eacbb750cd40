// uDSV in one worker or several: each reads a part of the export and tallies row by row.

import { joined } from "./answer.js";
import { startWorker, tell } from "./workers.js";

/** Longer than any row. */
const LONGEST_LINE_BYTES = 1 << 16;

export async function start({ workers }) {
  const all = await Promise.all(Array.from({ length: Number(workers) }, () => startWorker("udsv-worker.js")));
  const answer = async (buildings, streams) => {
    const headings = await headingLine(streams);
    const parts = await cut(streams, all.length);
    const read = (worker, idx) => tell(worker, { buildings, headings, part: parts[idx], isFirst: idx === 0 });
    return joined(await Promise.all(all.map(read)));
  };
  return { answer };
}

async function headingLine(file) {
  const [line] = (await file.slice(0, LONGEST_LINE_BYTES).text()).split("\r\n", 1);
  return `${line}\r\n`;
}

/** Parts of about one size, cut after a line end: right only because no cell of this export holds one. */
async function cut(file, count) {
  const borders = [0];
  for (let idx = 1; idx < count; idx += 1) {
    const about = Math.floor((file.size * idx) / count);
    const bytes = new Uint8Array(await file.slice(about, about + LONGEST_LINE_BYTES).arrayBuffer());
    borders.push(about + bytes.indexOf(10) + 1);
  }
  return borders.map((border, idx) => file.slice(border, borders[idx + 1] ?? file.size));
}
