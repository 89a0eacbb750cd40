// Inside another page: who may talk to callscope, what it says, and what it never says.

import { BUILDINGS, EXPORT, MARK, PEOPLE, SECRETS } from "./canary.mjs";
import { elementPage, framePage, inside } from "./hosting.mjs";
import { ask, open, talk, test, told } from "./talking.mjs";
import { expect } from "./test.mjs";

test("a page of another origin hands files over and hears their shape, but no name", async ({ page, start }) => {
  const hosts = await start();
  await page.goto(elementPage(hosts));
  expect(await told(page, "ready")).toEqual({ type: "ready", role: "administrator", locked: false });
  await open(page, { "buildings.tsv": BUILDINGS, "streams.csv": `${EXPORT}bad,row\n` });
  expect(await told(page, "loaded")).toEqual({
    type: "loaded",
    files: 2,
    kinds: ["buildings", "cqd-streams"],
    rows: 4 + 3 * PEOPLE.length,
  });
  await told(page, "problem");
  const problems = await page.evaluate(() => window.told.filter(({ type }) => type === "problem"));
  expect(problems).toContainEqual(expect.objectContaining({ code: "column-count", file: 2 }));
  await expect(inside(page).heading).toHaveText("Overview");
  const all = JSON.stringify(await page.evaluate(() => window.told));
  for (const secret of [...SECRETS, "streams.csv"]) {
    expect(all).not.toContain(secret);
  }
});

test("a page that the page around it may ask says so, and does not promise that nothing leaves it", async ({ page, start }) => {
  for (const [answers, isPromised] of [[true, 0], [false, 1]]) {
    await page.goto(elementPage(await start({ answers })));
    await told(page, "ready");
    const { frame } = inside(page);
    const said = (words) => frame.getByText(words);
    await expect(said("The page around this one may ask for what you see here, and pass it on.")).toHaveCount(1 - isPromised);
    await expect(said("nothing leaves this page.")).toHaveCount(isPromised);
    await frame.getByRole("link", { name: "Help" }).click();
    await expect(said("Check that nothing leaves this page")).toHaveCount(isPromised);
    await frame.getByRole("button", { name: "Sealed", exact: true }).click();
    const panel = frame.getByRole("dialog");
    await expect(panel).toBeVisible();
    await expect(panel.getByText("The page around this one may ask")).toHaveCount(1 - isPromised);
  }
});

test("a page promises that nothing leaves it only where nobody can come to ask", async ({ page, start }) => {
  const hosts = await start();
  const address = `${hosts.callscope.origin}/index.html`;
  for (const [place, url, isPromised] of [
    [page, address, 1],
    [inside(page).frame, framePage(hosts.evil, address), 0],
    // One that has not said anything yet.
    [inside(page).frame, framePage(hosts.intranet, address), 0],
  ]) {
    await page.goto(url);
    await expect(place.getByText("Sealed", { exact: true })).toBeVisible();
    await expect(place.getByText("Sealed: nothing leaves this page.")).toHaveCount(isPromised);
    await expect(place.getByText("may ask for what you see here")).toHaveCount(0);
    await place.getByRole("link", { name: "How to check this" }).click();
    await expect(place.getByText("Check that nothing leaves this page")).toHaveCount(isPromised);
  }
  await talk(page, [{ callscope: 1, id: 1, type: "connect" }]);
  await expect(inside(page).frame.getByText("may ask for what you see here")).toBeVisible();
});

test("bytes with a name are handed over, and their owner keeps none", async ({ page, start }) => {
  await page.goto(elementPage(await start()));
  await told(page, "ready");
  const left = await page.evaluate(async (text) => {
    const { buffer: bytes } = new TextEncoder().encode(text);
    const blob = Object.assign(new Blob(["a,b\n1,2\n"]), { name: "other.csv" });
    await document.querySelector("call-scope").open([{ name: "buildings.tsv", bytes }, blob]);
    return bytes.byteLength;
  }, BUILDINGS);
  expect(left).toBe(0);
  expect((await told(page, "loaded")).kinds).toEqual(["buildings"]);
  expect(await ask(page, "open", [{ name: "x.csv" }])).toBe("bad-file");
});

