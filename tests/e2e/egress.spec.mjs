// Nothing leaves the page: asserted where it would arrive, at the project's server and at one outside.
//
// Policies cannot close every channel: a script that may run could still navigate the tab away, and
// WebRTC and DNS are beyond them. The page holds no script and no address that comes from a file.

import { fileURLToPath } from "node:url";

import { App } from "./app.mjs";
import { startServer } from "./server.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";
import { startPlainServer, startWatcher } from "./watcher.mjs";
import { PAGE_WAYS, tryForm, tryFromPage, tryFromWorker, WORKER_WAYS } from "./ways-out.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

const SERVERS = {
  "the project's server": startServer,
  "a server that sends no headers": () => startPlainServer(DIST),
};

/** Ways that led from a label to the server, in order of the list. */
const arrived = (server, label, ways) =>
  ways.filter((way) => server.requests.some((line) => line.endsWith(`/${label}/${way}`)));

for (const [name, start] of Object.entries(SERVERS)) {
  test.describe(`served by ${name}`, () => {
    let server;
    let outside;

    test.beforeEach(async () => {
      [server, outside] = await Promise.all([start(), startWatcher()]);
    });

    test.afterEach(async () => {
      await Promise.all([server.stop(), outside.stop()]);
    });

    /** The page with the demo tenant in it, and whatever worker it has. */
    async function openApp(page) {
      const app = new App(page);
      await app.open(server.address);
      await app.openDemo();
    }

    /** Every way out of an unprotected page does arrive outside: the ways work, and time enough has passed. */
    async function waitForOpenPage(context) {
      const open = await context.newPage();
      await open.goto(`${outside.address}page`);
      await open.evaluate(tryFromPage, `${outside.address}open/`);
      await expect.poll(() => arrived(outside, "open", PAGE_WAYS)).toEqual(PAGE_WAYS);
      await open.evaluate(tryForm, `${outside.address}open/`);
      await expect.poll(() => arrived(outside, "open", ["form"])).toEqual(["form"]);
    }

    async function waitForOpenWorker(context) {
      const open = await context.newPage();
      await open.goto(`${outside.address}page`);
      const worker = open.waitForEvent("worker");
      await open.evaluate(() => {
        window.worker = new Worker(URL.createObjectURL(new Blob([""])));
      });
      await (await worker).evaluate(tryFromWorker, `${outside.address}open/`);
      await expect.poll(() => arrived(outside, "open", WORKER_WAYS)).toEqual(WORKER_WAYS);
    }

    async function expectNothingArrived() {
      await fetch(`${server.address}control`);
      await expect.poll(() => server.requests).toContain("GET /control");
      for (const { requests } of [server, outside]) {
        expect(requests.filter((line) => line.includes("/leak/"))).toEqual([]);
      }
    }

    test("no way out of the page leads anywhere", async ({ context, page }) => {
      await openApp(page);
      for (const base of [server.address, outside.address]) {
        await page.evaluate(tryFromPage, `${base}leak/`);
        await page.evaluate(tryForm, `${base}leak/`);
      }
      await waitForOpenPage(context);
      await expectNothingArrived();
      expect(await page.evaluate(() => document.querySelector("main").dataset.phase)).toBe("ready");
    });

    test("no way out of a frame or a window that the page opens leads anywhere", async ({ context, page }) => {
      await openApp(page);
      const opened = context.waitForEvent("page");
      await page.evaluate(() => {
        document.body.append(document.createElement("iframe"));
        window.open("");
      });
      const inner = page.frames().find((frame) => frame !== page.mainFrame());
      for (const place of [inner, await opened]) {
        for (const base of [server.address, outside.address]) {
          await place.evaluate(tryFromPage, `${base}leak/`);
        }
      }
      await waitForOpenPage(context);
      await expectNothingArrived();
    });

    test("no way out of the engine's own worker leads anywhere", async ({ context, page }) => {
      await openApp(page);
      const [worker] = page.workers();
      for (const base of [server.address, outside.address]) {
        await worker.evaluate(tryFromWorker, `${base}leak/`);
      }
      await waitForOpenWorker(context);
      await expectNothingArrived();
    });

    test("no way out of a reader leads anywhere", async ({ context, page }) => {
      // Readers wait from the start for the first files, and end with them.
      await new App(page).open(server.address);
      await expect.poll(() => page.workers().length, "the engine and its readers").toBeGreaterThan(1);
      for (const base of [server.address, outside.address]) {
        await page.workers()[1].evaluate(tryFromWorker, `${base}leak/`);
      }
      await waitForOpenWorker(context);
      await expectNothingArrived();
    });

    test("no way out of another worker of the page leads anywhere", async ({ context, page }) => {
      await page.addInitScript(() => {
        // The page may make one policy of trusted addresses; whoever gets hold of it gains nothing.
        const { createPolicy } = TrustedTypePolicyFactory.prototype;
        TrustedTypePolicyFactory.prototype.createPolicy = function (name) {
          window.stolen = createPolicy.call(this, name, { createScriptURL: (address) => address });
          return window.stolen;
        };
      });
      await openApp(page);
      for (const base of [server.address, outside.address]) {
        const started = page.waitForEvent("worker");
        await page.evaluate((code) => {
          const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
          window.another = new Worker(window.stolen.createScriptURL(address));
        }, `onmessage = () => {}`);
        await (await started).evaluate(tryFromWorker, `${base}leak/`);
      }
      await waitForOpenWorker(context);
      await expectNothingArrived();
    });

    test("a script in the page can start no worker of its own", async ({ page }) => {
      await openApp(page);
      const refusal = await page.evaluate(() => {
        try {
          trustedTypes.createPolicy("callscope", { createScriptURL: (address) => address });
          return "allowed";
        } catch (error) {
          return error.name;
        }
      });
      expect(refusal).toBe("TypeError");
      await expect(page.evaluate(() => new Worker(URL.createObjectURL(new Blob([""]))))).rejects.toThrow("Trusted");
    });

    test("the main job asks nobody for anything once the page is there", async ({ page, write }) => {
      const app = new App(page);
      await app.open(server.address);
      const before = [...server.requests];
      await mainJob(app, page, write);
      await fetch(`${server.address}control`);
      await expect.poll(() => server.requests).toContain("GET /control");
      expect(server.requests.filter((line) => line !== "GET /control")).toEqual(before);
      expect(outside.requests).toEqual([]);
    });
  });
}

