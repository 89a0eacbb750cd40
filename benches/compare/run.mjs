// Measures callscope beside other tools, all of them at the same job on the same files, and prints one table.
//
//     node benches/compare/run.mjs
//         --files FOLDER          where the files are, and where packages and table.md go: target/bench
//         --rows 10000,100000     the sizes to measure
//         --once 3000000          sizes to measure in one run only
//         --runs 3
//         --tools udsv-1,polars   some of the tools only; an unknown one lists them all
//         --questions 1000000     how many rows the questions are about; 0 leaves them out
//         --no-install            leaves out tools that are not installed
//
// `cargo xtask bench` makes the files, builds the page and starts this for all sizes and tools.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { WrongAnswer } from "./check.mjs";
import { filesOf } from "./files.mjs";
import { machine } from "./machine.mjs";
import { measureAll } from "./measure.mjs";
import { readyPackages } from "./packages.mjs";
import { QUESTIONS_ROWS, measureQuestions } from "./questions.mjs";
import { stopServers } from "./servers.mjs";
import { questionTable, toolTable } from "./table.mjs";
import { TOOLS } from "./tools.mjs";

const { values: options } = parseArgs({
  options: {
    files: { type: "string", default: "target/bench" },
    rows: { type: "string", default: "10000,100000,1000000" },
    once: { type: "string", default: "" },
    runs: { type: "string", default: "3" },
    tools: { type: "string", default: TOOLS.map(({ id }) => id).join() },
    questions: { type: "string", default: String(QUESTIONS_ROWS) },
    "no-install": { type: "boolean", default: false },
  },
});
const folder = options.files;
const wanted = options.tools.split(",");
const unknown = wanted.filter((id) => !TOOLS.some((tool) => tool.id === id));
if (unknown.length > 0) {
  console.error(`There is no tool ${unknown.join(", ")}; there are ${TOOLS.map(({ id }) => id).join(", ")}.`);
  process.exit(1);
}

const chosen = TOOLS.filter(({ id }) => wanted.includes(id));
const absent = await readyPackages(folder, chosen, !options["no-install"]);
const tools = chosen.filter(({ package: needed }) => !absent.has(needed));
const sizes = (list, runs) => list.split(",").filter(Boolean).map((rows) => [Number(rows), runs]);
const parts = [await machine()];
try {
  const results = [];
  for (const [rows, runs] of [...sizes(options.rows, Number(options.runs)), ...sizes(options.once, 1)]) {
    results.push(...(await measureAll(tools, filesOf(folder, rows), runs)));
  }
  if (results.length > 0) {
    parts.push(toolTable(results, absent));
  }
  const questionsRows = Number(options.questions);
  if (questionsRows > 0) {
    parts.push(questionTable(questionsRows, await measureQuestions(tools, filesOf(folder, questionsRows))));
  }
  const text = `${parts.join("\n\n")}\n`;
  await writeFile(join(folder, "table.md"), text);
  console.log(`\n${text}`);
} catch (error) {
  if (!(error instanceof WrongAnswer)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stopServers();
}
