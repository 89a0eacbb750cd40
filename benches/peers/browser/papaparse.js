// PapaParse in one worker.

import { joined } from "./answer.js";
import { startWorker, tell } from "./workers.js";

export async function start() {
  const worker = await startWorker("papaparse-worker.js", "classic");
  return { answer: async (buildings, streams) => joined([await tell(worker, { buildings, streams })]) };
}
