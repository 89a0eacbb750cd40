// When and where it was measured.

import { cpus, loadavg, totalmem } from "node:os";

import { chromium } from "@playwright/test";

import { CHROMIUM } from "../../tests/e2e/chromium.mjs";

export async function machine() {
  const [load] = loadavg();
  const browser = await chromium.launch(CHROMIUM);
  const version = browser.version();
  await browser.close();
  const cores = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: ${cores.length} cores (${cores[0].model.trim()}), ${gigabytes} GB of memory, Chromium ${version}; load of the machine before: ${load.toFixed(1)}.`;
}
