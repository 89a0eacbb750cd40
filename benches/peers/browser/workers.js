// Workers that answer one message each.

/** A worker that has loaded its program. */
export async function startWorker(name, type = "module") {
  const worker = new Worker(new URL(name, import.meta.url), { type });
  await answerFrom(worker);
  return worker;
}

/** What a worker answers to a message. */
export function tell(worker, message) {
  worker.postMessage(message);
  return answerFrom(worker);
}

function answerFrom(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}
