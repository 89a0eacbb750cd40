// Inside another page in Firefox: who may talk to callscope, what it answers, and that a lock holds.

import { mergeTests } from "@playwright/test";

import { BUILDINGS, EXPORT, MARK, PEOPLE, SECRETS } from "./canary.mjs";
import { isAbsent, shows, test as inFirefox, TIMEOUT_MS, WORD_OF_ABSENCE } from "./firefox.mjs";
import { configureOneFile, elementPage, framePage, hasOneFile } from "./hosting.mjs";
import { ask, open, talk, test as withHosts, told } from "./talking.mjs";
import { expect } from "./test.mjs";

const test = mergeTests(inFirefox, withHosts);

test.skip(isAbsent, WORD_OF_ABSENCE);
test.setTimeout(TIMEOUT_MS);

const MESSAGES = [
  { callscope: 1, id: 1, type: "connect" },
  { callscope: 1, id: 2, type: "view", view: "help" },
  { callscope: 1, id: 3, type: "ask", report: "people" },
];

/** The frame with callscope in it, once it is sealed. */
async function sealedFrame(tab) {
  await expect.poll(() => tab.frames().length).toBe(2);
  const frame = tab.frames()[1];
  await shows(frame, "Sealed");
  return frame;
}

const refusals = (frame) => frame.evaluate(() => document.documentElement.dataset.refusedMessages);

test("a listed page hands files over in Firefox, and is answered for its role", async ({ tab, start }) => {
  const hosts = await start();
  for (const [role, phone] of [["administrator", PEOPLE[0].phone], ["engineer", PEOPLE[0].masked]]) {
    await tab.goto(elementPage(hosts, `support-role="${role}"`));
    expect(await told(tab, "ready")).toEqual({ type: "ready", role, locked: false });
    await open(tab);
    expect(await told(tab, "loaded")).toMatchObject({ files: 2, kinds: ["buildings", "cqd-streams"] });
    const buildings = await ask(tab, "report", "buildings", { sort: "building", limit: 2 });
    expect(buildings.map(({ building }) => building)).toEqual(["Big house", "Small hut"]);
    const [person] = await ask(tab, "report", "people", { search: PEOPLE[0].upn });
    expect(person).toMatchObject({ person: PEOPLE[0].upn, phone });
    const { name, text } = await ask(tab, "export", "people");
    expect(name).toBe("people.csv");
    expect(text).toContain(phone);
  }
});

test("a page that is not listed is neither answered nor obeyed in Firefox", async ({ tab, start }) => {
  const hosts = await start();
  await tab.goto(framePage(hosts.evil, `${hosts.callscope.origin}/index.html`));
  const frame = await sealedFrame(tab);
  expect(await talk(tab, MESSAGES)).toEqual([]);
  await expect.poll(() => refusals(frame)).toBe(String(MESSAGES.length));
  await shows(frame, "See which buildings have bad calls");
});

test("in Firefox no address, message or reload raises a locked role", async ({ tab, start }) => {
  const hosts = await start({ supportRole: "specialist", lockRole: true });
  const src = `${hosts.callscope.origin}/index.html?support-role=administrator&amp;lock-role=false`;
  await tab.goto(elementPage(hosts, `support-role="administrator"`, src));
  const isLow = async () => {
    expect(await told(tab, "ready")).toMatchObject({ role: "specialist", locked: true });
    const frame = await sealedFrame(tab);
    await shows(frame, "Role: Specialist, set by");
    await open(tab);
    for (const report of ["overview", "buildings", "people", "streams"]) {
      const rows = JSON.stringify(await ask(tab, "report", report));
      expect(rows.length, report).toBeGreaterThan(20);
      expect(SECRETS.filter((secret) => rows.includes(secret)), report).toEqual([]);
    }
    return frame;
  };
  const frame = await isLow();
  const messages = ["role", "set-role", "start"].map((type, id) => ({ callscope: 1, id, type, role: "administrator" }));
  expect((await talk(tab, messages)).map(({ type, code }) => [type, code])).toEqual(messages.map(() => ["refused", "bad-message"]));
  await frame.evaluate(() => {
    sessionStorage.setItem("role", "administrator");
    history.replaceState({ role: "administrator" }, "", "?support-role=administrator");
  });
  await tab.evaluate(() => void (window.told.length = 0));
  await frame.evaluate(() => location.reload());
  await isLow();
});

test("in Firefox the one file works in a frame without an origin", async ({ tab, start }) => {
  test.skip(!hasOneFile, "dist/callscope.html is made by cargo xtask dist");
  const hosts = await start();
  configureOneFile(hosts, { supportRole: "specialist", lockRole: true });
  hosts.intranet.files["/places.tsv"] = BUILDINGS;
  await tab.goto(elementPage(hosts, `locations="places.tsv"`, `${hosts.callscope.origin}/callscope.html`));
  expect((await told(tab, "loaded")).kinds).toEqual(["buildings"]);
  const frame = await sealedFrame(tab);
  expect(await frame.evaluate(() => self.origin)).toBe("null");
  await open(tab, { "streams.csv": EXPORT });
  const people = await ask(tab, "report", "people");
  expect(people.map(({ person }) => person)).toContain("Internal User");
  expect(JSON.stringify(people)).not.toContain(MARK);
  const asked = hosts.callscope.requests.map((request) => request.split("?")[0]);
  expect(asked).toEqual(["GET /callscope.html"]);

  await tab.goto(framePage(hosts.evil, `${hosts.callscope.origin}/callscope.html`));
  const bare = await sealedFrame(tab);
  expect(await talk(tab, MESSAGES)).toEqual([]);
  await expect.poll(() => refusals(bare)).toBe(String(MESSAGES.length));
});
