// The `test` of every spec: brings the page along, and fails whenever the browser complained.

import { test as base, expect } from "@playwright/test";
import { writeFile } from "node:fs/promises";

import { App } from "./app.mjs";

export { expect };

export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.CALLSCOPE_ADDRESS),

  app: async ({ page }, use) => {
    const app = new App(page);
    await use(app);
    expect(app.complaints, "the browser has nothing to complain of").toEqual([]);
  },

  /** Writes a file that lives as long as the test, and gives its path. */
  write: async ({}, use, testInfo) => {
    await use(async (name, content) => {
      const path = testInfo.outputPath(name);
      await writeFile(path, content);
      return path;
    });
  },
});