test("reports and exports are the same rows, numbers as numbers", async ({ page, start }) => {
  await page.goto(elementPage(await start()));
  expect(await ask(page, "report", "overview")).toBe("no-files");
  await open(page);
  const [overview] = await ask(page, "report", "overview");
  expect(overview).toMatchObject({ files: 2, streams: 3 * PEOPLE.length, people: PEOPLE.length, buildings: 4 });
  const rows = await ask(page, "report", "buildings", { sort: "building", limit: 2 });
  expect(rows.map((row) => row.building)).toEqual(["Big house", "Small hut"]);
  expect(rows[0]).toMatchObject({ streams: 36, poor: 0, city: "Bonn", state: null });
  const { name, text } = await ask(page, "export", "buildings", { sort: "building" });
  expect(name).toBe("buildings.csv");
  expect(text.split("\r\n").slice(1, -1).map((line) => line.split(",")[0])).toEqual([
    ...["Big house", "Small hut", "Tiny hut", "Wide house"],
  ]);
  const people = await ask(page, "report", "people", { search: PEOPLE[0].upn });
  expect(people.map((row) => row.person)).toEqual([PEOPLE[0].upn]);
  expect(people[0].phone).toBe(PEOPLE[0].phone);
  expect(await ask(page, "report", "streams", { building: "Tiny hut" })).toHaveLength(9);
  expect(await ask(page, "report", "networks", { building: "Tiny hut" })).toHaveLength(1);
  for (const [report, query] of [["files", {}], ["overview", { limit: 1 }], ["people", { role: "administrator" }]]) {
    expect(await ask(page, "report", report, query)).toBe("bad-message");
  }
});

test("what a specialist's page is asked never holds a secret", async ({ page, start }) => {
  await page.goto(elementPage(await start({ supportRole: "specialist", lockRole: true })));
  await open(page);
  for (const report of ["overview", "buildings", "people", "streams"]) {
    const rows = JSON.stringify(await ask(page, "report", report));
    const { text } = await ask(page, "export", report);
    expect(rows.length, report).toBeGreaterThan(20);
    for (const secret of SECRETS) {
      expect(rows + text, report).not.toContain(secret);
    }
  }
  const [found] = await ask(page, "report", "people", { search: PEOPLE[3].upn });
  expect(found).toMatchObject({ person: PEOPLE[3].upn, phone: PEOPLE[3].masked });
  expect(await ask(page, "report", "people", { search: "person" })).toEqual([]);
  expect(await ask(page, "report", "streams", { building: "Tiny hut" })).toBe("not-for-role");
  expect(await ask(page, "report", "buildings", { days: "2026-03-01/2026-03-01" })).toBe("not-for-role");
});

test("without consent in the configuration nothing is reported", async ({ page, start }) => {
  await page.goto(elementPage(await start({ answers: false })));
  await open(page);
  for (const method of ["report", "export"]) {
    expect(await ask(page, method, "overview")).toBe("not-allowed");
  }
});

test("the element, removed, answers nothing and says so", async ({ page, start }) => {
  await page.goto(elementPage(await start()));
  await told(page, "ready");
  const codes = await page.evaluate(async () => {
    const element = document.querySelector("call-scope");
    const waiting = element.report("overview").catch((error) => error.code);
    element.remove();
    return [await waiting, await element.report("overview").catch((error) => error.code)];
  });
  expect(codes).toEqual(["removed", "not-connected"]);
});

