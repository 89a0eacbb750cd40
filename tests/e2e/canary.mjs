// An export in which every personal cell is marked, and the places where a mark could turn up.

import { readFileSync } from "node:fs";

import { buildingFile, exportFile } from "./tenant.mjs";

/** Stands in every name, device, text and identifier of the export, and nowhere else in the world. */
export const MARK = "q7x9canary";

const FIELDS_FILE = new URL("../../src/engine/fields/cqd.tsv", import.meta.url);

const PEOPLE_PER_BUILDING = { "Big house": 12, "Wide house": 9, "Small hut": 2, "Tiny hut": 3 };

/** The building file: no name in it is a secret. */
export const BUILDINGS = buildingFile(
  Object.keys(PEOPLE_PER_BUILDING).map((name, idx) => [`10.77.${idx}.0`, 24, name, "Bonn", "", "DE", "EMEA"]),
);

/** Everybody with address and number, building by building; one in five is from outside. */
export const PEOPLE = Object.entries(PEOPLE_PER_BUILDING).flatMap(([building, n_people], building_idx) =>
  Array.from({ length: n_people }, (_, idx) => ({
    building,
    upn: `person${building_idx}${idx}.${MARK}@${idx % 5 === 4 ? "fabrikam" : "contoso"}.com`,
    address: `10.77.${building_idx}.${131 + idx}`,
    phone: `+1425555${String(7_100 + 100 * building_idx + idx)}`,
    masked: `+1425555${String(7_100 + 100 * building_idx + idx).slice(0, 1)}***`,
  })),
);

/** Texts of which none may reach a specialist. */
export const SECRETS = [MARK, ...PEOPLE.map((person) => person.phone), ...PEOPLE.map((person) => person.address)];

const NOT_FROM_THE_LIST = [
  "Media Type",
  "Is Server Pair",
  "End Time",
  "Avg Jitter",
  "Second UPN",
  "Second IP Address",
  "Second Phone Number",
];

/** Every field of the dimension list that is not open to everybody and holds text. */
const PERSONAL_FIELDS = readFileSync(FIELDS_FILE, "utf8")
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"))
  .filter(([name, , shape, , sensitivity]) => name && shape === "text" && !["open", "place"].includes(sensitivity))
  .map(([name]) => name)
  .filter((name) => !NOT_FROM_THE_LIST.includes(name) && !/(IP Address|Local IP|Public IP|Subnet)$/.test(name));

/** Three calls of each person; half of the small huts' calls are poor. */
export const EXPORT = exportFile(
  PEOPLE.flatMap((person, person_idx) =>
    [0, 1, 2].map((call) => ({
      ...Object.fromEntries(PERSONAL_FIELDS.map((field, idx) => [field, `${MARK}-${idx}-${person_idx}`])),
      "First UPN": "",
      "First Phone Number": "",
      "First User ObjectId": "",
      "First Sip Uri": "",
      "First Tenant Id": "",
      "Second Tenant Id": "",
      "Media Type": "Audio",
      "Is Server Pair": "Client : Server",
      "End Time": `2026-03-0${1 + call}T10:00:00`,
      "Avg Jitter": person.building.endsWith("hut") && call === 0 ? 80 : 3,
      "Second UPN": person.upn,
      "Second IP Address": person.address,
      "Second Phone Number": person.phone,
    })),
  ),
  { fields: [...NOT_FROM_THE_LIST, ...PERSONAL_FIELDS] },
);

/** Lets the page keep the memory of its own program, and what its worker tells it. */
export async function watchMemory(page) {
  await page.addInitScript(() => {
    addEventListener("callscope-started", (event) => {
      window.pageMemory = event.detail.wasm.memory;
    });
    window.heard = [];
    window.Worker = class extends Worker {
      constructor(...words) {
        super(...words);
        this.addEventListener("message", ({ data }) => window.heard.push(new TextDecoder().decode(data)));
      }
    };
  });
}

/** Where the page itself could hold a secret, each place as one text. */
export async function placesOf(page) {
  const memory = await page.evaluate(() => {
    const bytes = new Uint8Array(window.pageMemory.buffer);
    let binary = "";
    for (let at = 0; at < bytes.length; at += 32_768) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    }
    return btoa(binary);
  });
  const rest = await page.evaluate(async () => ({
    document: document.documentElement.outerHTML,
    fields: JSON.stringify([...document.querySelectorAll("input")].map((input) => input.value)),
    messages: window.heard.join("\n"),
    address: `${location.href} ${JSON.stringify(history.state)} ${document.title}`,
    storage: JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      await indexedDB.databases(),
      await caches.keys(),
    ]),
  }));
  return {
    ...rest,
    memory: Buffer.from(memory, "base64").toString("latin1"),
    heap: await heapOf(page),
  };
}

/** The whole JavaScript heap of the page, strings and all. */
async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  const chunks = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot");
  await session.detach();
  return chunks.join("");
}

/** Which of the texts stand where, as `place: text`. */
export function findings(places, texts) {
  return Object.entries(places).flatMap(([place, content]) =>
    texts.filter((text) => content.includes(text)).map((text) => `${place}: ${text}`),
  );
}
