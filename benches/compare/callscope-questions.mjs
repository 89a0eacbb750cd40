// Asks the page as a person does: a control changes, and the table answers.
//
// The engine keeps its last answer, so before each timed change another question is asked.

import { QUESTIONS, warmSeconds } from "./asking.mjs";
import { buildings, change, countBySecondEnd, listen, load } from "./callscope.mjs";
import { checkBuildings, checkSame } from "./check.mjs";
import { withTab } from "./tab.mjs";

/** The fields of the range of days, by label. A build without them leaves its question out. */
const DAYS = ["From", "To"];

export async function askCallscope(files) {
  const { bySecondEnd, bySecondEndInDays, days, mostPoorBySecondEnd } = files.expected;
  return withTab(async (page) => {
    await listen(page);
    const { app } = await load(page, files, 2);
    await countBySecondEnd(app);
    const took = {};

    const audio = async () => {
      await set(app, "Media", "all");
      return { seconds: await set(app, "Media", "audio") };
    };
    took[QUESTIONS.people] = await warmSeconds(audio, async () => checkBuildings(await buildings(app), bySecondEnd));

    const [first, last] = DAYS;
    if ((await app.select(first).count()) > 0) {
      await set(app, first, days[0]);
      const toLastDay = async () => {
        await set(app, last, days[0]);
        return { seconds: await set(app, last, days[1]) };
      };
      const check = async () => checkBuildings(await buildings(app), bySecondEndInDays);
      took[QUESTIONS.buildingsInDays] = await warmSeconds(toLastDay, check);
      await set(app, first, "");
      await set(app, last, "");
    }

    await app.show("People");
    await sortByMostPoor(app);
    const check = async () => checkSame(await firstPoor(app), mostPoorBySecondEnd, "most poor streams");
    took[QUESTIONS.mostPoor] = await warmSeconds(audio, check);
    return took;
  });
}

/** Sets a control, as soon as the table has its last answer. */
async function set(app, label, value) {
  await app.main.locator("table[aria-rowcount]:not([aria-busy])").waitFor();
  return change(app.select(label), value);
}

async function sortByMostPoor(app) {
  const heading = (await app.table("People")).getByRole("columnheader", { name: "Poor", exact: true });
  while ((await heading.getAttribute("aria-sort")) !== "descending") {
    await heading.getByRole("button").click();
    await app.table("People");
  }
}

/** Poor streams of the ten people at the top. */
async function firstPoor(app) {
  const table = await app.table("People");
  const headings = await table.getByRole("columnheader").allInnerTexts();
  const column = headings.findIndex((heading) => heading.trim() === "Poor");
  const cells = await table.locator(`tbody tr[aria-rowindex] > :nth-child(${column + 1})`).allInnerTexts();
  return cells.slice(0, 10).map(Number);
}
