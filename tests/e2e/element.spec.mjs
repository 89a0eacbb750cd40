// The element <call-scope>, whatever becomes of its frame: moved, never answered, loaded anew, stopped.

import { elementPage, framePage, inside } from "./hosting.mjs";
import { ask, open, talk, test, told } from "./talking.mjs";
import { expect } from "./test.mjs";
import { silence, status } from "./trouble.mjs";

/** A page that connects, says that it is ready, and answers nothing after that. */
const SILENT_PAGE = `<!DOCTYPE html><title>callscope</title><script>
  addEventListener("message", ({ data, origin, source }) => {
    if (data.type === "connect") {
      for (const type of ["connected", "ready"]) {
        source.postMessage({ callscope: 1, type }, origin);
      }
    }
  });
</script>`;

/** How long the element asks for an answer at most. */
const MINUTE_MS = 60_000;

test("moved to another place, the element works again, and says of what was not answered that it was removed", async ({ page, start }) => {
  await page.goto(elementPage(await start()));
  await told(page, "ready");
  await open(page);
  const codes = await page.evaluate(async () => {
    const element = document.querySelector("call-scope");
    // One is asked of a page that is ready, the other of one that is not there yet.
    const before = element.report("overview");
    window.told.length = 0;
    document.body.prepend(element);
    const waiting = element.report("overview");
    element.remove();
    document.body.append(element);
    return Promise.all([before, waiting].map((question) => question.catch((error) => error.code)));
  });
  expect(codes).toEqual(["removed", "removed"]);
  expect(await told(page, "ready")).toMatchObject({ role: "administrator" });
  expect(await ask(page, "report", "overview")).toBe("no-files");
  await open(page);
  expect(await ask(page, "report", "overview")).toHaveLength(1);
  await expect(page.locator("iframe")).toHaveCount(1);
});

test("where nobody answers the element says so after a minute, and refuses at once what is asked then", async ({ page, start }) => {
  await page.clock.install();
  await page.goto(elementPage(await start({ embedders: [] })));
  await expect(page.locator("iframe")).toBeVisible();
  await page.evaluate(() => {
    window.codes = [];
    document.querySelector("call-scope").report("overview").catch(({ code }) => window.codes.push(code));
  });
  const codes = () => page.evaluate(() => window.codes);
  await page.clock.runFor(MINUTE_MS / 4);
  expect(await codes()).toEqual([]);
  expect(await page.evaluate(() => window.told)).toEqual([]);
  await page.clock.runFor(MINUTE_MS);
  expect(await codes()).toEqual(["not-connected"]);
  expect(await page.evaluate(() => window.told)).toEqual([{ type: "problem", code: "not-connected" }]);
  for (const method of ["report", "export"]) {
    expect(await ask(page, method, "overview")).toBe("not-connected");
  }
});

test("a host that takes the request and never answers is told of after a minute, too", async ({ page, start }) => {
  await page.clock.install();
  const hosts = await start();
  hosts.callscope.answers["/index.html"] = silence;
  await page.goto(elementPage(hosts), { waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => window.told?.length)).toBe(0);
  const asked = page.evaluate(() => document.querySelector("call-scope").report("overview").catch(({ code }) => code));
  await page.clock.runFor(2 * MINUTE_MS);
  expect(await asked).toBe("not-connected");
  expect(await page.evaluate(() => window.told)).toEqual([{ type: "problem", code: "not-connected" }]);
});

test("a page that comes after it was given up is welcome all the same", async ({ page, start }) => {
  await page.clock.install();
  const hosts = await start();
  const answer = await fetch(`${hosts.callscope.origin}/worker_bg.wasm`);
  const program = Buffer.from(await answer.arrayBuffer());
  let deliver;
  hosts.callscope.answers["/worker_bg.wasm"] = (response) => {
    deliver = () => response.writeHead(200, { "Content-Type": "application/wasm" }).end(program);
  };
  await page.goto(elementPage(hosts));
  await expect(inside(page).main).toBeVisible();
  // The page itself waits a little longer for its parts than the element does for the page.
  await page.clock.runFor(MINUTE_MS - 1_000);
  expect(await page.evaluate(() => window.told)).toEqual([{ type: "problem", code: "not-connected" }]);
  // Its attributes count all the same.
  await page.evaluate(() => document.querySelector("call-scope").setAttribute("theme", "dark"));
  deliver();
  await expect(inside(page).frame.getByText("Sealed", { exact: true })).toBeVisible();
  await page.clock.runFor(MINUTE_MS / 3);
  await page.clock.resume();
  await told(page, "ready");
  await expect(inside(page).root).toHaveAttribute("data-theme", "dark");
  await open(page);
  expect(await ask(page, "report", "overview")).toHaveLength(1);
});

