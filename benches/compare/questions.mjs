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
  { id: BASELINE, tool: "callscope, to the table in the page", ask: askCallscope },
  { id: "duckdb-wasm-all", tool: "DuckDB-Wasm, to rows in JavaScript", ask: askDuckdb },
];

export async function measureQuestions(tools, files) {
  const measured = [];
  for (const { id, tool, ask } of ASKED.filter((asked) => tools.some((one) => one.id === asked.id))) {
    try {
      console.log(`Asking ${tool} …`);
      for (const [question, seconds] of Object.entries(await ask(files))) {
        measured.push({ tool, question, seconds });
        console.log(`${tool}, ${question}: ${seconds.toFixed(3)} s, correct`);
      }
    } catch (error) {
      if (error instanceof WrongAnswer) {
        throw error;
      }
      console.log(`${tool} did not finish: ${error.message}`);
    }
  }
  return measured;
}
