// One tab in a Chromium of its own, so that no run inherits memory or compiled code from another.

import { chromium } from "@playwright/test";

import { CHROMIUM } from "../../tests/e2e/chromium.mjs";
import { peakBytes } from "./memory.mjs";

export const LONGEST_MS = 600_000;

/** Only this machine is there: a library that wants to fetch something more has to do without it. */
const ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";

/** Calls `use(page, peak)`, where `peak` tells the tab's memory, and closes the browser after it. */
export async function withTab(use) {
  const browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ALONE] });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(LONGEST_MS);
    const crash = new Promise((_, reject) => page.on("crash", () => reject(new Error("the tab crashed"))));
    return await Promise.race([use(page, () => peakOfTab(browser)), crash]);
  } finally {
    await browser.close();
  }
}

/** Peak of the process that has the page and its workers: of all renderers the largest, the others are spare. */
async function peakOfTab(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const peaks = await Promise.all(renderers.map(({ id }) => peakBytes(id)));
  const known = peaks.filter((bytes) => bytes !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
