// How long questions take once the streams are loaded: the page beside DuckDB-Wasm with all columns.
//
// Both count audio streams by the second end. Of each question the first answer, which warms up, is checked
// and not counted; the median of the others is.

import { askCallscope } from "./callscope-questions.mjs";
import { WrongAnswer } from "./check.mjs";
import { askDuckdb } from "./duckdb-questions.mjs";
import { BASELINE } from "./tools.mjs";

/** The number of rows that is asked about. */
export const QUESTIONS_ROWS = 1_000_000;

const ASKED = [
  {
    id: BASELINE,
    milestones: ["callscope, to the answer in the page", "callscope, to the table in the page"],
    ask: askCallscope,
  },
  { id: "duckdb-wasm-all", milestones: ["DuckDB-Wasm, to rows in JavaScript"], ask: askDuckdb },
];

export async function measureQuestions(tools, files) {
  const measured = [];
  for (const { milestones, ask } of ASKED.filter(({ id }) => tools.some((one) => one.id === id))) {
    try {
      console.log(`Asking ${milestones[0]} …`);
      for (const [question, took] of Object.entries(await ask(files))) {
        for (const [idx, tool] of milestones.entries()) {
          measured.push({ tool, question, seconds: took[idx] });
          console.log(`${tool}, ${question}: ${took[idx].toFixed(3)} s, correct`);
        }
      }
    } catch (error) {
      if (error instanceof WrongAnswer) {
        throw error;
      }
      console.log(`${milestones[0]} did not finish: ${error.message}`);
    }
  }
  return measured;
}
