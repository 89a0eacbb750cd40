// How the end-to-end suite runs: against the built page, in the Chromium of this machine.

import { fileURLToPath } from "node:url";

import { defineConfig } from "@playwright/test";

import { SERVE } from "./server.mjs";
import { CHROMIUM } from "./chromium.mjs";

/** The tests that measure how lively the page stays; others at the same time would be measured with it. */
const MEASURES = /(alive|readers)\.spec\.mjs/;

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  // Some tests write hundreds of megabytes.
  preserveOutput: "failures-only",
  reporter: "list",
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    headless: true,
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    trace: "off",
    launchOptions: CHROMIUM,
  },
  projects: [
    { name: "page", testIgnore: MEASURES },
    { name: "measures", testMatch: MEASURES, dependencies: ["page"], fullyParallel: false },
  ],
  webServer: {
    command: SERVE.join(" "),
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    wait: { stdout: /callscope is at (?<callscope_address>http:\S+)/ },
    // The program that serves may have to be compiled first.
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 2_000 },
  },
});
