// Runs axe in the page. The program is handed over by the developer tools' wire, so that no policy has
// to be loosened for it.

import axe from "axe-core";

/** What axe has to say against the page as it stands, in a line for each element. */
export async function violations(page) {
  await page.evaluate(`typeof axe === "undefined" && ${axe.source}`);
  const results = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}
