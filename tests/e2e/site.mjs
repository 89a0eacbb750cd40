// The `test` of specs that need a copy of what is published, on a host of their own.

import { copyTo, startStaticHost } from "./published.mjs";
import { test as base } from "./test.mjs";

export const test = base.extend({
  folder: async ({}, use, testInfo) => use(await copyTo(testInfo.outputPath("site"))),

  host: async ({ folder }, use) => {
    const host = await startStaticHost(folder);
    await use(host);
    await host.stop();
  },
});
