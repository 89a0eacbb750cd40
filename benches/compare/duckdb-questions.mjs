// Asks DuckDB-Wasm, in the peers' page.

import { QUESTIONS, warmSeconds } from "./asking.mjs";
import { checkBuildings, checkSame } from "./check.mjs";
import { load } from "./peer-page.mjs";
import { withTab } from "./tab.mjs";

export async function askDuckdb(files) {
  const { days, bySecondEnd, bySecondEndInDays, mostPoorBySecondEnd } = files.expected;
  const people = Object.fromEntries(Object.entries(bySecondEnd).map(([name, figures]) => [name, figures.at(-1)]));
  const checks = {
    buildingsInDays: (answer) => checkBuildings(answer, bySecondEndInDays),
    mostPoor: (answer) => checkSame(answer, mostPoorBySecondEnd, "most poor streams"),
    people: (answer) => checkSame(answer, people, "people"),
  };
  return withTab(async (page) => {
    await load(page, files, { tool: "duckdb", keeps: "all" });
    await page.evaluate(() => window.prepare());
    const took = {};
    for (const [name, check] of Object.entries(checks)) {
      const ask = async () => {
        const { seconds, answer } = await page.evaluate((question) => window.ask(question), { name, days });
        return { seconds: [seconds], answer };
      };
      took[QUESTIONS[name]] = await warmSeconds(ask, check);
    }
    return took;
  });
}
