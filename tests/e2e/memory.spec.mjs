// The strongest test of the roles: the page's whole memory is searched for what the role may not see.

import { BUILDINGS, EXPORT, findings, MARK, PEOPLE, placesOf, SECRETS, watchMemory } from "./canary.mjs";
import { expect, test } from "./test.mjs";

/** Goes through every view as the role, so that whatever the page can be told it has been told. */
async function lookAround(app, page, role, write) {
  await watchMemory(page);
  await app.open();
  await app.select("Role").selectOption({ label: role });
  await app.addAndRead(await write("buildings.tsv", BUILDINGS), await write("streams.csv", EXPORT));
  const downloads = [];
  for (const view of ["Buildings", "People", "Streams"]) {
    await app.show(view);
    await app.table(view);
    downloads.push((await app.download()).text);
  }
  await app.show("Buildings");
  await page.getByRole("button", { name: "Big house" }).click();
  await app.table("Networks of Big house");
  downloads.push((await app.download("Download networks")).text);
  await app.show("Files");
  await app.show("Overview");
  await expect(app.main).toContainText("Buildings with streams");
  return { ...(await placesOf(page)), downloads: downloads.join("\n") };
}

test("nothing personal is anywhere in the page of a specialist", async ({ app, page, write }) => {
  const places = await lookAround(app, page, "Specialist", write);
  expect(findings(places, SECRETS)).toEqual([]);
  expect(findings(places, ["Big house"]), "the scan reads the right memory").toEqual(
    expect.arrayContaining(["memory: Big house", "messages: Big house", "downloads: Big house"]),
  );
});

test("no whole phone number is anywhere in the page of an engineer", async ({ app, page, write }) => {
  const places = await lookAround(app, page, "Engineer", write);
  expect(findings(places, PEOPLE.map((person) => person.phone))).toEqual([]);
});

test("the same search finds the administrator's data, so that it can fail", async ({ app, page, write }) => {
  const places = await lookAround(app, page, "Administrator", write);
  const { upn, phone, address } = PEOPLE[0];
  for (const place of ["memory", "heap", "messages", "downloads"]) {
    expect(findings({ [place]: places[place] }, [upn, phone, address])).toHaveLength(3);
  }
});

test("nothing of the data is in the address or in any storage, whatever the role", async ({ app, page, write }) => {
  const { address, storage } = await lookAround(app, page, "Administrator", write);
  expect(findings({ address, storage }, [...SECRETS, "Big house", MARK])).toEqual([]);
  const [caches] = JSON.parse(storage).splice(-1);
  expect(JSON.parse(storage).slice(0, -1)).toEqual([{}, {}, "", []]);
  // The page's own files, which another test counts.
  expect(caches).toEqual([expect.stringMatching(/^callscope http:\/\/127\.0\.0\.1:\d+\/ [0-9a-f]{16}$/)]);
});
