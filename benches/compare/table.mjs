// What was measured, as Markdown that is a table in a terminal too.

import { versioned } from "./packages.mjs";
import { BASELINE } from "./tools.mjs";

/** Medians of all tools and sizes. */
export function toolTable(results, absent) {
  const headings = ["rows", "MB", "tool", "where", "keeps", "seconds", "MB/s", "× callscope", "peak MB", "download KB"];
  const baselines = new Map(
    results.filter(({ tool, failure }) => tool.id === BASELINE && !failure).map(({ files, runs }) => [files.rows, seconds(runs)]),
  );
  const lines = results.map(({ tool, files, runs, failure }) => {
    const megabytes = files.bytes / 1e6;
    const known = [count(files.rows), megabytes.toFixed(megabytes < 10 ? 1 : 0), tool.name, tool.place, tool.keeps];
    if (failure) {
      return [...known, `did not finish: ${failure.replaceAll("|", "/")}`, "", "", "", ""];
    }
    const took = seconds(runs);
    const ratio = took / baselines.get(files.rows);
    return [
      ...known,
      took.toFixed(2),
      (megabytes / took).toFixed(0),
      Number.isNaN(ratio) ? "" : ratio.toFixed(2),
      inUnits(median(runs.map(({ peakBytes }) => peakBytes)), 1e6),
      inUnits(runs[0].downloadBytes, 1e3),
    ];
  });
  const nRuns = Math.max(...results.map(({ runs }) => runs.length));
  const notes = [`Medians of ${nRuns} runs, each answer checked.`];
  if (absent.size > 0) {
    notes.push(`Left out, because not installed: ${[...absent].map(versioned).join(", ")}.`);
  }
  return `${markdown(headings, lines, 5)}\n\n${notes.join(" ")}`;
}

/** How long questions about loaded streams take. */
export function questionTable(rows, measured) {
  const tools = [...new Set(measured.map(({ tool }) => tool))];
  const questions = [...new Set(measured.map(({ question }) => question))];
  const lines = questions.map((question) => {
    const of = (tool) => measured.find((one) => one.tool === tool && one.question === question);
    return [question, ...tools.map((tool) => of(tool)?.seconds.toFixed(3) ?? "")];
  });
  return `Questions about ${count(rows)} rows that are loaded already, seconds:\n\n${markdown(["question", ...tools], lines, 1)}`;
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function seconds(runs) {
  return median(runs.map((run) => run.seconds));
}

function inUnits(bytes, unit) {
  return bytes === undefined ? "" : count(Math.round(bytes / unit));
}

function count(number) {
  return number.toLocaleString("en-US");
}

/** The first columns are texts, the others numbers. */
function markdown(headings, lines, nTexts) {
  const widths = headings.map((_, idx) => Math.max(3, ...[headings, ...lines].map((line) => line[idx].length)));
  const row = (cells) =>
    `| ${cells.map((cell, idx) => (idx < nTexts ? cell.padEnd(widths[idx]) : cell.padStart(widths[idx]))).join(" | ")} |`;
  const rule = widths.map((width, idx) => (idx < nTexts ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [row(headings), row(rule), ...lines.map(row)].join("\n");
}
