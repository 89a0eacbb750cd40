// The page as a person meets it: by labels, titles and roles, never by its inner names.

import { readFile } from "node:fs/promises";

import { expect } from "@playwright/test";

export class App {
  /** What the browser complained of since the page was opened. */
  complaints = [];

  constructor(page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.heading = this.main.getByRole("heading", { level: 1 });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        this.complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Opens the page and waits until no server can be reached any more. */
  async open(address = "") {
    await this.page.goto(address);
    await expect(this.page.getByText("Sealed", { exact: true })).toBeVisible();
  }

  async isIn(phase, options) {
    await expect(this.main).toHaveAttribute("data-phase", phase, options);
  }

  async openDemo() {
    await this.page.getByRole("button", { name: "Try the demo tenant" }).click();
    await this.isIn("ready");
  }

  /** Hands files to the input; each is a path, or `{ name, mimeType, buffer }`. */
  async add(...files) {
    await this.page.getByLabel("Add files", { exact: true }).setInputFiles(files);
  }

  async addAndRead(...files) {
    await this.add(...files);
    await this.isIn("ready");
  }

  link(title) {
    return this.page.getByRole("navigation").getByRole("link", { name: title, exact: true });
  }

  async show(title) {
    await this.link(title).click();
    await expect(this.heading).toHaveText(title);
  }

  select(label) {
    return this.page.getByLabel(label, { exact: true });
  }

  /** A table that has its answer. */
  async table(caption) {
    const table = this.page.getByRole("table", { name: caption, exact: true });
    await expect(table).toBeVisible();
    await expect(table).not.toHaveAttribute("aria-busy");
    return table;
  }

  /** The names of the rows in the document, top down. */
  async rowNames(caption) {
    const table = await this.table(caption);
    return table.getByRole("rowheader").allInnerTexts();
  }

  /** How many rows the whole table has, heading left out. */
  async countRows(caption) {
    const table = await this.table(caption);
    return Number(await table.getAttribute("aria-rowcount")) - 1;
  }

  /** The card of a file. */
  file(name) {
    return this.main.getByRole("listitem").filter({
      has: this.page.getByRole("heading", { name, exact: true }),
    });
  }

  /** What the download of the present view holds, as bytes would be read by a spreadsheet. */
  async download(words = "Download CSV") {
    const waiting = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: words, exact: true }).click();
    const download = await waiting;
    return {
      name: download.suggestedFilename(),
      text: await readFile(await download.path(), "utf8"),
    };
  }
}