test("messages that are none are refused with a code, counted, and do no harm", async ({ page, start }) => {
  const hosts = await start();
  await page.goto(framePage(hosts.intranet, `${hosts.callscope.origin}/index.html`));
  const { frame, root, main } = inside(page);
  await expect(frame.getByText("Sealed", { exact: true })).toBeVisible();
  const version = { callscope: 1 };
  expect(await talk(page, [{ ...version, id: 1, type: "theme", theme: "dark" }])).toMatchObject([
    { type: "refused", id: 1, code: "not-connected", origin: hosts.callscope.origin },
  ]);
  const connected = await talk(page, [{ ...version, id: 2, type: "connect" }]);
  expect(connected).toMatchObject([{ type: "connected", id: 2 }, { type: "ready", locked: false }]);
  const bad = [
    { callscope: 2, id: 3, type: "connect" },
    { ...version, id: 4, type: "role", role: "administrator" },
    { ...version, id: 5, type: "view", view: "people", more: 1 },
    { ...version, id: 6, type: "open", files: [{ name: "x.csv", bytes: "text" }] },
    { ...version, id: 7, type: "ask", report: "people", query: { search: "x".repeat(5_000_000) } },
    { ...version, id: 8, type: "open", files: Array(100_000).fill("x") },
    { ...version, id: 9, type: "ask", report: "people", query: Object.fromEntries(Array(5_000).fill(0).entries()) },
    { ...version, id: 10, type: "theme", theme: "javascript:alert(1)" },
  ];
  const answers = await talk(page, bad);
  const codes = answers.map(({ type, id, code }) => [type, id, code]);
  expect(codes).toEqual([
    ["refused", 3, "bad-version"],
    ...[4, 5, 6, 7, 8, 9, 10].map((id) => ["refused", id, "bad-message"]),
  ]);
  // What is not addressed to callscope is not answered.
  const strange = [null, 17, "text", [1, [2]], new Date(0), new Uint8Array(1_000), { type: "connect" }];
  expect(await talk(page, strange)).toEqual([]);
  await expect(root).toHaveAttribute("data-refused-messages", String(1 + bad.length + strange.length));
  await expect(main).toHaveAttribute("data-phase", "empty");
  const good = await talk(page, [{ ...version, id: 11, type: "view", view: "help" }]);
  expect(good).toMatchObject([{ type: "done", id: 11 }]);
  await expect(inside(page).heading).toHaveText("Help");
});

test("a page that the configuration does not name is not answered and not obeyed", async ({ page, start }) => {
  const hosts = await start();
  await page.goto(framePage(hosts.evil, `${hosts.callscope.origin}/index.html`));
  const { frame, root, main, heading } = inside(page);
  await expect(frame.getByText("Sealed", { exact: true })).toBeVisible();
  const messages = [
    { callscope: 1, id: 1, type: "connect" },
    { callscope: 1, id: 2, type: "view", view: "help" },
    { callscope: 1, id: 3, type: "open", files: [{ name: "b.tsv", bytes: new ArrayBuffer(10) }] },
    { callscope: 1, id: 4, type: "ask", report: "people" },
    { callscope: 9, id: 5, type: "connect" },
  ];
  expect(await talk(page, messages)).toEqual([]);
  await expect(root).toHaveAttribute("data-refused-messages", "5");
  await expect(main).toHaveAttribute("data-phase", "empty");
  await expect(heading).toHaveText("See which buildings have bad calls");
});

test("only the page around the frame is heard: no neighbor and no window that it opened", async ({ page, start }) => {
  const hosts = await start();
  const words = `{ callscope: 1, id: 1, type: "view", view: "help" }`;
  const fake = `{ callscope: 1, type: "loaded", files: 9, kinds: [], rows: 9 }`;
  for (const host of [hosts.intranet, hosts.evil]) {
    host.files["/neighbor.html"] = `<!DOCTYPE html><title>Neighbor</title><script src="/neighbor.js"></script>`;
    host.files["/neighbor.js"] = `
      const around = window.opener ?? window.parent;
      for (const frame of [around.frames[0], around]) {
        frame.postMessage(${words}, "*");
        frame.postMessage(${fake}, "*");
      }
      document.title = "done";`;
  }
  const neighbors = [hosts.intranet, hosts.evil].map(
    (host) => `<iframe class="neighbor" src="${host.origin}/neighbor.html"></iframe>`,
  );
  // A frame in the document itself can be found by others, one in the element's shadow cannot.
  await page.goto(framePage(hosts.intranet, `${hosts.callscope.origin}/index.html`, "<p>later</p>"));
  const { frame, root, heading } = inside(page);
  await expect(frame.getByText("Sealed", { exact: true })).toBeVisible();
  await talk(page, [{ callscope: 1, type: "connect" }]);
  for (const src of neighbors.map((neighbor) => /src="([^"]*)"/.exec(neighbor)[1])) {
    await page.evaluate(async (src) => {
      const neighbor = Object.assign(document.createElement("iframe"), { src });
      await new Promise((resolve) => {
        neighbor.onload = resolve;
        document.body.append(neighbor);
      });
    }, src);
  }
  const opening = page.waitForEvent("popup");
  await page.evaluate((src) => void window.open(src), `${hosts.intranet.origin}/neighbor.html`);
  await expect(await opening).toHaveTitle("done");
  await expect(root).toHaveAttribute("data-refused-messages", "6");
  await expect(heading).toHaveText("See which buildings have bad calls");
});

