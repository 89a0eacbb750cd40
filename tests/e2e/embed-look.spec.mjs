// How callscope looks and behaves inside another page: theme, tokens, no header, height, focus and keys.

import { violations } from "./axe.mjs";
import { BUILDINGS, EXPORT } from "./canary.mjs";
import { elementPage, inside, startAll } from "./hosting.mjs";
import { expect, test as base } from "./test.mjs";

const test = base.extend({
  hosts: async ({}, use) => {
    const hosts = await startAll();
    await use(hosts);
    await hosts.stop();
  },
});

const sealed = (page) => expect(inside(page).frame.getByText("Sealed", { exact: true })).toBeVisible();

async function addFiles(page) {
  await inside(page).frame.getByLabel("Add files", { exact: true }).setInputFiles([
    { name: "buildings.tsv", mimeType: "text/plain", buffer: Buffer.from(BUILDINGS) },
    { name: "streams.csv", mimeType: "text/csv", buffer: Buffer.from(EXPORT) },
  ]);
  await expect(inside(page).main).toHaveAttribute("data-phase", "ready");
}

test("view and theme are those of the attributes, at the start and when they change", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts, `view="people" theme="dark"`));
  await sealed(page);
  const { root, heading } = inside(page);
  await expect(root).toHaveAttribute("data-theme", "dark");
  await addFiles(page);
  await expect(heading).toHaveText("People");
  await page.evaluate(() => {
    const element = document.querySelector("call-scope");
    element.setAttribute("theme", "light");
    element.setAttribute("view", "buildings");
  });
  await expect(heading).toHaveText("Buildings");
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.evaluate(() => document.querySelector("call-scope").setAttribute("theme", "system"));
  await expect(root).not.toHaveAttribute("data-theme");
});

test("a view that is taken away and set again is shown again", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts, 'view="people"'));
  await sealed(page);
  const { frame, heading } = inside(page);
  await addFiles(page);
  await expect(heading).toHaveText("People");
  await frame.getByRole("link", { name: "Help" }).click();
  await expect(heading).toHaveText("Help");
  await page.evaluate(() => {
    const element = document.querySelector("call-scope");
    element.removeAttribute("view");
    element.setAttribute("view", "people");
  });
  await expect(heading).toHaveText("People");
});

test("colors, font, corners and room come from attributes and from the page's style sheet", async ({ page, hosts }) => {
  hosts.intranet.files["/host.css"] = `call-scope { --callscope-accent: #0f6c3b; --callscope-font: "Georgia"; }`;
  const address = elementPage(hosts, `radius="10px" density="compact"`);
  hosts.intranet.files["/"] = hosts.intranet.files["/"].replace(
    "</head>",
    `<link rel="stylesheet" href="/host.css"></head>`,
  );
  await page.goto(address);
  await sealed(page);
  const { frame, root } = inside(page);
  const button = frame.getByRole("button", { name: "Choose files" });
  await expect(button).toHaveCSS("background-color", "rgb(15, 108, 59)");
  await expect(button).toHaveCSS("border-radius", "10px");
  await expect(button).toHaveCSS("font-family", /^Georgia/);
  await expect(root).toHaveAttribute("data-dense", "");
});

test("numbers have the marks of the language, words stay English", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts, `lang="de"`));
  await sealed(page);
  const { frame, main, root } = inside(page);
  await frame.getByRole("button", { name: "Try the demo tenant" }).click();
  await expect(main).toHaveAttribute("data-phase", "ready");
  await expect(main.getByText(/\d\.\d{3}\b/).first()).toBeVisible();
  await expect(main.getByText(/\d,\d %/).first()).toBeVisible();
  await expect(root).toHaveAttribute("lang", "en");
});

