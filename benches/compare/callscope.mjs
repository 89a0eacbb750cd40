// The page at work: from the choice of the files to the table of Buildings, as users get it.

import { fileURLToPath } from "node:url";

import { App } from "../../tests/e2e/app.mjs";
import { readTable } from "../../tests/e2e/csv.mjs";
import { checkBuildings } from "./check.mjs";
import { compressedBytes } from "./download.mjs";
import { pretend } from "./processors.mjs";
import { callscopeServer } from "./servers.mjs";
import { withTab } from "./tab.mjs";

const STARTING_MS = 500;

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

export async function measureCallscope(files, processors) {
  return withTab(async (page, peak) => {
    const server = await callscopeServer();
    const firstRequest = server.requests.length;
    const { app, seconds } = await load(page, files, processors);
    const peakBytes = await peak();
    checkBuildings(await buildings(app), files.expected.byEachClientEnd);
    await countBySecondEnd(app);
    checkBuildings(await buildings(app), files.expected.bySecondEnd);
    const downloadBytes = await compressedBytes(files.folder, server.requests.slice(firstRequest).map(fileOf));
    return { seconds, peakBytes, downloadBytes };
  });
}

/** Opens the page, hands it the files and waits for the table. */
export async function load(page, files, processors) {
  const { address } = await callscopeServer();
  const arePretended = await pretend(page, processors);
  await page.addInitScript(() => {
    addEventListener("change", () => (window.chosen ??= performance.now()), { capture: true });
  });
  const app = new App(page);
  await app.open(`${address}#buildings`);
  await arePretended();
  // Peers too are started before the clock is, and nobody has chosen files by then.
  await page.waitForTimeout(STARTING_MS);
  await app.add(files.buildings, ...[files.streams].flat());
  // Whoever asks in each frame makes the browser draw sixty a second.
  const seconds = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const isThere = () =>
          document.querySelector("main[data-phase=ready] table[aria-rowcount]:not([aria-busy], [aria-rowcount='1'])");
        const observer = new MutationObserver(look);
        function look() {
          if (isThere()) {
            observer.disconnect();
            resolve((performance.now() - window.chosen) / 1000);
          }
        }
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        look();
      }),
  );
  return { app, seconds };
}

/** What all peers do. */
export async function countBySecondEnd(app) {
  await app.select("Count streams by").selectOption("Second end only");
  await app.table("Buildings");
}

/** Lets a page take note of when its engine told it something last. To be called before the page is opened. */
export async function listen(page) {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor(...words) {
        super(...words);
        this.addEventListener("message", () => (window.heard = performance.now()));
      }
    };
  });
}

/**
 * Sets a field, or presses a button. Gives the seconds until the engine's answer, after which the table turns, has
 * reached the page, which listens, and until the table, which became busy, shows it.
 */
export async function change(control, value) {
  return control.evaluate(
    (element, value) =>
      new Promise((resolve) => {
        const start = performance.now();
        new MutationObserver((_, observer) => {
          if (!document.querySelector("main table[aria-busy]")) {
            observer.disconnect();
            resolve([window.heard, performance.now()].map((then) => (then - start) / 1000));
          }
        }).observe(document.querySelector("main"), { subtree: true, attributeFilter: ["aria-busy"] });
        if (value === undefined) {
          element.click();
          return;
        }
        element.value = value;
        // Selects tell of a change, days of an input.
        element.dispatchEvent(new InputEvent("input", { bubbles: true }));
        element.dispatchEvent(new Event("change", { bubbles: true }));
      }),
    value,
  );
}

/** `[streams, good, poor, people]` of each building by name, from the table that can be downloaded. */
export async function buildings(app) {
  const { text } = await app.download();
  const figures = ({ streams, good, poor, people }) => [streams, good, poor, people].map(Number);
  return Object.fromEntries(readTable(text).map((row) => [row.building, figures(row)]));
}

function fileOf(request) {
  const [, path] = request.split(" ");
  return `${DIST}${path === "/" ? "index.html" : path.slice(1)}`;
}