test("the element believes nobody but its own frame", async ({ page, start }) => {
  const hosts = await start();
  hosts.evil.files["/neighbor.html"] = `<!DOCTYPE html><title>Neighbor</title><script src="/neighbor.js"></script>`;
  hosts.evil.files["/neighbor.js"] = `
    for (const type of ["ready", "loaded", "problem", "height", "done"]) {
      parent.postMessage({ callscope: 1, type, id: 1, px: 9000, code: "fake", role: "fake" }, "*");
    }`;
  await page.goto(elementPage(hosts, "auto-height"));
  await told(page, "ready");
  const before = await page.evaluate(() => window.told.length);
  await page.evaluate(async (src) => {
    const neighbor = Object.assign(document.createElement("iframe"), { src });
    await new Promise((resolve) => {
      neighbor.onload = resolve;
      document.body.append(neighbor);
    });
    for (const type of ["ready", "loaded", "problem", "height"]) {
      postMessage({ callscope: 1, type, px: 9000 }, "*");
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }, `${hosts.evil.origin}/neighbor.html`);
  expect(await page.evaluate(() => window.told.length)).toBe(before);
  expect((await page.locator("call-scope").boundingBox()).height).toBeLessThan(5_000);
});

test("a locked role stands as text, and no address, storage, message, key or reload raises it", async ({
  page,
  start,
}) => {
  const hosts = await start({ supportRole: "specialist", lockRole: true });
  const src = `${hosts.callscope.origin}/index.html?support-role=administrator&amp;lock-role=false`;
  await page.goto(elementPage(hosts, `support-role="administrator"`, src));
  expect(await told(page, "ready")).toMatchObject({ role: "specialist", locked: true });
  await open(page);
  const { frame, main } = inside(page);
  const isLow = async () => {
    await expect(main.getByText("Role: Specialist, set by")).toBeVisible();
    await expect(frame.getByLabel("Role", { exact: true })).toHaveCount(0);
    const rows = JSON.stringify(await ask(page, "report", "people"));
    expect(rows).not.toContain(MARK);
    expect(rows).toContain("Internal User");
  };
  await isLow();
  const window = page.frames()[1];
  await window.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) {
      storage.setItem("role", "administrator");
      storage.setItem("support-role", "administrator");
    }
    document.cookie = "support-role=administrator";
    history.replaceState({ role: "administrator" }, "", "?support-role=administrator#support-role=administrator");
    location.hash = "#people";
  });
  await isLow();
  const messages = ["role", "set-role", "start", "SetRole"].map((type) => ({
    callscope: 1,
    type,
    role: "administrator",
    "support-role": "administrator",
  }));
  await talk(page, messages);
  await isLow();
  await main.click({ position: { x: 5, y: 5 } });
  for (const key of ["Home", "ArrowUp", "a", "Enter", "Escape", "Control+ArrowUp"]) {
    await page.keyboard.press(key);
  }
  await isLow();
  await window.evaluate(() => location.reload());
  await told(page, "ready");
  await expect(frame.getByText("Sealed", { exact: true })).toBeVisible();
  await open(page);
  await isLow();
  // Made anew with a higher role, the element stays as low as the configuration says.
  await page.evaluate(() => {
    window.told.length = 0;
    const element = document.querySelector("call-scope");
    element.setAttribute("support-role", "administrator");
    document.body.append(element);
  });
  expect(await told(page, "ready")).toMatchObject({ role: "specialist", locked: true });
});

test("an element that was locked once is never made with a higher role", async ({ page, start }) => {
  await page.goto(elementPage(await start(), `support-role="engineer" lock-role`));
  expect(await told(page, "ready")).toMatchObject({ role: "engineer", locked: true });
  await page.evaluate(() => {
    window.told.length = 0;
    const element = document.querySelector("call-scope");
    element.removeAttribute("lock-role");
    element.setAttribute("support-role", "administrator");
    document.body.append(element);
  });
  expect(await told(page, "ready")).toMatchObject({ role: "engineer", locked: true });
});

for (const [name, query, locked] of [
  ["several roles in its address", "support-role=engineer&amp;support-role=specialist&amp;lock-role", { role: "specialist", locked: true }],
  ["a lock that says no", "support-role=engineer&amp;lock-role=false", { role: "engineer", locked: false }],
  ["a lock without a role", "lock-role", { role: "specialist", locked: true }],
]) {
  test(`an element with ${name} is, when it is moved, what it was`, async ({ page, start }) => {
    const hosts = await start();
    await page.goto(elementPage(hosts, "", `${hosts.callscope.origin}/index.html?${query}`));
    expect(await told(page, "ready")).toMatchObject(locked);
    await page.evaluate(() => {
      window.told.length = 0;
      const element = document.querySelector("call-scope");
      element.remove();
      document.body.append(element);
    });
    expect(await told(page, "ready")).toMatchObject(locked);
  });
}

