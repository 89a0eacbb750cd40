// The page around callscope at work, in any browser: what it hears, hands over, asks, and says as messages.

import { BUILDINGS, EXPORT } from "./canary.mjs";
import { startAll } from "./hosting.mjs";
import { expect, test as base } from "./test.mjs";

export const test = base.extend({
  /** Starts the three hosts with this configuration. */
  start: async ({}, use) => {
    const started = [];
    await use(async (configuration) => {
      const hosts = await startAll(configuration);
      started.push(hosts);
      return hosts;
    });
    await Promise.all(started.map((hosts) => hosts.stop()));
  },
});

/** Waits until the element has told this, and gives the last of it. */
export async function told(page, type) {
  const last = () => page.evaluate((type) => window.told?.findLast((event) => event.type === type), type);
  await expect.poll(last, { message: `${type} is told`, timeout: 30_000 }).toBeTruthy();
  return last();
}

/** Opens files through the element, and waits until they are read. */
export async function open(page, files = { "buildings.tsv": BUILDINGS, "streams.csv": EXPORT }) {
  await page.evaluate(async (files) => {
    window.told.length = 0;
    const list = Object.entries(files).map(([name, text]) => new File([text], name));
    await document.querySelector("call-scope").open(list);
  }, files);
  await told(page, "loaded");
}

/** What a question of the page is answered: rows, or a code. */
export function ask(page, method, ...words) {
  return page.evaluate(
    async ([method, words]) => {
      try {
        const answer = await document.querySelector("call-scope")[method](...words);
        return answer instanceof Blob ? { name: answer.name, text: await answer.text() } : answer;
      } catch (error) {
        return error.code ?? String(error);
      }
    },
    [method, words],
  );
}

/** Sends messages to a frame as its parent, one after the other, and gives what came back. */
export function talk(page, messages, target = "*") {
  return page.evaluate(
    async ([messages, target]) => {
      const heard = [];
      const listen = ({ data, origin }) => heard.push({ ...data, origin });
      addEventListener("message", listen);
      const frame = document.querySelector("iframe, call-scope");
      const { contentWindow } = frame.shadowRoot?.querySelector("iframe") ?? frame;
      for (const message of messages) {
        contentWindow.postMessage(message, target);
      }
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      removeEventListener("message", listen);
      return heard;
    },
    [messages, target],
  );
}
