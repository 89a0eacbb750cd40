// The page stays alive: while hundreds of megabytes are read, when reading is cancelled, when the engine dies.

import { writeBigExport } from "./big-export.mjs";
import { cancelOnceReading } from "./cancelling.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const BIG_BYTES = 1_000e6;
/** A longer task keeps the page from answering at once: browsers call it long. */
const LONG_TASK_MS = 50;

/** A busy machine makes one of a task now and then; a page that works while it should answer makes hundreds. */
const MOST_LONG_TASKS = 5;

/** Processor time of all tasks of the page's main thread, so that a busy machine is not blamed on it. */
function tasks(trace) {
  const { traceEvents } = JSON.parse(trace);
  const mainThreads = traceEvents
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(({ pid, tid }) => `${pid} ${tid}`);
  return traceEvents
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && mainThreads.includes(`${pid} ${tid}`))
    .map(({ tdur }) => tdur / 1_000);
}

test.describe("while a file of a gigabyte is read", () => {
  test.setTimeout(120_000);

  let big;

  test.beforeEach(async ({ app, page, write }, testInfo) => {
    big = await writeBigExport(testInfo.outputPath("big.csv"), BIG_BYTES);
    await page.addInitScript(() => {
      window.progress = [];
    });
    await app.open();
    await app.addAndRead(await write("buildings.tsv", buildingFile()), await write("small.csv", exportFile(streams(100))));
    await page.evaluate(() => {
      const note = () => {
        const bar = document.querySelector("progress");
        if (bar !== null && bar.value !== window.progress.at(-1)) {
          window.progress.push(bar.value);
        }
      };
      new MutationObserver(note).observe(document.querySelector("main"), {
        attributes: true,
        childList: true,
        subtree: true,
      });
    });
  });

  test("links change the view, progress moves and no task of the page is long", async ({ app, browser, page }) => {
    await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
    await app.add(big.path);
    await app.isIn("reading");
    let rounds = 0;
    do {
      for (const view of ["Buildings", "People", "Files", "Overview"]) {
        await app.show(view);
      }
      rounds += 1;
    } while ((await app.main.getAttribute("data-phase")) === "reading");
    expect(rounds, "views changed while it was read").toBeGreaterThan(1);
    await app.isIn("ready");
    const all = tasks(await browser.stopTracing());
    expect(all.length, "tasks that were seen").toBeGreaterThan(100);
    expect(all.filter((ms) => ms > LONG_TASK_MS).length, "long tasks").toBeLessThanOrEqual(MOST_LONG_TASKS);
    const progress = await page.evaluate(() => window.progress);
    expect(progress.length, "steps of progress").toBeGreaterThan(10);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    await app.show("Files");
    await expect(app.file("big.csv")).toContainText(`${big.rows.toLocaleString("en-US")} rows read`);
  });

  test("the engine takes less memory than the file", async ({ app, page }) => {
    await app.addAndRead(big.path);
    // A program's memory never shrinks, so that its size is the most that it ever took.
    const bytes = await page.workers()[0].evaluate(() => wasm_bindgen.initSync().memory.buffer.byteLength);
    expect(bytes).toBeLessThan(big.bytes);
    const page_bytes = await page.evaluate(() => performance.memory.usedJSHeapSize);
    expect(page_bytes).toBeLessThan(50e6);
  });

  test("cancelling takes hold at once", async ({ app, page }) => {
    await app.show("Files");
    await cancelOnceReading(page, "big.csv");
    await app.add(big.path);
    await expect(app.file("big.csv")).toContainText("Cancelled, not in use");
    await app.isIn("ready");
    expect(await page.evaluate(() => window.progress.at(-1)), "percent when it ended").toBeLessThan(50);
  });
});

test.describe("when the engine dies", () => {
  test.beforeEach(async ({ app, page }) => {
    await app.open("#buildings");
    await app.openDemo();
    await app.table("Buildings");
    await page.workers()[0].evaluate(() => {
      setTimeout(() => {
        throw new Error("on purpose");
      });
    });
    await app.isIn("stopped");
    app.complaints = app.complaints.filter((words) => !words.includes("on purpose"));
  });

  test("the page says so and keeps its frame", async ({ app, page }) => {
    await expect(page.getByRole("alert")).toContainText("The engine has stopped");
    await expect(page.getByRole("banner")).toContainText("callscope");
    await expect(app.link("Buildings")).toBeVisible();
    await expect(app.select("Role")).toBeVisible();
    await app.show("Help");
    expect(page.workers()).toEqual([]);
  });

  test("a restart reads the same files again", async ({ app, page }) => {
    await page.getByRole("button", { name: "Restart" }).click();
    await app.isIn("ready");
    await app.table("Buildings");
    expect(await app.countRows("Buildings")).toBeGreaterThanOrEqual(60);
  });

  test("a fresh start has no files", async ({ app, page }) => {
    await page.getByRole("button", { name: "Start afresh without files" }).click();
    await app.isIn("empty");
    await app.openDemo();
    await app.table("Buildings");
  });
});

test("an engine that cannot be loaded is said to be missing, and can be tried again", async ({ app, page, baseURL }) => {
  await page.route("**/worker_bg.wasm", (route) => route.abort());
  await page.goto(baseURL);
  await app.isIn("stopped");
  await expect(page.getByRole("alert")).toContainText("The engine could not be loaded");
  await page.unroute("**/worker_bg.wasm");
  await page.getByRole("button", { name: "Restart" }).click();
  await app.isIn("empty");
  await app.openDemo();
  app.complaints = [];
});
