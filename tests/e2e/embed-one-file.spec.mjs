// The page as one file in a frame that has no origin: no storage, no server, and still everything works.

import { BUILDINGS, EXPORT, MARK } from "./canary.mjs";
import { configureOneFile, elementPage, framePage, hasOneFile, inside, startAll } from "./hosting.mjs";
import { expect, test as base } from "./test.mjs";

const test = base.extend({
  hosts: async ({}, use) => {
    const hosts = await startAll();
    configureOneFile(hosts, { supportRole: "specialist", lockRole: true });
    await use(hosts);
    await hosts.stop();
  },
});

test.skip(!hasOneFile, "dist/callscope.html is made by cargo xtask dist");

const sealed = (page) => expect(inside(page).frame.getByText("Sealed", { exact: true })).toBeVisible();

test("in a frame without an origin files are read and reports are answered", async ({ page, hosts }) => {
  hosts.intranet.files["/places.tsv"] = BUILDINGS;
  await page.goto(elementPage(hosts, `locations="places.tsv"`, `${hosts.callscope.origin}/callscope.html`));
  await sealed(page);
  const frame = page.frames()[1];
  expect(await frame.evaluate(() => self.origin)).toBe("null");
  expect(await page.locator("iframe").getAttribute("sandbox")).toBe("allow-scripts allow-downloads");
  await page.waitForFunction(() => window.told.some(({ type }) => type === "loaded"));
  const rows = await page.evaluate(async (text) => {
    const element = document.querySelector("call-scope");
    const { buffer: bytes } = new TextEncoder().encode(text);
    const loaded = new Promise((resolve) => element.addEventListener("loaded", resolve, { once: true }));
    await element.open([{ name: "streams.csv", bytes }]);
    await loaded;
    return { people: await element.report("people"), buildings: await element.report("buildings") };
  }, EXPORT);
  expect(rows.buildings.map((row) => row.building)).toContain("Big house");
  expect(rows.people.map((row) => row.person)).toContain("Internal User");
  expect(JSON.stringify(rows)).not.toContain(MARK);
  await expect(inside(page).main.getByText("Role: Specialist, set by")).toBeVisible();
});

test("nothing is asked of any server by a frame without an origin", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts, "", `${hosts.callscope.origin}/callscope.html`));
  await sealed(page);
  await page.waitForFunction(() => window.told.some(({ type }) => type === "ready"));
  expect(hosts.callscope.requests.map((request) => request.split("?")[0])).toEqual(["GET /callscope.html"]);
});

test("a frame without an origin answers no page but those of its configuration", async ({ page, hosts }) => {
  for (const host of [hosts.evil, hosts.callscope]) {
    await page.goto(framePage(host, `${hosts.callscope.origin}/callscope.html`));
    await page.locator("iframe").evaluate((frame) => frame.setAttribute("sandbox", "allow-scripts"));
    await page.locator("iframe").evaluate((frame) => new Promise((resolve) => {
      frame.onload = resolve;
      frame.src += "?again";
    }));
    await sealed(page);
    const heard = await page.evaluate(async () => {
      const heard = [];
      addEventListener("message", ({ data }) => heard.push(data));
      document.querySelector("iframe").contentWindow.postMessage({ callscope: 1, id: 1, type: "connect" }, "*");
      await new Promise((resolve) => setTimeout(resolve, 400));
      return heard;
    });
    expect(heard).toEqual([]);
    await expect(inside(page).root).toHaveAttribute("data-refused-messages", "1");
  }
});