test("a host that fails after it was given up is told of once", async ({ page, start }) => {
  await page.clock.install();
  const hosts = await start();
  let fail;
  hosts.callscope.answers["/index.html"] = (response) => {
    fail = () => status(504)(response);
  };
  await page.goto(elementPage(hosts), { waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => window.told?.length)).toBe(0);
  await page.clock.runFor(MINUTE_MS);
  fail();
  await page.waitForLoadState("load");
  expect(await ask(page, "report", "overview")).toBe("not-connected");
  await page.clock.runFor(2 * MINUTE_MS);
  expect(await page.evaluate(() => window.told)).toEqual([{ type: "problem", code: "not-connected" }]);
});

test("put in its place again when it could not be loaded, the element keeps what it is told then", async ({ page, start }) => {
  const hosts = await start();
  const { answers } = hosts.callscope;
  answers["/worker_bg.wasm"] = (response) => {
    delete answers["/worker_bg.wasm"];
    status(503)(response);
  };
  hosts.intranet.files["/retry.js"] = `
    const element = document.querySelector("call-scope");
    const retry = () => {
      element.remove();
      document.body.append(element);
      const files = [new File(["Network\\tBuilding\\n"], "other.tsv")];
      window.opened = element.open(files).then(() => "opened", ({ code }) => code);
    };
    element.addEventListener("problem", ({ detail: { code } }) => code === "not-loaded" && retry(), { once: true });`;
  const address = elementPage(hosts);
  const script = '<script type="module" src="/retry.js"></script>';
  hosts.intranet.files["/"] = hosts.intranet.files["/"].replace("</body>", `${script}</body>`);
  await page.goto(address);
  await expect.poll(() => page.evaluate(() => window.opened), { timeout: 30_000 }).toBe("opened");
});

test("given up and moved, the element asks anew", async ({ page, start }) => {
  await page.clock.install();
  const hosts = await start();
  hosts.callscope.answers["/index.html"] = status(503);
  await page.goto(elementPage(hosts));
  await expect(page.locator("iframe")).toBeVisible();
  await page.clock.runFor(2 * MINUTE_MS);
  expect(await told(page, "problem")).toMatchObject({ code: "not-connected" });
  delete hosts.callscope.answers["/index.html"];
  await page.clock.resume();
  await page.evaluate(() => document.body.append(document.querySelector("call-scope")));
  await told(page, "ready");
  await open(page);
  expect(await ask(page, "report", "overview")).toHaveLength(1);
});

test("a frame that is loaded anew interrupts what was asked of the page before", async ({ page, start }) => {
  const hosts = await start();
  hosts.callscope.files["/index.html"] = SILENT_PAGE;
  await page.goto(elementPage(hosts));
  await told(page, "ready");
  await page.evaluate(() => {
    window.codes = [];
    const element = document.querySelector("call-scope");
    for (const question of [element.report("overview"), element.export("people"), element.open([new File(["x"], "x.csv")])]) {
      question.catch(({ code }) => window.codes.push(code));
    }
  });
  const codes = () => page.evaluate(() => window.codes);
  expect(await codes()).toEqual([]);
  delete hosts.callscope.files["/index.html"];
  await page.evaluate(() => void (window.told.length = 0));
  await page.frames()[1].evaluate(() => location.reload());
  await expect.poll(codes).toEqual(["interrupted", "interrupted", "interrupted"]);
  // And the one that is there now is asked as any other.
  expect(await told(page, "ready")).toMatchObject({ role: "administrator" });
  await open(page);
  expect(await ask(page, "report", "overview")).toHaveLength(1);
});

test("a listed page hears that the programs could not be loaded, and one that is not listed nothing", async ({ page, start }) => {
  const hosts = await start();
  hosts.callscope.answers["/worker_bg.wasm"] = status(404);
  await page.goto(elementPage(hosts));
  expect(await told(page, "problem")).toEqual({ type: "problem", code: "not-loaded" });
  await expect(inside(page).frame.getByRole("alert")).toContainText("The engine could not be loaded");
  expect(await page.evaluate(() => window.told)).toHaveLength(1);

  await page.goto(framePage(hosts.evil, `${hosts.callscope.origin}/index.html`));
  await expect(inside(page).frame.getByRole("alert")).toContainText("The engine could not be loaded");
  expect(await talk(page, [{ callscope: 1, id: 1, type: "connect" }])).toEqual([]);
});

test("a page whose programs could not be loaded refuses what it is asked, and answers once they are there", async ({ page, start }) => {
  const hosts = await start();
  hosts.callscope.answers["/worker_bg.wasm"] = status(404);
  await page.goto(elementPage(hosts));
  expect(await ask(page, "report", "overview")).toBe("stopped");
  expect(await ask(page, "export", "people")).toBe("stopped");
  delete hosts.callscope.answers["/worker_bg.wasm"];
  await inside(page).frame.getByRole("button", { name: "Restart" }).click();
  expect(await told(page, "ready")).toMatchObject({ role: "administrator" });
  await open(page);
  expect(await ask(page, "report", "overview")).toHaveLength(1);
});
