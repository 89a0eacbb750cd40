// The seal as a person meets it: what it says, that it counts what was tried, and how it is checked.

import { violations } from "./axe.mjs";
import { expect, test } from "./test.mjs";

const open = async (page) => {
  await page.getByRole("button", { name: "Sealed", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "This page is sealed" });
  await expect(panel).toBeVisible();
  return panel;
};

test("the seal says since when it holds, what it blocks and how to check it", async ({ app, page }) => {
  const before = new Date();
  await app.open();
  const after = new Date();
  const panel = await open(page);
  const times = await page.evaluate(
    ([from, to]) => {
      const all = [];
      for (let time = from - (from % 1000); time <= to; time += 1000) {
        all.push(new Date(time).toLocaleTimeString());
      }
      return all;
    },
    [before.getTime(), after.getTime()],
  );
  const words = await panel.innerText();
  expect(times.some((time) => words.includes(`Since ${time} `)), words).toBe(true);
  await expect(panel).toContainText("No attempt to reach anybody was made.");
  await expect(panel.getByRole("listitem").filter({ hasText: "airplane mode" })).toHaveCount(1);
  await expect(panel.getByRole("listitem").filter({ hasText: "choose Network" })).toHaveCount(1);
  await panel.getByText("The policies, word by word").click();
  await expect(panel.getByText("connect-src 'self'")).toBeVisible();
  await expect(panel.getByText(/^default-src 'none'; script-src 'wasm-unsafe-eval'/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page.getByRole("button", { name: "Sealed", exact: true })).toBeFocused();
});

test("what a helper of the engine is refused is counted", async ({ app, page }) => {
  await app.open();
  await expect.poll(() => page.workers().length, "the engine and its readers").toBeGreaterThan(1);
  const attempt = () => page.workers()[1].evaluate(() => fetch("http://127.0.0.1/").catch(() => {}));
  const panel = await open(page);
  // The browser gives a worker to the test before its program runs: until then nobody counts there.
  await expect(async () => {
    await attempt();
    await expect(panel).toContainText(/The browser stopped \d+ attempts? to reach/, { timeout: 1_000 });
  }).toPass();
  // What was tried before may still be on its way.
  await page.waitForTimeout(1_000);
  const [, told] = /stopped (\d+) attempt/.exec(await panel.innerText());
  await attempt();
  await expect(panel).toContainText(`The browser stopped ${Number(told) + 1} attempts to reach somebody.`);
  app.complaints = app.complaints.filter((words) => !words.includes("Content Security Policy"));
});

test("what the page or the engine is refused is counted", async ({ app, page }) => {
  await app.open();
  await app.openDemo();
  await page.evaluate(() => fetch("/").catch(() => {}));
  await page.workers()[0].evaluate(() => fetch("http://127.0.0.1/").catch(() => {}));
  const panel = await open(page);
  await expect(panel).toContainText("The browser stopped 2 attempts to reach somebody.");
  await page.evaluate(() => navigator.sendBeacon("/"));
  await expect(panel).toContainText("The browser stopped 3 attempts to reach somebody.");
  app.complaints = app.complaints.filter((words) => !words.includes("Content Security Policy"));
});
