// Firefox, where one is installed: Playwright cannot drive Debian's, another library can.

import { existsSync } from "node:fs";

import puppeteer from "puppeteer-core";

import { expect, test as base } from "./test.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** Why its tests are left out, if they are. */
export const isAbsent = !existsSync(FIREFOX);
export const WORD_OF_ABSENCE = `left out: no Firefox at ${FIREFOX}`;

/** It starts slowly, and more so on a busy machine. */
export const TIMEOUT_MS = 120_000;

export const test = base.extend({
  firefox: async ({}, use) => {
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });
    await use(browser);
    await browser.close();
  },

  tab: async ({ firefox }, use) => {
    const tab = await firefox.newPage();
    await tab.setViewport({ width: 1440, height: 900 });
    await tab.evaluateOnNewDocument(() => {
      window.violations = [];
      addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => {
        // No page asks for that; the browser does, for its tab.
        if (!blockedURI.endsWith("/favicon.ico")) {
          window.violations.push(`${violatedDirective} ${blockedURI}`);
        }
      });
    });
    await use(tab);
    for (const frame of tab.frames()) {
      expect(await frame.evaluate(() => window.violations), "no policy was broken").toEqual([]);
    }
  },
});

const textOf = (place) => place.evaluate(() => document.body.innerText);

/** Waits until a tab, or a frame in it, shows these words. */
export async function shows(place, words) {
  await expect.poll(() => textOf(place), { timeout: 30_000 }).toContain(words);
}
