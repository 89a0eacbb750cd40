// The least that any tool has to do: read the file, or read it and find its line ends.

import { startWorker, tell } from "./workers.js";

export async function start({ counts }) {
  const worker = await startWorker("floor-worker.js");
  return { answer: (_, streams) => tell(worker, { streams, counts }) };
}