for (const width of [1280, 390]) {
  test(`without a header, ${width} wide, the seal and the way to add files are there`, async ({ page, hosts }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(elementPage(hosts, "compact"));
    await sealed(page);
    const { frame } = inside(page);
    await expect(frame.getByText("callscope", { exact: true })).toBeHidden();
    await expect(frame.locator("label", { hasText: "Add files" })).toBeVisible();
    await addFiles(page);
    for (const theme of ["light", "dark"]) {
      await page.evaluate((theme) => document.querySelector("call-scope").setAttribute("theme", theme), theme);
      await expect(inside(page).root).toHaveAttribute("data-theme", theme);
      for (const view of ["Overview", "Buildings", "Files", "Help"]) {
        await frame.getByRole("link", { name: view, exact: true }).click();
        await expect(inside(page).heading).toHaveText(view);
        expect(await violations(page.frames()[1]), `${view} ${theme}`).toEqual([]);
      }
    }
    const scrolls = await frame.locator(":root").evaluate((root) => root.scrollWidth > root.clientWidth);
    expect(scrolls).toBe(false);
  });
}

test("a color of the host's own leaves everything readable", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts, `compact accent="#ffcc00"`));
  await sealed(page);
  await addFiles(page);
  for (const theme of ["light", "dark"]) {
    await page.evaluate((theme) => document.querySelector("call-scope").setAttribute("theme", theme), theme);
    await expect(inside(page).root).toHaveAttribute("data-theme", theme);
    for (const view of ["Overview", "Buildings", "Files"]) {
      await inside(page).frame.getByRole("link", { name: view, exact: true }).click();
      await expect(inside(page).heading).toHaveText(view);
      expect(await violations(page.frames()[1]), `${view} ${theme}`).toEqual([]);
    }
  }
});

for (const width of [1280, 700]) {
  test(`the height follows the content and comes to rest, ${width} wide`, async ({ page, hosts }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(elementPage(hosts, "auto-height compact"));
    await sealed(page);
    await page.evaluate(() => {
      window.heights = [];
      addEventListener("message", ({ data }) => data?.type === "height" && window.heights.push(data.px));
    });
    const { frame } = inside(page);
    const frameHeight = () => page.locator("iframe").evaluate((frame) => frame.getBoundingClientRect().height);
    const contentHeight = () => frame.locator("body").evaluate((body) => body.offsetHeight);
    const rests = async () => {
      await expect(async () => {
        expect(await frameHeight()).toBe(Math.max(await contentHeight(), 480));
      }).toPass();
      const { length } = await page.evaluate(() => window.heights);
      await page.waitForTimeout(500);
      expect((await page.evaluate(() => window.heights)).length, "heights at rest").toBe(length);
      const overflow = await frame.locator(":root").evaluate((root) => root.scrollHeight - root.clientHeight);
      expect(overflow).toBeLessThanOrEqual(0);
    };
    await rests();
    await addFiles(page);
    const heights = {};
    for (const view of ["Help", "Buildings", "People", "Files", "Overview"]) {
      await frame.getByRole("link", { name: view, exact: true }).click();
      await expect(inside(page).heading).toHaveText(view);
      await rests();
      heights[view] = await frameHeight();
    }
    expect(heights.Help).toBeGreaterThan(heights.Overview);
  });
}

test("files that the page hands over do not take the focus out of its fields", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts));
  await sealed(page);
  await page.locator("#before").focus();
  await page.evaluate(async (text) => {
    await document.querySelector("call-scope").open([new File([text], "buildings.tsv")]);
    document.querySelector("call-scope").setAttribute("view", "buildings");
  }, BUILDINGS);
  await expect(inside(page).main).toHaveAttribute("data-phase", "ready");
  await expect(inside(page).heading).toHaveText("Buildings");
  await page.keyboard.type("still here");
  await expect(page.locator("#before")).toHaveValue("still here");
});

test("the keyboard leads into the frame and out of it, both ways", async ({ page, hosts }) => {
  await page.goto(elementPage(hosts, "compact"));
  await sealed(page);
  for (const [from, to, key] of [
    ["#before", "#after", "Tab"],
    ["#after", "#before", "Shift+Tab"],
  ]) {
    await page.locator(from).focus();
    let n_inside = 0;
    for (let n_keys = 0; n_keys < 120; n_keys += 1) {
      await page.keyboard.press(key);
      if (await page.locator(to).evaluate((element) => element === document.activeElement)) {
        break;
      }
      n_inside += 1;
    }
    await expect(page.locator(to)).toBeFocused();
    expect(n_inside, "controls in the frame").toBeGreaterThan(8);
  }
});
