// Everybody can use the page: checked by axe, at every width, at twice the size, with forced colors.

import { violations } from "./axe.mjs";
import { openDates, ownExport } from "./intake-files.mjs";
import { buildingFile, exportFile, streams } from "./tenant.mjs";
import { expect, test } from "./test.mjs";

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

/** Every screen of the page, in an order in which one leads to the next. */
const SCREENS = {
  "the empty page": async ({ app }) => app.isIn("empty"),
  "Help without data": async ({ app }) => app.show("Help"),
  Overview: async ({ app }) => {
    await app.link("Overview").click();
    await app.openDemo();
    await expect(app.main.getByRole("heading", { name: "Look here first" })).toBeVisible();
  },
  Buildings: async ({ app }) => {
    await app.show("Buildings");
    await app.table("Buildings");
  },
  "a building": async ({ app, page }) => {
    await app.main.getByRole("rowheader").getByRole("button").first().click();
    await expect(page.getByRole("table", { name: /^Networks of / })).toBeVisible();
  },
  "limits of one's own": async ({ app }) => app.select("Classifier").selectOption("custom"),
  People: async ({ app }) => {
    await app.show("People");
    await app.table("People");
  },
  Streams: async ({ app }) => {
    await app.show("Streams");
    await app.table("Streams");
  },
  "Files with complaints": async ({ app, write }) => {
    await app.add(await write("poem.txt", "Roses are red"), await write("wrong.csv", exportFile(streams(20)).replace("DIRECT", "x,y")));
    await app.isIn("ready");
    await app.show("Files");
    await expect(app.file("poem.txt")).toContainText("Cannot be used");
  },
  "the columns of a file": async ({ app, page, write }) => {
    await app.add(await write("own.csv", ownExport(streams(30, 5))));
    await app.isIn("ready");
    await page.getByRole("button", { name: "Columns of own.csv" }).click();
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  },
  "the question about dates": async ({ app, page, write }) => {
    await page.getByRole("button", { name: "Done" }).click();
    await app.add(await write("dates.csv", openDates(streams(30, 6))));
    await expect(page.getByRole("dialog")).toContainText("dates.csv");
  },
  "the question": async ({ app, page, write }) => {
    await page.getByRole("button", { name: "Do not use this file" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await app.add(await write("other.tsv", buildingFile()));
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  "the specialist’s buildings": async ({ app, page }) => {
    await page.getByRole("button", { name: "Keep the present one" }).click();
    await app.select("Role").selectOption("specialist");
    await app.show("Buildings");
    await app.table("Buildings");
  },
  "the seal": async ({ page }) => {
    await page.getByRole("button", { name: "Sealed", exact: true }).click();
    await page.getByText("The policies, word by word").click();
  },
  "the settings": async ({ page }) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Forget everything" }).click();
  },
  "the stopped page": async ({ app, page }) => {
    await page.keyboard.press("Escape");
    await page.workers()[0].evaluate(() => {
      setTimeout(() => {
        throw new Error("on purpose");
      });
    });
    await app.isIn("stopped");
    app.complaints = app.complaints.filter((words) => !words.includes("on purpose"));
  },
};

/** How far the page could be scrolled sideways. */
const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme} and ${size}`, () => {
      test.use({ colorScheme, viewport });

      test("axe has nothing to say against any screen, and none scrolls sideways", async ({ app, page, write }) => {
        test.setTimeout(120_000);
        await app.open();
        for (const [screen, show] of Object.entries(SCREENS)) {
          await show({ app, page, write });
          expect.soft(await violations(page), screen).toEqual([]);
          expect.soft(await sideways(page), `${screen} fits its width`).toBe(0);
        }
      });
    });
  }
}

const UNUSUAL_SIZES = {
  "a window of 1440 by 900 at 200 %": { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
  "a window of 1280 by 1024 at 400 %": { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
  "a 4K screen": { viewport: { width: 3840, height: 2160 } },
};

for (const [size, options] of Object.entries(UNUSUAL_SIZES)) {
  test.describe(`on ${size}`, () => {
    test.use(options);

    test("no screen scrolls sideways", async ({ app, page, write }) => {
      await app.open();
      for (const [screen, show] of Object.entries(SCREENS)) {
        await show({ app, page, write });
        expect.soft(await sideways(page), `${screen} fits its width`).toBe(0);
      }
    });
  });
}

test.describe("with forced colors", () => {
  test.use({ forcedColors: "active" });

  test("bars, marks and the present view can still be told from their background", async ({ app, page }) => {
    await app.open("#buildings");
    await app.openDemo();
    await app.table("Buildings");
    expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const bar = page.locator("svg.rate-bar").first();
    await expect(bar).toBeVisible();
    const paint = (part, property) =>
      bar.locator(part).evaluate((element, property) => getComputedStyle(element)[property], property);
    expect(await paint(".rate-share", "fill")).not.toBe(background);
    expect(await paint(".rate-whisker", "stroke")).not.toBe(await paint(".rate-share", "fill"));
    expect(await paint(".rate-whisker", "stroke")).not.toBe(background);
    expect(await violations(page)).toEqual([]);
  });
});

test.describe("with less motion", () => {
  test.use({ reducedMotion: "reduce" });

  test("nothing moves by itself", async ({ app, page }) => {
    await app.open();
    await app.openDemo();
    const moving = await page.evaluate(() => document.getAnimations().map((animation) => animation.animationName));
    expect(moving).toEqual([]);
  });
});

test("on a narrow page nothing of a table lies over the navigation", async ({ app, page }) => {
  await page.setViewportSize(SIZES.narrow);
  await app.open("#buildings");
  await app.openDemo();
  await app.main.getByRole("rowheader").getByRole("button").first().click();
  await expect(page.getByRole("table", { name: /^Networks of / })).toBeVisible();
  const heading = page.locator("thead th").first();
  await heading.evaluate((cell) => scrollBy({ top: cell.getBoundingClientRect().top, behavior: "instant" }));
  expect((await heading.boundingBox()).y).toBeLessThan(10);
  const covered = await page.locator(".navigation").evaluate((navigation) => {
    const { top, height, width } = navigation.getBoundingClientRect();
    const at = (share) => document.elementFromPoint(width * share, top + height / 2);
    return [0.05, 0.1, 0.2, 0.5, 0.9].map(at).filter((element) => !navigation.contains(element)).map((element) => element.outerHTML);
  });
  expect(covered).toEqual([]);
});
