// Runs every tool in turn, round by round, so that a busy minute of the machine does not fall on one tool.

import { WrongAnswer } from "./check.mjs";

/** For each tool, what its runs took; or why it did not finish. */
export async function measureAll(tools, files, rounds) {
  const fitting = tools.filter(({ mostRows = Infinity }) => files.rows <= mostRows);
  const results = fitting.map((tool) => ({ tool, files, runs: [] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const result of results.filter(({ failure }) => !failure)) {
      const { id } = result.tool;
      try {
        const run = await result.tool.measure(files);
        result.runs.push(run);
        console.log(`${files.rows} rows, round ${round} of ${rounds}, ${id}: ${run.seconds.toFixed(2)} s, correct`);
      } catch (error) {
        if (error instanceof WrongAnswer) {
          throw new WrongAnswer(`${id} on ${files.rows} rows gives a wrong answer. ${error.message}`);
        }
        const [words] = String(error.message ?? error).split("\n", 1);
        result.failure = words;
        console.log(`${files.rows} rows, ${id} did not finish: ${words}`);
      }
    }
  }
  return results;
}