/** What people come for, from the demo over two files to another role. */
async function mainJob(app, page, write) {
  await app.openDemo();
  await app.show("Buildings");
  await page.getByRole("rowheader").getByRole("button").first().click();
  await app.download();
  await app.add(await write("buildings.tsv", buildingFile()), await write("streams.csv", exportFile(streams(200))));
  await page.getByRole("button", { name: "Replace" }).click();
  await app.isIn("ready");
  for (const role of ["Specialist", "Administrator"]) {
    await app.select("Role").selectOption({ label: role });
    await app.isIn("ready");
    for (const view of ["Overview", "Buildings", "People", "Streams", "Files", "Help"]) {
      await app.show(view);
    }
  }
}

test("the main job works without any network once the page is there", async ({ app, context, page, write }) => {
  await app.open();
  await context.setOffline(true);
  await mainJob(app, page, write);
  await app.show("Buildings");
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error("on purpose");
    });
  });
  await app.isIn("stopped");
  await page.getByRole("button", { name: "Restart" }).click();
  await app.isIn("ready");
  app.complaints = app.complaints.filter((words) => !words.includes("on purpose"));
});

test("normal use breaks no rule of the policy", async ({ app, page, write }) => {
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await app.open();
  await mainJob(app, page, write);
  expect(await page.evaluate(() => window.violations)).toEqual([]);
});

test("the page can no longer ask even its own server, as Help says", async ({ page }) => {
  await new App(page).open("#help");
  await expect(page.evaluate(() => fetch("/"))).rejects.toThrow("Failed to fetch");
});