test("a lock without a role locks the one that the deployment says", async ({ page, start }) => {
  const hosts = await start({ supportRole: "engineer" });
  await page.goto(elementPage(hosts, "", `${hosts.callscope.origin}/index.html?lock-role`));
  expect(await told(page, "ready")).toMatchObject({ role: "engineer", locked: true });
  await expect(inside(page).main.getByText("Role: Engineer, set by")).toBeVisible();
});

test("a configuration that cannot be understood locks everybody out, and says so", async ({ page, start }) => {
  const hosts = await start({ supportRole: "boss" });
  await page.goto(elementPage(hosts));
  const { main, frame } = inside(page);
  await expect(frame.getByText("Sealed", { exact: true })).toBeVisible();
  await expect(main.getByText("callscope.json, cannot be understood")).toBeVisible();
  await expect(main.getByText("Role: Specialist, set by")).toBeVisible();
  expect(await page.evaluate(() => window.told)).toEqual([]);
});

test("with strict search no role finds or sees anybody but by the whole name", async ({ page, start }) => {
  await page.goto(elementPage(await start(), `support-role="administrator" strict-search`));
  await open(page);
  for (const report of ["overview", "buildings", "people", "streams"]) {
    const rows = JSON.stringify(await ask(page, "report", report));
    expect(rows, report).not.toContain(MARK);
    for (const { phone } of PEOPLE) {
      expect(rows, report).not.toContain(phone);
    }
  }
  const { frame, main } = inside(page);
  await frame.getByRole("link", { name: "People", exact: true }).click();
  const search = frame.getByRole("searchbox", { name: "Search people" });
  await search.fill("person0");
  await expect(main.getByText("Nobody fits the search.")).toBeVisible();
  await search.fill(PEOPLE[0].upn);
  await expect(main.getByRole("rowheader", { name: PEOPLE[0].upn })).toBeVisible();
  await expect(main.getByText("in every role")).toBeVisible();
});

test("a building file of the host is in use before the first file of the user", async ({ page, start }) => {
  const hosts = await start();
  hosts.callscope.files["/files/places.tsv"] = BUILDINGS;
  await page.goto(elementPage(hosts, `locations="files/places.tsv"`));
  expect((await told(page, "loaded")).kinds).toEqual(["buildings"]);
  await expect(inside(page).frame.getByText("Sealed", { exact: true })).toBeVisible();
  await open(page, { "streams.csv": EXPORT });
  const [overview] = await ask(page, "report", "overview");
  expect(overview).toMatchObject({ files: 2, buildings: 4, streams_not_mapped: 0 });
});

for (const [what, path] of [
  ["that is not there", "files/absent.tsv"],
  ["of another host", "http://127.0.0.1:9/places.tsv"],
]) {
  test(`a building file ${what} is a visible line and a problem`, async ({ page, start }) => {
    const hosts = await start();
    await page.goto(elementPage(hosts, `locations="${path}"`));
    expect(await told(page, "problem")).toEqual({ type: "problem", code: "no-locations" });
    await expect(inside(page).main.getByText("could not be loaded. Add one by hand.")).toBeVisible();
  });
}

test("nothing is asked of any server after the page is ready", async ({ page, start }) => {
  const hosts = await start();
  await page.goto(elementPage(hosts));
  await told(page, "ready");
  const counts = () => [hosts.callscope, hosts.intranet, hosts.evil].map((host) => host.requests.length);
  const before = counts();
  await open(page);
  const { frame } = inside(page);
  for (const view of ["Buildings", "People", "Streams", "Files", "Help", "Overview"]) {
    await frame.getByRole("link", { name: view, exact: true }).click();
  }
  for (const report of ["overview", "buildings", "people", "streams"]) {
    await ask(page, "export", report);
  }
  await page.evaluate(() => document.querySelector("call-scope").setAttribute("theme", "dark"));
  await expect(inside(page).root).toHaveAttribute("data-theme", "dark");
  expect(counts()).toEqual(before);
});
